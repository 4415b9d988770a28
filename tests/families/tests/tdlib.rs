//! TDLib's own interface.

#![deny(warnings)]
// A test exports nothing, so what no value needs would count as dead.
#![allow(dead_code)]

include!(concat!(env!("OUT_DIR"), "/tdlib.rs"));

#[test]
fn values_keep_their_bytes() {
    typelang_tests_families::keep_their_bytes(FAMILIES);
}

#[test]
fn damaged_bytes_never_panic() {
    typelang_tests_families::survive_damage(FAMILIES);
}
