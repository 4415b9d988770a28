//! Errors stay in the writer, and a failed writing leaves no trace.

use crate::samples::{User, UserFull};
use typelang::{Encode, EncodeErrorKind, WriteOptions, Writer};

fn too_long() -> String {
    "x".repeat(1 << 24)
}

const STRING_TOO_LONG: EncodeErrorKind = EncodeErrorKind::StringTooLong { length: 1 << 24, limit: (1 << 24) - 1 };

#[test]
fn first_error_is_kept() {
    let mut out = b"before".to_vec();
    let mut writer = Writer::new(&mut out);
    writer.write_i32(1);
    writer.write_string(&too_long());
    writer.write_vector_len(usize::MAX);
    writer.write_i32(2);
    let error = writer.finish().unwrap_err();
    assert_eq!(*error.kind(), STRING_TOO_LONG);
    assert_eq!(error.offset(), 4);
    assert_eq!(out, b"before");
}

#[test]
fn append_adds_all_or_nothing() {
    let good = User::Full(Box::new(UserFull { bot: true, id: 2, name: Some("Ann".into()) }));
    let bad = User::Full(Box::new(UserFull { bot: true, id: 2, name: Some(too_long()) }));
    let mut out = vec![0xaa];
    good.append_to(&mut out).unwrap();
    let once = [&[0xaa][..], &good.to_bytes().unwrap()].concat();
    assert_eq!(out, once);

    assert_eq!(*bad.append_to(&mut out).unwrap_err().kind(), STRING_TOO_LONG);
    assert_eq!(bad.append_to(&mut out).unwrap_err().offset(), 16);
    assert_eq!(out, once);
    assert_eq!(*bad.to_bytes().unwrap_err().kind(), STRING_TOO_LONG);

    let options = WriteOptions::new().long_strings(true);
    bad.append_to_with(&mut out, options).unwrap();
    assert!(out == [once, bad.to_bytes_with(options).unwrap()].concat());
}

#[test]
fn writers_keep_their_options() {
    let options = WriteOptions::new().long_strings(true);
    assert_eq!(Writer::with_options(&mut Vec::new(), options).options(), options);
    assert_eq!(Writer::new(&mut Vec::new()).options(), WriteOptions::default());
    assert!(!WriteOptions::default().long_strings);
}

#[test]
fn frames_begin_with_their_length() {
    let mut out = b"before".to_vec();
    let mut writer = Writer::new(&mut out);
    writer.write_frame(|writer| {
        writer.write_string("abc");
        writer.write_frame(|_| {});
    });
    writer.write_frame(|writer| writer.write_raw(&[1, 2, 3, 4, 5]));
    writer.finish().unwrap();
    assert_eq!(out, b"before\x08\0\0\0\x03abc\0\0\0\0\x05\0\0\0\x01\x02\x03\x04\x05");
    let mut writer = Writer::new(&mut out);
    writer.write_frame(|writer| writer.write_string(&too_long()));
    assert_eq!(writer.finish().unwrap_err().offset(), 4);
    assert_eq!(out.len(), 6 + 12 + 9);
}
