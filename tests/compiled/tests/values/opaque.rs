//! Built-in types of a schema's own, and results that nothing constructs.

use typelang::{DecodeErrorKind, Function};
use typelang_tests_compiled::opaque::functions::{Elsewhere, WaitAll, WaitLong};
use typelang_tests_compiled::opaque::types::Block;
use typelang_tests_compiled::own::{BigBytes, Clock, Point};

use crate::support::{check, id, int};

#[test]
fn a_built_in_type_is_one_of_our_own() {
    let big = |bytes: &[u8]| BigBytes(bytes.to_vec());
    let at = Some(Clock(9));
    let block = Block { id: 1, data: big(b"a"), more: vec![big(b""), big(b"b")], boxed: big(b"c"), at };
    let bare = |letter: u8| [1, 0, 0, 0, 0, 0, 0, 0, letter, 0, 0, 0];
    let more = [&[0x15, 0xc4, 0xb5, 0x1c, 2, 0, 0, 0][..], &[0; 8], &bare(b'b')].concat();
    let boxed = [&id::<BigBytes>()[..], &bare(b'c')].concat();
    check(&block, &[&id::<Block>(), &int(1), &int(1), &bare(b'a'), &more, &boxed, &id::<Clock>(), &int(9)]);
}

#[test]
fn what_nothing_constructs_is_not_decoded() {
    let error = WaitLong::output_from_bytes(&int(7)).expect_err("there is no value of the type");
    assert!(matches!(error.kind(), DecodeErrorKind::UnknownConstructor { found: 7, .. }), "{error}");
    // An empty vector is one of anything.
    let none = WaitAll::output_from_bytes(&[0x15, 0xc4, 0xb5, 0x1c, 0, 0, 0, 0]).expect("an empty vector");
    assert!(none.is_empty());
    assert_eq!(Elsewhere::output_from_bytes(&[0; 8]).expect("two numbers"), Point([0.0, 0.0]));
}
