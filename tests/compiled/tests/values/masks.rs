//! Numbers some of whose bits are the user's.

use typelang::{Decode, Encode, ReadOptions};
use typelang_tests_compiled::masks::functions::lite_server::GetBlock;
use typelang_tests_compiled::masks::types::*;

use crate::support::{check, count_mismatch, id, int, presence_mismatch, refused, returns};

#[test]
fn free_bits_survive() {
    check(&BlockHeader { mode: 0, id: 7, proof: None }, &[&id::<BlockHeader>(), &int(0), &int(7)]);
    check(&BlockHeader { mode: 0x10, id: 7, proof: None }, &[&id::<BlockHeader>(), &int(0x10), &int(7)]);
    check(
        &BlockHeader { mode: 0x7fff_fffe, id: 7, proof: Some(vec![1]) },
        &[&id::<BlockHeader>(), &int(i32::MAX), &int(7), &[1, 1, 0, 0]],
    );
    check(
        &TwoBits { mode: 2, a: Some(5), b: Some("x".into()) },
        &[&id::<TwoBits>(), &int(i32::MIN | 3), &int(5), b"\x01x\0\0"],
    );
    check(&FlagsToo { flags: 4, name: Some("x".into()) }, &[&id::<FlagsToo>(), &int(6), b"\x01x\0\0"]);
    check(&Plain { mode: u32::MAX, id: 1 }, &[&id::<Plain>(), &[0xff; 4], &int(1)]);
    check(&GetBlock { mode: 1, id: 2, after: Some(3) }, &[&id::<GetBlock>(), &int(0x81), &int(2), &int(3)]);
    let header = BlockHeader { mode: 2, id: 9, proof: None };
    returns(&GetBlock { mode: 0, id: 9, after: None }, &[&id::<BlockHeader>(), &int(2), &int(9)], &header);
}

/// The bits that say what is there are computed, whatever is given.
#[test]
fn computed_bits_cannot_be_given() {
    let bytes = BlockHeader { mode: 0x11, id: 7, proof: None }.to_bytes().unwrap();
    assert_eq!(bytes[4..8], int(0x10));
    assert_eq!(BlockHeader::from_bytes_with(&bytes, ReadOptions::strict()).unwrap().mode, 0x10);
}

#[test]
fn values_on_one_bit() {
    let group = SharedFirstAndSecond { first: 1, second: "x".into() };
    let shared = Shared { mode: 1, first_and_second: Some(group), third: true };
    check(&shared, &[&id::<Shared>(), &int(0b10101), &int(1), b"\x01x\0\0"]);
    assert_eq!((shared.first(), shared.second()), (Some(1), Some("x")));
    check(&Shared { mode: 0, first_and_second: None, third: false }, &[&id::<Shared>(), &int(0)]);
}

#[test]
fn a_number_that_is_tested_and_counts() {
    // Two elements by the given bit, one more because `x` is there.
    let three = MaskAndCount { n: 2, x: Some(9), values: vec![1, 2, 3] };
    check(&three, &[&id::<MaskAndCount>(), &int(3), &int(9), &int(1), &int(2), &int(3)]);
    check(&MaskAndCount { n: 2, x: None, values: vec![1, 2] }, &[&id::<MaskAndCount>(), &int(2), &int(1), &int(2)]);
    refused(&MaskAndCount { n: 2, x: Some(9), values: vec![1, 2] }, count_mismatch(3, 2));
}

#[test]
fn a_number_that_is_tested_as_a_whole() {
    check(&WholeNumber { mode: 0, x: None, y: None }, &[&id::<WholeNumber>(), &int(0)]);
    check(&WholeNumber { mode: 1, x: Some(5), y: None }, &[&id::<WholeNumber>(), &int(1), &int(5)]);
    check(&WholeNumber { mode: 0, x: Some(5), y: Some(6) }, &[&id::<WholeNumber>(), &int(8), &int(5), &int(6)]);
    refused(&WholeNumber { mode: 0, x: Some(5), y: None }, presence_mismatch(false));
    refused(&WholeNumber { mode: 0, x: None, y: Some(6) }, presence_mismatch(true));
}

#[test]
fn numbers_with_names_that_the_encoder_uses() {
    let locals =
        Locals { value: 2, field: Some(5), len: 1, group: Some("g".into()), writer: 0, x: Some(6), y: vec![7] };
    check(&locals, &[&id::<Locals>(), &int(3), &int(5), &int(3), b"\x01g\0\0", &int(1), &int(6), &int(7)]);
}
