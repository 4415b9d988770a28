//! What the object is as bytes, and that its documentation is there.

use typelang::{Decode, Encode, Function};
use typelang_example_tdlib_object::push;
use typelang_example_tdlib_object::tl::enums::TextEntityType;
use typelang_example_tdlib_object::tl::functions::GetMarkdownText;
use typelang_example_tdlib_object::tl::types::{FormattedText, TextEntityTypeMentionName};

fn greeting() -> FormattedText {
    let mut text = FormattedText { text: "Hi, ".to_owned(), ..FormattedText::default() };
    let user = TextEntityTypeMentionName { user_id: 0x0102_0304_0506 };
    push(&mut text, "Ann", TextEntityType::MentionName(user)).unwrap();
    text
}

/// The fields of [`greeting`]: the text, the count of a bare vector, and one bare element with a boxed type inside.
const FIELDS: &[u8] = b"\x07Hi, Ann\x01\0\0\0\x04\0\0\0\x03\0\0\0\xaf\xd5\x5c\xa2\x06\x05\x04\x03\x02\x01\0\0";

#[test]
fn an_object_has_its_id_in_front() {
    let bytes = [b"\x4c\x41\xf1\xf0", FIELDS].concat();
    assert_eq!(greeting().to_bytes().unwrap(), bytes);
    assert_eq!(FormattedText::from_bytes(&bytes).unwrap(), greeting());
}

#[test]
fn a_bare_object_has_none() {
    let request = GetMarkdownText { text: greeting() };
    assert_eq!(request.to_bytes().unwrap(), [b"\x28\x72\xce\x09", FIELDS].concat());
}

#[test]
fn a_result_has_its_id_in_front() {
    let bytes = b"\x4c\x41\xf1\xf0\x06**Hi**\0\0\0\0\0";
    let expected = FormattedText { text: "**Hi**".to_owned(), entities: Vec::new() };
    assert_eq!(GetMarkdownText::output_from_bytes(bytes).unwrap(), expected);
}

#[test]
fn the_schema_documents_the_code() {
    let code = include_str!(concat!(env!("OUT_DIR"), "/tl.rs"));
    let lines: Vec<&str> = code.lines().map(str::trim).collect();
    let stands_before = |text: &str, item: &str| {
        let at = lines.iter().position(|line| line.starts_with(item)).unwrap();
        let above = lines[..at].iter().rev().take_while(|line| line.starts_with("///") || line.starts_with("#["));
        above.into_iter().any(|line| *line == text)
    };
    for (text, item) in [
        ("/// What is special about a part of a text", "pub enum TextEntityType {"),
        ("/// A text with marked parts", "pub struct FormattedText {"),
        ("/// The marked parts, which may lie inside of one another but never cross", "pub entities: "),
        ("/// Where the part begins, in UTF-16 code units", "pub offset: "),
        ("/// Address of the page", "pub url: "),
    ] {
        assert!(stands_before(text, item), "{text:?} does not document `{item}`");
    }
}
