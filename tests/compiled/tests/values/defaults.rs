//! Constructors without a name, and types without constructors.

use typelang::{Decode, Encode, Function, ReadOptions};
use typelang_tests_compiled::defaults::enums::{Absent, Coordinates, Number, Search, Shape};
use typelang_tests_compiled::defaults::functions::{GetCoordinates, GetNothing, GetNumber};
use typelang_tests_compiled::defaults::types::{self, *};

use crate::support::{check, id, int, returns};

#[test]
fn what_begins_with_no_other_id() {
    let text = |text: &str| Number::from(NumberDefault { text: text.into() });
    check(&Number::from(One { id: 5 }), &[&id::<One>(), &int(5)]);
    check(&Number::Two, &[&id::<Two>()]);
    check(&text("ab"), &[b"\x02ab\0"]);
    check(
        &Holder { number: text("a"), numbers: vec![Number::Two, text("b"), One { id: 1 }.into()] },
        &[&id::<Holder>(), b"\x01a\0\0", &int(3), &id::<Two>(), b"\x01b\0\0", &id::<One>(), &int(1)],
    );
    returns(&GetNumber, &[b"\x02ab\0"], &text("ab"));
    returns(&GetNumber, &[&id::<Two>()], &Number::Two);
}

#[test]
fn nothing_but_the_default() {
    let at = Coordinates::from(CoordinatesDefault { x: 1, y: 2 });
    check(&Place { at }, &[&id::<Place>(), &int(1), &int(2)]);
    returns(&GetCoordinates, &[&int(1), &int(2)], &at);
}

#[test]
fn a_default_of_no_bytes() {
    let holder = |search, absent| SearchHolder { search, absent };
    for (value, bytes) in [
        (holder(Search::Default, Absent::Default), vec![]),
        (holder(Search::Found(Found { value: 5 }), Absent::Default), [id::<Found<i32>>(), int(5)].concat()),
        (holder(Search::Default, Absent::Some(types::Some { value: 6 })), [id::<types::Some>(), int(6)].concat()),
    ] {
        let bytes = [&id::<SearchHolder>()[..], &bytes].concat();
        assert_eq!(value.to_bytes().unwrap(), bytes);
        assert_eq!(SearchHolder::from_bytes_with(&bytes, ReadOptions::strict()).unwrap(), value);
    }
}

#[test]
fn a_type_without_values() {
    let holder = NothingHolder { nothing: None, shape: Shape::from(Circle { radius: 3 }) };
    check(&holder, &[&id::<NothingHolder>(), &int(0), &id::<Circle>(), &int(3)]);
    let with = [&id::<NothingHolder>()[..], &int(1), &int(7), &id::<Circle>(), &int(3)].concat();
    assert!(NothingHolder::from_bytes(&with).is_err());
    assert!(GetNothing.read_output(&int(7)).is_err());
}
