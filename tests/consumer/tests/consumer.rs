//! What the consumer generates, and what its values are on the wire.

use std::collections::BTreeSet;

use typelang::{Encode, Function};
use typelang_tests_consumer::tl::{enums, functions::messages::SendEncrypted, types};

/// The code once more, as a crate has it that exports none of it.
#[allow(dead_code, unreachable_pub, reason = "nothing here is called, and nothing is exported")]
#[deny(clippy::all)]
mod private {
    include!(concat!(env!("OUT_DIR"), "/tl.rs"));
}

const GENERATED: &str = include_str!(concat!(env!("OUT_DIR"), "/tl.rs"));

#[test]
fn one_function_takes_fewer_than_300_lines() {
    let lines = GENERATED.lines().count();
    println!("{lines} lines");
    assert!(lines < 300, "{lines} lines");
    // It is formatted: no line is longer than a reader's screen, documentation aside.
    assert!(GENERATED.lines().all(|line| line.len() <= 120 || line.trim_start().starts_with("///")));
}

fn request() -> SendEncrypted {
    SendEncrypted {
        silent: true,
        peer: types::InputEncryptedChat { chat_id: 1_234_567, access_hash: 0x1122_3344_5566_7788 },
        random_id: 2_927_390,
        data: b"some bytes here".to_vec(),
    }
}

#[test]
fn the_request_is_the_known_bytes() {
    let expected = "157afa44 01000000 e1b541f1 87d61200 8877665544332211 1eab2c0000000000 \
                    0f736f6d652062797465732068657265";
    assert_eq!(hex(&request().to_bytes().unwrap()), expected.replace(' ', ""));
    let loud = SendEncrypted { silent: false, ..request() };
    assert_eq!(hex(&loud.to_bytes().unwrap()), expected.replace(' ', "").replacen("01000000", "00000000", 1));
}

#[test]
fn the_result_travels_with_the_request() {
    // messages.sentEncryptedMessage#560f8935 date:int
    let answer = SendEncrypted::output_from_bytes(&bytes("35890f56 15cd5b07")).unwrap();
    let message = types::messages::SentEncryptedMessage { date: 123_456_789 };
    assert_eq!(answer, enums::messages::SentEncryptedMessage::from(message));

    // messages.sentEncryptedFile#9493ff32 date:int file:EncryptedFile, with encryptedFileEmpty#c21f497e
    let answer = SendEncrypted::output_from_bytes(&bytes("32ff9394 01000000 7e491fc2")).unwrap();
    let file = types::messages::SentEncryptedFile { date: 1, file: enums::EncryptedFile::Empty };
    assert_eq!(answer, enums::messages::SentEncryptedMessage::from(file));

    let error = SendEncrypted::output_from_bytes(&bytes("ffffffff 15cd5b07")).unwrap_err();
    let shown = error.to_string();
    assert!(shown.contains("messages.SentEncryptedMessage") && shown.contains("ffffffff"), "{shown}");
}

#[test]
fn nothing_but_the_function_and_what_it_reaches_is_there() {
    let items = GENERATED.lines().filter_map(|line| line.trim_start().strip_prefix("pub "));
    let items: Vec<&str> = items
        .filter(|item| item.starts_with("struct") || item.starts_with("enum"))
        .map(|item| item.trim_end_matches([' ', '{', ';']))
        .collect();
    let expected = [
        "enum EncryptedFile",
        "enum SentEncryptedMessage",
        "struct SendEncrypted",
        "struct EncryptedFile",
        "struct EncryptedFileEmpty",
        "struct InputEncryptedChat",
        "struct SentEncryptedFile",
        "struct SentEncryptedMessage",
    ];
    assert_eq!(BTreeSet::from_iter(items), BTreeSet::from(expected));
    let directions = |name: &str| ["Encode", "Decode"].map(|direction| has_impl(direction, name));
    assert_eq!(directions("InputEncryptedChat"), [true, false], "arguments are only encoded");
    assert_eq!(directions("SentEncryptedMessage"), [false, true], "results are only decoded");
}

/// Whether a type has a trait whose name begins like that, bare or not, with or without a lifetime.
fn has_impl(direction: &str, name: &str) -> bool {
    let impls = GENERATED.lines().filter_map(|line| line.trim_start().strip_prefix("impl "));
    impls.filter(|it| it.starts_with(direction)).any(|it| it.ends_with(&format!(" for {name} {{")))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<char> = hex.chars().filter(|digit| !digit.is_whitespace()).collect();
    let byte = |pair: &[char]| u8::from_str_radix(&pair.iter().collect::<String>(), 16).unwrap();
    digits.chunks(2).map(byte).collect()
}
