//! What a reader does once something could not be read.

use crate::samples::{Nothing, RichText, TEXT_BOLD, User, UserEmpty, hex, read, read_with};
use typelang::codec::{
    Array, Bare, BareVector, BorrowedBytes, BorrowedText, DecodeAs, LongBorrowedBytes, LongBorrowedText,
};
use typelang::{Decode, DecodeBare, DecodeError, DecodeErrorKind, DecodedOrRaw, Encode, ReadOptions, Reader};

/// A reader of four bytes that was asked for eight.
fn failed() -> Reader<'static> {
    let mut reader = Reader::new(&[1, 2, 3, 4]);
    assert!(!reader.has_failed());
    assert_eq!(reader.read_i64(), 0);
    assert!(reader.has_failed());
    reader
}

#[track_caller]
fn check_first_fault(reader: &mut Reader<'_>) {
    let error = reader.finish().unwrap_err();
    assert_eq!(*error.kind(), DecodeErrorKind::UnexpectedEnd { needed: 8, left: 4 });
    assert_eq!((error.offset(), error.type_name()), (0, ""));
}

#[test]
fn zeros_and_nothing_follow_the_first_fault() {
    let mut reader = failed();
    assert_eq!((reader.read_u32(), reader.read_i32(), reader.read_u64(), reader.read_i64()), (0, 0, 0, 0));
    assert_eq!((reader.read_f32().to_bits(), reader.read_f64().to_bits()), (0, 0));
    assert_eq!(reader.read_array::<16>(), [0; 16]);
    assert_eq!((reader.read_raw(3), reader.read_raw(0)), (&[][..], &[][..]));
    assert_eq!((reader.read_id("other"), reader.peek_id(), reader.read_flags(!0)), (0, None, 0));
    assert!(!reader.read_bool());
    assert_eq!((reader.read_bytes(), reader.read_long_bytes()), (vec![], vec![]));
    assert_eq!((reader.read_string(), reader.read_long_string()), (String::new(), String::new()));
    assert_eq!((reader.read_str(), reader.read_long_str(), &*reader.read_text()), ("", "", ""));
    assert_eq!((reader.read_bytes_borrowed(), reader.read_long_bytes_borrowed()), (&[][..], &[][..]));
    reader.read_vector_id();
    assert_eq!((reader.read_vector_len(4), reader.read_vector_len(0), reader.check_count(7, 4)), (0, 0, 0));
    assert_eq!(reader.decode::<Vec<i64>>(), [0; 0]);
    assert_eq!(reader.decode::<Vec<User>>(), []);
    assert_eq!(reader.decode::<User>(), User::Empty(UserEmpty { id: 0 }));
    assert_eq!(reader.decode_if::<i32>(true), Some(0));
    assert_eq!(reader.decode_if::<i32>(false), None);
    assert_eq!((reader.position(), reader.remaining()), (4, &[][..]));
    check_first_fault(&mut reader);
}

#[test]
fn the_first_fault_stays_whatever_comes_then() {
    let mut reader = failed();
    let _enclosing = reader.enter("later");
    reader.fail(DecodeErrorKind::NonZeroPadding);
    reader.fail_with_id(7, "later", &[8]);
    reader.read_string();
    let enclosing = reader.enter_recursive("later");
    reader.leave_recursive(enclosing);
    check_first_fault(&mut reader);
}

#[test]
fn finish_takes_the_fault_out_and_the_input_is_over() {
    let mut reader = failed();
    check_first_fault(&mut reader);
    assert!(!reader.has_failed());
    assert_eq!(reader.finish(), Ok(()));
    assert_eq!((reader.position(), reader.remaining()), (4, &[][..]));
    reader.read_u32();
    let error = reader.finish().unwrap_err();
    assert_eq!((*error.kind(), error.offset()), (DecodeErrorKind::UnexpectedEnd { needed: 4, left: 0 }, 4));
}

#[test]
fn a_strict_reader_tells_of_the_fault_and_not_of_what_follows_it() {
    let mut reader = Reader::with_options(&[0xff; 12], ReadOptions::strict());
    reader.read_string();
    assert_eq!(*reader.finish().unwrap_err().kind(), DecodeErrorKind::LongStringNotAllowed);
    assert_eq!(reader.finish(), Ok(()));

    let mut reader = Reader::with_options(&[0; 12], ReadOptions::strict());
    reader.read_u32();
    let error = reader.finish().unwrap_err();
    assert_eq!((*error.kind(), error.offset()), (DecodeErrorKind::TrailingBytes { count: 8 }, 4));
}

#[test]
fn a_clone_fails_alone() {
    let mut reader = Reader::new(&[5, 0, 0, 0]);
    let mut clone = reader.clone();
    clone.read_i64();
    assert!(clone.has_failed() && !reader.has_failed());
    assert_eq!(reader.read_i32(), 5);
    assert_eq!(reader.finish(), Ok(()));
}

#[test]
fn vectors_end_soon_after_the_element_that_cannot_be_read() {
    // A thousand users are announced and have the bytes, but the third has a strange id.
    let mut bytes = hex("15c4b51c e8030000");
    UserEmpty { id: 1 }.append_to(&mut bytes).unwrap();
    UserEmpty { id: 2 }.append_to(&mut bytes).unwrap();
    bytes.extend([0xee; 998 * 12]);
    let mut reader = Reader::new(&bytes);
    let users: Vec<User> = reader.decode();
    assert_eq!(
        users.len(),
        16,
        "the batch with the third is filled with what the type has for a value that cannot be read"
    );
    assert_eq!(users[2..], vec![User::Empty(UserEmpty { id: 0 }); 14]);
    assert_eq!(reader.finish().unwrap_err().offset(), 8 + 2 * 12);

    let mut calls = 0;
    let mut reader = failed();
    let elements = reader.read_elements(1_000_000_000, |_| calls += 1);
    assert_eq!((elements.len(), calls), (0, 0));
    let elements = reader.read_elements::<[u64; 64]>(usize::MAX, |_| unreachable!("nothing is left"));
    assert_eq!(elements.capacity(), 0);
    check_first_fault(&mut reader);

    // Nor is there more of what takes no bytes.
    let mut reader = failed();
    let nothing: Vec<Vec<Nothing>> = BareVector(BareVector(Bare)).decode_as(&mut reader);
    assert_eq!(nothing.capacity(), 0);
}

#[test]
fn arrays_that_cannot_be_there_are_not_read() {
    let mut reader = Reader::new(&[7, 0, 0, 0, 8, 0, 0, 0, 9]);
    let numbers: [u32; 4] = Array(typelang::codec::Boxed).decode_as(&mut reader);
    assert_eq!(numbers, [0; 4], "what cannot be there as a whole is not read");
    let error = reader.finish().unwrap_err();
    assert_eq!((*error.kind(), error.offset()), (DecodeErrorKind::TooManyElements { length: 4, limit: 2 }, 0));
}

#[test]
fn depth_is_counted_back_after_a_fault() {
    let mut reader = Reader::with_options(&[0; 4], ReadOptions::new().max_depth(2));
    for _ in 0..5 {
        RichText::decode(&mut reader);
        assert!(reader.finish().is_err());
    }
    let bytes = TEXT_BOLD.to_le_bytes().repeat(3);
    let mut reader = Reader::with_options(&bytes, ReadOptions::new().max_depth(2));
    RichText::decode(&mut reader);
    assert_eq!(*reader.finish().unwrap_err().kind(), DecodeErrorKind::DepthLimit { limit: 2 });
    let enclosing = reader.enter_recursive("outer");
    reader.leave_recursive(enclosing);
    assert_eq!(reader.finish(), Ok(()));
}

#[test]
fn boxes_are_made_without_a_value_too() {
    let mut reader = failed();
    assert_eq!(*reader.decode_box::<UserEmpty>(), UserEmpty { id: 0 });
    assert_eq!(*reader.boxed(|reader| reader.read_u32()), 0);
    assert_eq!(reader.decode_bare::<UserEmpty>(), UserEmpty { id: 0 });
    check_first_fault(&mut reader);
}

/// Returns whether the memory of the one is a part of that of the other.
fn is_within(part: &[u8], whole: &[u8]) -> bool {
    let (part, whole) = (part.as_ptr_range(), whole.as_ptr_range());
    whole.start <= part.start && part.end <= whole.end
}

#[test]
fn borrowed_values_point_into_the_input() {
    let bytes = hex("03616263 04010203 04000000");
    let mut reader = Reader::new(&bytes);
    let (text, content): (&str, &[u8]) = (reader.decode(), reader.decode());
    reader.finish().unwrap();
    assert_eq!((text, content), ("abc", &[1, 2, 3, 4][..]));
    assert!(is_within(text.as_bytes(), &bytes[1..4]) && is_within(content, &bytes[5..9]));
    assert_eq!((<&str as Decode>::MIN_LEN, <&[u8] as Decode>::MIN_LEN), (4, 4));

    let bytes = hex("15c4b51c 02000000 01610000 00000000");
    let texts = Vec::<&str>::from_bytes_with(&bytes, ReadOptions::strict()).unwrap();
    assert_eq!(texts, ["a", ""]);
    assert!(texts.iter().all(|text| is_within(text.as_bytes(), &bytes)));
    assert_eq!(texts.to_bytes().unwrap(), bytes);
    let contents = Vec::<&[u8]>::from_bytes(&bytes).unwrap();
    assert_eq!(contents, [&b"a"[..], b""]);
    assert_eq!(contents.to_bytes().unwrap(), bytes);
}

#[test]
fn borrowed_forms() {
    let short = hex("03616263");
    let text: &str = read(&short, |reader| BorrowedText.decode_as(reader)).unwrap();
    assert!(text == "abc" && is_within(text.as_bytes(), &short));
    let content: &[u8] = read(&short, |reader| BorrowedBytes.decode_as(reader)).unwrap();
    assert!(content == b"abc" && is_within(content, &short));

    let long = hex("ff03000000000000 61626300");
    let text: &str = read(&long, |reader| LongBorrowedText.decode_as(reader)).unwrap();
    assert!(text == "abc" && is_within(text.as_bytes(), &long));
    let content: &[u8] = read(&long, |reader| LongBorrowedBytes.decode_as(reader)).unwrap();
    assert!(content == b"abc" && is_within(content, &long));
    let refused = read::<&str>(&long, |reader| BorrowedText.decode_as(reader)).unwrap_err();
    assert_eq!(*refused.kind(), DecodeErrorKind::LongStringNotAllowed);
    let refused = read::<&[u8]>(&long, |reader| BorrowedBytes.decode_as(reader)).unwrap_err();
    assert_eq!(*refused.kind(), DecodeErrorKind::LongStringNotAllowed);
}

#[test]
fn what_is_borrowed_cannot_be_repaired() {
    let bytes = hex("0361ff62");
    let lossy = ReadOptions::new().lossy_strings(true);
    assert_eq!(String::from_bytes_with(&bytes, lossy).unwrap(), "a\u{fffd}b");
    let errors: [Result<&str, DecodeError>; 3] = [
        <&str>::from_bytes_with(&bytes, lossy),
        read_with(&bytes, lossy, |reader| reader.read_str()),
        read_with(&bytes, lossy, |reader| reader.read_long_str()),
    ];
    for error in errors.map(Result::unwrap_err) {
        assert_eq!((*error.kind(), error.offset()), (DecodeErrorKind::InvalidUtf8 { valid_up_to: 1 }, 2));
    }
    // A copy that had to be repaired, and one that had not.
    let bytes = hex("0361ff62 03616263");
    let mut reader = Reader::with_options(&bytes, lossy);
    assert_eq!(&*reader.read_text(), "a\u{fffd}b");
    let text = reader.read_text();
    assert!(matches!(text, std::borrow::Cow::Borrowed("abc")), "{text:?}");
}

#[test]
fn frames_keep_their_bytes_and_failed_readers_have_none() {
    let frame = hex("7a4bbcd3 0100000000000000");
    for (depth, kind) in
        [(0, DecodeErrorKind::DepthLimit { limit: 0 }), (1, DecodeErrorKind::TrailingBytes { count: 4 })]
    {
        let bytes = [&frame[..], &[0; 4]].concat();
        let mut reader = Reader::with_options(&bytes, ReadOptions::strict().max_depth(depth));
        let content: DecodedOrRaw<UserEmpty> = reader.decode_or_raw(16);
        reader.finish().unwrap();
        let DecodedOrRaw::Raw { bytes: kept, error } = content else { panic!("{content:?}") };
        assert_eq!((&kept, *error.kind(), error.offset()), (&bytes, kind, if depth == 0 { 0 } else { 12 }));
    }
    let mut reader = Reader::new(&frame);
    let content: DecodedOrRaw<UserEmpty> = reader.decode_or_raw(13);
    let needed = DecodeErrorKind::UnexpectedEnd { needed: 13, left: 12 };
    assert_eq!(*content.into_result().unwrap_err().kind(), needed);
    assert_eq!(*reader.finish().unwrap_err().kind(), needed);
}

#[test]
fn lengths_are_those_of_the_bytes() {
    let user = UserEmpty { id: 7 };
    assert_eq!((user.encoded_len(), vec![user.clone(); 1_000].encoded_len()), (12, 8 + 12_000));
    assert_eq!(("".encoded_len(), "abcd".encoded_len(), [0_u8; 254].to_vec().encoded_len()), (4, 8, 260));
    // What cannot be written does not count.
    assert_eq!("x".repeat(1 << 24).encoded_len(), 0);
    assert_eq!(UserEmpty::decode_bare(&mut failed()), UserEmpty { id: 0 });
}
