//! Unpacking of what senders compress, with a bound on how large it becomes.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::fmt;

use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress, inflate_flags};

/// How many bytes a packed message may become unless told otherwise: 16 MiB, as much as a message on the wire can have.
pub const DEFAULT_MAX_UNPACKED: usize = 1 << 24;

/// Unpacks gzip (RFC 1952) or zlib (RFC 1950), found out from the first bytes. Checksums are verified; bytes after the packed
/// data are ignored.
///
/// Never more than `limit` bytes are made, whatever the input: a megabyte can claim to be a gigabyte.
///
/// ```
/// use typelang::unpack::{UnpackError, unpack};
///
/// let packed = b"\x78\x9c\xcb\x48\xcd\xc9\xc9\x07\x00\x06\x2c\x02\x15";
/// assert_eq!(unpack(packed, 5).unwrap(), b"hello");
/// assert_eq!(unpack(packed, 4), Err(UnpackError::TooLarge { limit: 4 }));
/// ```
///
/// # Errors
///
/// Returns an error if the bytes are neither of the two, if they are cut or damaged, or if they become more than `limit` bytes.
pub fn unpack(bytes: &[u8], limit: usize) -> Result<Vec<u8>, UnpackError> {
    if let Some(header) = gzip_header(bytes) {
        let content = bytes.get(header?..).ok_or(UnpackError::Cut)?;
        let (unpacked, taken) = inflate(content, limit, 0)?;
        let trailer = content.get(taken..).and_then(<[u8]>::first_chunk::<8>).ok_or(UnpackError::Cut)?;
        return if is_checked(&unpacked, *trailer) { Ok(unpacked) } else { Err(UnpackError::Checksum) };
    }
    match bytes {
        [first, second, ..] if is_zlib(*first, *second) => {
            Ok(inflate(bytes, limit, inflate_flags::TINFL_FLAG_PARSE_ZLIB_HEADER)?.0)
        }
        _ => Err(UnpackError::NotPacked),
    }
}

/// Why bytes could not be unpacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UnpackError {
    /// The bytes begin neither as gzip nor as zlib.
    NotPacked,
    /// The packed data is larger than the limit.
    TooLarge {
        /// How many bytes were allowed.
        limit: usize,
    },
    /// The packed data ends too early.
    Cut,
    /// The packed data contradicts itself.
    Damaged,
    /// The unpacked data does not have the checksum or the length that the packed data states.
    Checksum,
}

impl fmt::Display for UnpackError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotPacked => formatter.write_str("neither gzip nor zlib"),
            Self::TooLarge { limit } => write!(formatter, "unpacked data of more than {limit} bytes"),
            Self::Cut => formatter.write_str("packed data is cut off"),
            Self::Damaged => formatter.write_str("packed data is damaged"),
            Self::Checksum => formatter.write_str("packed data has a wrong checksum"),
        }
    }
}

impl core::error::Error for UnpackError {}

/// Decompresses to a buffer that grows up to the limit. Returns how many bytes of the input were read as well.
fn inflate(bytes: &[u8], limit: usize, flags: u32) -> Result<(Vec<u8>, usize), UnpackError> {
    /// What the buffer begins with and grows by at least.
    const LEAST: usize = 1 << 12;
    let flags = flags | inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
    let mut state = Box::<DecompressorOxide>::default();
    // One byte more than allowed tells data of just the limit from larger data.
    let most = limit.saturating_add(1);
    let mut unpacked = alloc::vec![0; bytes.len().saturating_mul(2).max(LEAST).min(most)];
    let (mut taken, mut written) = (0, 0);
    loop {
        let rest = bytes.get(taken..).unwrap_or_default();
        let (status, read, added) = decompress(&mut state, rest, &mut unpacked, written, flags);
        taken += read;
        written += added;
        match status {
            _ if written > limit => return Err(UnpackError::TooLarge { limit }),
            TINFLStatus::Done => {
                unpacked.truncate(written);
                return Ok((unpacked, taken));
            }
            TINFLStatus::HasMoreOutput if unpacked.len() < most => {
                let larger = unpacked.len().saturating_mul(2).min(most);
                unpacked.resize(larger, 0);
            }
            TINFLStatus::FailedCannotMakeProgress | TINFLStatus::NeedsMoreInput => return Err(UnpackError::Cut),
            TINFLStatus::Adler32Mismatch => return Err(UnpackError::Checksum),
            _ => return Err(UnpackError::Damaged),
        }
    }
}

/// The two bytes with which zlib begins: deflate with a window of at most 32 KiB and no dictionary, and a sum for both.
fn is_zlib(first: u8, second: u8) -> bool {
    let sum = u16::from_be_bytes([first, second]) % 31;
    first & 0x0f == 8 && first >> 4 <= 7 && second & 0x20 == 0 && sum == 0
}

const FLAG_CHECKSUM: u8 = 1 << 1;
const FLAG_EXTRA: u8 = 1 << 2;
const FLAG_NAME: u8 = 1 << 3;
const FLAG_COMMENT: u8 = 1 << 4;

/// The length of the header of gzip; nothing if the bytes do not begin as gzip.
fn gzip_header(bytes: &[u8]) -> Option<Result<usize, UnpackError>> {
    let rest = bytes.strip_prefix(&[0x1f, 0x8b, 8])?;
    Some(gzip_fields(rest).map(|after| bytes.len() - after.len()).ok_or(UnpackError::Cut))
}

/// What follows the header of gzip, given what follows its first three bytes.
fn gzip_fields(rest: &[u8]) -> Option<&[u8]> {
    let (&flags, rest) = rest.split_first()?;
    // Time, level and system.
    let mut rest = rest.get(6..)?;
    if flags & FLAG_EXTRA != 0 {
        let (length, after) = rest.split_first_chunk()?;
        rest = after.get(usize::from(u16::from_le_bytes(*length))..)?;
    }
    for flag in [FLAG_NAME, FLAG_COMMENT] {
        if flags & flag != 0 {
            let end = rest.iter().position(|byte| *byte == 0)?;
            rest = rest.get(end + 1..)?;
        }
    }
    if flags & FLAG_CHECKSUM != 0 { rest.get(2..) } else { Some(rest) }
}

/// Returns whether the trailer of gzip, CRC-32 and length, is that of the data.
fn is_checked(unpacked: &[u8], trailer: [u8; 8]) -> bool {
    let stated = u64::from_le_bytes(trailer);
    let length = (unpacked.len() as u64) << 32;
    stated == length | u64::from(crc32(unpacked))
}

/// The CRC-32 of gzip.
fn crc32(bytes: &[u8]) -> u32 {
    const TABLE: [u32; 256] = crc32_table();
    let step = |crc: u32, byte: &u8| {
        let index = usize::from(crc.to_le_bytes()[0] ^ byte);
        crc >> 8 ^ TABLE.get(index).copied().unwrap_or_default()
    };
    !bytes.iter().fold(u32::MAX, step)
}

const fn crc32_table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut index = 0;
    while index < 256 {
        let mut value = index as u32;
        let mut bit = 0;
        while bit < 8 {
            value = if value & 1 == 1 { value >> 1 ^ 0xedb8_8320 } else { value >> 1 };
            bit += 1;
        }
        table[index] = value;
        index += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;
    use miniz_oxide::deflate::{compress_to_vec, compress_to_vec_zlib};

    /// A gzip member with the fields of the header that flags announce.
    fn gzip(content: &[u8], flags: u8, fields: &[u8]) -> Vec<u8> {
        let mut packed = vec![0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 255];
        packed.extend(fields);
        packed.extend(compress_to_vec(content, 6));
        packed.extend(crc32(content).to_le_bytes());
        packed.extend(u32::try_from(content.len()).expect("short").to_le_bytes());
        packed
    }

    #[test]
    fn both_formats_are_unpacked() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        for content in [&b""[..], b"hello", &[7; 100_000]] {
            let all = [
                gzip(content, 0, &[]),
                gzip(content, FLAG_NAME | FLAG_COMMENT, b"name\0comment\0"),
                gzip(content, FLAG_EXTRA | FLAG_CHECKSUM | 1, &[3, 0, 1, 2, 3, 9, 9]),
                compress_to_vec_zlib(content, 9),
                compress_to_vec_zlib(content, 0),
                [gzip(content, 0, &[]), b"behind".to_vec()].concat(),
            ];
            for packed in all {
                assert_eq!(unpack(&packed, content.len()).as_deref(), Ok(content));
                if let Some(less) = content.len().checked_sub(1) {
                    assert_eq!(unpack(&packed, less), Err(UnpackError::TooLarge { limit: less }));
                }
            }
        }
    }

    #[test]
    fn faults_are_told_apart() {
        let packed = gzip(b"hello, hello, hello", FLAG_NAME, b"n\0");
        for length in 3..packed.len() {
            assert_eq!(unpack(&packed[..length], 100), Err(UnpackError::Cut), "{length}");
        }
        assert_eq!(unpack(&packed[..2], 100), Err(UnpackError::NotPacked));
        assert_eq!(unpack(b"", 100), Err(UnpackError::NotPacked));
        assert_eq!(unpack(b"hello", 100), Err(UnpackError::NotPacked));
        for (place, fault) in [(packed.len() - 1, UnpackError::Checksum), (packed.len() - 5, UnpackError::Checksum)] {
            let mut wrong = packed.clone();
            wrong[place] ^= 1;
            assert_eq!(unpack(&wrong, 100), Err(fault));
        }
        let mut wrong = compress_to_vec_zlib(b"hello", 6);
        *wrong.last_mut().expect("a checksum") ^= 1;
        assert_eq!(unpack(&wrong, 100), Err(UnpackError::Checksum));
        assert_eq!(unpack(&[0x78, 0x9c, 0xff], 100), Err(UnpackError::Damaged));
        assert_eq!(unpack(&[0x78, 0x9c], 100), Err(UnpackError::Cut));
    }
}
