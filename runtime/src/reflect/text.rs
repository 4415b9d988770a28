//! Numbers, bytes and texts as text, and back.

use alloc::vec::Vec;
use core::fmt;

/// Bytes as pairs of lower-case hexadecimal digits.
pub(super) struct Hexadecimal<'b>(pub(super) &'b [u8]);

/// Bytes that are written at once.
const AT_ONCE: usize = 32;

impl fmt::Display for Hexadecimal<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(formatter)
    }
}

impl Hexadecimal<'_> {
    pub(super) fn write(&self, out: &mut impl fmt::Write) -> fmt::Result {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let digit = |digit: u8| DIGITS.get(usize::from(digit & 0xf)).copied().unwrap_or(b'?');
        for chunk in self.0.chunks(AT_ONCE) {
            let mut digits = [0; 2 * AT_ONCE];
            for (pair, byte) in digits.as_chunks_mut::<2>().0.iter_mut().zip(chunk) {
                *pair = [digit(byte >> 4), digit(*byte)];
            }
            let digits = digits.get(..2 * chunk.len()).unwrap_or_default();
            out.write_str(core::str::from_utf8(digits).unwrap_or_default())?;
        }
        Ok(())
    }
}

/// A whole number in decimal digits.
pub(super) struct Decimal {
    digits: [u8; Self::MOST],
    /// Where the digits begin, or the sign.
    first: usize,
}

impl Decimal {
    /// The digits and the sign of the least `long`.
    const MOST: usize = 20;

    #[inline]
    pub(super) fn new(number: i64) -> Self {
        let mut digits = [b'0'; Self::MOST];
        let mut left = number.unsigned_abs();
        let mut first = Self::MOST;
        while left >= 100 {
            first -= 2;
            put_pair(&mut digits, first, left % 100);
            left /= 100;
        }
        if left >= 10 {
            first -= 2;
            put_pair(&mut digits, first, left);
        } else {
            first -= 1;
            put(&mut digits, first, b'0' + left as u8);
        }
        if number < 0 {
            first -= 1;
            put(&mut digits, first, b'-');
        }
        Self { digits, first }
    }

    #[inline]
    pub(super) fn as_bytes(&self) -> &[u8] {
        self.digits.get(self.first..).unwrap_or_default()
    }

    pub(super) fn as_str(&self) -> &str {
        core::str::from_utf8(self.as_bytes()).unwrap_or_default()
    }
}

/// The two digits of every number below 100.
static PAIRS: [[u8; 2]; 100] = {
    let mut pairs = [[0; 2]; 100];
    let mut number = 0;
    while number < 100 {
        pairs[number] = [b'0' + (number / 10) as u8, b'0' + (number % 10) as u8];
        number += 1;
    }
    pairs
};

#[inline]
fn put_pair(digits: &mut [u8; Decimal::MOST], position: usize, number: u64) {
    let place = digits.get_mut(position..).and_then(<[u8]>::first_chunk_mut);
    if let (Some(place), Some(pair)) = (place, PAIRS.get(number as usize)) {
        *place = *pair;
    }
}

#[inline]
fn put(digits: &mut [u8; Decimal::MOST], position: usize, byte: u8) {
    if let Some(place) = digits.get_mut(position) {
        *place = byte;
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
        self.write(formatter)
    }
}

impl Quoted<'_> {
    pub(super) fn write(&self, out: &mut impl fmt::Write) -> fmt::Result {
        out.write_char('"')?;
        let mut rest = self.0;
        while let Some(position) = rest.bytes().position(is_escaped) {
            let (plain, from_escaped) = rest.split_at_checked(position).unwrap_or((rest, ""));
            out.write_str(plain)?;
            // What is escaped has one byte.
            let byte = from_escaped.bytes().next().unwrap_or_default();
            rest = from_escaped.get(1..).unwrap_or_default();
            match byte {
                b'"' => out.write_str("\\\"")?,
                b'\\' => out.write_str("\\\\")?,
                b'\n' => out.write_str("\\n")?,
                b'\r' => out.write_str("\\r")?,
                b'\t' => out.write_str("\\t")?,
                byte => write!(out, "\\u{byte:04x}")?,
            }
        }
        out.write_str(rest)?;
        out.write_char('"')
    }
}

#[inline]
fn is_escaped(byte: u8) -> bool {
    matches!(byte, 0..0x20 | b'"' | b'\\' | 0x7f)
}

/// An infinite number, or something that is no number. JSON has neither.
pub(super) enum NotFinite {
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
