//! Values that borrow from the bytes that they are decoded from.

use std::borrow::Cow;
use std::fmt::Debug;

use typelang::{Decode, DecodeErrorKind, DecodeOwned, Encode, Function, FunctionBorrowed, ReadOptions, VECTOR_ID};
use typelang_tests_compiled::borrowed::enums::{Maybe, Media, Peer};
use typelang_tests_compiled::borrowed::functions::*;
use typelang_tests_compiled::borrowed::types::*;
use typelang_tests_compiled::borrowed::{AnyConstructor, AnyFunction};
use typelang_tests_compiled::borrowing::{cow, strings};
use typelang_tests_compiled::own::{LentMedia, LentTexts};

use crate::support::{id, int, long};

const VECTOR: [u8; 4] = VECTOR_ID.to_le_bytes();

/// Checks that a value has these bytes, and they that value, which may borrow from them.
#[track_caller]
fn check<'a, T: Encode + Decode<'a> + PartialEq + Debug>(value: &T, bytes: &'a [u8]) {
    assert_eq!(value.to_bytes().unwrap(), bytes);
    assert_eq!(&T::from_bytes_with(bytes, ReadOptions::strict()).unwrap(), value);
    for length in 0..bytes.len() {
        assert!(T::from_bytes(&bytes[..length]).is_err(), "the first {length} bytes");
    }
}

/// Checks that a part of a value lies in the bytes that it was decoded from.
#[track_caller]
fn lies_in(part: impl AsRef<[u8]>, bytes: &[u8]) {
    let (part, bytes) = (part.as_ref().as_ptr_range(), bytes.as_ptr_range());
    assert!(bytes.start <= part.start && part.end <= bytes.end);
}

fn photo() -> Photo<'static> {
    Photo {
        id: 1,
        caption: Some("A caption"),
        thumb: Some(&[1, 2, 3, 4, 5]),
        views_and_note_and_at: Some(PhotoViewsAndNoteAndAt { views: 2, note: "note", at: Point { x: 3, y: 4 } }),
        sizes_and_parts: None,
    }
}

fn photo_bytes() -> Vec<u8> {
    [
        &id::<Photo<'_>>()[..],
        &int(7),
        &long(1),
        b"\x09A caption\0\0",
        b"\x05\x01\x02\x03\x04\x05\0\0",
        &int(2),
        b"\x04note\0\0\0",
        &id::<Point>(),
        &int(3),
        &int(4),
    ]
    .concat()
}

#[test]
fn strings_lie_in_the_input() {
    let bytes = photo_bytes();
    check(&photo(), &bytes);
    let decoded = Photo::from_bytes(&bytes).unwrap();
    lies_in(decoded.caption.unwrap(), &bytes);
    lies_in(decoded.thumb.unwrap(), &bytes);
    lies_in(decoded.note().unwrap(), &bytes);
    assert_eq!(decoded.views(), Some(2));
}

#[test]
fn what_is_read_from_a_value_outlives_it() {
    let bytes = photo_bytes();
    let note = {
        let decoded = Photo::from_bytes(&bytes).unwrap();
        decoded.note()
    };
    assert_eq!(note, Some("note"));
}

#[test]
fn vectors_and_arrays_hold_references() {
    let texts = Texts { all: vec!["a", "bc"], bare: vec![b"xyz"], pair: ["", "d"] };
    let bytes = [
        &id::<Texts<'_>>()[..],
        &VECTOR,
        &int(2),
        b"\x01a\0\0",
        b"\x02bc\0",
        &int(1),
        b"\x03xyz",
        &[0; 4],
        b"\x01d\0\0",
    ]
    .concat();
    check(&texts, &bytes);
    let decoded = Texts::from_bytes(&bytes).unwrap();
    decoded.all.iter().chain(&decoded.pair).for_each(|text| lies_in(text, &bytes));
    lies_in(decoded.bare[0], &bytes);
}

#[test]
fn what_borrows_nothing_is_owned() {
    fn is_owned<T: DecodeOwned + 'static>() {}
    is_owned::<Point>();
    is_owned::<Peer>();
    is_owned::<Numbers>();
    is_owned::<GetPhoto>();
    // Groups and types with parameters are read in forms of their own.
    let _: fn(PhotoSizesAndParts, Pair<i32, i64>) -> Box<dyn std::any::Any> = |group, pair| Box::new((group, pair));
}

#[test]
fn variants_convert_and_recursive_types_are_boxed() {
    let nested =
        MediaNested { media: MediaPhoto { photo: photo() }.into(), items: vec![Media::Empty], peer: Peer::Empty };
    let media = Media::from(nested.clone());
    let bytes = media.to_bytes().unwrap();
    check(&media, &bytes);
    assert_eq!(MediaNested::try_from(media), Ok(nested));
    assert_eq!(MediaPhoto::try_from(Media::Empty), Err(Media::Empty));
    assert_eq!(Media::from(MediaEmpty), Media::Empty);
}

#[test]
fn type_arguments_can_borrow() {
    let uses = Uses {
        a: Pair { first: 1, second: "one" },
        b: Pair { first: 2, second: 3 },
        c: Named { name: "point", value: Point { x: 4, y: 5 } },
        d: Maybe::Just(Just { value: "why", reason: "not" }),
        e: Named { name: "none", value: Media::Empty },
    };
    let bytes = uses.to_bytes().unwrap();
    check(&uses, &bytes);
    let decoded = Uses::from_bytes(&bytes).unwrap();
    lies_in(decoded.a.second, &bytes);
    lies_in(decoded.e.name, &bytes);
}

#[test]
fn values_of_any_type_borrow() {
    let call = AnyFunction::from_bytes(&[id::<GetPairs<'_>>(), *b"\x01p\0\0"].concat()).map(|call| call.name());
    assert_eq!(call, Ok("getPairs"));
    let wrapped = InvokeNamed { name: "outer", query: AnyFunction::GetPairs(GetPairs { first: "inner" }) };
    let held = |body| Message { id: 9, body: Box::new(body) };
    let container = Container {
        bodies: vec![
            held(AnyConstructor::Photo(Box::new(photo()))),
            held(AnyConstructor::Call(Box::new(AnyFunction::InvokeNamed(Box::new(wrapped))))),
        ],
    };
    let bytes = container.to_bytes().unwrap();
    check(&container, &bytes);
    let decoded = Container::from_bytes(&bytes).unwrap();
    match &*decoded.bodies[1].body {
        AnyConstructor::Call(call) => match &**call {
            AnyFunction::InvokeNamed(invoke) => lies_in(invoke.name, &bytes),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

#[test]
fn results_borrow_from_the_answer() {
    let answer = photo_bytes();
    let get = GetPhoto { id: 1 };
    let result = get.read_borrowed(&answer).unwrap();
    assert_eq!(result, photo());
    lies_in(result.caption.unwrap(), &answer);
    assert_eq!(GetPhoto::borrowed_from_bytes(&answer), Ok(photo()));
    assert!(get.read_borrowed(&answer[..answer.len() - 1]).is_err());
    let more = [&answer[..], &[0]].concat();
    assert!(get.read_borrowed(&more).is_ok());
    assert!(get.read_borrowed_with(&more, ReadOptions::strict()).is_err());
    assert!(GetPhoto::borrowed_from_bytes_with(&more, ReadOptions::strict()).is_err());
}

#[test]
fn a_result_outlives_its_call() {
    let answer = [&VECTOR[..], &int(1), &id::<Pair<(), ()>>(), b"\x01x\0\0", &id::<Point>(), &int(1), &int(2)].concat();
    let pairs = {
        let title = String::from("of the request alone");
        GetPairs { first: &title }.read_borrowed(&answer).unwrap()
    };
    assert_eq!(pairs, [Pair { first: "x", second: Point { x: 1, y: 2 } }]);
}

#[test]
fn results_that_depend_on_the_call() {
    let answer = [&id::<Series<'_>>()[..], b"\x03mon", &int(5), b"\x03tue", &int(6)].concat();
    let series = GetSeries { n: 2 }.read_borrowed(&answer).unwrap();
    assert_eq!(series.days, [SeriesDays { title: "mon", views: 5 }, SeriesDays { title: "tue", views: 6 }]);
    let wrapped = InvokeNamed { name: "w", query: Invoke { layer: 1, query: GetSeries { n: 1 } } };
    assert_eq!(wrapped.read_borrowed(&answer).unwrap().days, series.days[..1]);
    assert_eq!(InvokeApart { query: GetTexts }.read_borrowed(&photo_bytes()), Ok(photo()));
}

#[test]
fn results_that_do_not_borrow_have_both_traits() {
    let answer = [id::<Point>(), int(1), int(2)].concat();
    let expected = Ok(Point { x: 1, y: 2 });
    let call = GetPoint { title: "t" };
    assert_eq!(call.read_output(&answer), expected);
    assert_eq!(call.read_borrowed(&answer), expected);
    let wrapped = InvokeNamed { name: "w", query: call };
    assert_eq!(wrapped.read_output(&answer), expected);
    assert_eq!(wrapped.read_borrowed(&answer), expected);
}

/// What is generic over the functions of a schema.
fn called<'a, F: FunctionBorrowed<'a>>(call: &F, answer: &'a [u8]) -> (&'static str, F::Output) {
    (F::NAME, call.read_borrowed(answer).unwrap())
}

#[test]
fn generic_over_all_functions() {
    assert_eq!(called(&GetPhoto { id: 1 }, &photo_bytes()), ("getPhoto", photo()));
    assert_eq!(called(&GetPeer { id: 1 }, &id::<PeerEmpty>()), ("getPeer", Peer::Empty));
    assert_eq!(called(&Invoke { layer: 1, query: GetTexts }, &[VECTOR, int(0)].concat()), ("invoke", vec![]));
}

#[test]
fn bytes_that_are_no_text_are_never_repaired() {
    let bytes = [id::<GetPairs<'_>>(), *b"\x03a\xffb"].concat();
    for options in [ReadOptions::new(), ReadOptions::new().lossy_strings(true)] {
        let error = GetPairs::from_bytes_with(&bytes, options).unwrap_err();
        assert_eq!(*error.kind(), DecodeErrorKind::InvalidUtf8 { valid_up_to: 1 });
        assert_eq!(error.offset(), 6);
    }
}

#[test]
fn other_types_that_borrow() {
    use cow::types::{Album, Photo};
    let bytes = photo_bytes();
    let decoded = Photo::from_bytes(&bytes).unwrap();
    assert!(matches!(&decoded.caption, Some(Cow::Borrowed("A caption"))));
    assert_eq!(decoded.note(), Some(&Cow::Borrowed("note")));
    let owned = Photo { caption: Some(Cow::Owned("A caption".to_owned())), ..decoded.clone() };
    check(&owned, &bytes);
    let album = Album {
        texts: LentTexts(typelang_tests_compiled::borrowing::borrowed::types::Texts {
            all: vec!["t"],
            bare: vec![],
            pair: ["", ""],
        }),
        media: LentMedia { photo: owned }.into(),
    };
    let bytes = album.to_bytes().unwrap();
    check(&album, &bytes);
}

#[test]
fn long_strings_borrow() {
    let text = "x".repeat(1 << 24);
    let echo = strings::functions::Echo { text: &text };
    let bytes = echo.to_bytes().unwrap();
    assert_eq!(bytes[..8], [id::<strings::functions::Echo<'_>>(), [0xff, 0, 0, 0]].concat());
}
