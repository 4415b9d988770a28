//! Lengths, padding and UTF-8 of `string` and `bytes`.

use crate::samples::{hex, read, read_with};
use typelang::{Decode, DecodeError, DecodeErrorKind, Encode, EncodeErrorKind, ReadOptions, WriteOptions, bytes_len};

/// Header, number of zeros at the end, and whole length of a content of a given length.
const LAYOUTS: [(usize, &[u8], usize, usize); 11] = [
    (0, &[0x00], 3, 4),
    (1, &[0x01], 2, 4),
    (2, &[0x02], 1, 4),
    (3, &[0x03], 0, 4),
    (4, &[0x04], 3, 8),
    (253, &[0xfd], 2, 256),
    (254, &[0xfe, 0xfe, 0x00, 0x00], 2, 260),
    (255, &[0xfe, 0xff, 0x00, 0x00], 1, 260),
    (256, &[0xfe, 0x00, 0x01, 0x00], 0, 260),
    (65_536, &[0xfe, 0x00, 0x00, 0x01], 0, 65_540),
    (16_777_215, &[0xfe, 0xff, 0xff, 0xff], 1, 16_777_220),
];

fn layout(header: &[u8], content: &[u8], zeros: usize) -> Vec<u8> {
    [header, content, &[0, 0, 0][..zeros]].concat()
}

#[test]
fn lengths_have_their_shortest_form() {
    for (length, header, zeros, total) in LAYOUTS {
        let content = vec![b'a'; length];
        let bytes = content.to_bytes().unwrap();
        assert!(bytes == layout(header, &content, zeros), "bytes of length {length}");
        assert_eq!(bytes.len(), total);
        assert_eq!(bytes_len(length), total);
        assert_eq!(content.encoded_len(), total);

        let text = String::from_utf8(content.clone()).unwrap();
        assert!(text.to_bytes().unwrap() == bytes, "string of length {length}");
        assert!(text.as_str().to_bytes().unwrap() == bytes, "str of length {length}");

        assert!(Vec::<u8>::from_bytes_with(&bytes, ReadOptions::strict()).unwrap() == content);
        assert!(String::from_bytes_with(&bytes, ReadOptions::strict()).unwrap() == text);
        assert!(read(&bytes, |reader| reader.read_bytes_borrowed()).unwrap() == content);
    }
}

#[test]
fn two_to_the_24_needs_the_long_form() {
    let content = vec![b'z'; 1 << 24];
    let error = content.to_bytes().unwrap_err();
    assert_eq!(*error.kind(), EncodeErrorKind::StringTooLong { length: 1 << 24, limit: (1 << 24) - 1 });
    assert_eq!(
        error.to_string(),
        "string of 16777216 bytes where at most 16777215 can be written, after 0 encoded bytes"
    );

    let bytes = content.to_bytes_with(WriteOptions::new().long_strings(true)).unwrap();
    assert!(bytes == layout(&[0xff, 0, 0, 0, 1, 0, 0, 0], &content, 0));
    assert_eq!(bytes.len(), 16_777_224);
    assert_eq!(bytes_len(content.len()), 16_777_224);
    assert_eq!(bytes_len((1 << 24) + 1), 16_777_228);

    let error = Vec::<u8>::from_bytes(&bytes).unwrap_err();
    assert_eq!(*error.kind(), DecodeErrorKind::LongStringNotAllowed);
    let options = ReadOptions::strict().long_strings(true);
    assert!(Vec::<u8>::from_bytes_with(&bytes, options).unwrap() == content);
    let text = String::from_bytes_with(&bytes, options).unwrap();
    assert!(text.as_bytes() == content);
    assert!(read(&bytes, |reader| reader.read_long_bytes()).unwrap() == content);
    assert!(read(&bytes, |reader| reader.read_long_string()).unwrap() == text);
}

#[test]
fn first_byte_255_is_no_short_string() {
    let mut bytes = vec![0xff];
    bytes.extend([b'a'; 255]);
    let error = String::from_bytes(&bytes).unwrap_err();
    assert_eq!(*error.kind(), DecodeErrorKind::LongStringNotAllowed);
    assert_eq!(error.offset(), 0);
    assert_eq!(
        error.to_string(),
        "string length in the 56-bit form at byte 0; the option `long_strings` would accept it"
    );
}

#[test]
fn long_form_of_a_short_string_is_accepted_where_the_form_is() {
    let bytes = hex("ff04000000000000 61626364");
    let lenient = ReadOptions::new().long_strings(true);
    assert_eq!(String::from_bytes_with(&bytes, lenient).unwrap(), "abcd");
    let error = String::from_bytes_with(&bytes, ReadOptions::strict().long_strings(true)).unwrap_err();
    assert_eq!(*error.kind(), DecodeErrorKind::NonCanonicalLength { length: 4 });
}

#[test]
fn greatest_announced_length_is_only_an_early_end() {
    let bytes = hex("ffffffffffffffff 61626364");
    let error = read(&bytes, |reader| reader.read_long_bytes()).unwrap_err();
    let needed = usize::try_from((1_u64 << 56) - 1 + 8).map_or(usize::MAX, |length| length.next_multiple_of(4));
    assert_eq!(*error.kind(), DecodeErrorKind::UnexpectedEnd { needed, left: 12 });
    assert_eq!(error.offset(), 0);
}

#[test]
fn missing_bytes_count_header_and_padding() {
    let cases: [(&str, usize); 7] =
        [("", 4), ("02", 4), ("026162", 4), ("08616263", 12), ("fe", 4), ("fe0300", 4), ("feffffff6162", 16_777_220)];
    for (digits, needed) in cases {
        let bytes = hex(digits);
        let error = Vec::<u8>::from_bytes(&bytes).unwrap_err();
        assert_eq!(*error.kind(), DecodeErrorKind::UnexpectedEnd { needed, left: bytes.len() }, "{digits}");
        assert_eq!(error.offset(), 0);
    }
    let error = read(&hex("ff0400"), |reader| reader.read_long_bytes()).unwrap_err();
    assert_eq!(*error.kind(), DecodeErrorKind::UnexpectedEnd { needed: 8, left: 3 });
}

/// The strings `ok` and `é` + 0xff + `z`, the second one not UTF-8.
const NOT_UTF8: &str = "026f6b00 04c3a9ff7a000000";

fn read_two(bytes: &[u8], options: ReadOptions) -> Result<(String, String), DecodeError> {
    read_with(bytes, options, |reader| (reader.read_string(), reader.read_string()))
}

#[test]
fn utf8_is_checked_by_default_and_when_strict() {
    for options in [ReadOptions::new(), ReadOptions::strict()] {
        let error = read_two(&hex(NOT_UTF8), options).unwrap_err();
        assert_eq!(*error.kind(), DecodeErrorKind::InvalidUtf8 { valid_up_to: 2 });
        assert_eq!(error.offset(), 7);
        assert_eq!(error.to_string(), "invalid UTF-8 in a string at byte 7; 2 bytes of it valid before that");
    }
}

#[test]
fn utf8_error_knows_headers_of_every_size() {
    let cases = [("fe020000 61ff0000", 5), ("ff02000000000000 61ff0000", 9)];
    for (digits, offset) in cases {
        let error = read(&hex(digits), |reader| reader.read_long_string()).unwrap_err();
        assert_eq!(*error.kind(), DecodeErrorKind::InvalidUtf8 { valid_up_to: 1 });
        assert_eq!(error.offset(), offset, "{digits}");
    }
}

#[test]
fn lossy_strings_get_the_replacement_character() {
    let options = ReadOptions::strict().lossy_strings(true);
    assert_eq!(read_two(&hex(NOT_UTF8), options).unwrap(), ("ok".into(), "é\u{fffd}z".into()));
    assert_eq!(read_with(&hex("02ff6100"), options, |reader| reader.read_long_string()).unwrap(), "\u{fffd}a");
}

#[test]
fn nul_bytes_are_content() {
    assert_eq!(String::from_bytes_with(&hex("03610062"), ReadOptions::strict()).unwrap(), "a\0b");
}

/// A part of a file is half a mebibyte: it must not be moved for the sake of its padding.
#[test]
fn long_string_reserves_what_it_needs() {
    for length in [1_000, 1_001, 512 * 1024, 1 << 24] {
        let encoded = vec![b'a'; length].to_bytes_with(WriteOptions::new().long_strings(true)).unwrap();
        assert!(encoded.capacity() <= encoded.len() + 16, "{} for {}", encoded.capacity(), encoded.len());
    }
}

/// Texts of all lengths around those that are checked in blocks, with one byte that is wrong at every place.
#[test]
fn utf8_errors_are_those_of_the_standard_library() {
    let text = "Where ASCII ends, Кириллица begins, and then there are 🦀🦀 and others, ".repeat(3);
    for length in (0..=text.len()).filter(|it| text.is_char_boundary(*it)) {
        let bytes = text.as_bytes()[..length].to_vec();
        assert_eq!(String::from_bytes(&bytes.to_bytes().unwrap()).unwrap(), text[..length]);
    }
    for place in 0..text.len() {
        let mut bytes = text.clone().into_bytes();
        bytes[place] = 0xff;
        let expected = std::str::from_utf8(&bytes).unwrap_err().valid_up_to();
        let encoded = bytes.to_bytes().unwrap();
        let error = String::from_bytes(&encoded).unwrap_err();
        assert_eq!(*error.kind(), DecodeErrorKind::InvalidUtf8 { valid_up_to: expected });
        assert_eq!(<&str>::from_bytes(&encoded).unwrap_err(), error);
        let repaired = String::from_bytes_with(&encoded, ReadOptions::new().lossy_strings(true)).unwrap();
        assert_eq!(repaired, String::from_utf8_lossy(&bytes));
    }
}
