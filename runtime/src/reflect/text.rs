//! Numbers, bytes and texts as text, and back.

use alloc::vec::Vec;
use core::fmt;

use crate::writer::copy_short;

/// Bytes as pairs of lower-case hexadecimal digits.
pub(super) struct Hexadecimal<'b>(pub(super) &'b [u8]);

/// Bytes that are written at once.
const AT_ONCE: usize = 32;

impl fmt::Display for Hexadecimal<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chunks(AT_ONCE).try_for_each(|chunk| {
            let (digits, length) = hexadecimal(chunk);
            formatter.write_str(core::str::from_utf8(digits.get(..length).unwrap_or_default()).unwrap_or_default())
        })
    }
}

/// Appends the digits of bytes.
pub(super) fn write_hexadecimal(bytes: &[u8], out: &mut Vec<u8>) {
    for chunk in bytes.chunks(AT_ONCE) {
        let (digits, length) = hexadecimal(chunk);
        out.extend_from_slice(digits.get(..length).unwrap_or_default());
    }
}

/// The digits of up to [`AT_ONCE`] bytes, and how many there are.
fn hexadecimal(bytes: &[u8]) -> ([u8; 2 * AT_ONCE], usize) {
    let mut digits = [0; 2 * AT_ONCE];
    for (pair, byte) in digits.as_chunks_mut::<2>().0.iter_mut().zip(bytes) {
        *pair = HEXADECIMAL[usize::from(*byte)];
    }
    (digits, 2 * bytes.len().min(AT_ONCE))
}

/// The two digits of every byte.
static HEXADECIMAL: [[u8; 2]; 256] = {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut pairs = [[0; 2]; 256];
    let mut byte = 0;
    while byte < 256 {
        pairs[byte] = [DIGITS[byte >> 4], DIGITS[byte & 0xf]];
        byte += 1;
    }
    pairs
};

/// A whole number in decimal digits.
pub(super) struct Decimal {
    /// The digits and the sign end in the middle, so that as many bytes follow from wherever they begin.
    digits: [u8; 2 * Self::MOST],
    /// Where they begin.
    first: usize,
}

impl Decimal {
    /// The digits and the sign of the least `long`.
    const MOST: usize = 20;

    #[inline]
    pub(super) fn new(number: i64) -> Self {
        let mut digits = [b'0'; 2 * Self::MOST];
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

    /// Appends the digits: a copy of a fixed length takes a few instructions, and what is too much of it is cut off again.
    #[inline]
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        let end = out.len() + Self::MOST - self.first;
        if let Some(block) = self.digits.get(self.first..).and_then(<[u8]>::first_chunk::<{ Self::MOST }>) {
            out.extend_from_slice(block);
            out.truncate(end);
        }
    }

    #[cfg(feature = "serde")]
    pub(super) fn as_str(&self) -> &str {
        let digits = self.digits.get(self.first..Self::MOST).unwrap_or_default();
        core::str::from_utf8(digits).unwrap_or_default()
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
fn put_pair(digits: &mut [u8; 2 * Decimal::MOST], position: usize, number: u64) {
    let place = digits.get_mut(position..).and_then(<[u8]>::first_chunk_mut);
    if let (Some(place), Some(pair)) = (place, PAIRS.get(number as usize)) {
        *place = *pair;
    }
}

#[inline]
fn put(digits: &mut [u8; 2 * Decimal::MOST], position: usize, byte: u8) {
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
        let mut quoted = Vec::with_capacity(self.0.len() + 2);
        write_quoted(self.0.as_bytes(), &mut quoted);
        formatter.write_str(core::str::from_utf8(&quoted).unwrap_or_default())
    }
}

/// Appends a text between quotation marks, as JSON has it.
#[inline]
pub(super) fn write_quoted(text: &[u8], out: &mut Vec<u8>) {
    write_quoted_between(b"", text, b"", out);
}

/// The most bytes of a short text with its marks, and of what is before and after it.
const BLOCK: usize = 40;
/// The most bytes of a short text.
const SHORT: usize = 31;

/// Appends a text between quotation marks, with at most three bytes before and after it.
#[inline]
pub(super) fn write_quoted_between(before: &[u8], text: &[u8], after: &[u8], out: &mut Vec<u8>) {
    if text.len() > SHORT || before.len() + after.len() > BLOCK - SHORT - 2 || first_escaped(text).is_some() {
        return write_long_between(before, text, after, out);
    }
    // A copy of a fixed length takes a few instructions; what is too much of it is cut off again.
    let mut block = [0; BLOCK];
    let mut length = 0;
    for part in [before, b"\"", text, b"\"", after] {
        let to = block.get_mut(length..).unwrap_or_default();
        if part.len() < 4 {
            for (to, from) in to.iter_mut().zip(part) {
                *to = *from;
            }
        } else {
            copy_short(part, to);
        }
        length += part.len();
    }
    let end = out.len() + length;
    out.extend_from_slice(&block);
    out.truncate(end);
}

#[inline(never)]
fn write_long_between(before: &[u8], text: &[u8], after: &[u8], out: &mut Vec<u8>) {
    out.extend_from_slice(before);
    out.push(b'"');
    match first_escaped(text) {
        None => out.extend_from_slice(text),
        Some(position) => write_escaped(text, position, out),
    }
    out.push(b'"');
    out.extend_from_slice(after);
}

/// Appends a text of which a byte is to be escaped, by its position.
fn write_escaped(text: &[u8], position: usize, out: &mut Vec<u8>) {
    let (mut rest, mut next) = (text, Some(position));
    while let Some((plain, [byte, behind @ ..])) = next.and_then(|it| rest.split_at_checked(it)) {
        out.extend_from_slice(plain);
        match byte {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            byte => {
                out.extend_from_slice(b"\\u00");
                out.extend_from_slice(&HEXADECIMAL[usize::from(*byte)]);
            }
        }
        rest = behind;
        next = first_escaped(rest);
    }
    out.extend_from_slice(rest);
}

/// Bytes that are looked at at once.
const WORD: usize = size_of::<u64>();

/// The position of the first byte that is to be escaped.
#[inline]
fn first_escaped(text: &[u8]) -> Option<usize> {
    let Some(last) = text.last_chunk::<WORD>() else { return first_escaped_of_few(text) };
    if text.len() >= MANY && !text.chunks(MANY).any(has_escaped) {
        return None;
    }
    let (words, _) = text.as_chunks::<WORD>();
    for (position, word) in words.iter().enumerate() {
        if let Some(within) = first_escaped_in(*word) {
            return Some(position * WORD + within);
        }
    }
    // All of the last bytes that were looked at before are plain.
    first_escaped_in(*last).map(|within| text.len() - WORD + within)
}

/// Bytes of a longer text that are looked at at once.
const MANY: usize = 32;

/// Returns whether a byte is to be escaped, without a branch for each.
fn has_escaped(text: &[u8]) -> bool {
    text.iter().fold(false, |found, &byte| found | (byte < b' ') | (byte == b'"') | (byte == b'\\') | (byte == 0x7f))
}

/// The position of the first byte that is to be escaped of less than a word.
#[inline]
fn first_escaped_of_few(text: &[u8]) -> Option<usize> {
    let mut word = [b' '; WORD];
    match (text.first_chunk::<4>(), text.last_chunk::<4>()) {
        (Some([a, b, c, d]), Some([e, f, g, h])) => word = [*a, *b, *c, *d, *e, *f, *g, *h],
        _ => {
            for (to, from) in word.iter_mut().zip(text) {
                *to = *from;
            }
        }
    }
    let within = first_escaped_in(word)?;
    Some(if within < 4 { within } else { text.len() + within - WORD })
}

/// The first byte of a word that is a control character, a quotation mark, a backslash or 0x7f. A byte behind the first one may look
/// like one without being so.
#[inline]
fn first_escaped_in(word: [u8; WORD]) -> Option<usize> {
    const fn each(byte: u8) -> u64 {
        u64::from_le_bytes([byte; WORD])
    }
    let word = u64::from_le_bytes(word);
    let is_less = |word: u64, than: u8| word.wrapping_sub(each(than)) & !word;
    let is = |byte: u8| is_less(word ^ each(byte), 1);
    let found = (is_less(word, b' ') | is(b'"') | is(b'\\') | is(0x7f)) & each(0x80);
    (found != 0).then(|| (found.trailing_zeros() / u8::BITS) as usize)
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
