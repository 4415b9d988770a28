//! Bytes as text, in the form of one's choice.

use alloc::vec::Vec;
use core::fmt;

use super::text::{Hexadecimal, bytes_of, write_hexadecimal};

/// How bytes are texts where a format has no bytes of its own, as JSON.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum BytesText {
    /// Pairs of hexadecimal digits.
    #[default]
    Hexadecimal,
    /// Base 64 in its standard alphabet, with padding. Without padding it is read, too.
    Base64,
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

impl BytesText {
    /// The form in which a number of bytes is a text of a length, with or without padding; nothing if it is none.
    pub(super) fn of_length(text: usize, bytes: usize) -> Option<Self> {
        let (whole, part) = (bytes / 3 * 4, bytes % 3);
        let unpadded = whole + if part == 0 { 0 } else { part + 1 };
        if text == 2 * bytes {
            Some(Self::Hexadecimal)
        } else if text == unpadded || text == bytes.div_ceil(3) * 4 {
            Some(Self::Base64)
        } else {
            None
        }
    }

    /// The bytes that a text says; nothing if it says none.
    #[must_use]
    pub fn parse(self, text: &str) -> Option<Vec<u8>> {
        match self {
            Self::Hexadecimal => bytes_of(text),
            Self::Base64 => from_base64(text),
        }
    }

    /// Appends the text of bytes.
    pub(super) fn write(self, bytes: &[u8], out: &mut Vec<u8>) {
        match self {
            Self::Hexadecimal => write_hexadecimal(bytes, out),
            Self::Base64 => write_base64(bytes, out),
        }
    }

    /// The text of bytes.
    #[must_use]
    pub fn show(self, bytes: &[u8]) -> impl fmt::Display {
        Shown { form: self, bytes }
    }
}

struct Shown<'b> {
    form: BytesText,
    bytes: &'b [u8],
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.form {
            BytesText::Hexadecimal => Hexadecimal(self.bytes).fmt(formatter),
            BytesText::Base64 => self.bytes.chunks(AT_ONCE).try_for_each(|chunk| {
                let mut text = Vec::with_capacity(AT_ONCE / 3 * 4);
                write_base64(chunk, &mut text);
                formatter.write_str(core::str::from_utf8(&text).unwrap_or_default())
            }),
        }
    }
}

/// Bytes that become a text at once: without padding between.
const AT_ONCE: usize = 3 * 64;

/// Appends bytes in base 64.
fn write_base64(bytes: &[u8], out: &mut Vec<u8>) {
    let digit = |bits: u32| ALPHABET.get((bits & 0x3f) as usize).copied().unwrap_or(b'=');
    let (threes, rest) = bytes.as_chunks::<3>();
    for [first, second, third] in threes {
        let bits = u32::from_be_bytes([0, *first, *second, *third]);
        out.extend_from_slice(&[digit(bits >> 18), digit(bits >> 12), digit(bits >> 6), digit(bits)]);
    }
    match *rest {
        [first] => {
            let bits = u32::from(first) << 4;
            out.extend_from_slice(&[digit(bits >> 6), digit(bits), b'=', b'=']);
        }
        [first, second] => {
            let bits = u32::from(u16::from_be_bytes([first, second])) << 2;
            out.extend_from_slice(&[digit(bits >> 12), digit(bits >> 6), digit(bits), b'=']);
        }
        _ => {}
    }
}

fn from_base64(text: &str) -> Option<Vec<u8>> {
    let digits = text.trim_end_matches('=').as_bytes();
    let padding = text.len() - digits.len();
    if padding > 2 || (padding > 0 && !text.len().is_multiple_of(4)) || digits.len() % 4 == 1 {
        return None;
    }
    let mut bytes = Vec::with_capacity(digits.len() / 4 * 3 + 2);
    for chunk in digits.chunks(4) {
        let mut bits = 0_u32;
        for index in 0..4 {
            let digit = match chunk.get(index) {
                Some(digit) => digit_of(*digit)?,
                None => 0,
            };
            bits = bits << 6 | digit;
        }
        let [_, whole @ ..] = bits.to_be_bytes();
        let (taken, rest) = whole.split_at_checked(chunk.len() - 1)?;
        // Bits that mean nothing must not be set, so that bytes have one text each.
        if rest.iter().any(|&byte| byte != 0) {
            return None;
        }
        bytes.extend_from_slice(taken);
    }
    Some(bytes)
}

fn digit_of(character: u8) -> Option<u32> {
    Some(u32::from(match character {
        b'A'..=b'Z' => character - b'A',
        b'a'..=b'z' => character - b'a' + 26,
        b'0'..=b'9' => character - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;
    use alloc::vec::Vec;

    use super::BytesText::Base64;

    #[test]
    fn base_64_of_the_standard() {
        let known =
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE=")];
        for (bytes, text) in known {
            assert_eq!(Base64.show(bytes.as_bytes()).to_string(), text);
            assert_eq!(Base64.parse(text).as_deref(), Some(bytes.as_bytes()));
            assert_eq!(Base64.parse(text.trim_end_matches('=')).as_deref(), Some(bytes.as_bytes()));
        }
        let all: Vec<u8> = (0..=255).collect();
        let text = Base64.show(&all).to_string();
        assert_eq!(Base64.parse(&text), Some(all));
    }

    #[test]
    fn texts_that_are_no_base_64() {
        for text in ["Z", "Zg=", "Zg===", "=", "====", "Zm8=Zm8=", "Zm9v ", "Zm-_", "Zh==", "Zm9=", "é"] {
            assert_eq!(Base64.parse(text), None, "{text}");
        }
    }
}
