//! The four differences between the lenient default and a strict reader, and nothing else.

use crate::samples::{User, UserFull, hex};
use typelang::{Decode, DecodeError, DecodeErrorKind, DecodeOwned, Encode, ReadOptions, Reader};

fn strict<T: DecodeOwned>(bytes: &[u8]) -> Result<T, DecodeError> {
    T::from_bytes_with(bytes, ReadOptions::strict())
}

#[test]
fn defaults_are_lenient() {
    assert_eq!(ReadOptions::default(), ReadOptions::new());
    assert!(!ReadOptions::default().strict);
    assert!(!ReadOptions::default().lossy_strings);
    assert!(!ReadOptions::default().long_strings);
    assert_eq!(ReadOptions::default().max_depth, typelang::DEFAULT_MAX_DEPTH);
    let mut strict = ReadOptions::strict();
    assert_ne!(strict, ReadOptions::new());
    strict.strict = false;
    assert_eq!(strict, ReadOptions::new());
}

#[test]
fn padding() {
    for (digits, offset) in [("01610102", 2), ("01610002", 3), ("05616263646500ff", 7)] {
        let bytes = hex(digits);
        assert_eq!(Vec::<u8>::from_bytes(&bytes).unwrap(), b"abcde"[..usize::from(bytes[0])]);
        let error = strict::<Vec<u8>>(&bytes).unwrap_err();
        assert_eq!(*error.kind(), DecodeErrorKind::NonZeroPadding);
        assert_eq!(error.offset(), offset, "{digits}");
    }
    let error = strict::<String>(&hex("01610102")).unwrap_err();
    assert_eq!(error.to_string(), "non-zero padding after a string at byte 2");
}

#[test]
fn string_lengths() {
    let bytes = hex("00000000 fe030000 61626300");
    let mut reader = Reader::new(&bytes);
    assert_eq!(reader.read_string(), "");
    assert_eq!(reader.read_string(), "abc");
    assert_eq!(reader.position(), 12);
    reader.finish().unwrap();

    let mut reader = Reader::with_options(&bytes, ReadOptions::strict());
    assert_eq!(reader.read_string(), "");
    assert_eq!(reader.read_string(), "");
    let error = reader.finish().unwrap_err();
    assert_eq!(*error.kind(), DecodeErrorKind::NonCanonicalLength { length: 3 });
    assert_eq!(error.offset(), 4);
    assert_eq!(error.to_string(), "string length 3 in a longer form than it needs at byte 4");

    let mut longest = hex("fefd0000");
    longest.extend([b'a'; 253]);
    longest.extend([0; 3]);
    assert_eq!(Vec::<u8>::from_bytes(&longest).unwrap(), [b'a'; 253]);
    assert_eq!(*strict::<Vec<u8>>(&longest).unwrap_err().kind(), DecodeErrorKind::NonCanonicalLength { length: 253 });
}

/// Every length has one form that a strict reader accepts, on both sides of each border.
#[test]
fn headers_at_the_borders() {
    let length = |bytes: &[u8]| {
        let mut reader = typelang::Reader::with_options(bytes, ReadOptions::strict().long_strings(true));
        let length = reader.read_bytes_borrowed().len();
        reader.finish().map(|()| length)
    };
    let medium =
        |count: u32| [&(count << 8 | 0xfe).to_le_bytes()[..], &vec![0; count.next_multiple_of(4) as usize]].concat();
    let long =
        |count: u64| [&(count << 8 | 0xff).to_le_bytes()[..], &vec![0; count.next_multiple_of(4) as usize]].concat();
    let greatest = (1 << 24) - 1;
    assert!(length(&medium(253)).is_err());
    assert_eq!(length(&medium(254)), Ok(254));
    assert_eq!(length(&medium(greatest)), Ok(greatest as usize));
    let error = length(&long(greatest.into())).unwrap_err();
    assert_eq!(*error.kind(), DecodeErrorKind::NonCanonicalLength { length: greatest as usize });
    assert_eq!(length(&long(u64::from(greatest) + 1)), Ok(greatest as usize + 1));
}

#[test]
fn flags() {
    let bytes = hex("22140b02 01001080 0500000000000000");
    let user = User::Full(Box::new(UserFull { bot: true, id: 5, name: None }));
    assert_eq!(User::from_bytes(&bytes).unwrap(), user);
    let error = strict::<User>(&bytes).unwrap_err();
    assert_eq!(*error.kind(), DecodeErrorKind::UnknownFlags { bits: 0x8010_0000 });
    assert_eq!((error.offset(), error.type_name()), (4, "user"));
    assert_eq!(error.to_string(), "unknown flag bits 0x80100000 at byte 4 while reading user");
    assert_eq!(strict::<User>(&user.to_bytes().unwrap()).unwrap(), user);
}

#[test]
fn unknown_flags_are_not_handed_on() {
    assert_eq!(Reader::new(&[0xff; 4]).read_flags(0x8000_0001), 0x8000_0001);
}

#[test]
fn bytes_after_the_value() {
    let bytes = hex("0461626364000000 01");
    assert_eq!(String::from_bytes(&bytes).unwrap(), "abcd");
    let error = strict::<String>(&bytes).unwrap_err();
    assert_eq!(*error.kind(), DecodeErrorKind::TrailingBytes { count: 1 });
    assert_eq!((error.offset(), error.type_name()), (8, ""));
    assert_eq!(error.to_string(), "1 byte after the value at byte 8");

    let mut reader = Reader::with_options(&bytes, ReadOptions::strict());
    assert_eq!(reader.finish().unwrap_err().to_string(), "9 bytes after the value at byte 0");
    assert!(Reader::new(&bytes).finish().is_ok());
}
