//! TON: node, lite server and library.

#![deny(warnings)]
// A test exports nothing, so what no value needs would count as dead.
#![allow(dead_code)]

use typelang::{Decode, Encode, ReadOptions};

include!(concat!(env!("OUT_DIR"), "/ton.rs"));

#[test]
fn values_keep_their_bytes() {
    typelang_tests_families::keep_their_bytes(FAMILIES);
}

#[test]
fn damaged_bytes_never_panic() {
    typelang_tests_families::survive_damage(FAMILIES);
}

#[test]
fn encodings_of_the_lite_server() {
    let Some(family) = typelang_tests_families::Family::find(FAMILIES, "lite_api") else {
        return typelang_tests::shared::say(
            "skipped: encodings of the lite server (no ../shared/schemas/ton/lite_api.tl)",
        );
    };
    typelang_tests_families::match_encodings(family, "ton-lite.jsonl", |_, _| true);
}

/// Strings of 2²⁴ bytes and more have a length of 56 bits, without an option of the caller.
#[test]
fn a_long_string() {
    let long = own_ton::types::overlay::Broadcast { data: vec![7; 1 << 24], flags: 1 };
    let bytes = long.to_bytes().expect("the profile allows long strings");
    assert_eq!(bytes.len(), 4 + 8 + (1 << 24) + 4);
    assert_eq!(bytes[4..13], [0xff, 0, 0, 0, 1, 0, 0, 0, 7]);
    let read = own_ton::types::overlay::Broadcast::from_bytes_with(&bytes, ReadOptions::strict());
    assert!(read == Ok(long), "the value changed");
}
