//! Small schemas of all families, which are always there.

#![deny(warnings)]
// A test exports nothing, so what no value needs would count as dead.
#![allow(dead_code)]

use typelang::{Decode, Encode, Function, ReadOptions};

#[path = "own/limits.rs"]
mod limits;

include!(concat!(env!("OUT_DIR"), "/own.rs"));

#[test]
fn values_keep_their_bytes() {
    FAMILIES.iter().for_each(typelang_tests_families::keep_their_bytes);
}

#[test]
fn damaged_bytes_never_panic() {
    FAMILIES.iter().for_each(typelang_tests_families::survive_damage);
}

#[test]
fn results_of_calls_that_wrap_others() {
    let call = own_telegram::functions::InvokeMany {
        quiet: true,
        query: own_telegram::functions::InvokeAfter { msg_id: 1, query: own_telegram::functions::GetSalts },
        after: None,
    };
    let salts = [vec![1_u32, 7, 8, 0], vec![2, 9, 10, 0, 11, 12, 0]];
    let words: Vec<u32> = [vec![0x1cb5_c415, 2], salts.map(|it| [vec![0x1cb5_c415], it].concat()).concat()].concat();
    let bytes: Vec<u8> = words.into_iter().flat_map(u32::to_le_bytes).collect();
    let salt = |valid_since, salt| own_telegram::types::Salt { valid_since, salt };
    let results = call.read_output_with(&bytes, ReadOptions::strict());
    assert_eq!(results, Ok(vec![vec![salt(7, 8)], vec![salt(9, 10), salt(11, 12)]]));
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

fn bytes_of(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

/// `getTuple n:# = Tuple int n`: how many numbers there are is said by the call alone.
#[test]
fn a_result_that_depends_on_its_call() {
    let bytes = bytes_of(&[0x9770_768a, 5, 6, 7]);
    let read = |n| own_vk::functions::GetTuple { n }.read_output_with(&bytes, ReadOptions::strict());
    assert_eq!(read(3), Ok(vec![5, 6, 7]));
    assert!(read(2).is_err(), "a number is left");
    assert!(read(4).is_err(), "a number is missing");
}

/// The result of `runAll` is a `Maybe` of a vector of what the call within it gives.
#[test]
fn a_result_that_depends_on_a_call_within() {
    let query = own_vk::functions::Run { timeout: 1, query: own_vk::functions::GetTuple { n: 2 } };
    let call = own_vk::functions::RunAll { fields_mask: 0, query, extra: None };
    let bytes = bytes_of(&[0x3f9c_8ef8, 0x1cb5_c415, 2, 0x9770_768a, 1, 2, 0x9770_768a, 3, 4]);
    let found = own_vk::types::ResultTrue { result: vec![vec![1, 2], vec![3, 4]] };
    let result = call.read_output_with(&bytes, ReadOptions::strict());
    assert_eq!(result, Ok(own_vk::enums::Maybe::ResultTrue(found)));
    let nothing = call.read_output_with(&bytes_of(&[0x2793_0a7b]), ReadOptions::strict());
    assert_eq!(nothing, Ok(own_vk::enums::Maybe::ResultFalse));
}

/// What a mask says must agree with what is there: the mask comes from outside, so it is not computed.
#[test]
fn a_value_that_does_not_agree_with_its_mask_is_not_written() {
    let field = |id| own_vk::types::Field { id, name: None, quiet: false, size: 9 };
    let outer = |mask, id| own_vk::types::Masked { mask, value: field(id) };
    assert_eq!(outer(1, Some(3)).to_bytes(), Ok(bytes_of(&[0x0000_a11f, 1, 3, 9])));
    assert!(outer(0, Some(3)).to_bytes().is_err(), "a field too many");
    assert!(outer(1, None).to_bytes().is_err(), "a field too few");
}
