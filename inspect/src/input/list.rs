//! Numbers one after another, as arrays of programming languages have them.

use super::escapes;
use super::form::{Form, Input};
use super::hexadecimal::digit;

/// The bytes of the longest list between brackets; nothing if there is none.
pub(super) fn read(text: &str) -> Option<Input> {
    // Brackets in a string are part of the string.
    let text = escapes::outside_of_literals(&without_comments(text))?;
    let text = text.replace("(byte)", "");
    let longest = bodies(&text).filter_map(numbers).max_by_key(Vec::len)?;
    (!longest.is_empty()).then_some(Input { bytes: longest, form: Form::Array })
}

/// The bytes of numbers with commas between them, without brackets.
pub(super) fn unbracketed(text: &str) -> Option<Input> {
    let bytes = numbers(text).filter(|_| text.contains(','))?;
    Some(Input { bytes, form: Form::Array })
}

/// What is between brackets that have no other ones inside.
fn bodies(text: &str) -> impl Iterator<Item = &str> {
    let is_bracket = |it: char| "[](){}<>".contains(it);
    let mut opened = None;
    text.char_indices().filter(move |(_, it)| is_bracket(*it)).filter_map(move |(position, bracket)| {
        match "[({<".contains(bracket) {
            true => {
                opened = Some(position + 1);
                None
            }
            false => text.get(opened.take()?..position),
        }
    })
}

/// The numbers of a list, each a byte; nothing if something else is in it.
fn numbers(body: &str) -> Option<Vec<u8>> {
    let body = body.trim();
    let body = body.strip_prefix("Buffer ").unwrap_or(body);
    if body.contains([',', ';']) {
        let items: Vec<&str> = body.split([',', ';']).map(str::trim).collect();
        // The last one may have a comma behind it.
        let items = items.strip_suffix(&[""]).unwrap_or(&items);
        return all(items, decimal).or_else(|| all(items, pair));
    }
    let items: Vec<&str> = body.split_whitespace().collect();
    all(&items, pair).or_else(|| all(&items, decimal))
}

fn all(items: &[&str], read: fn(&str) -> Option<u8>) -> Option<Vec<u8>> {
    items.iter().map(|item| read(item)).collect()
}

/// Two hexadecimal digits.
fn pair(item: &str) -> Option<u8> {
    let mut characters = item.chars();
    let (high, low) = (characters.next().and_then(digit)?, characters.next().and_then(digit)?);
    characters.next().is_none().then_some(high << 4 | low)
}

/// A number of a programming language: `21`, `-6`, `0x15`, `0b1_0101`, `21u8`.
fn decimal(item: &str) -> Option<u8> {
    let item = ["_u8", "u8", "_i8", "i8", "uy"].iter().find_map(|it| item.strip_suffix(it)).unwrap_or(item);
    let radix = |prefix: &str| item.get(..2).filter(|it| it.eq_ignore_ascii_case(prefix)).and(item.get(2..));
    let number = match (radix("0x"), radix("0b"), radix("0o")) {
        (Some(digits), ..) => unsigned(digits, 16)?,
        (_, Some(digits), _) => unsigned(digits, 2)?,
        (.., Some(digits)) => unsigned(digits, 8)?,
        _ => match item.strip_prefix('-') {
            Some(digits) => -unsigned(digits, 10)?,
            None => unsigned(item, 10)?,
        },
    };
    u8::try_from(number).ok().or_else(|| i8::try_from(number).ok().map(i8::cast_unsigned))
}

fn unsigned(digits: &str, radix: u32) -> Option<i32> {
    let first = digits.chars().next()?;
    let digits = digits.replace('_', "");
    i32::from_str_radix(&digits, radix).ok().filter(|_| first.is_digit(radix) && digits.len() <= 10)
}

/// A text without `/* … */` and `// …`.
fn without_comments(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, comment)) = rest.split_once('/') {
        kept.push_str(before);
        rest = match comment.chars().next() {
            Some('*') => comment.split_once("*/").map_or("", |(_, after)| after),
            Some('/') => comment.find('\n').and_then(|end| comment.get(end..)).unwrap_or_default(),
            _ => {
                kept.push('/');
                comment
            }
        };
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrays_are_read() {
        for text in [
            "[21, 122, 250, 68]",
            "&[0x15_u8, 0x7a, 0xfa, 0x44];",
            "let bytes: [u8; 4] = [0x15, 0x7a, 0xfa, 0x44];",
            "vec![21u8, 122, 250, 68,]",
            "unsigned char x[] = {\n  0x15, 0x7a, // two\n  0xfa, /* and */ 0x44\n};\nunsigned int x_len = 4;",
            "new byte[] { 21, 122, (byte) 0xfa, 68 }",
            "new byte[] {21, 122, -6, 68}",
            "bytes([0x15, 0x7a, 0xfa, 0x44])",
            "Uint8Array(4) [21, 122, 250, 68]",
            "<Buffer 15 7a fa 44>",
            "<<21,122,250,68>>",
            "[15 7a fa 44]",
            "[0b1_0101, 0o172, 0XFA, 0x44]",
        ] {
            assert_eq!(read(text).map(|it| it.bytes), Some(vec![0x15, 0x7a, 0xfa, 0x44]), "{text}");
        }
        for text in [
            "",
            "[]",
            "21, 122",
            "[256, 1]",
            "[-129, 1]",
            "[a, b]",
            "[1, , 2]",
            "[",
            "]",
            "b'[1, 2]'",
            "(\"[1, 2]\")",
            "[0x, 1]",
            "[--1, 2]",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(unbracketed("21, 122, 250, 68").map(|it| it.bytes), Some(vec![0x15, 0x7a, 0xfa, 0x44]));
        assert_eq!(unbracketed("21 122"), None);
    }
}
