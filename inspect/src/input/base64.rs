//! Base64, with and without padding.

use super::form::{Form, Input};

/// The bytes of a text; nothing if the text is not base64. Line ends and indentation are ignored.
pub(super) fn read(text: &str) -> Option<Input> {
    let text = after_data_url(text);
    // Lines are broken, but nothing else is between the characters.
    if text.lines().any(|line| line.trim().contains(char::is_whitespace)) {
        return None;
    }
    let mut form = Form::Base64;
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 2);
    let (mut bits, mut count) = (0_u32, 0_u32);
    let mut characters = text.bytes().filter(|byte| !byte.is_ascii_whitespace());
    let mut length = 0_usize;
    let mut padding = 0_usize;
    for character in &mut characters {
        if character == b'=' {
            padding = 1 + characters.by_ref().filter(|byte| *byte == b'=').count();
            break;
        }
        if matches!(character, b'-' | b'_') {
            form = Form::Base64Url;
        }
        length += 1;
        bits = bits << 6 | value(character)?;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count).to_le_bytes()[0]);
            bits &= (1 << count) - 1;
        }
    }
    // What is left is less than a byte, and zero. Padding is there as a whole, or not at all.
    let is_whole = length % 4 != 1 && bits == 0 && length > 0;
    let is_padded = padding == 0 || (length + padding).is_multiple_of(4) && padding < 3;
    (is_whole && is_padded && ends_with_padding(text, padding)).then_some(Input { bytes, form })
}

/// The content of `data:…;base64,…`.
fn after_data_url(text: &str) -> &str {
    match text.split_once(";base64,") {
        Some((before, content)) if before.starts_with("data:") => content,
        _ => text,
    }
}

/// Returns whether nothing is behind the padding.
fn ends_with_padding(text: &str, padding: usize) -> bool {
    let marks = text.bytes().rev().filter(|byte| !byte.is_ascii_whitespace()).take_while(|byte| *byte == b'=');
    marks.count() == padding
}

fn value(character: u8) -> Option<u32> {
    Some(u32::from(match character {
        b'A'..=b'Z' => character - b'A',
        b'a'..=b'z' => character - b'a' + 26,
        b'0'..=b'9' => character - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_read() {
        for (text, bytes) in [
            ("Zg==", &b"f"[..]),
            ("Zg", b"f"),
            ("Zm9vYmFy", b"foobar"),
            ("Zm9v\nYmE=", b"fooba"),
            ("data:application/octet-stream;base64,Zm9v", b"foo"),
        ] {
            assert_eq!(read(text), Some(Input { bytes: bytes.to_vec(), form: Form::Base64 }), "{text}");
        }
        assert_eq!(read("-_-_"), Some(Input { bytes: vec![0xfb, 0xff, 0xbf], form: Form::Base64Url }));
        for text in ["", "Z", "Zh==", "Zg=", "Zg===", "Z=g=", "Zg==Zg==", "Zm9v!", "Zg= =x", "Zm9v YmE="] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
