//! Byte strings that share the memory of the input.

use typelang::bytes::Bytes;
use typelang::{Decode, DecodedOrRaw, Encode, Function, ReadOptions, Reader};
use typelang_tests_compiled::shared::functions::{GetPhoto, Invoke};
use typelang_tests_compiled::shared::types::{Photo, Texts};
use typelang_tests_compiled::shared_long::types::Strings;

fn photo(thumb: Option<Bytes>) -> Photo {
    Photo { id: 1, caption: Some("caption".into()), thumb, views_and_note_and_at: None, sizes_and_parts: None }
}

fn input(value: &impl Encode) -> Bytes {
    value.to_bytes().unwrap().into()
}

#[track_caller]
fn is_part(part: &Bytes, input: &Bytes) {
    let (part, input) = (part.as_ptr_range(), input.as_ptr_range());
    assert!(input.start <= part.start && part.end <= input.end);
}

#[test]
fn bytes_are_parts_of_the_input_and_keep_it() {
    let value = photo(Some(Bytes::from_static(b"thumb")));
    let input = input(&value);
    let decoded = Photo::from_shared(&input, ReadOptions::strict()).unwrap();
    assert_eq!(decoded, value);
    let thumb = decoded.thumb.unwrap();
    is_part(&thumb, &input);
    assert!(!input.is_unique());
    drop(input);
    assert!(thumb.is_unique());
    assert_eq!(thumb, "thumb");
}

#[test]
fn other_input_is_copied() {
    let value = photo(Some(Bytes::from_static(b"thumb")));
    let input = input(&value);
    let decoded = Photo::from_bytes(&input).unwrap();
    assert_eq!(decoded, value);
    assert!(input.is_unique());
}

#[test]
fn in_vectors_and_when_empty() {
    let bare = vec![Bytes::from_static(b"a"), Bytes::new(), Bytes::from_static(&[7; 300])];
    let value = Texts { all: vec!["b".into()], bare, pair: Default::default() };
    let input = input(&value);
    let decoded = Texts::from_shared(&input, ReadOptions::strict()).unwrap();
    assert_eq!(decoded, value);
    is_part(&decoded.bare[0], &input);
    is_part(&decoded.bare[2], &input);
    for length in 0..input.len() {
        assert!(Texts::from_shared(&input.slice(..length), ReadOptions::new()).is_err(), "the first {length} bytes");
    }
    assert!(Texts::from_shared(&[&input[..], &[0; 4]].concat().into(), ReadOptions::strict()).is_err());
}

#[test]
fn results_and_frames_share() {
    let value = photo(Some(Bytes::from_static(b"thumb")));
    let answer = input(&value);
    let call = Invoke { layer: 1, query: GetPhoto { id: 1 } };
    let result = call.read_shared_output(&answer, ReadOptions::strict()).unwrap();
    is_part(&result.thumb.unwrap(), &answer);
    assert!(call.read_shared_output(&answer.slice(4..), ReadOptions::new()).is_err());
    let mut reader = Reader::shared(&answer, ReadOptions::strict());
    match reader.decode_or_raw::<Photo>(answer.len()) {
        DecodedOrRaw::Decoded(photo) => is_part(&photo.thumb.unwrap(), &answer),
        DecodedOrRaw::Raw { error, .. } => panic!("{error}"),
    }
    reader.finish().unwrap();
}

#[test]
fn long_bytes_share() {
    let data = Bytes::from(vec![5; 1 << 24]);
    let value = Strings { text: "t".into(), data: data.clone(), texts: vec![], datas: vec![data] };
    let input = input(&value);
    let decoded = Strings::from_shared(&input, ReadOptions::strict()).unwrap();
    assert!(decoded == value);
    is_part(&decoded.data, &input);
    is_part(&decoded.datas[0], &input);
}
