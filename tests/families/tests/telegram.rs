//! Telegram: the API with the containers of MTProto, MTProto itself, and the secret chats of TDLib.

#![deny(warnings)]
// A test exports nothing, so what no value needs would count as dead.
#![allow(dead_code)]

include!(concat!(env!("OUT_DIR"), "/telegram.rs"));

#[test]
fn values_keep_their_bytes() {
    tl_tests_families::keep_their_bytes(FAMILIES);
}

#[test]
fn damaged_bytes_never_panic() {
    tl_tests_families::survive_damage(FAMILIES);
}
