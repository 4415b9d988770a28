//! Types with types as parameters.

use typelang::{BOOL_TRUE_ID, Decode, Encode, VECTOR_ID};
use typelang_tests_compiled::templates::enums::{Either, List, Maybe};
use typelang_tests_compiled::templates::functions::{GetMatrix, GetMaybe, GetPairs, Swap};
use typelang_tests_compiled::templates::types::*;

use crate::support::{check, count_mismatch, id, int, long, refused, returns};

const VECTOR: [u8; 4] = VECTOR_ID.to_le_bytes();

fn some<T>(result: T) -> Maybe<T> {
    Maybe::ResultTrue(ResultTrue { result })
}

fn pair<X, Y>(x: X, y: Y) -> Pair<X, Y> {
    Pair { x, y }
}

#[test]
fn arguments_are_boxed_or_bare_as_they_are_written() {
    let holder = Holder {
        maybe: some(1),
        pair: pair("a".into(), 2),
        bare: pair(3, 4),
        lower: pair(Point { x: 5, y: 6 }, Point { x: 7, y: 8 }),
        nested: some(pair(9, some("b".into()))),
    };
    let (yes, pair_id, point) = (id::<ResultTrue<i32>>(), id::<Pair<i32, i32>>(), id::<Point>());
    check(
        &holder,
        &[
            &id::<Holder>(),
            &[&yes[..], &int(1)].concat(),
            &[&pair_id[..], b"\x01a\0\0", &long(2)].concat(),
            &[int(3), int(4)].concat(),
            // `Point` with its id, `%Point` without.
            &[point, int(5), int(6), int(7), int(8)].concat(),
            &[yes, pair_id, int(9), yes, *b"\x01b\0\0"].concat(),
        ],
    );
    let empty = Holder { maybe: Maybe::ResultFalse, nested: Maybe::ResultFalse, ..holder };
    let bytes = empty.to_bytes().unwrap();
    assert_eq!(bytes[4..8], id::<ResultFalse>());
    assert_eq!(Holder::from_bytes(&bytes).unwrap(), empty);
}

#[test]
fn in_vectors_and_under_conditions() {
    let vectors = Vectors {
        pairs: vec![pair(1, "a".into())],
        maybes: vec![some(Point { x: 2, y: 3 }), Maybe::ResultFalse],
        either: Either::Left(Left { value: vec![4] }),
    };
    check(
        &vectors,
        &[
            &id::<Vectors>(),
            &[VECTOR, int(1), int(1), *b"\x01a\0\0"].concat(),
            &[int(2), id::<ResultTrue<Point>>(), id::<Point>(), int(2), int(3), id::<ResultFalse>()].concat(),
            &[id::<Left<Vec<i32>>>(), VECTOR, int(1), int(4)].concat(),
        ],
    );
    let right = Vectors {
        either: Either::Right(Right { value: Point { x: 1, y: 2 } }),
        ..Vectors { pairs: vec![], maybes: vec![], either: vectors.either }
    };
    check(
        &right,
        &[&id::<Vectors>(), &VECTOR, &int(0), &int(0), &id::<Right<Point>>(), &id::<Point>(), &int(1), &int(2)],
    );
    check(
        &Optional { pair: Some(pair(1, 2)), maybe: Some(some(0.5)) },
        &[
            &id::<Optional>(),
            &int(3),
            &[id::<Pair<i32, i32>>(), int(1), int(2)].concat(),
            &id::<ResultTrue<f64>>(),
            &0.5f64.to_le_bytes(),
        ],
    );
    check(&Optional::default(), &[&id::<Optional>(), &int(0)]);
}

/// A pair takes bytes, so nothing but the bytes limits how many of them there are.
#[test]
fn long_vectors_of_generic_values() {
    let vectors = Vectors {
        pairs: (0..100_000).map(|number| pair(number, String::new())).collect(),
        maybes: vec![],
        either: Either::Left(Left { value: vec![] }),
    };
    assert_eq!(Vectors::from_bytes(&vectors.to_bytes().unwrap()).unwrap(), vectors);
}

#[test]
fn types_and_numbers_together() {
    let holder = MatrixHolder {
        n: 2,
        square: Matrix { rows: vec![vec![1, 2], vec![3, 4]] },
        wide: Matrix { rows: vec![vec![some(5), Maybe::ResultFalse]] },
    };
    let (yes, no) = (id::<ResultTrue<i32>>(), id::<ResultFalse>());
    let square: Vec<u8> = (1..=4).flat_map(int).collect();
    check(&holder, &[&id::<MatrixHolder>(), &int(2), &square, &[id::<Matrix<i32>>(), yes, int(5), no].concat()]);
    let ragged = Matrix { rows: vec![vec![1, 2], vec![3]] };
    refused(&MatrixHolder { square: ragged, ..holder.clone() }, count_mismatch(2, 1));
    let short = Matrix { rows: vec![vec![1, 2]] };
    refused(&MatrixHolder { square: short, ..holder }, count_mismatch(2, 1));
    let names = Dictionary { entries: vec![Entry { key: "k".into(), value: "v".to_owned() }] };
    check(&DictionaryHolder { names }, &[&id::<DictionaryHolder>(), &int(1), b"\x01k\0\0\x01v\0\0"]);
    check(&TaggedHolder { tagged: Tagged { id: 1 } }, &[&id::<TaggedHolder>(), &id::<Tagged>(), &int(1)]);
}

#[test]
fn generic_types_that_contain_themselves() {
    let cons = |head, tail| List::Cons(Box::new(Cons { head, tail }));
    let holder = ListHolder {
        list: cons(1, cons(2, List::Nil)),
        chain: Chain { head: "a".into(), tail: Some(Box::new(Chain { head: "b".into(), tail: None })) },
        tree: Tree { value: 3, children: vec![Tree { value: 4, children: vec![] }] },
    };
    let (cons_id, nil) = (id::<Cons<i32>>(), id::<Nil>());
    check(
        &holder,
        &[
            &id::<ListHolder>(),
            &[cons_id, int(1), cons_id, int(2), nil].concat(),
            &[id::<Chain<i32>>(), int(1), *b"\x01a\0\0", int(0), *b"\x01b\0\0"].concat(),
            &[&long(3)[..], &int(1), &long(4), &int(0)].concat(),
        ],
    );
    let endless: Vec<u8> = [&id::<ListHolder>()[..], &[cons_id, int(1)].concat().repeat(100_000)].concat();
    let error = ListHolder::from_bytes(&endless).unwrap_err();
    assert!(matches!(error.kind(), typelang::DecodeErrorKind::DepthLimit { .. }), "{error}");
}

#[test]
fn results_of_functions() {
    returns(&GetMaybe { id: 1 }, &[&id::<ResultTrue<String>>(), b"\x01a\0\0"], &some("a".to_owned()));
    returns(&GetMaybe { id: 1 }, &[&id::<ResultFalse>()], &Maybe::ResultFalse);
    returns(&GetPairs, &[&VECTOR, &int(1), &int(5), b"\x01a\0\0"], &vec![pair(5, "a".to_owned())]);
    let swap = Swap { pair: pair(1, "a".into()) };
    let pair_id = id::<Pair<i32, i32>>();
    check(&swap, &[&id::<Swap>(), &pair_id, &int(1), b"\x01a\0\0"]);
    returns(&swap, &[&pair_id, b"\x01a\0\0", &int(1)], &pair("a".to_owned(), 1));
    // One row of two columns: no counts, they are those of the call.
    let matrix = Matrix { rows: vec![vec![0.5, 1.5]] };
    let bytes = [&id::<Matrix<f64>>()[..], &0.5f64.to_le_bytes(), &1.5f64.to_le_bytes()];
    returns(&GetMatrix { n: 1, m: 2 }, &bytes, &matrix);
    let wrong = BOOL_TRUE_ID.to_le_bytes();
    assert!(typelang::Function::read_output(&GetMaybe { id: 1 }, &wrong).is_err());
}
