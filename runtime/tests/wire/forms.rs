//! Strings and byte strings in Rust types other than `String` and `Vec<u8>`, and in the long form.

use crate::samples::{hex, read};
use std::sync::Arc;
use typelang::codec::{
    Array, BareVector, Boxed, Bytes, DecodeAs, EncodeAs, Identified, LongBytes, LongText, Text, Tuple,
};
use typelang::{DecodeErrorKind, EncodeErrorKind, Writer};

fn write<C: EncodeAs<T> + Default, T: ?Sized>(value: &T) -> Result<Vec<u8>, EncodeErrorKind> {
    let mut out = Vec::new();
    let mut writer = Writer::new(&mut out);
    C::default().encode_as(value, &mut writer);
    writer.finish().map_err(|error| *error.kind())?;
    Ok(out)
}

#[test]
fn any_type_that_converts() {
    let bytes = hex("03616263");
    assert_eq!(write::<Bytes, [u8]>(b"abc").unwrap(), bytes);
    assert_eq!(write::<Text, str>("abc").unwrap(), bytes);
    let text: Arc<str> = read(&bytes, |reader| Text.decode_as(reader)).unwrap();
    assert_eq!(write::<Text, _>(&text).unwrap(), bytes);
    let slice: Box<[u8]> = read(&bytes, |reader| Bytes.decode_as(reader)).unwrap();
    assert_eq!(write::<Bytes, _>(&slice).unwrap(), bytes);
    let texts: Vec<Box<str>> = vec!["a".into(), "b".into()];
    let bytes = hex("02000000 01610000 01620000");
    assert_eq!(write::<BareVector<Text>, _>(&texts).unwrap(), bytes);
    let texts_read: Vec<Box<str>> = read(&bytes, |reader| BareVector(Text).decode_as(reader)).unwrap();
    assert_eq!(texts_read, texts);
}

#[test]
fn tuples_have_a_length_that_is_said_elsewhere() {
    let bytes = hex("01000000 02000000");
    let form = Tuple { element: Boxed, count: 2 };
    let numbers: Vec<i32> = read(&bytes, |reader| form.decode_as(reader)).unwrap();
    assert_eq!(numbers, [1, 2]);
    let mut out = Vec::new();
    let mut writer = Writer::new(&mut out);
    form.encode_as(&numbers, &mut writer);
    writer.finish().unwrap();
    assert_eq!(out, bytes);
    let mut writer = Writer::new(&mut out);
    form.encode_as(&vec![1], &mut writer);
    assert_eq!(*writer.finish().unwrap_err().kind(), EncodeErrorKind::CountMismatch { expected: 2, found: 1 });
    assert_eq!(out, bytes);

    let endless = Tuple { element: Boxed, count: u32::MAX };
    let error = read::<Vec<i32>>(&bytes, |reader| endless.decode_as(reader)).unwrap_err();
    assert_eq!(*error.kind(), DecodeErrorKind::TooManyElements { length: u32::MAX as usize, limit: 2 });
}

#[test]
fn arrays_and_ids() {
    let bytes = hex("8a767097 01000000 02000000 03000000");
    let form = Identified::<0x9770_768a, _>(Array(Boxed));
    let numbers: [i32; 3] = read(&bytes, |reader| form.decode_as(reader)).unwrap();
    assert_eq!(numbers, [1, 2, 3]);
    let mut out = Vec::new();
    let mut writer = Writer::new(&mut out);
    form.encode_as(&numbers, &mut writer);
    writer.finish().unwrap();
    assert_eq!(out, bytes);
    let error = read::<[i32; 3]>(&bytes[4..], |reader| form.decode_as(reader)).unwrap_err();
    assert_eq!(*error.kind(), DecodeErrorKind::UnknownConstructor { found: 1, expected: &[0x9770_768a] });
    for end in 0..bytes.len() {
        assert!(read::<[i32; 3]>(&bytes[..end], |reader| form.decode_as(reader)).is_err());
    }
}

#[test]
fn long_forms_do_not_ask_the_options() {
    let content = vec![b'q'; 1 << 24];
    let text = String::from_utf8(content.clone()).unwrap();
    let too_long = EncodeErrorKind::StringTooLong { length: 1 << 24, limit: (1 << 24) - 1 };
    assert_eq!(write::<Bytes, _>(&content), Err(too_long));
    assert_eq!(write::<Text, _>(&text), Err(too_long));

    let bytes = write::<LongBytes, _>(&content).unwrap();
    assert_eq!(bytes[..8], [0xff, 0, 0, 0, 1, 0, 0, 0]);
    assert!(write::<LongText, _>(&text).unwrap() == bytes);
    let content_read: Vec<u8> = read(&bytes, |reader| LongBytes.decode_as(reader)).unwrap();
    assert!(content_read == content);
    let text_read: String = read(&bytes, |reader| LongText.decode_as(reader)).unwrap();
    assert!(text_read == text);
    let error = read::<Vec<u8>>(&bytes, |reader| Bytes.decode_as(reader)).unwrap_err();
    assert_eq!(*error.kind(), DecodeErrorKind::LongStringNotAllowed);
}
