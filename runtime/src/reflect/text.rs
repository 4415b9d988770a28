//! Numbers, bytes and texts as text, and back.

use alloc::vec::Vec;
use core::fmt;

/// Bytes as pairs of lower-case hexadecimal digits.
pub(super) struct Hexadecimal<'b>(pub(super) &'b [u8]);

impl fmt::Display for Hexadecimal<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(formatter, "{byte:02x}"))
    }
}

/// The bytes that pairs of hexadecimal digits say; nothing if the text is something else.
pub(super) fn bytes_of(text: &str) -> Option<Vec<u8>> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect()
}

/// A text between quotation marks, as JSON has it.
pub(super) struct Quoted<'a>(pub(super) &'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("\"")?;
        let mut plain = 0;
        for (position, character) in self.0.char_indices() {
            let escape = match character {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '\0'..' ' | '\u{7f}' => "",
                _ => continue,
            };
            formatter.write_str(self.0.get(plain..position).unwrap_or_default())?;
            plain = position + 1;
            if escape.is_empty() {
                write!(formatter, "\\u{:04x}", u32::from(character))?;
            } else {
                formatter.write_str(escape)?;
            }
        }
        formatter.write_str(self.0.get(plain..).unwrap_or_default())?;
        formatter.write_str("\"")
    }
}

/// An infinite number, or something that is no number. JSON has neither.
pub(crate) enum NotFinite {
    Infinity,
    NegativeInfinity,
    /// The one that calculations give.
    Nan,
    /// Any other, by its bits.
    NanDouble(u64),
    NanFloat(u32),
}

const INFINITY: &str = "Infinity";
const NEGATIVE_INFINITY: &str = "-Infinity";
const NAN: &str = "NaN";
const BITS: &str = "0x";

impl From<f64> for NotFinite {
    fn from(number: f64) -> Self {
        match number.to_bits() {
            _ if number == f64::INFINITY => Self::Infinity,
            _ if number == f64::NEG_INFINITY => Self::NegativeInfinity,
            bits if bits == f64::NAN.to_bits() => Self::Nan,
            bits => Self::NanDouble(bits),
        }
    }
}

impl From<f32> for NotFinite {
    fn from(number: f32) -> Self {
        match number.to_bits() {
            _ if number == f32::INFINITY => Self::Infinity,
            _ if number == f32::NEG_INFINITY => Self::NegativeInfinity,
            bits if bits == f32::NAN.to_bits() => Self::Nan,
            bits => Self::NanFloat(bits),
        }
    }
}

impl fmt::Display for NotFinite {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Infinity => formatter.write_str(INFINITY),
            Self::NegativeInfinity => formatter.write_str(NEGATIVE_INFINITY),
            Self::Nan => formatter.write_str(NAN),
            Self::NanDouble(bits) => write!(formatter, "{BITS}{bits:016x}"),
            Self::NanFloat(bits) => write!(formatter, "{BITS}{bits:08x}"),
        }
    }
}

/// The number that a text says: one of those above, or decimal digits.
pub(super) fn double_of(text: &str) -> Option<f64> {
    match text {
        INFINITY => Some(f64::INFINITY),
        NEGATIVE_INFINITY => Some(f64::NEG_INFINITY),
        NAN => Some(f64::NAN),
        _ => match text.strip_prefix(BITS) {
            Some(digits) => u64::from_str_radix(digits, 16).ok().map(f64::from_bits),
            None => text.parse().ok(),
        },
    }
}

/// The number that a text says, as [`double_of`] for half as many bits.
pub(super) fn float_of(text: &str) -> Option<f32> {
    match text {
        INFINITY => Some(f32::INFINITY),
        NEGATIVE_INFINITY => Some(f32::NEG_INFINITY),
        NAN => Some(f32::NAN),
        _ => match text.strip_prefix(BITS) {
            Some(digits) => u32::from_str_radix(digits, 16).ok().map(f32::from_bits),
            None => text.parse().ok(),
        },
    }
}
