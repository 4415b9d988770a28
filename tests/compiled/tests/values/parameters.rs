//! Numbers that are given from outside: masks, counts, and the results that depend on them.

use typelang::codec::DecodeAs;
use typelang::{DecodeErrorKind, Reader, VECTOR_ID};
use typelang_tests_compiled::parameters::enums;
use typelang_tests_compiled::parameters::functions::{GetInts, GetResult, GetTuple, GetUser, GetUsers};
use typelang_tests_compiled::parameters::types::*;

use crate::support::{check, count_mismatch, id, int, long, presence_mismatch, refused, returns};

fn user(id: i32, name: Option<&str>) -> User {
    User { id, name: name.map(String::from), ..User::default() }
}

#[test]
fn a_mask_that_the_outer_value_holds() {
    let full = User { age: Some(-1), bot: true, ..user(7, Some("ab")) };
    let other = User { age: Some(2), bot: true, ..user(8, Some("")) };
    // Boxed with its id, bare without; bit 3 takes no bytes.
    check(
        &UserHolder { fields_mask: 0b1011, user: full, bare: other },
        &[&id::<UserHolder>(), &int(0b1011), &id::<User>(), &int(7), b"\x02ab\0", &int(-1), &int(8), &[0; 4], &int(2)],
    );
    let photo = User { photo: Some(vec![9]), ..user(1, None) };
    let photo_bytes = [&int(1)[..], &VECTOR_ID.to_le_bytes(), &int(1), &long(9)].concat();
    // Bits that nothing depends on are the user's.
    check(
        &UserHolder { fields_mask: 0x8000_0004, user: photo.clone(), bare: photo },
        &[&id::<UserHolder>(), &int(i32::MIN | 4), &id::<User>(), &photo_bytes, &photo_bytes],
    );
}

#[test]
fn what_is_there_must_agree_with_the_mask() {
    let holder = |fields_mask, user: User| UserHolder { fields_mask, bare: user.clone(), user };
    refused(&holder(0, user(1, Some("a"))), presence_mismatch(false));
    refused(&holder(1, user(1, None)), presence_mismatch(true));
    refused(&holder(0b1000, user(1, None)), presence_mismatch(true));
    refused(&holder(0, User { bot: true, ..user(1, None) }), presence_mismatch(false));
    check(&holder(0, user(1, None)), &[&id::<UserHolder>(), &int(0), &id::<User>(), &int(1), &int(1)]);
    // Constant masks.
    check(
        &UserConstant { user: user(1, Some("x")), none: user(2, None) },
        &[&id::<UserConstant>(), &int(1), b"\x01x\0\0", &int(2)],
    );
    refused(&UserConstant { user: user(1, Some("x")), none: user(2, Some("y")) }, presence_mismatch(false));
}

#[test]
fn a_mask_for_every_element() {
    check(
        &Users { mask: 1, list: vec![user(1, Some("a")), user(2, Some("b"))] },
        &[&id::<Users>(), &int(1), &VECTOR_ID.to_le_bytes(), &int(2), &int(1), b"\x01a\0\0", &int(2), b"\x01b\0\0"],
    );
    refused(&Users { mask: 1, list: vec![user(1, Some("a")), user(2, None)] }, presence_mismatch(true));
    // Two bytes of an element are not enough for the four that it takes at least.
    let many = [&id::<Users>()[..], &int(0), &VECTOR_ID.to_le_bytes(), &int(i32::MAX)].concat();
    let error = <Users as typelang::Decode>::from_bytes(&many).unwrap_err();
    assert!(matches!(error.kind(), DecodeErrorKind::TooManyElements { limit: 0, .. }), "{error}");
}

#[test]
fn counts_and_sums_of_counts() {
    let holder = |ints: &[i32], plus: &[i32], next: &[i32], fixed: &[i32]| IntsHolder {
        n: 1,
        ints: Ints { numbers: ints.to_vec() },
        plus: IntsPlus { more: plus.to_vec() },
        next: Ints { numbers: next.to_vec() },
        fixed: Ints { numbers: fixed.to_vec() },
    };
    // n, n + 1, n + 2 and 3 numbers; no counts but n itself.
    let numbers: Vec<u8> = (2..=10).flat_map(int).collect();
    check(&holder(&[2], &[3, 4], &[5, 6, 7], &[8, 9, 10]), &[&id::<IntsHolder>(), &int(1), &id::<Ints>(), &numbers]);
    refused(&holder(&[], &[3, 4], &[5, 6, 7], &[8, 9, 10]), count_mismatch(1, 0));
    refused(&holder(&[2], &[3], &[5, 6, 7], &[8, 9, 10]), count_mismatch(2, 1));
    refused(&holder(&[2], &[3, 4], &[5, 6], &[8, 9, 10]), count_mismatch(3, 2));
    refused(&holder(&[2], &[3, 4], &[5, 6, 7], &[8, 9, 10, 11]), count_mismatch(3, 4));
}

#[test]
fn a_count_that_the_input_cannot_hold() {
    let bytes = [&id::<IntsHolder>()[..], &int(-1), &id::<Ints>(), &[0; 64]].concat();
    let error = <IntsHolder as typelang::Decode>::from_bytes(&bytes).unwrap_err();
    assert!(matches!(error.kind(), DecodeErrorKind::TooManyElements { limit: 16, .. }), "{error}");
    // n + 1 is not 0 where n is as great as it can be.
    let mut reader = Reader::new(&[0; 8]);
    let _: IntsPlus = IntsPlusForm { n: u32::MAX }.decode_as(&mut reader);
    let error = reader.finish().unwrap_err();
    assert!(matches!(error.kind(), DecodeErrorKind::TooManyElements { limit: 2, .. }), "{error}");
}

#[test]
fn one_constructor_makes_use_of_the_parameter() {
    let none = ResultHolder { m: 3, result: enums::Result::None };
    check(&none, &[&id::<ResultHolder>(), &int(3), &id::<ResultNone>()]);
    let some = |value: Option<&str>, other| enums::Result::Some(ResultSome { value: value.map(String::from), other });
    check(
        &ResultHolder { m: 3, result: some(Some("a"), Some(5)) },
        &[&id::<ResultHolder>(), &int(3), &id::<ResultSome>(), b"\x01a\0\0", &int(5)],
    );
    refused(&ResultHolder { m: 2, result: some(Some("a"), Some(5)) }, presence_mismatch(false));
    refused(&ResultHolder { m: 3, result: some(Some("a"), None) }, presence_mismatch(true));
}

#[test]
fn a_parameter_that_changes_nothing() {
    let promo = |text: &str| Promo { text: text.into() };
    check(
        &PromoHolder { mask: 9, promo: promo("a"), bare: promo("b") },
        &[&id::<PromoHolder>(), &int(9), &id::<Promo>(), b"\x01a\0\0", b"\x01b\0\0"],
    );
}

#[test]
fn numbers_that_may_be_absent_count_as_0() {
    let chain = |inner, a, b: Option<&str>| Chain { fields_mask: 0, inner, a, b: b.map(String::from) };
    check(&chain(None, None, None), &[&id::<Chain>(), &int(0)]);
    check(&chain(Some(0), None, None), &[&id::<Chain>(), &int(1), &int(0)]);
    check(&chain(Some(2), None, Some("x")), &[&id::<Chain>(), &int(1), &int(2), b"\x01x\0\0"]);
    check(&chain(Some(7), Some(5), Some("")), &[&id::<Chain>(), &int(1), &int(7), &int(5), &[0; 4]]);
    refused(&chain(None, Some(5), None), presence_mismatch(false));
    refused(&chain(Some(1), None, None), presence_mismatch(true));
    let free = Chain { fields_mask: 6, ..chain(None, None, None) };
    check(&free, &[&id::<Chain>(), &int(6)]);
}

#[test]
fn a_count_on_the_bit_of_what_it_counts() {
    let counted = |n, values: &[i32], after: &[&str]| ChainOfCounts {
        mask: 0,
        n_and_values: Some(ChainOfCountsNAndValues { n, values: values.to_vec() }),
        after: after.iter().map(|text| (*text).to_owned()).collect(),
    };
    check(
        &counted(2, &[5, 6], &["a", "b"]),
        &[&id::<ChainOfCounts>(), &int(8), &int(2), &int(5), &int(6), b"\x01a\0\0", b"\x01b\0\0"],
    );
    check(&ChainOfCounts { mask: 1, n_and_values: None, after: vec![] }, &[&id::<ChainOfCounts>(), &int(1)]);
    refused(&counted(2, &[5], &["a", "b"]), count_mismatch(2, 1));
    refused(&ChainOfCounts { mask: 0, n_and_values: None, after: vec!["a".into()] }, count_mismatch(0, 1));
}

#[test]
fn results_that_depend_on_arguments() {
    let ada = User { age: Some(36), ..user(5, None) };
    returns(&GetUser { fields_mask: 2, id: 5 }, &[&id::<User>(), &int(5), &int(36)], &ada);
    returns(&GetUser { fields_mask: 0, id: 5 }, &[&id::<User>(), &int(5)], &user(5, None));
    returns(&GetInts { n: 2 }, &[&id::<Ints>(), &int(1), &int(2)], &Ints { numbers: vec![1, 2] });
    returns(&GetTuple { n: 2 }, &[&int(1), &int(2)], &Ints { numbers: vec![1, 2] });
    let users = [&VECTOR_ID.to_le_bytes()[..], &int(2), &int(1), b"\x01a\0\0", &int(2), b"\x01b\0\0"];
    let call = GetUsers { mask: 1, ids: vec![1, 2] };
    returns(&call, &users, &vec![user(1, Some("a")), user(2, Some("b"))]);
    check(&call, &[&id::<GetUsers>(), &int(1), &VECTOR_ID.to_le_bytes(), &int(2), &int(1), &int(2)]);
    let some = enums::Result::Some(ResultSome { value: None, other: Some(4) });
    returns(&GetResult { m: 2 }, &[&id::<ResultSome>(), &int(4)], &some);
}
