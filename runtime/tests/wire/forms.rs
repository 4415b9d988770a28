//! Strings and byte strings in Rust types other than `String` and `Vec<u8>`, and in the long form.

use crate::samples::hex;
use std::sync::Arc;
use tl_runtime::codec::{BareVector, Bytes, DecodeAs, EncodeAs, LongBytes, LongString, Text};
use tl_runtime::{DecodeErrorKind, EncodeErrorKind, Reader, Writer};

fn write<C: EncodeAs<T>, T: ?Sized>(value: &T) -> Result<Vec<u8>, EncodeErrorKind> {
    let mut out = Vec::new();
    let mut writer = Writer::new(&mut out);
    C::encode_as(value, &mut writer);
    writer.finish().map_err(|error| *error.kind())?;
    assert_eq!(out.len(), C::encoded_len_as(value));
    Ok(out)
}

#[test]
fn any_type_that_converts() {
    let bytes = hex("03616263");
    assert_eq!(write::<Bytes, [u8]>(b"abc").unwrap(), bytes);
    assert_eq!(write::<Text, str>("abc").unwrap(), bytes);
    let text: Arc<str> = Text::decode_as(&mut Reader::new(&bytes)).unwrap();
    assert_eq!(write::<Text, _>(&text).unwrap(), bytes);
    let slice: Box<[u8]> = Bytes::decode_as(&mut Reader::new(&bytes)).unwrap();
    assert_eq!(write::<Bytes, _>(&slice).unwrap(), bytes);
    let texts: Vec<Box<str>> = vec!["a".into(), "b".into()];
    let bytes = hex("02000000 01610000 01620000");
    assert_eq!(write::<BareVector<Text>, _>(&texts).unwrap(), bytes);
    let read: Vec<Box<str>> = BareVector::<Text>::decode_as(&mut Reader::new(&bytes)).unwrap();
    assert_eq!(read, texts);
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
    assert!(write::<LongString, _>(&text).unwrap() == bytes);
    let read: Vec<u8> = LongBytes::decode_as(&mut Reader::new(&bytes)).unwrap();
    assert!(read == content);
    let read: String = LongString::decode_as(&mut Reader::new(&bytes)).unwrap();
    assert!(read == text);
    let error = <Bytes as DecodeAs<Vec<u8>>>::decode_as(&mut Reader::new(&bytes)).unwrap_err();
    assert_eq!(*error.kind(), DecodeErrorKind::LongStringNotAllowed);
}
