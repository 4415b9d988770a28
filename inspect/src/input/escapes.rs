//! Texts with escapes, as string literals of programming languages have them.

use std::iter::Peekable;
use std::str::Chars;

use super::form::{Form, Input};
use super::hexadecimal::digit;

/// The bytes of string literals that are byte strings or have escapes, joined if there are several, or of escapes without
/// quotation marks; nothing if the text is something else.
pub(super) fn read(text: &str) -> Option<Input> {
    let literals = literals(text)?;
    let is_bare = literals.is_empty();
    if is_bare && !has_escapes(text) {
        return None;
    }
    if !is_bare && !literals.iter().any(|it| it.is_bytes || has_escapes(it.content)) {
        return None;
    }
    let mut bytes = Vec::new();
    match is_bare {
        true => unescape(text, &mut bytes)?,
        false => literals.iter().try_for_each(|literal| unescape(literal.content, &mut bytes))?,
    }
    Some(Input { bytes, form: Form::Escapes })
}

/// The content of the string literals in a text, joined; nothing if there is none, or one that does not end.
pub(super) fn quoted(text: &str) -> Option<String> {
    let literals = literals(text)?;
    (!literals.is_empty()).then(|| literals.iter().map(|literal| literal.content).collect())
}

/// A text without its string literals; nothing if one does not end.
pub(super) fn outside_of_literals(text: &str) -> Option<String> {
    let literals = literals(text)?;
    let mut outside = String::with_capacity(text.len());
    let mut rest = text;
    for literal in literals {
        let start = rest.find(['"', '\''])?;
        outside.push_str(rest.get(..start)?);
        rest = rest.get(start + literal.content.len() + 2..)?;
    }
    outside.push_str(rest);
    Some(outside)
}

/// A text without quotation marks has escapes if something else than hexadecimal digits is between them; digits alone have a
/// reader of their own.
fn has_escapes(text: &str) -> bool {
    text.contains('\\') && super::hexadecimal::read(text).is_err()
}

/// A string literal: what is between its quotation marks.
struct Literal<'t> {
    /// Whether a `b` stands before it.
    is_bytes: bool,
    content: &'t str,
}

fn literals(text: &str) -> Option<Vec<Literal<'_>>> {
    let mut literals = Vec::new();
    let mut rest = text;
    // Escapes without quotation marks may contain some; they begin with something else.
    if rest.starts_with('\\') {
        return Some(literals);
    }
    while let Some(start) = rest.find(['"', '\'']) {
        let (before, quoted) = (rest.get(..start)?, rest.get(start..)?);
        let mark = quoted.chars().next()?;
        let content = quoted.get(1..)?;
        let end = end_of(content, mark)?;
        literals.push(Literal { is_bytes: is_byte_prefix(before), content: content.get(..end)? });
        rest = content.get(end + 1..)?;
    }
    Some(literals)
}

/// Returns whether a text ends with the prefix of a byte string.
fn is_byte_prefix(before: &str) -> bool {
    let word = before.rsplit(|it: char| !it.is_alphanumeric()).next().unwrap_or_default();
    matches!(word, "b" | "B")
}

/// Where the closing mark is.
fn end_of(content: &str, mark: char) -> Option<usize> {
    let mut escaped = false;
    for (position, character) in content.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if character == mark => return Some(position),
            _ => {}
        }
    }
    None
}

fn unescape(text: &str, bytes: &mut Vec<u8>) -> Option<()> {
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if character != '\\' {
            bytes.extend(character.encode_utf8(&mut [0; 4]).bytes());
            continue;
        }
        match characters.next()? {
            'x' => bytes.push(hexadecimal(&mut characters)?),
            'u' => bytes.push(code_point(&mut characters)?),
            'a' => bytes.push(7),
            'b' => bytes.push(8),
            't' => bytes.push(b'\t'),
            'n' => bytes.push(b'\n'),
            'v' => bytes.push(11),
            'f' => bytes.push(12),
            'r' => bytes.push(b'\r'),
            'e' => bytes.push(0x1b),
            escaped @ ('\\' | '"' | '\'' | '?' | '/' | '`') => bytes.push(u8::try_from(escaped).ok()?),
            first @ '0'..='7' => bytes.push(octal(first, &mut characters)?),
            // A line that goes on in the next one.
            '\n' => while characters.next_if(|it| it.is_whitespace()).is_some() {},
            _ => return None,
        }
    }
    Some(())
}

type Rest<'t> = Peekable<Chars<'t>>;

/// One or two digits.
fn hexadecimal(characters: &mut Rest<'_>) -> Option<u8> {
    let first = characters.next().and_then(digit)?;
    let second = characters.peek().copied().and_then(digit);
    Some(match second {
        Some(second) => {
            characters.next();
            first << 4 | second
        }
        None => first,
    })
}

/// `00fa` or `{fa}`: a byte.
fn code_point(characters: &mut Rest<'_>) -> Option<u8> {
    let is_braced = characters.next_if_eq(&'{').is_some();
    let most = if is_braced { 6 } else { 4 };
    let mut value = 0_u32;
    let mut count = 0;
    while count < most
        && let Some(character) = characters.next_if(char::is_ascii_hexdigit)
    {
        value = value << 4 | character.to_digit(16)?;
        count += 1;
    }
    let is_whole = if is_braced { count > 0 && characters.next()? == '}' } else { count == most };
    u8::try_from(value).ok().filter(|_| is_whole)
}

/// Up to three digits, the first of which was read.
fn octal(first: char, characters: &mut Rest<'_>) -> Option<u8> {
    let mut value = first.to_digit(8)?;
    for _ in 0..2 {
        let Some(character) = characters.next_if(|it| it.is_digit(8)) else { break };
        value = value << 3 | character.to_digit(8)?;
    }
    u8::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_read() {
        let read = |text: &str| read(text).map(|it| it.bytes);
        for text in [
            r#"b"\x15z\xfaD\0\n""#,
            r"b'\x15z\xfaD\x00\n'",
            r#"static const char x[] = "\025z\372D" "\0\12";"#,
            "(b'\\x15z'\n b'\\xfaD\\0\\n')",
            r#""\u0015z\u00faD\u0000\n""#,
            r#""\u{15}z\u{fa}D\u{0}\n""#,
            r"\x15z\xfaD\x0\n",
            "b\"\\x15z\\xfa\\\n    D\\0\\n\"",
        ] {
            assert_eq!(read(text), Some(b"\x15z\xfaD\0\n".to_vec()), "{text}");
        }
        assert_eq!(read(r"b''"), Some(vec![]));
        assert_eq!(read(r#"b"it's \"""#), Some(b"it's \"".to_vec()));
        assert_eq!(read("b'abc'"), Some(b"abc".to_vec()));
        for text in ["abc", "'abc'", r"b'\x15", r"b'\q'", r"'\u1234'", r"'\777'", r"\x15\x7a", ""] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(quoted(r#"hex!("157a" "fa44")"#).as_deref(), Some("157afa44"));
        assert_eq!(quoted("157a"), None);
    }
}
