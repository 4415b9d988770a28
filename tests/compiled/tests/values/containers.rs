//! A container of which a client knows some messages.

use typelang::catalog::Kind;
use typelang::{Decode, DecodeErrorKind, DecodedOrRaw, Encode, Function, ReadOptions, Reader};
use typelang_tests_compiled::containers::functions::Ping;
use typelang_tests_compiled::containers::types::{MsgContainer, Pong, RpcResult};
use typelang_tests_compiled::containers::{AnyConstructor, CALLS, CATALOG};
use typelang_tests_compiled::own::Message;

use crate::support::{id, int, long};

/// Nobody's id.
const UNKNOWN: [u8; 4] = [0xef, 0xbe, 0xad, 0xde];

fn pong() -> Vec<u8> {
    [&id::<Pong>()[..], &long(1), &long(2)].concat()
}

fn message(msg_id: i64, body: &[u8]) -> Vec<u8> {
    [&long(msg_id)[..], &int(3), &int(body.len() as i32), body].concat()
}

fn container(messages: &[Vec<u8>]) -> Vec<u8> {
    [&id::<MsgContainer>()[..], &int(messages.len() as i32), &messages.concat()].concat()
}

fn raw(message: &Message) -> (&[u8], DecodeErrorKind, usize) {
    match &message.body {
        DecodedOrRaw::Raw { bytes, error } => (bytes, *error.kind(), error.offset()),
        DecodedOrRaw::Decoded(value) => panic!("{value:?}"),
    }
}

#[test]
fn unknown_messages_are_kept_among_known_ones() {
    let strange = [&UNKNOWN[..], &long(-1), b"abc"].concat();
    let cut_short = &pong()[..12];
    let bytes = container(&[message(1, &pong()), message(2, &strange), message(4, cut_short), message(5, &pong())]);
    let read = MsgContainer::from_bytes_with(&bytes, ReadOptions::strict()).unwrap();
    assert_eq!(read.messages.iter().map(|it| it.msg_id).collect::<Vec<_>>(), [1, 2, 4, 5]);
    let known = AnyConstructor::Pong(Pong { msg_id: 1, ping_id: 2 });
    for index in [0, 3] {
        assert_eq!(read.messages[index].body.decoded(), Some(&known));
    }
    let (kept, kind, offset) = raw(&read.messages[1]);
    assert_eq!((kept, offset), (&*strange, 8 + 36 + 16));
    assert!(matches!(kind, DecodeErrorKind::UnknownConstructor { found: 0xdead_beef, .. }), "{kind:?}");
    let (kept, kind, offset) = raw(&read.messages[2]);
    assert_eq!((kept, offset), (cut_short, 8 + 36 + 31 + 16 + 12));
    assert_eq!(kind, DecodeErrorKind::UnexpectedEnd { needed: 8, left: 0 });
    assert_eq!(read.to_bytes().unwrap(), bytes, "what is not known goes on as it came");
}

#[test]
fn a_body_that_is_longer_than_its_value_is_kept_by_strict_readers() {
    let longer = [&pong()[..], &int(0)].concat();
    let bytes = container(&[message(1, &longer), message(2, &pong())]);
    let strict = MsgContainer::from_bytes_with(&bytes, ReadOptions::strict()).unwrap();
    assert_eq!(raw(&strict.messages[0]).1, DecodeErrorKind::TrailingBytes { count: 4 });
    let lenient = MsgContainer::from_bytes(&bytes).unwrap();
    assert!(lenient.messages.iter().all(|it| it.body.decoded().is_some()));
}

#[test]
fn a_frame_that_is_longer_than_the_input_is_an_error() {
    let mut bytes = container(&[message(1, &pong())]);
    let length = bytes.len();
    for end in 0..length {
        assert!(MsgContainer::from_bytes(&bytes[..end]).is_err(), "{end}");
    }
    bytes[8 + 12..8 + 16].copy_from_slice(&int(-1));
    let error = MsgContainer::from_bytes(&bytes).unwrap_err();
    assert_eq!(*error.kind(), DecodeErrorKind::UnexpectedEnd { needed: u32::MAX as usize, left: 20 });
}

#[test]
fn the_answer_to_a_request_is_kept_if_it_is_not_known() {
    let answer = |result: &[u8]| [&id::<RpcResult>()[..], &long(9), result].concat();
    let bytes = container(&[message(1, &answer(&UNKNOWN)), message(2, &answer(&pong()))]);
    let read = MsgContainer::from_bytes(&bytes).unwrap();
    let (kept, ..) = raw(&read.messages[0]);

    // The request says how to read the answer, and what it cannot read stays.
    let request = Ping { ping_id: 2 };
    let read_answer = |bytes: &[u8]| -> DecodedOrRaw<Pong> {
        let mut reader = Reader::new(bytes);
        assert_eq!((reader.read_id("").to_le_bytes(), reader.read_i64()), (id::<RpcResult>(), 9));
        let length = reader.remaining().len();
        let answer = reader.decode_or_raw_as(request.output_form(), length);
        reader.finish().unwrap();
        answer
    };
    let DecodedOrRaw::Raw { bytes, error } = read_answer(kept) else { panic!("nobody knows that") };
    assert_eq!((&*bytes, error.offset()), (&UNKNOWN[..], 12));
    assert_eq!(read_answer(&answer(&pong())).into_result().unwrap(), Pong { msg_id: 1, ping_id: 2 });
    let Some(AnyConstructor::RpcResult(known)) = read.messages[1].body.decoded() else { panic!("known") };
    assert_eq!(known.req_msg_id, 9);
}

#[test]
fn messages_in_messages_are_kept_where_they_fail() {
    let inner = container(&[message(1, &UNKNOWN), message(2, &pong())]);
    let bytes = container(&[message(3, &inner)]);
    let read = MsgContainer::from_bytes(&bytes).unwrap();
    let Some(AnyConstructor::MsgContainer(inner)) = read.messages[0].body.decoded() else { panic!("known") };
    assert_eq!(raw(&inner.messages[0]).2, 8 + 16 + 8 + 16);
    assert!(inner.messages[1].body.decoded().is_some());
    assert_eq!(read.to_bytes().unwrap(), bytes);
}

/// Containers in containers, with nothing in the innermost.
fn nested(levels: usize) -> Vec<u8> {
    let level = |outside: usize| {
        let length = 24 * (levels - outside - 1) + 8;
        [&container(&[Vec::new()])[..], &message(1, &[])[..12], &int(length as i32)].concat()
    };
    (0..levels).flat_map(level).chain(container(&[])).collect()
}

/// How many containers are in one another.
fn levels(container: &MsgContainer) -> (usize, Option<DecodeErrorKind>) {
    match container.messages.first().map(|message| &message.body) {
        None => (0, None),
        Some(DecodedOrRaw::Raw { error, .. }) => (0, Some(*error.kind())),
        Some(DecodedOrRaw::Decoded(AnyConstructor::MsgContainer(inner))) => {
            let (inner, error) = levels(inner);
            (inner + 1, error)
        }
        Some(DecodedOrRaw::Decoded(other)) => panic!("{other:?}"),
    }
}

#[test]
fn frames_in_frames_come_to_an_end() {
    let thread = std::thread::Builder::new().stack_size(2 * 1024 * 1024).spawn(|| {
        let read = MsgContainer::from_bytes_with(&nested(128), ReadOptions::strict()).unwrap();
        assert_eq!(levels(&read), (128, None));
        let bytes = nested(50_000);
        let read = MsgContainer::from_bytes_with(&bytes, ReadOptions::strict()).unwrap();
        assert_eq!(levels(&read), (128, Some(DecodeErrorKind::DepthLimit { limit: 128 })));
        assert!(read.to_bytes().unwrap() == bytes, "what is nested too deeply is kept as well");
    });
    thread.unwrap().join().unwrap();
}

#[test]
fn content_of_bytes() {
    let known = DecodedOrRaw::<Pong>::new(&pong(), ReadOptions::strict());
    assert_eq!(known.decoded(), Some(&Pong { msg_id: 1, ping_id: 2 }));
    let unknown = DecodedOrRaw::<Pong>::new(&UNKNOWN, ReadOptions::new());
    assert_eq!(unknown.to_bytes().unwrap(), UNKNOWN);
    assert!(unknown.into_result().is_err());
}

#[test]
fn the_catalog_lists_what_there_is() {
    let names = |kind: Kind| {
        let entries = CATALOG.iter().chain(&CALLS).filter(move |it| it.kind() == kind);
        entries.map(|it| it.name()).collect::<Vec<_>>()
    };
    assert_eq!(names(Kind::Type), ["RpcResult", "MessageContainer", "Pong"]);
    assert_eq!(names(Kind::Constructor), ["rpc_result", "msg_container", "pong"]);
    assert_eq!((names(Kind::Function), names(Kind::Result)), (vec!["ping"], vec!["ping"]));
    let bare = CATALOG.iter().find(|it| it.name() == "pong").unwrap();
    let value = bare.decode(&pong()[4..], ReadOptions::strict()).unwrap();
    assert_eq!((value.encoded_len(), value.to_bytes().unwrap()), (16, pong()[4..].to_vec()));
    assert!(bare.decode(&pong()[4..19], ReadOptions::new()).is_err());
    assert_eq!(format!("{bare:?}"), "Constructor pong");
}
