//! What errors say.

use crate::samples::{User, hex, read};
use typelang::{Decode, DecodeError, DecodeErrorKind, EncodeError, Reader};

#[test]
fn errors_are_small_and_travel() {
    fn is_error<T: std::error::Error + Send + Sync + Clone + 'static>() {}
    is_error::<DecodeError>();
    is_error::<EncodeError>();
    assert_eq!(size_of::<Result<(), DecodeError>>(), size_of::<usize>());
    assert_eq!(size_of::<Result<Vec<u8>, EncodeError>>(), size_of::<Vec<u8>>());
}

#[test]
fn unknown_constructor_in_a_vector() {
    let bytes = hex("15c4b51c 02000000 7a4bbcd3 0100000000000000 34120000 0000000000000000");
    let error = Vec::<User>::from_bytes(&bytes).unwrap_err();
    assert_eq!(
        *error.kind(),
        DecodeErrorKind::UnknownConstructor { found: 0x1234, expected: &[0xd3bc_4b7a, 0x020b_1422] }
    );
    assert_eq!((error.offset(), error.type_name()), (20, "User"));
    assert_eq!(
        error.to_string(),
        "unknown constructor 0x00001234 at byte 20 while reading User; expected 0xd3bc4b7a, 0x020b1422"
    );
    assert_eq!(error.kind().to_string(), "unknown constructor 0x00001234; expected 0xd3bc4b7a, 0x020b1422");
}

#[test]
fn long_lists_of_ids_are_cut() {
    let message = |expected: &'static [u32]| {
        let mut reader = Reader::new(&[1, 0, 0, 0]);
        let found = reader.read_id("");
        reader.fail_with_id(found, "", expected);
        reader.finish().unwrap_err().to_string()
    };
    assert_eq!(message(&[]), "unknown constructor 0x00000001 at byte 0");
    assert_eq!(message(&[2]), "unknown constructor 0x00000001 at byte 0; expected 0x00000002");
    assert_eq!(
        message(&[2, 3, 4, 5, 6]),
        "unknown constructor 0x00000001 at byte 0; expected 0x00000002, 0x00000003, 0x00000004, 0x00000005, 0x00000006"
    );
    assert!(message(&[2, 3, 4, 5, 6, 7, 8]).ends_with(", 0x00000006 and 2 more"));
}

#[test]
fn bool_is_one_of_two_ids() {
    let error = bool::from_bytes(&hex("78563412")).unwrap_err();
    let kind = DecodeErrorKind::UnknownConstructor { found: 0x1234_5678, expected: &[0x9972_75b5, 0xbc79_9737] };
    assert_eq!(*error.kind(), kind);
    assert_eq!(error.offset(), 0);
}

#[test]
fn early_end_names_place_and_type() {
    let error = User::from_bytes(&hex("7a4bbcd3 01000000")).unwrap_err();
    assert_eq!(*error.kind(), DecodeErrorKind::UnexpectedEnd { needed: 8, left: 4 });
    assert_eq!(error.to_string(), "unexpected end of input at byte 4 while reading userEmpty; 8 bytes needed, 4 left");

    let error = read(&[], |reader| reader.read_raw(1)).unwrap_err();
    assert_eq!(error.to_string(), "unexpected end of input at byte 0; 1 byte needed, 0 left");
    let error = read(&[], |reader| reader.read_raw(usize::MAX)).unwrap_err();
    assert_eq!(error.to_string(), "unexpected end of input at byte 0; more bytes needed than can be counted, 0 left");
}

#[test]
fn own_errors_have_the_place_of_the_reader() {
    let mut reader = Reader::new(&[0; 8]);
    reader.read_u32();
    let _enclosing = reader.enter("thing");
    reader.fail(DecodeErrorKind::NonZeroPadding);
    let error = reader.finish().unwrap_err();
    assert_eq!((error.offset(), error.type_name()), (4, "thing"));
}
