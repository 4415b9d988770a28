//! Types without parameters.

use typelang::{BOOL_FALSE_ID, BOOL_TRUE_ID, VECTOR_ID};
use typelang::{Combinator, Decode, DecodeErrorKind, Encode, EncodeBare, Function, ReadOptions, Writer};
use typelang_tests_compiled::own::{Bytes, Point, ReplacedPart, Text};
use typelang_tests_compiled::{
    collisions, flags, generics, names, numbers, only, options, recursion, single, strings, tdlib, vectors, wrapper,
};

use crate::support::{check, id, int, long};

#[test]
fn flags_are_computed() {
    use flags::types::{Alone, LateFlags, ManyFlags, OnlyUnreferenced, OtherName, ThreeValued, TwoTrue, Unreferenced};
    check(&Alone { silent: true, text: None }, &[&id::<Alone>(), &int(1)]);
    check(&Alone { silent: false, text: Some("ab".into()) }, &[&id::<Alone>(), &int(2), b"\x02ab\0"]);
    check(&Alone { silent: true, text: Some(String::new()) }, &[&id::<Alone>(), &int(3), &[0; 4]]);
    check(&TwoTrue { first: true }, &[&id::<TwoTrue>(), &int(1)]);
    assert!(TwoTrue { first: true }.second());
    check(&OtherName { who: Some(5) }, &[&id::<OtherName>(), &int(1), &long(5)]);
    check(&Unreferenced { id: 7 }, &[&id::<Unreferenced>(), &int(0), &int(7)]);
    check(&OnlyUnreferenced, &[&id::<OnlyUnreferenced>(), &int(0)]);
    check(&ThreeValued { enabled: None }, &[&id::<ThreeValued>(), &int(0)]);
    check(&ThreeValued { enabled: Some(true) }, &[&id::<ThreeValued>(), &int(1), &BOOL_TRUE_ID.to_le_bytes()]);
    check(&LateFlags { id: 1, name: None, reader_and_writer: None }, &[&id::<LateFlags>(), &long(1), &int(0)]);
    let flags = ManyFlags { a: true, b: false, c: true, d: true };
    check(&flags::enums::Many::from(flags), &[&id::<ManyFlags>(), &int(0b1101)]);
    check(&flags::enums::Many::None, &[&flags::types::ManyNone::ID.to_le_bytes(), &int(0)]);
    assert_eq!(ManyFlags::try_from(flags::enums::Many::None), Err(flags::enums::Many::None));
    assert_eq!(flags::enums::Many::from(flags::types::ManyNone), flags::enums::Many::None);
}

/// Bytes beside the id of a variant without fields, in an enum with parameters.
#[test]
fn flags_that_no_field_has() {
    use flags::enums::Maybe;
    use flags::types::{Just, Nothing, Perhaps};
    let perhaps = |result| Perhaps { result };
    check(&perhaps(Maybe::Nothing), &[&id::<Perhaps>(), &id::<Nothing>(), &int(0)]);
    check(&perhaps(Maybe::Just(Just { value: 7 })), &[&id::<Perhaps>(), &id::<Just<i32>>(), &int(7)]);
}

#[test]
fn values_on_one_bit_are_there_together() {
    use flags::types::{Alone, Apart, ApartFirstAndSecond, GroupWithTrue, GroupWithTrueHasPassword, Interleaved};
    use flags::types::{InterleavedAAndC, InterleavedBAndD, TwoFlags, TwoFlagsAAndD};
    let nothing = GroupWithTrue::default();
    assert!(!nothing.has_password());
    assert_eq!((nothing.srp_id(), nothing.srp_b()), (None, None));
    check(&nothing, &[&id::<GroupWithTrue>(), &int(0)]);
    let alone = Alone { silent: true, text: None };
    let password = GroupWithTrueHasPassword { current_algo: alone.clone(), srp_b: vec![1, 2, 3], srp_id: 9 };
    let all = GroupWithTrue { has_password: Some(password), hint: Some("x".into()) };
    assert!(all.has_password());
    assert_eq!((all.srp_id(), all.srp_b(), all.current_algo()), (Some(9), Some(&[1, 2, 3][..]), Some(&alone)));
    check(
        &all,
        &[&id::<GroupWithTrue>(), &int(0b1100), &id::<Alone>(), &int(1), &[3, 1, 2, 3], &long(9), &[1, b'x', 0, 0]],
    );
    // Not neighbours: each stands in its place.
    let group = ApartFirstAndSecond { first: 1, second: vec![2] };
    check(
        &Apart { first_and_second: Some(group), between: "b".into() },
        &[&id::<Apart>(), &int(1), &int(1), &[1, b'b', 0, 0], &VECTOR_ID.to_le_bytes(), &int(1), &long(2)],
    );
    check(&Apart { first_and_second: None, between: "b".into() }, &[&id::<Apart>(), &int(0), &[1, b'b', 0, 0]]);
    let a_and_c = Some(InterleavedAAndC { a: 1, c: "c".into() });
    let b_and_d = Some(InterleavedBAndD { b: 2, d: "d".into() });
    check(
        &Interleaved { a_and_c: a_and_c.clone(), b_and_d },
        &[&id::<Interleaved>(), &int(3), &int(1), &int(2), &[1, b'c', 0, 0], &[1, b'd', 0, 0]],
    );
    check(&Interleaved { a_and_c, b_and_d: None }, &[&id::<Interleaved>(), &int(1), &int(1), &[1, b'c', 0, 0]]);
    check(
        &TwoFlags { a_and_d: Some(TwoFlagsAAndD { a: 1, d: 4 }), b: Some(2), c: true },
        &[&id::<TwoFlags>(), &int(1), &int(1), &int(i32::MIN | 1), &int(2), &int(4)],
    );
}

/// The bits of many optional fields are set while these are written, in the place that their word has by then.
#[test]
fn words_of_many_optional_fields_stand_where_they_belong() {
    use flags::types::{ManyOptional, ManyOptionalBAndE};
    let nothing = ManyOptional { id: -1, ..ManyOptional::default() };
    check(&nothing, &[&id::<ManyOptional>(), &long(-1), &int(0)]);
    let group = ManyOptionalBAndE { b: 2, e: "e".into() };
    let some = ManyOptional { id: 7, b_and_e: Some(group), c: true, h: Some(false), ..ManyOptional::default() };
    let fields = [&long(7)[..], &int(0b10_0110), &long(2), &[1, b'e', 0, 0], &BOOL_FALSE_ID.to_le_bytes()].concat();
    check(&some, &[&id::<ManyOptional>(), &fields]);
    let mut out = vec![0xff; 5];
    some.append_to(&mut out).unwrap();
    assert_eq!(out[9..], fields);
    let mut bare = Vec::new();
    let mut writer = Writer::new(&mut bare);
    some.encode_bare(&mut writer);
    writer.finish().unwrap();
    assert_eq!(bare, fields);
}

#[test]
fn unknown_bits_are_refused_if_that_is_asked_for() {
    let bytes = [id::<flags::types::TwoTrue>(), int(2)].concat();
    assert_eq!(flags::types::TwoTrue::from_bytes(&bytes).unwrap(), flags::types::TwoTrue { first: false });
    let error = flags::types::TwoTrue::from_bytes_with(&bytes, ReadOptions::strict()).unwrap_err();
    assert!(matches!(error.kind(), DecodeErrorKind::UnknownFlags { .. }), "{error}");
}

#[test]
fn names_that_rust_reserves() {
    use names::types::{self, Keywords, Locals, LocalsReaderXAndEnclosingX, Self_};
    let keywords =
        Keywords { r#type: 1, self_: 2, crate_: 3, super_: 4, r#match: 5, r#async: 6, r#gen: 7, r#try: 8, value: 9 };
    check(&keywords, &[&id::<Keywords>(), &(1..=9).flat_map(int).collect::<Vec<u8>>()]);
    let locals = Locals {
        reader: 1,
        writer: 2,
        enclosing: 3,
        value: 4,
        len: 5,
        codec: Some(6),
        reader_x_and_enclosing_x: Some(LocalsReaderXAndEnclosingX { reader_x: 7, enclosing_x: 8 }),
    };
    let numbers: Vec<u8> = [1, 2, 3, 4, 5, 0b11, 6, 7, 8].into_iter().flat_map(int).collect();
    check(&locals, &[&id::<Locals>(), &numbers]);
    check(&types::Vec { id: 1 }, &[&id::<types::Vec>(), &int(1)]);
    check(&types::Option { id: 1 }, &[&id::<types::Option>(), &int(1)]);
    check(&Self_ { id: 1 }, &[&id::<Self_>(), &int(1)]);
    check(&names::enums::Choice::None, &[&names::types::None::ID.to_le_bytes()]);
    check(&names::types::pub_::Item { id: 1 }, &[&names::types::pub_::Item::ID.to_le_bytes(), &int(1)]);
    assert_eq!(names::types::self_::Item::NAME, "self.item");
    let call = names::functions::X { x: names::functions::Type { r#type: 5 } };
    check(&call, &[&names::functions::X::<()>::ID.to_le_bytes(), &id::<names::functions::Type>(), &int(5)]);
}

#[test]
fn names_that_are_equal_in_rust() {
    use collisions::types::{FooBar, FooBar7c55c534, Srp};
    check(&FooBar { id: 1 }, &[&id::<FooBar>(), &int(1)]);
    check(&FooBar7c55c534 { name: "a".into() }, &[&int(0x7c55c534), &[1, b'a', 0, 0]]);
    assert_eq!((FooBar::NAME, FooBar7c55c534::NAME), ("fooBar", "foo_bar"));
    check(
        &Srp { srp_b: vec![1], srp_b_2: vec![2], srp_b_3: vec![3] },
        &[&id::<Srp>(), &[1, 1, 0, 0], &[1, 2, 0, 0], &[1, 3, 0, 0]],
    );
    let (first, second) =
        (collisions::types::PeerUser { user_id: 1 }, collisions::types::PeerUser46c799b4 { user_id: 1 });
    assert_ne!(collisions::enums::Peer::from(first), collisions::enums::Peer::from(second));
}

#[test]
fn boxed_and_bare() {
    use single::types::{Holder, User};
    let user = User { id: 1 };
    let holder = Holder {
        boxed: user,
        bare: user,
        percent: user,
        many: vec![user],
        many_percent: vec![user],
        many_boxed: vec![user],
    };
    let vector = VECTOR_ID.to_le_bytes();
    check(
        &holder,
        &[
            &id::<Holder>(),
            &[&id::<User>()[..], &long(1)].concat(),
            &long(1),
            &long(1),
            &[&vector[..], &int(1), &long(1)].concat(),
            &[&int(1)[..], &long(1)].concat(),
            &[&int(1)[..], &id::<User>(), &long(1)].concat(),
        ],
    );
    // `getBareUser … = user`: the result has no id.
    assert_eq!(single::functions::GetBareUser::output_from_bytes(&long(3)).unwrap(), User { id: 3 });
    assert!(single::functions::GetUser::output_from_bytes(&long(3)).is_err());
}

#[test]
fn vectors_in_vectors() {
    use vectors::types::{Item, Nested};
    let nested = Nested {
        boxed: vec![vec![1], vec![]],
        mixed: vec![vec![Item { id: 2 }]],
        other: vec![vec![Item { id: 3 }]],
        deep: vec![vec![vec![vec![4]]]],
    };
    let vector = VECTOR_ID.to_le_bytes();
    check(
        &nested,
        &[
            &id::<Nested>(),
            &[vector, int(2), vector, int(1), int(1), vector, int(0)].concat(),
            &[vector, int(1), int(1), id::<Item>(), int(2)].concat(),
            &[int(1), vector, int(1), int(3)].concat(),
            &[int(1), int(1), int(1), [1, 4, 0, 0]].concat(),
        ],
    );
    let bytes = [int(2), int(5), int(6)].concat();
    assert_eq!(vectors::functions::GetBare::output_from_bytes(&bytes).unwrap(), [Item { id: 5 }, Item { id: 6 }]);
}

#[test]
fn calls_around_calls() {
    use generics::functions::{InitConnection, InvokeApart, InvokeWithLayer, Ping};
    use generics::{AnyConstructor, AnyFunction};
    let call = InvokeWithLayer {
        layer: generics::LAYER,
        query: InitConnection { api_id: 1, lang_code: "en".into(), proxy: None, query: Ping { ping_id: 2 } },
    };
    let expected = [
        &id::<InvokeWithLayer<()>>()[..],
        &int(7),
        &id::<InitConnection<()>>(),
        &int(0),
        &int(1),
        b"\x02en\0",
        &id::<Ping>(),
        &long(2),
    ];
    check(&call, &expected);
    // Whoever receives it does not know the types beforehand.
    let any = AnyFunction::from_bytes(&expected.concat()).unwrap();
    assert_eq!(any.name(), "invokeWithLayer");
    assert_eq!(any.to_bytes().unwrap(), expected.concat());
    // The result is that of the innermost call.
    let answer = generics::types::Answer { id: 1, text: "pong".into() };
    let bytes = answer.to_bytes().unwrap();
    assert_eq!(call.read_output(&bytes).unwrap(), answer);
    assert_eq!(AnyConstructor::from_bytes(&bytes).unwrap(), AnyConstructor::Answer(answer));
    // A result of its own, apart from that of the call.
    let apart = InvokeApart { id: 3, query: Ping { ping_id: 1 } };
    check(&apart, &[&id::<InvokeApart<()>>(), &int(3), &id::<Ping>(), &long(1)]);
    assert_eq!(apart.read_output(&bytes).unwrap().id, 1);
    assert!(AnyFunction::from_bytes(&int(1)).is_err());
}

#[test]
fn calls_are_nested_only_so_deep() {
    let mut bytes: Vec<u8> = Vec::new();
    for _ in 0..100_000 {
        bytes.extend([id::<wrapper::functions::Invoke<()>>(), int(0)].concat());
    }
    let error = wrapper::AnyFunction::from_bytes(&bytes).unwrap_err();
    assert!(matches!(error.kind(), DecodeErrorKind::DepthLimit { .. }), "{error}");
}

#[test]
fn types_that_contain_themselves() {
    use recursion::enums::{Even, Text};
    use recursion::types::{self, Branch, List, Odd, TextBold, TextConcat, TextPlain, Tree};
    let plain = || Text::from(TextPlain { text: "a".into() });
    let plain_bytes = [&id::<TextPlain>()[..], &[1, b'a', 0, 0]].concat();
    check(&Text::from(TextBold { text: plain() }), &[&id::<TextBold>(), &plain_bytes]);
    check(
        &Text::from(TextConcat { texts: vec![plain(), plain()] }),
        &[&id::<TextConcat>(), &VECTOR_ID.to_le_bytes(), &int(2), &plain_bytes, &plain_bytes],
    );
    let list = List { head: 1, tail: Some(Box::new(List { head: 2, tail: None })) };
    check(&list, &[&id::<List>(), &int(1), &int(1), &int(0), &int(2)]);
    let leaf = || Box::new(Tree { left: None, right_and_also: None, label: String::new() });
    let tree = Tree { left: Some(Box::new(Branch { tree: leaf(), length: 0.5 })), ..*leaf() };
    check(
        &tree,
        &[&id::<Tree>(), &int(1), &id::<Branch>(), &id::<Tree>(), &int(0), &[0; 4], &0.5f64.to_le_bytes(), &[0; 4]],
    );
    let even = Even::from(types::Even { value: 1, odd: Odd { even: Even::End } });
    check(&even, &[&id::<types::Even>(), &int(1), &id::<Odd>(), &id::<types::EvenEnd>()]);
}

#[test]
fn depth_is_limited() {
    let bytes: Vec<u8> = std::iter::repeat_n(id::<recursion::types::TextBold>(), 100_000).flatten().collect();
    let error = recursion::enums::Text::from_bytes(&bytes).unwrap_err();
    assert!(matches!(error.kind(), DecodeErrorKind::DepthLimit { .. }), "{error}");
}

#[test]
fn numbers_and_traits() {
    use numbers::types::{Copyable, Nat, Wide};
    check(&Nat { n: u32::MAX }, &[&id::<Nat>(), &[0xff; 4]]);
    check(&Wide { nonce: [1; 16], new_nonce: [2; 32] }, &[&id::<Wide>(), &[1; 16], &[2; 32]]);
    let value = Copyable { a: 1, b: 2, c: true };
    let copy = value;
    assert_eq!(std::collections::HashSet::from([value, copy]).len(), 1);
    // `add … = copyable`: bare.
    let bytes = [&int(1)[..], &long(2), &BOOL_TRUE_ID.to_le_bytes()].concat();
    assert_eq!(numbers::functions::Add::output_from_bytes(&bytes).unwrap(), value);
}

#[test]
fn one_direction_each() {
    let request = only::functions::messages::Send {
        peer: only::enums::InputPeer::Empty,
        keys: vec![only::types::InputKey { key: vec![1] }],
        shared: only::types::Shared { id: 1 },
    };
    let bytes = request.to_bytes().unwrap();
    assert_eq!(bytes.len(), 4 + 4 + (8 + 4 + 4) + 4);
    let answer = [&id::<only::types::ResultEmpty>()[..]].concat();
    let answer = only::functions::messages::Send::output_from_bytes(&answer).unwrap();
    assert_eq!(answer, only::enums::Result::Empty);
}

#[test]
fn strings_of_ones_own() {
    use strings::types::Strings;
    let value = Strings {
        text: Text("ab".into()),
        data: Bytes(vec![1]),
        texts: vec![Text("c".into())],
        datas: vec![Bytes(vec![])],
    };
    check(
        &value,
        &[&id::<Strings>(), b"\x02ab\0\x01\x01\0\0", &VECTOR_ID.to_le_bytes(), &int(1), b"\x01c\0\0", &int(1), &[0; 4]],
    );
    // 2²⁴ bytes and more have eight bytes of length.
    let long = Strings { data: Bytes(vec![7; 1 << 24]), ..value };
    let bytes = long.to_bytes().unwrap();
    assert_eq!(bytes[8..16], [0xff, 0, 0, 0, 1, 0, 0, 0]);
    assert_eq!(Strings::from_bytes(&bytes).unwrap(), long);
}

#[test]
fn types_and_names_of_ones_own() {
    use options::types::{Message, WholeHolder, area::Square};
    let bytes = [&id::<Message>()[..], &int(1 << 10), &int(1), &int(2)].concat();
    let message = Message::from_bytes(&bytes).unwrap();
    assert_eq!(message.counters.as_ref().map(|counters| counters.forwards), Some(2));
    assert_eq!(message.views(), Some(1));
    let color = options::enums::Color::None;
    let square = Square { corner: Point([1.0, 0.0]), color, side: 2.0 };
    check(
        &square,
        &[
            &id::<Square>(),
            &1f32.to_le_bytes(),
            &[0; 4],
            &options::types::ColorNone::ID.to_le_bytes(),
            &2f64.to_le_bytes(),
        ],
    );
    assert!(square.partial_cmp(&square).is_some());
    let part = || ReplacedPart("p".into());
    let part_bytes = [&id::<ReplacedPart>()[..], &[1, b'p', 0, 0]].concat();
    check(
        &WholeHolder { whole: part().into(), extra: part(), boxed: part() },
        &[&id::<WholeHolder>(), &part_bytes, &[1, b'p', 0, 0], &part_bytes],
    );
}

#[test]
fn tdlib_has_bare_vectors() {
    let chats = tdlib::types::Chats { total_count: 1, chat_ids: vec![2, 3] };
    check(&chats, &[&id::<tdlib::types::Chats>(), &int(1), &int(2), &long(2), &long(3)]);
    let close = tdlib::functions::Close.to_bytes().unwrap();
    assert_eq!(close, id::<tdlib::functions::Close>());
    assert_eq!(tdlib::functions::Close::output_from_bytes(&id::<tdlib::types::Ok>()).unwrap(), tdlib::types::Ok);
}
