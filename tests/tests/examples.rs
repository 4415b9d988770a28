//! Examples of how functions are called: all functions have one, and a sample compiles and can be sent.

use typelang_telegram::api::AnyFunction;
use typelang_telegram::{Decode, Encode};

/// Builds a call and gives its bytes.
type Call = fn() -> Vec<u8>;

include!(concat!(env!("OUT_DIR"), "/examples.rs"));

#[test]
fn every_function_has_an_example() {
    assert!(WITHOUT.is_empty(), "no example of {WITHOUT:?}");
}

#[test]
fn a_sample_of_the_examples_compiles_and_can_be_sent() {
    assert!(EXAMPLES.len() > 50 && EXAMPLES.iter().any(|(name, ..)| *name == "messages.sendEncrypted"));
    for (name, _, example) in EXAMPLES {
        let bytes = example();
        let call = AnyFunction::from_bytes(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!((call.name(), call.to_bytes().expect("short enough")), (*name, bytes));
    }
    println!("{} examples compile", EXAMPLES.len());
}
