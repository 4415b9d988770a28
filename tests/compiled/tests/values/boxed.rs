//! Built-in types with their ids.

use typelang::{BOOL_TRUE_ID, Combinator, VECTOR_ID};
use typelang_tests_compiled::boxed::functions::{GetFloat, GetInt, GetVector};
use typelang_tests_compiled::boxed::types::{Bare, Boxed, Elements, Floating, True, Truths};

use crate::support::{check, id, int, long, returns};

// Checksums of `int ? = Int`, `long ? = Long`, ….
const INT: [u8; 4] = 0xa850_9bdau32.to_le_bytes();
const LONG: [u8; 4] = 0x2207_6cbau32.to_le_bytes();
const FLOAT: [u8; 4] = 0x824d_ab22u32.to_le_bytes();
const DOUBLE: [u8; 4] = 0x2210_c154u32.to_le_bytes();
const STRING: [u8; 4] = 0xb528_6e24u32.to_le_bytes();

#[test]
fn an_id_before_the_value() {
    let boxed = Boxed { a: 1, b: 2, c: 0.5, d: 1.5, e: "s".into(), f: [7; 16], g: vec![9] };
    check(
        &boxed,
        &[
            &id::<Boxed>(),
            &[INT, int(1)].concat(),
            &[&LONG[..], &long(2)].concat(),
            &[FLOAT, 0.5f32.to_le_bytes()].concat(),
            &[&DOUBLE[..], &1.5f64.to_le_bytes()].concat(),
            &[STRING, *b"\x01s\0\0"].concat(),
            // `int128 4*[ int ] = Int128` and `bytes ? = Bytes`.
            &[&0x84cc_f7b7u32.to_le_bytes()[..], &[7; 16]].concat(),
            &[&0xebef_b69eu32.to_le_bytes()[..], &[1, 9, 0, 0]].concat(),
        ],
    );
}

#[test]
fn bare_forms_have_none() {
    let bare = Bare { a: 1, b: 2, c: 0.5, d: 1.5, e: "s".into() };
    check(&bare, &[&id::<Bare>(), &int(1), &long(2), &0.5f32.to_le_bytes(), &1.5f64.to_le_bytes(), b"\x01s\0\0"]);
    check(&Floating { x: 0.25, y: -1.0 }, &[&id::<Floating>(), &[0, 0, 0x80, 0x3e], &[0, 0, 0x80, 0xbf]]);
}

#[test]
fn elements() {
    let vector = VECTOR_ID.to_le_bytes();
    check(
        &Elements { ints: vec![1, 2], texts: vec!["a".into()], tuple: [3, 4], optional: vec![5] },
        &[
            &id::<Elements>(),
            &[vector, int(2), INT, int(1), INT, int(2)].concat(),
            &[int(1), STRING, *b"\x01a\0\0"].concat(),
            &[0x9770_768au32.to_le_bytes(), INT, int(3), INT, int(4)].concat(),
            &[vector, int(1), int(5)].concat(),
        ],
    );
}

/// `true` and `%True` are bits alone, `True` has an id, `Bool` one of two.
#[test]
fn truths() {
    let truths = Truths { one: true, two: false, three: Some(True), four: Some(true), five: True, six: True };
    assert_eq!(True::ID, 0x3fed_d339);
    check(&truths, &[&id::<Truths>(), &int(0b1101), &id::<True>(), &BOOL_TRUE_ID.to_le_bytes(), &id::<True>()]);
}

#[test]
fn results() {
    returns(&GetInt, &[&INT, &int(-3)], &-3);
    returns(&GetFloat, &[&FLOAT, &0.5f32.to_le_bytes()], &0.5);
    returns(&GetVector, &[&VECTOR_ID.to_le_bytes(), &int(1), &INT, &int(4)], &vec![4]);
}
