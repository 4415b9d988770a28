//! TON: node, lite server and library.

#![deny(warnings)]
// A test exports nothing, so what no value needs would count as dead.
#![allow(dead_code)]

include!(concat!(env!("OUT_DIR"), "/ton.rs"));

#[test]
fn values_keep_their_bytes() {
    tl_tests_families::keep_their_bytes(FAMILIES);
}

#[test]
fn damaged_bytes_never_panic() {
    tl_tests_families::survive_damage(FAMILIES);
}

#[test]
fn encodings_of_the_lite_server() {
    let Some(family) = tl_tests_families::Family::find(FAMILIES, "lite_api") else {
        return tl_tests::shared::say("skipped: encodings of the lite server (no ../shared/schemas/ton/lite_api.tl)");
    };
    tl_tests_families::match_encodings(family, "ton-lite.jsonl", |_, _| true);
}
