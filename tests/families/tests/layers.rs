//! Telegram: older layers of the API.

#![deny(warnings)]
// A test exports nothing, so what no value needs would count as dead.
#![allow(dead_code)]

include!(concat!(env!("OUT_DIR"), "/layers.rs"));

fn main() -> std::process::ExitCode {
    typelang_tests_families::run(FAMILIES)
}
