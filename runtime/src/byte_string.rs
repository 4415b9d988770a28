//! The three length forms of `string` and `bytes`.
//!
//! | first byte | header | length |
//! |---|---|---|
//! | 0 to 253 | that byte | the byte itself |
//! | 254 | 4 bytes | the 3 bytes after the first, little endian |
//! | 255 | 8 bytes | the 7 bytes after the first, little endian |
//!
//! The content follows the header, then zeros up to a multiple of four bytes.

/// Longest content, in bytes, that the one-byte header can announce.
pub(crate) const TINY_MAX: usize = 253;
/// First byte of the four-byte header.
pub(crate) const MEDIUM_MARK: u8 = 254;
/// Longest content, in bytes, that the four-byte header can announce.
pub(crate) const MEDIUM_MAX: u64 = (1 << 24) - 1;
/// First byte of the eight-byte header.
pub(crate) const LONG_MARK: u8 = 255;
/// Longest content, in bytes, that the eight-byte header can announce.
pub(crate) const LONG_MAX: u64 = (1 << 56) - 1;

/// Number of bytes that a `string` or `bytes` value takes on the wire when its content has `length` bytes: the shortest
/// header, the content and the padding.
///
/// ```
/// assert_eq!(typelang::bytes_len(0), 4);
/// assert_eq!(typelang::bytes_len(253), 256);
/// assert_eq!(typelang::bytes_len(254), 260);
/// assert_eq!(typelang::bytes_len(1 << 24), 16_777_224);
/// ```
#[inline]
pub const fn bytes_len(length: usize) -> usize {
    let header = if length <= TINY_MAX {
        1
    } else if length as u64 <= MEDIUM_MAX {
        4
    } else {
        8
    };
    padded(header, length)
}

/// `header + length` rounded up to a multiple of four; saturates, so that an absurd length stays absurd.
#[inline]
pub(crate) const fn padded(header: usize, length: usize) -> usize {
    header.saturating_add(length).saturating_add(3) & !3
}
