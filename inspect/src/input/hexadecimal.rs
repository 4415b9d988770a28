//! Pairs of hexadecimal digits, with anything between them that is neither a letter nor a digit.

use super::form::{Form, Input};

/// The bytes of a text.
///
/// # Errors
///
/// Returns a description of the first character that does not belong there, or of the odd number of digits.
pub(super) fn read(text: &str) -> Result<Input, String> {
    let mut bytes = Vec::with_capacity(text.len() / 2);
    let mut form = Form::Hexadecimal;
    let mut characters = text.chars().zip(1..).peekable();
    let mut last = None;
    while let Some((character, position)) = characters.next() {
        let before = last.replace(character);
        // Bytes that happen to be text are not digits.
        if character.is_control() && !character.is_whitespace() {
            return Err(not_a_digit(character, position));
        }
        if !character.is_alphanumeric() {
            continue;
        }
        let next = characters.peek().map(|(next, _)| *next);
        if character == '0' && matches!(next, Some('x' | 'X')) {
            characters.next();
            form = Form::PrefixedHexadecimal;
            continue;
        }
        if matches!(character, 'x' | 'X') && before == Some('\\') {
            form = Form::PrefixedHexadecimal;
            continue;
        }
        let Some(high) = digit(character) else { return Err(not_a_digit(character, position)) };
        match characters.next() {
            Some((low, position)) => match digit(low) {
                Some(low) => bytes.push(high << 4 | low),
                None => return Err(not_a_digit(low, position)),
            },
            None => return Err("the number of hexadecimal digits is odd".to_owned()),
        }
    }
    match bytes.is_empty() && !text.is_empty() {
        true => Err("there are no hexadecimal digits".to_owned()),
        false => Ok(Input { bytes, form }),
    }
}

fn not_a_digit(character: char, position: usize) -> String {
    format!("{character:?} at position {position} is not a hexadecimal digit")
}

/// The value of a hexadecimal digit.
pub(super) fn digit(character: char) -> Option<u8> {
    character.to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_read_however_they_are_grouped() {
        for (text, form) in [
            ("0a0b0c", Form::Hexadecimal),
            ("0A 0B\n0C", Form::Hexadecimal),
            ("0a:0b:0c", Form::Hexadecimal),
            ("0a-0b.0c", Form::Hexadecimal),
            ("0a|0b / 0c;", Form::Hexadecimal),
            ("%0a%0b%0c", Form::Hexadecimal),
            ("{0a0b\u{a0}0c}", Form::Hexadecimal),
            (" 0a0b_0c\n", Form::Hexadecimal),
            ("0x0a, 0x0b, 0x0c", Form::PrefixedHexadecimal),
            ("0x0a0b0c", Form::PrefixedHexadecimal),
            ("0X0a 0b 0c", Form::PrefixedHexadecimal),
            (r"\x0a\x0b\x0c", Form::PrefixedHexadecimal),
            (r"\x0a0b0c", Form::PrefixedHexadecimal),
        ] {
            assert_eq!(read(text), Ok(Input { bytes: vec![10, 11, 12], form }), "{text}");
        }
        assert_eq!(read("").map(|it| it.bytes), Ok(vec![]));
    }

    #[test]
    fn other_characters_are_named() {
        assert!(read("0a 0g").unwrap_err().contains("'g' at position 5"));
        assert!(read("0a0").unwrap_err().contains("odd"));
        assert!(read("0 a").unwrap_err().contains("' ' at position 2"));
        assert!(read("\0\0\0\0").is_err() && read("::").is_err());
        assert!(read("x0a").unwrap_err().contains("'x' at position 1"));
    }
}
