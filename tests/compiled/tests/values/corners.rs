//! Names, groups and recursion where types have parameters.

use typelang_tests_compiled::corners::enums::{Children, Maybe};
use typelang_tests_compiled::corners::functions::{self, Wrap};
use typelang_tests_compiled::corners::types::*;

use crate::support::{check, count_mismatch, id, int, presence_mismatch, refused, returns};

#[test]
fn parameters_with_awkward_names() {
    let holder = WordsHolder {
        n: 1,
        words: Words { a: 2, b: "b".into(), c: vec![WordForm { id: 3 }] },
        word: Word { word: WordForm { id: 4 } },
        value: Value { field: Some(5), value_x: None },
        form: Word { word: Word { word: 6 } },
    };
    let word_form = id::<WordForm>();
    check(
        &holder,
        &[
            &id::<WordsHolder>(),
            &int(1),
            &[id::<Words<i32, i32, i32>>(), int(2), *b"\x01b\0\0", word_form, int(3)].concat(),
            &[id::<Word<i32>>(), word_form, int(4)].concat(),
            &[id::<Value>(), int(5)].concat(),
            &[id::<Word<i32>>(), id::<Word<i32>>(), int(6)].concat(),
        ],
    );
    refused(&WordsHolder { n: 3, ..holder.clone() }, count_mismatch(3, 1));
    refused(&WordsHolder { value: Value { field: None, value_x: None }, ..holder }, presence_mismatch(true));
}

#[test]
fn groups_on_bits_that_are_given() {
    let holder = |mask, c: Option<i32>, d: Option<i32>| SharedHolder {
        mask,
        shared: Shared {
            c: c.map(|a| SharedC { a, b: "b".into() }),
            d_and_e: d.map(|d| SharedDAndE { d, e: "e".into() }),
            between: 7,
        },
    };
    check(&holder(0, None, None), &[&id::<SharedHolder>(), &int(0), &int(7)]);
    check(&holder(1, Some(5), None), &[&id::<SharedHolder>(), &int(1), &int(5), b"\x01b\0\0", &int(7)]);
    // Not neighbours: each stands in its place.
    check(&holder(2, None, Some(8)), &[&id::<SharedHolder>(), &int(2), &int(8), &int(7), b"\x01e\0\0"]);
    refused(&holder(1, None, None), presence_mismatch(true));
    refused(&holder(2, Some(5), Some(8)), presence_mismatch(false));
    let both = SharedGenericAAndB { a: "a".to_owned(), b: 1 };
    let generic = SharedGeneric { a_and_b: Some(both), c: Some("c".to_owned()) };
    assert_eq!((generic.a().map(String::as_str), generic.b()), (Some("a"), Some(1)));
    let id_of_generic = id::<SharedGeneric<String>>();
    check(
        &SharedGenericHolder { x: generic },
        &[&id::<SharedGenericHolder>(), &id_of_generic, &int(3), b"\x01a\0\0", &int(1), b"\x01c\0\0"],
    );
}

#[test]
fn numbers_in_a_group_that_other_fields_depend_on() {
    let counted = |n, values: &[i32], m, more: Option<Vec<Vec<i32>>>| Counted {
        n_and_values_and_m: Some(CountedNAndValuesAndM { n, values: values.to_vec(), m }),
        more,
    };
    let value = counted(2, &[5, 6], 1, Some(vec![vec![7, 8]]));
    let numbers: Vec<u8> = [3, 2, 5, 6, 1, 7, 8].into_iter().flat_map(int).collect();
    check(&value, &[&id::<Counted>(), &numbers]);
    assert_eq!(value.values(), Some(&[5, 6][..]));
    check(&Counted::default(), &[&id::<Counted>(), &int(0)]);
    // Without the group both numbers count as 0.
    check(&Counted { n_and_values_and_m: None, more: Some(vec![]) }, &[&id::<Counted>(), &int(2)]);
    refused(&counted(2, &[5], 1, None), count_mismatch(2, 1));
    refused(&counted(2, &[5, 6], 1, Some(vec![vec![7]])), count_mismatch(2, 1));
}

#[test]
fn types_in_namespaces() {
    let cell = deep::inner::Cell {
        values: vec![deep::inner::Item { id: 1 }],
        rows: vec![deep::inner::CellRows { a: 2, b: deep::inner::Item { id: 3 } }],
    };
    let bytes = [id::<deep::inner::Cell>(), id::<deep::inner::Item>(), int(1), int(2), int(3)].concat();
    let boxed = pub_::Box { value: pub_::Box { value: deep::inner::Item { id: 4 } } };
    let box_id = id::<pub_::Box<i32>>();
    check(
        &deep::Holder { n: 1, cell: cell.clone(), boxed },
        &[&id::<deep::Holder>(), &int(1), &bytes, &box_id, &box_id, &id::<deep::inner::Item>(), &int(4)],
    );
    returns(&functions::deep::Get { n: 1 }, &[&bytes], &cell);
}

#[test]
fn recursion_with_other_arguments() {
    let inner = Swap { x: "b".to_owned(), y: 2, next: None };
    let swap = Swap { x: 1, y: "a".to_owned(), next: Some(Box::new(inner)) };
    let swap_id = id::<Swap<i32, i32>>();
    check(
        &SwapHolder { swap },
        &[&id::<SwapHolder>(), &swap_id, &int(1), &int(1), b"\x01a\0\0", &swap_id, &int(0), b"\x01b\0\0", &int(2)],
    );
    let leaf = |value| Node { value, children: Children::Leaf };
    let children = Children::Branches(Box::new(Branches { left: leaf(1), right: leaf(2) }));
    let itself =
        Itself { id: 3, next: Box::new(Maybe::Yes(MaybeYes { value: Itself { id: 4, next: Box::new(Maybe::No) } })) };
    let (node_id, leaf_id, itself_id) = (id::<Node<i32>>(), id::<Leaf>(), id::<Itself>());
    check(
        &NodeHolder { node: Node { value: 0, children }, itself },
        &[
            &id::<NodeHolder>(),
            &[node_id, int(0), id::<Branches<i32>>(), node_id, int(1), leaf_id, int(2), leaf_id].concat(),
            &[itself_id, int(3), id::<MaybeYes<i32>>(), itself_id, int(4), id::<MaybeNo>()].concat(),
        ],
    );
}

#[test]
fn groups_and_parameters_in_functions() {
    let ids = vec![SumIds { a: 1, b: Some(2) }];
    let sum = functions::Sum { flags: 1, n: 1, ids, c: Some(3) };
    check(&sum, &[&id::<functions::Sum>(), &int(3), &int(1), &int(1), &int(2), &int(3)]);
    refused(&functions::Sum { flags: 0, ..sum.clone() }, presence_mismatch(false));
    let word = [0x1cb5_c415u32.to_le_bytes(), int(1), id::<Word<i32>>(), int(9)].concat();
    returns(&sum, &[&word], &vec![Word { word: 9 }]);
    // The result holds what the call gives, twice, with a count of the outer call.
    let wrap = Wrap { n: 1, query: functions::deep::Get { n: 0 } };
    let empty = deep::inner::Cell { values: vec![], rows: vec![] };
    let cell = id::<deep::inner::Cell>();
    let words = Words { a: empty.clone(), b: 5, c: vec![empty] };
    returns(&wrap, &[&id::<Words<i32, i32, i32>>(), &cell, &int(5), &cell], &words);
}
