//! The same code in private modules, as a binary has it: lints ask more of what nobody else can see.

#![deny(warnings, clippy::all)]
#![allow(dead_code, unreachable_pub, unused_imports, reason = "nothing here is called, and nothing is exported")]

include!(concat!(env!("OUT_DIR"), "/private.rs"));

#[test]
fn ids_have_names() {
    assert_eq!(generics::name_of(0x1cb5c415), Some("vector"));
    assert_eq!(generics::name_of(0), None);
}
