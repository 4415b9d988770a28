//! Bytes as hexadecimal digits.

/// Pairs of lower-case digits.
pub(crate) fn digits(bytes: &[u8]) -> String {
    let digit = |number: u8| char::from_digit(number.into(), 16).unwrap_or_default();
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
