//! Values and calls of any type.

use typelang::{Decode, DecodeErrorKind, Encode, ReadOptions, VECTOR_ID};
use typelang_tests_compiled::objects::enums::RpcReqResult;
use typelang_tests_compiled::objects::functions::{
    GetNumbers, Plain, QueryPrefix, RpcInvokeReq, RpcMany, WrapCalls, WrapObject, early,
};
use typelang_tests_compiled::objects::types::{
    self, Container, Envelope, Message, Pair, Pairs, ReqError, RpcReqResultError,
};
use typelang_tests_compiled::objects::{AnyConstructor, AnyFunction};

use crate::support::{check, id, int, long, returns};

fn error() -> ReqError {
    ReqError { error_code: 5, error: "e".into() }
}

fn error_bytes() -> Vec<u8> {
    [id::<ReqError>(), int(5), *b"\x01e\0\0"].concat()
}

#[test]
fn built_in_types_are_objects() {
    let message = |body| Message { msg_id: 1, body: Box::new(body) };
    let head = [&id::<Message>()[..], &long(1)].concat();
    check(&message(AnyConstructor::Bool(true)), &[&head, &[0xb5, 0x75, 0x72, 0x99]]);
    check(&message(AnyConstructor::Bool(false)), &[&head, &[0x37, 0x97, 0x79, 0xbc]]);
    check(&message(AnyConstructor::Int(7)), &[&head, &[0xda, 0x9b, 0x50, 0xa8], &int(7)]);
    check(&message(AnyConstructor::Long(7)), &[&head, &[0xba, 0x6c, 0x07, 0x22], &long(7)]);
    check(&message(AnyConstructor::String("a".into())), &[&head, &[0x24, 0x6e, 0x28, 0xb5], b"\x01a\0\0"]);
    let names = [AnyConstructor::Bool(true), AnyConstructor::Bool(false), AnyConstructor::Int(7)];
    assert_eq!(names.map(|it| it.name()), ["boolTrue", "boolFalse", "int"]);
    // The id of a vector does not tell what its elements are.
    let vector = [&head[..], &VECTOR_ID.to_le_bytes(), &int(0)].concat();
    let error = Message::from_bytes(&vector).expect_err("what does it hold?");
    assert!(matches!(error.kind(), DecodeErrorKind::UnknownConstructor { found: VECTOR_ID, .. }), "{error}");
}

#[test]
fn objects_are_boxed_values() {
    let message = Message { msg_id: 1, body: Box::new(AnyConstructor::ReqError(error())) };
    check(&message, &[&id::<Message>(), &long(1), &error_bytes()]);
    let bare = [&long(1)[..], &error_bytes()].concat();
    check(
        &Container { messages: vec![message.clone(), message.clone()] },
        &[&id::<Container>(), &int(2), &bare, &bare],
    );
    // One in another, and a call as a value.
    let call = AnyFunction::EarlyPing(early::Ping { id: 9 });
    let envelope = Envelope {
        inner: Some(Box::new(AnyConstructor::Message(message))),
        more: vec![AnyConstructor::ReqError(error())],
        call: Box::new(call),
    };
    check(
        &envelope,
        &[&id::<Envelope>(), &int(1), &id::<Message>(), &bare, &int(1), &error_bytes(), &id::<early::Ping>(), &int(9)],
    );
}

#[test]
fn objects_are_calls() {
    let plain = AnyFunction::Plain(Plain { id: 4 });
    let call = AnyConstructor::Call(Box::new(plain.clone()));
    assert_eq!(call.name(), "plain");
    let plain_bytes = [id::<Plain>(), int(4)].concat();
    check(&call, &[&plain_bytes]);
    let message = Message { msg_id: 1, body: Box::new(call.clone()) };
    check(&message, &[&id::<Message>(), &long(1), &plain_bytes]);
    // A call with an object in it that is a call.
    let wrap = AnyFunction::WrapObject(WrapObject { data: Box::new(call.clone()) });
    let body = Box::new(AnyConstructor::Call(Box::new(wrap.clone())));
    let wrap_bytes = [&id::<WrapObject>()[..], &plain_bytes].concat();
    check(&Message { msg_id: 2, body }, &[&id::<Message>(), &long(2), &wrap_bytes]);
    check(
        &AnyConstructor::Call(Box::new(AnyFunction::WrapCalls(WrapCalls { calls: vec![plain.clone(), wrap] }))),
        &[&id::<WrapCalls>(), &int(2), &plain_bytes, &wrap_bytes],
    );
    // A constructor that is called like the variant of calls is none.
    let constructor = AnyConstructor::from_bytes(&types::Call { id: 5 }.to_bytes().unwrap()).unwrap();
    assert_eq!(constructor.name(), "call");
    assert!(!matches!(constructor, AnyConstructor::Call(_)));
    let two = [call, constructor];
    let pairs = Pairs { both: Box::new(Pair { x: two[0].clone(), y: plain }), two: Box::new(two) };
    let call_bytes = [id::<types::Call>(), int(5)].concat();
    check(&pairs, &[&id::<Pairs>(), &id::<Pair<(), ()>>(), &plain_bytes, &plain_bytes, &plain_bytes, &call_bytes]);
}

#[test]
fn calls_in_objects_count_depth_and_memory() {
    let deepest = |limit| ReadOptions::new().max_depth(limit);
    let nested = |levels| [id::<WrapObject>().repeat(levels), [id::<Plain>(), int(4)].concat()].concat();
    assert!(AnyConstructor::from_bytes_with(&nested(10), deepest(10)).is_ok());
    let error = AnyConstructor::from_bytes_with(&nested(11), deepest(10)).unwrap_err();
    assert!(matches!(error.kind(), DecodeErrorKind::DepthLimit { limit: 10 }), "{error}");
    let error = WrapCalls::from_bytes(&[id::<WrapCalls>(), int(1)].concat().repeat(100_000)).unwrap_err();
    assert!(matches!(error.kind(), DecodeErrorKind::DepthLimit { .. }), "{error}");

    // A constructor of eight bytes is in the vector itself, a call of eight bytes behind a pointer.
    let envelope = |object: &[u8]| {
        let count = 10_000;
        [&id::<Envelope>()[..], &int(0), &int(count), &object.repeat(count as usize), &id::<Plain>(), &int(4)].concat()
    };
    let vector_alone = u32::try_from(size_of::<AnyConstructor>() / 8 + 1).unwrap();
    let decode = |object: &[u8]| {
        let options = ReadOptions::new().max_memory_ratio(vector_alone);
        Envelope::from_bytes_with(&envelope(object), options).map(|it| it.more.len())
    };
    assert_eq!(decode(&[id::<types::Call>(), int(5)].concat()).unwrap(), 10_000);
    let error = decode(&[id::<Plain>(), int(4)].concat()).unwrap_err();
    assert!(matches!(error.kind(), DecodeErrorKind::MemoryLimit { .. }), "{error}");
}

#[test]
fn unknown_objects_are_refused() {
    let bytes = [&id::<Message>()[..], &long(1), &int(7)].concat();
    let error = Message::from_bytes(&bytes).unwrap_err();
    assert!(matches!(error.kind(), DecodeErrorKind::UnknownConstructor { found: 7, .. }), "{error}");
    let endless = [&id::<Message>()[..], &long(1)].concat().repeat(100_000);
    let error = Message::from_bytes(&endless).unwrap_err();
    assert!(matches!(error.kind(), DecodeErrorKind::DepthLimit { .. }), "{error}");
}

#[test]
fn the_result_of_a_call_within_a_result() {
    let call = RpcInvokeReq { query_id: 3, query: GetNumbers { n: 2 } };
    check(&call, &[&id::<RpcInvokeReq<()>>(), &long(3), &id::<GetNumbers>(), &int(2)]);
    // `RpcReqResult (Tuple int 2)`: the count travels with the request.
    let tuple = [0x9770_768au32.to_le_bytes(), int(5), int(6)].concat();
    let ok = RpcReqResult::RpcReqResult(types::RpcReqResult { result: vec![5, 6] });
    returns(&call, &[&id::<types::RpcReqResult<()>>(), &tuple], &ok);
    let failed = RpcReqResult::Error(RpcReqResultError { error: error() });
    returns(&call, &[&id::<RpcReqResultError>(), &error_bytes()], &failed);
    let many = RpcMany { query: early::Ping { id: 1 } };
    returns(&many, &[&VECTOR_ID.to_le_bytes(), &int(1), &error_bytes()], &vec![error()]);
}

#[test]
fn functions_with_objects() {
    let object = AnyConstructor::ReqError(error());
    let wrap = WrapObject { data: Box::new(object.clone()) };
    check(&wrap, &[&id::<WrapObject>(), &error_bytes()]);
    returns(&wrap, &[&error_bytes()], &object);
    let prefix = QueryPrefix { call: Box::new(AnyFunction::Plain(Plain { id: 4 })) };
    check(&prefix, &[&id::<QueryPrefix>(), &id::<Plain>(), &int(4)]);
    let endless = id::<QueryPrefix>().repeat(100_000);
    let error = QueryPrefix::from_bytes(&endless).unwrap_err();
    assert!(matches!(error.kind(), DecodeErrorKind::DepthLimit { .. }), "{error}");
}
