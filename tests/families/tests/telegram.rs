//! Telegram: the API with MTProto and its containers, and the secret chats of TDLib.

#![deny(warnings)]
// A test exports nothing, so what no value needs would count as dead.
#![allow(dead_code)]

include!(concat!(env!("OUT_DIR"), "/telegram.rs"));

fn main() -> std::process::ExitCode {
    typelang_tests_families::run(FAMILIES)
}
