//! How deep values may be nested.

use crate::samples::{RichText, TEXT_BOLD, TEXT_CONCAT};
use typelang::{DEFAULT_MAX_DEPTH, Decode, DecodeErrorKind, Encode, ReadOptions, VECTOR_ID};

/// `levels` values of `RichText` around one another, the innermost one plain.
fn nested(levels: u32) -> Vec<u8> {
    let mut bytes = TEXT_BOLD.to_le_bytes().repeat(levels as usize - 1);
    RichText::Plain("x".into()).append_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn default_depth_is_reached_and_not_passed() {
    let mut text = &RichText::from_bytes(&nested(DEFAULT_MAX_DEPTH)).unwrap();
    let mut levels = 1;
    while let RichText::Bold(inner) = text {
        text = inner;
        levels += 1;
    }
    assert_eq!(levels, DEFAULT_MAX_DEPTH);
    assert_eq!(*text, RichText::Plain("x".into()));

    let error = RichText::from_bytes(&nested(DEFAULT_MAX_DEPTH + 1)).unwrap_err();
    assert_eq!(*error.kind(), DecodeErrorKind::DepthLimit { limit: 64 });
    assert_eq!((error.offset(), error.type_name()), (64 * 4, "RichText"));
    assert_eq!(error.to_string(), "nested too deeply at byte 256 while reading RichText; the limit is 64 levels");
}

#[test]
fn depth_is_an_option() {
    let read = |levels, limit| RichText::from_bytes_with(&nested(levels), ReadOptions::new().max_depth(limit));
    assert!(read(1, 1).is_ok());
    assert_eq!(
        read(1, 0).unwrap_err().to_string(),
        "nested too deeply at byte 0 while reading RichText; the limit is 0 levels"
    );
    assert_eq!(*read(3, 2).unwrap_err().kind(), DecodeErrorKind::DepthLimit { limit: 2 });
    assert!(read(200, 200).is_ok());
}

#[test]
fn neighbours_do_not_add_up() {
    let text = RichText::Concat(vec![RichText::Bold(Box::new(RichText::Plain(String::new()))); 1_000]);
    let bytes = text.to_bytes().unwrap();
    assert_eq!(RichText::from_bytes_with(&bytes, ReadOptions::new().max_depth(3)).unwrap(), text);
    assert!(RichText::from_bytes_with(&bytes, ReadOptions::new().max_depth(2)).is_err());
}

#[test]
fn a_million_levels_are_an_error_on_a_small_stack() {
    let bold = TEXT_BOLD.to_le_bytes().repeat(1_000_000);
    let concat = [TEXT_CONCAT, VECTOR_ID, 1].map(u32::to_le_bytes).concat().repeat(1_000_000);
    let errors = std::thread::Builder::new()
        .stack_size(256 * 1024)
        .spawn(move || [bold, concat].map(|bytes| RichText::from_bytes(&bytes).unwrap_err()))
        .unwrap()
        .join()
        .unwrap();
    assert_eq!(errors.each_ref().map(|error| *error.kind()), [DecodeErrorKind::DepthLimit { limit: 64 }; 2]);
    assert_eq!(errors.map(|error| error.offset()), [64 * 4, 64 * 12]);
}
