//! Repetitions and tuples: how often is said by a field, a parameter, or a constant, and checked.

use typelang::{Decode, DecodeErrorKind, Encode, VECTOR_ID};
use typelang_tests_compiled::repetitions::functions::{GetNumbers, GetPair, GetRow};
use typelang_tests_compiled::repetitions::types::*;

use crate::support::{check, count_mismatch, id, int, long, presence_mismatch, refused, returns};

/// The id of `tuple`, as no file declares it here: the checksum of `tuple t:Type n:# [ t ] = Tuple t n`.
const TUPLE: [u8; 4] = 0x9770_768au32.to_le_bytes();

fn ints(numbers: &[i32]) -> Vec<u8> {
    numbers.iter().copied().flat_map(int).collect()
}

#[test]
fn as_many_as_a_field_says() {
    check(&Counted { n: 2, values: vec![5, 6] }, &[&id::<Counted>(), &ints(&[2, 5, 6])]);
    check(&Counted { n: 0, values: vec![] }, &[&id::<Counted>(), &int(0)]);
    refused(&Counted { n: 2, values: vec![5] }, count_mismatch(2, 1));
    refused(&Counted { n: 2, values: vec![5, 6, 7] }, count_mismatch(2, 3));
    check(
        &Implied { n: 1, values: vec![5], more: vec!["a".into()] },
        &[&id::<Implied>(), &ints(&[1, 5]), b"\x01a\0\0"],
    );
    refused(&Implied { n: 1, values: vec![5], more: vec![] }, count_mismatch(1, 0));
    let inner = ImpliedParameter { value: vec![7, 8] };
    check(&ImpliedHolder { n: 2, inner: inner.clone() }, &[&id::<ImpliedHolder>(), &ints(&[2, 7, 8])]);
    refused(&ImpliedHolder { n: 3, inner }, count_mismatch(3, 2));
    let twice = Twice { n: 1, first: vec![5], second: vec!["a".into(), "b".into()] };
    check(&twice, &[&id::<Twice>(), &ints(&[1, 5]), b"\x01a\0\0\x01b\0\0"]);
    refused(&Twice { second: vec!["a".into()], ..twice }, count_mismatch(2, 1));
}

#[test]
fn one_in_another() {
    let nested = Nested { n: 2, m: 3, rows: vec![vec![1, 2, 3], vec![4, 5, 6]] };
    check(&nested, &[&id::<Nested>(), &ints(&[2, 3, 1, 2, 3, 4, 5, 6])]);
    check(&Nested { n: 2, m: 0, rows: vec![vec![], vec![]] }, &[&id::<Nested>(), &ints(&[2, 0])]);
    refused(&Nested { n: 2, m: 3, rows: vec![vec![1, 2, 3], vec![4, 5]] }, count_mismatch(3, 2));
    refused(&Nested { n: 2, m: 3, rows: vec![vec![1, 2, 3]] }, count_mismatch(2, 1));
    // Rows with counts of their own.
    let rows = vec![CountInsideRows { m: 1, cells: vec![5] }, CountInsideRows { m: 2, cells: vec![6, 7] }];
    check(&CountInside { n: 2, rows }, &[&id::<CountInside>(), &ints(&[2, 1, 5, 2, 6, 7])]);
}

#[test]
fn groups_of_fields() {
    let items = vec![GroupItems { a: 1, b: "x".into() }, GroupItems { a: 2, b: "y".into() }];
    check(
        &Group { n: 2, items: items.clone() },
        &[&id::<Group>(), &int(2), &int(1), b"\x01x\0\0", &int(2), b"\x01y\0\0"],
    );
    refused(&Group { n: 3, items }, count_mismatch(3, 2));
    let cell = |x, y| GroupOfGroupsRowsCells { x, y };
    let row = |name: &str, cells| GroupOfGroupsRows { name: name.into(), cells };
    check(
        &GroupOfGroups { n: 1, m: 2, rows: vec![row("r", vec![cell(1, 2), cell(3, 4)])] },
        &[&id::<GroupOfGroups>(), &ints(&[1, 2]), b"\x01r\0\0", &int(1), &long(2), &int(3), &long(4)],
    );
    refused(&GroupOfGroups { n: 1, m: 2, rows: vec![row("r", vec![cell(1, 2)])] }, count_mismatch(2, 1));
    let rows = vec![FlagsInsideRows { id: 1, name: Some("a".into()) }, FlagsInsideRows { id: 2, name: None }];
    check(&FlagsInside { n: 2, rows }, &[&id::<FlagsInside>(), &ints(&[2, 1, 1]), b"\x01a\0\0", &ints(&[0, 2])]);
}

#[test]
fn groups_that_depend_on_a_mask_outside() {
    let row = |id, extra| OuterMaskRows { id, extra };
    check(
        &OuterMask { mask: 1 << 5, n: 2, rows: vec![row(1, Some(3)), row(2, Some(4))] },
        &[&id::<OuterMask>(), &ints(&[1 << 5, 2]), &int(1), &long(3), &int(2), &long(4)],
    );
    check(&OuterMask { mask: 1, n: 1, rows: vec![row(1, None)] }, &[&id::<OuterMask>(), &ints(&[1, 1, 1])]);
    refused(&OuterMask { mask: 1, n: 1, rows: vec![row(1, Some(3))] }, presence_mismatch(false));
}

#[test]
fn a_count_in_place_makes_a_vector() {
    check(
        &VectorInPlace { value: vec!["a".into(), String::new()] },
        &[&id::<VectorInPlace>(), &int(2), b"\x01a\0\0", &[0; 4]],
    );
    let value = vec![VectorOfGroupsValue { id: 1, name: "a".into() }];
    check(&VectorOfGroups { value }, &[&id::<VectorOfGroups>(), &ints(&[1, 1]), b"\x01a\0\0"]);
}

#[test]
fn under_a_condition() {
    let nothing = Conditional { mask: 0, ns: 2, values: None, groups: None };
    check(&nothing, &[&id::<Conditional>(), &ints(&[0, 2])]);
    let values = Conditional { values: Some(vec![5, 6]), ..nothing.clone() };
    check(&values, &[&id::<Conditional>(), &ints(&[1, 2, 5, 6])]);
    refused(&Conditional { values: Some(vec![5]), ..nothing.clone() }, count_mismatch(2, 1));
    // Bit 2 is for the fields inside: the user's, as far as this value is concerned.
    let group = |a, b: Option<&str>| ConditionalGroups { a, b: b.map(String::from) };
    let with = Conditional { mask: 4, groups: Some(vec![group(7, Some("x")), group(8, Some("y"))]), ..nothing.clone() };
    check(&with, &[&id::<Conditional>(), &ints(&[6, 2, 7]), b"\x01x\0\0", &int(8), b"\x01y\0\0"]);
    let without = Conditional { mask: 0, groups: Some(vec![group(7, None), group(8, None)]), ..nothing.clone() };
    check(&without, &[&id::<Conditional>(), &ints(&[2, 2, 7, 8])]);
    let contradiction = Conditional { mask: 0, groups: Some(vec![group(7, None), group(8, Some("y"))]), ..nothing };
    refused(&contradiction, presence_mismatch(false));
}

#[test]
fn as_many_as_a_constant_says() {
    let group = |a, b: &str| ConstantGroups { a, b: b.into() };
    let constant =
        Constant { values: [1, 2, 3], rows: [[0.5, 1.5], [2.5, 3.5]], groups: [group(4, "x"), group(5, "y")] };
    let rows: Vec<u8> = [0.5f64, 1.5, 2.5, 3.5].into_iter().flat_map(f64::to_le_bytes).collect();
    check(&constant, &[&id::<Constant>(), &ints(&[1, 2, 3]), &rows, &int(4), b"\x01x\0\0", &int(5), b"\x01y\0\0"]);
    check(&Zero { nothing: [], one: ["a".into()] }, &[&id::<Zero>(), b"\x01a\0\0"]);
    // Long ones are vectors, checked like the others.
    let long: Vec<i32> = (0..300).collect();
    check(&LongConstant { values: long.clone() }, &[&id::<LongConstant>(), &ints(&long)]);
    refused(&LongConstant { values: long[1..].to_vec() }, count_mismatch(300, 299));
    let longest = LongTuple { values: (0..257).collect() };
    check(&longest, &[&id::<LongTuple>(), &TUPLE, &ints(&longest.values)]);
    assert_eq!(longest.encoded_len(), 4 + 4 + 4 * 257);
}

#[test]
fn tuples() {
    let tuples =
        Tuples { a: [1, 2, 3], b: [4, 5], c: ["a".into(), "b".into()], n: 1, d: vec![6], e: vec![7], f: vec![[8, 9]] };
    // The boxed ones have the id of `tuple`; none has a count.
    check(
        &tuples,
        &[
            &id::<Tuples>(),
            &ints(&[1, 2, 3, 4, 5]),
            &[TUPLE, *b"\x01a\0\0", *b"\x01b\0\0"].concat(),
            &[&int(1)[..], &long(6)].concat(),
            &[TUPLE, int(7)].concat(),
            &[VECTOR_ID.to_le_bytes(), int(1), int(8), int(9)].concat(),
        ],
    );
    refused(&Tuples { d: vec![], ..tuples.clone() }, count_mismatch(1, 0));
    refused(&Tuples { e: vec![7, 8], ..tuples }, count_mismatch(1, 2));
}

#[test]
fn results_that_are_tuples() {
    returns(&GetNumbers { n: 2 }, &[&TUPLE, &ints(&[5, 6])], &vec![5, 6]);
    returns(&GetNumbers { n: 0 }, &[&TUPLE], &vec![]);
    returns(&GetRow { n: 1 }, &[b"\x01a\0\0"], &vec!["a".to_owned()]);
    returns(&GetPair, &[&TUPLE, &long(1), &long(2)], &[1, 2]);
}

#[test]
fn counts_that_the_input_cannot_hold_cost_nothing() {
    for count in [3, 1_000_000, i32::MAX, -1] {
        let bytes = [&id::<Counted>()[..], &int(count), &ints(&[1, 2])].concat();
        let error = Counted::from_bytes(&bytes).unwrap_err();
        assert!(matches!(error.kind(), DecodeErrorKind::TooManyElements { limit: 2, .. }), "{error}");
        // Rows of three cells take at least twelve bytes each.
        let bytes = [&id::<Nested>()[..], &int(count), &int(3), &ints(&[1, 2])].concat();
        let error = Nested::from_bytes(&bytes).unwrap_err();
        assert!(matches!(error.kind(), DecodeErrorKind::TooManyElements { limit: 0, .. }), "{error}");
        // Rows of nothing take no bytes, which only a fixed number of elements may.
        let bytes = [&id::<Nested>()[..], &int(count), &int(0)].concat();
        assert_eq!(Nested::from_bytes(&bytes).is_ok(), count == 3);
    }
    let many = Nested { n: 100_000, m: 1, rows: (0..100_000).map(|cell| vec![cell]).collect() };
    assert_eq!(Nested::from_bytes(&many.to_bytes().unwrap()).unwrap(), many);
}
