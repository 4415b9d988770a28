//! Bytes as people write them down: pairs of hexadecimal digits with blanks, line ends, commas, colons and `0x` between them.

/// The bytes that a text says.
///
/// # Errors
///
/// The first character that does not belong there, with its position in characters from 1; or the digits are odd in number.
pub(crate) fn decode(text: &str) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::with_capacity(text.len() / 2);
    let mut high: Option<u8> = None;
    // A byte order mark is not part of the text.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut characters = text.chars().enumerate().peekable();
    while let Some((position, character)) = characters.next() {
        let begins_prefix = high.is_none() && character == '0';
        if begins_prefix && characters.next_if(|(_, next)| matches!(next, 'x' | 'X')).is_some() {
            continue;
        }
        match (character.to_digit(16).and_then(|digit| u8::try_from(digit).ok()), high) {
            (Some(digit), None) => high = Some(digit),
            (Some(digit), Some(first)) => {
                bytes.push(first << 4 | digit);
                high = None;
            }
            (None, None) if character.is_whitespace() || matches!(character, ',' | ':' | '_') => {}
            (None, _) => return Err(format!("{character:?} at position {} is not a hexadecimal digit", position + 1)),
        }
    }
    match high {
        None => Ok(bytes),
        Some(_) => Err("the number of hexadecimal digits is odd".to_owned()),
    }
}

/// Pairs of lower-case digits.
pub(crate) fn encode(bytes: &[u8]) -> String {
    let digit = |number: u8| char::from_digit(number.into(), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};

    #[test]
    fn digits_are_read_however_they_are_grouped() {
        for text in [
            "0a0b0c",
            "0A 0B\n0C",
            "0x0a, 0x0b, 0x0c",
            "0x0a0b0c",
            "0a:0b:0c",
            " 0a0b_0c\n",
            "0X0a 0b 0c",
            "\u{feff}0a0b0c",
        ] {
            assert_eq!(decode(text), Ok(vec![10, 11, 12]), "{text}");
        }
        assert_eq!(decode(""), Ok(vec![]));
        assert_eq!(encode(&[10, 255]), "0aff");
    }

    #[test]
    fn what_is_no_digit_is_named() {
        assert!(decode("0a 0g").unwrap_err().contains("'g' at position 5"));
        assert!(decode("0a0").unwrap_err().contains("odd"));
        assert!(decode("0 a").unwrap_err().contains("' ' at position 2"));
    }
}
