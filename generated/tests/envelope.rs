//! The messages of MTProto that contain others.

#![cfg(all(feature = "mtproto", feature = "unpack", feature = "decode-functions"))]

use std::error::Error;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use typelang_telegram::mtproto::envelope::{
    GzipPacked, Message, MsgContainer, MsgCopy, ReadError, RpcResult, UnpackError,
};
use typelang_telegram::mtproto::functions::{GetFutureSalts, Ping};
use typelang_telegram::mtproto::types::{FutureSalts, Pong, RpcError};
use typelang_telegram::{
    Combinator, Decode, DecodeErrorKind, DecodedOrRaw, Encode, Invoke, Raw, RawRef, ReadOptions, serve,
};

const PONG: Pong = Pong { msg_id: 5, ping_id: 7 };

/// Data as zlib without compression.
fn zlib(data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).expect("short");
    let (low, high) = data.iter().fold((1_u32, 0_u32), |(low, high), byte| {
        ((low + u32::from(*byte)) % 65521, (high + low + u32::from(*byte)) % 65521)
    });
    let head = [&[0x78, 0x01, 0x01][..], &length.to_le_bytes(), &(!length).to_le_bytes()].concat();
    [&head[..], data, &(high << 16 | low).to_be_bytes()].concat()
}

/// The most zeros that packed data of a length can become: each bit pair of a dynamic block repeats 258 of them.
fn bomb(length: usize) -> Vec<u8> {
    let mut bits = Vec::new();
    let mut put = |value: u32, count: u32| bits.extend((0..count).map(|bit| value >> bit & 1 == 1));
    // The last block, with dynamic codes: 286 literals and lengths, one distance, 18 lengths of code lengths.
    put(1, 1);
    put(2, 2);
    put(29, 5);
    put(0, 5);
    put(14, 4);
    // Lengths of codes in their fixed order: 18 has one bit, 1 and 2 have two.
    for index in 0..18 {
        put(
            match index {
                2 => 1,
                15 | 17 => 2,
                _ => 0,
            },
            3,
        );
    }
    // Codes: 18 is `0`, 1 is `10`, 2 is `11`, the first bit first. Literal 0 has two bits, 256 two, 285 one, the distance one.
    let (zeros, one, two) = ((0, 1), (1, 2), (3, 2));
    let zeros = |count: u32| [zeros, (count - 11, 7)];
    for (value, count) in [&[two][..], &zeros(138), &zeros(117), &[two], &zeros(28), &[one], &[one]].concat() {
        put(value, count);
    }
    // One zero, and then its repetition: length and distance are a bit `0` each.
    put(1, 2);
    let mut bytes: Vec<u8> = vec![0x78, 0x9c];
    bytes.extend(bits.chunks(8).map(|bits| bits.iter().rev().fold(0, |byte, bit| byte << 1 | u8::from(*bit))));
    bytes.resize(length, 0);
    bytes
}

fn result(value: &impl Encode) -> RpcResult {
    let bytes = RpcResult { req_msg_id: 3, result: Raw::of(value).expect("short") }.to_bytes().expect("short");
    RpcResult::from_bytes(&bytes).expect("a result")
}

#[test]
fn messages_keep_what_nobody_knows() -> Result<(), Box<dyn Error>> {
    let unknown = Raw(vec![0xef, 0xbe, 0xad, 0xde, 1, 2, 3, 4]);
    let bodies = [Raw::of(&PONG)?, unknown.clone(), Raw::of(&result(&PONG))?];
    let messages: Vec<Message> = (1..).zip(bodies).map(|(msg_id, body)| Message { msg_id, seqno: 1, body }).collect();
    let container = MsgContainer { messages };
    let bytes = container.to_bytes()?;
    assert_eq!(bytes[..8], [0xdc, 0xf8, 0xf1, 0x73, 3, 0, 0, 0]);
    assert_eq!(bytes[20..24], [20, 0, 0, 0], "the length of the first body");
    assert_eq!(MsgContainer::<Raw>::from_bytes_with(&bytes, ReadOptions::strict())?, container);

    let borrowed = MsgContainer::<RawRef<'_>>::from_bytes(&bytes)?;
    assert!(bytes.as_ptr_range().contains(&borrowed.messages[1].body.0.as_ptr()));
    let typed = MsgContainer::<DecodedOrRaw<Pong>>::from_bytes(&bytes)?;
    assert_eq!(typed.messages[0].body.decoded(), Some(&PONG));
    assert!(matches!(&typed.messages[1].body, DecodedOrRaw::Raw { bytes, .. } if *bytes == unknown.0));
    assert_eq!(typed.to_bytes()?, bytes);
    let error = MsgContainer::<Pong>::from_bytes(&bytes).expect_err("the second message is not a pong");
    assert!(matches!(error.kind(), DecodeErrorKind::UnknownConstructor { found: 0xdead_beef, .. }));
    assert_eq!(error.offset(), 8 + 16 + 20 + 16);

    let copy = MsgCopy { orig_message: container.messages[1].clone() };
    assert_eq!(copy.to_bytes()?[..8], [0xb2, 0x46, 0x60, 0xe0, 0x11, 0xe5, 0xb8, 0x5b]);
    assert_eq!(MsgCopy::<Raw>::from_bytes(&copy.to_bytes()?)?, copy);
    Ok(())
}

#[test]
fn damaged_containers_are_errors() {
    let container =
        MsgContainer { messages: vec![Message { msg_id: 1, seqno: 1, body: Raw::of(&PONG).expect("short") }] };
    let bytes = container.to_bytes().expect("short");
    for length in 0..bytes.len() {
        assert!(MsgContainer::<Raw>::from_bytes(&bytes[..length]).is_err(), "{length}");
        assert!(MsgContainer::<DecodedOrRaw<Pong>>::from_bytes(&bytes[..length]).is_err(), "{length}");
    }
    for (place, count) in [(4, [0xff, 0xff, 0xff, 0x7f]), (4, [0xff; 4]), (20, [0xff; 4]), (20, [21, 0, 0, 0])] {
        let mut wrong = bytes.clone();
        wrong[place..place + 4].copy_from_slice(&count);
        assert!(MsgContainer::<Raw>::from_bytes(&wrong).is_err(), "{place} {count:?}");
    }
}

#[test]
fn results_are_those_of_calls() {
    let ping = Ping { ping_id: 7 };
    assert_eq!(result(&PONG).read(&ping), Ok(PONG));
    let packed = |data: Vec<u8>| result(&GzipPacked { packed_data: data });
    let gzip = "1f8b08000000000002ff3b5a5c6ec2ca0001ec501a005c4aeeb314000000";
    let gzip =
        (0..gzip.len()).step_by(2).map(|at| u8::from_str_radix(&gzip[at..at + 2], 16).expect("digits")).collect();
    for data in [zlib(&PONG.to_bytes().expect("short")), gzip] {
        assert_eq!(packed(data).read(&ping), Ok(PONG));
    }
    let error = RpcError { error_code: 420, error_message: "FLOOD_WAIT_30".to_owned() };
    for result in [result(&error), packed(zlib(&error.to_bytes().expect("short")))] {
        let found = result.read(&ping).expect_err("an error");
        assert_eq!(found, ReadError::Rpc(error.clone()));
        assert_eq!(found.to_string(), "420 FLOOD_WAIT_30");
        #[cfg(feature = "upload")]
        assert_eq!(found.failure().expect("an error").kind, typelang_telegram::RpcErrorKind::FloodWait(30));
    }
    assert_eq!(packed(b"something".to_vec()).read(&ping), Err(ReadError::Unpack(UnpackError::NotPacked)));
    assert!(matches!(result(&salts()).read(&ping), Err(ReadError::Decode(_))));
    assert_eq!(result(&salts()).read(&GetFutureSalts { num: 1 }).map(|it| it.now), Ok(9));
}

fn salts() -> FutureSalts {
    FutureSalts { req_msg_id: 3, now: 9, salts: Vec::new() }
}

#[test]
fn a_bomb_becomes_no_larger_than_the_limit() {
    const MEGABYTE: usize = 1 << 20;
    let packed_data = bomb(MEGABYTE);
    let small = bomb(1 << 8);
    // It is what it seems to be: more than a thousand zeros for each byte.
    let small = GzipPacked { packed_data: small };
    assert_eq!(small.unpack(1 << 24), Err(UnpackError::Cut));
    assert_eq!(small.unpack(220_000), Err(UnpackError::TooLarge { limit: 220_000 }));
    for limit in [0, 1 << 16, 1 << 24] {
        let packed = GzipPacked { packed_data: packed_data.clone() };
        assert_eq!(packed.unpack(limit), Err(UnpackError::TooLarge { limit }));
    }
    let result = result(&GzipPacked { packed_data });
    assert_eq!(result.read(&Ping { ping_id: 7 }), Err(ReadError::Unpack(UnpackError::TooLarge { limit: 1 << 24 })));
}

/// A server and its client in one process.
struct Local;

impl Invoke for Local {
    type Error = Box<dyn Error + Send + Sync>;

    async fn exchange(&self, call: Vec<u8>) -> Result<Vec<u8>, Self::Error> {
        Ok(serve!(&call, {
            call: Ping => {
                std::future::ready(()).await;
                Pong { msg_id: 5, ping_id: call.ping_id }
            },
        })?)
    }
}

#[test]
fn calls_have_typed_results_on_both_ends() {
    let run = async || {
        let pong = Local.invoke(&Ping { ping_id: 7 }).await?;
        assert_eq!(pong, PONG);
        Local.invoke(&GetFutureSalts { num: 1 }).await
    };
    fn send<T: Send>(value: T) -> T {
        value
    }
    let mut future = pin!(send(run()));
    let Poll::Ready(result) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) else {
        panic!("not ready")
    };
    let error = result.expect_err("no arm is of the second call");
    let unknown = serve::ServeError::UnknownFunction { id: Some(GetFutureSalts::ID) };
    assert_eq!(error.downcast_ref(), Some(&unknown));
    assert_eq!(GetFutureSalts::NAME, "get_future_salts");
}

#[cfg(feature = "no-namespace")]
#[test]
fn a_wrapper_is_read_whose_call_nobody_knows() -> Result<(), Box<dyn Error>> {
    use typelang_telegram::api::functions::InvokeWithLayer;

    let call = Raw(vec![0xef, 0xbe, 0xad, 0xde, 1, 2, 3, 4]);
    let bytes = InvokeWithLayer { layer: 999, query: call.clone() }.to_bytes()?;
    let read = InvokeWithLayer::<Raw>::from_bytes(&bytes)?;
    assert_eq!((read.layer, &read.query), (999, &call));
    assert_eq!(read.to_bytes()?, bytes);
    Ok(())
}

#[cfg(feature = "messages")]
#[test]
fn errors_with_numbers_are_returned() {
    use typelang_telegram::api::functions::messages::{SendEncrypted, SendMessage};
    use typelang_telegram::{RpcErrorKind, RpcFailure};

    let slow = RpcFailure::new(420, "SLOWMODE_WAIT_10").kind;
    assert_eq!(slow, RpcErrorKind::SlowmodeWait(10));
    assert!(SendMessage::returns(&slow) && !SendEncrypted::returns(&slow));
    assert!(SendEncrypted::returns(&RpcFailure::new(400, "ENCRYPTION_DECLINED").kind));
}
