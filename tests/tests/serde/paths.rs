//! Errors of generated code name the path through the data.

use serde_json::{Value, json};
use typelang_telegram::api::functions::messages::GetHistory;
use typelang_telegram::api::functions::{InvokeWithLayer, help};
use typelang_telegram::api::{enums, types};
use typelang_telegram::{Decode, DecodeErrorKind, Encode, Function, ReadOptions};
use typelang_tests::dependent::functions::{GetStats, Traced};

fn message(id: i32) -> Value {
    json!({
        "_": "message",
        "id": id,
        "from_id": { "_": "peerUser", "user_id": "5" },
        "peer_id": { "_": "peerUser", "user_id": "6" },
        "date": 7,
        "message": "A text that is not short",
        "media": { "_": "messageMediaGeo", "geo": { "_": "geoPointEmpty" } },
        "views": 1,
        "forwards": 2,
        "restriction_reason": [{ "_": "restrictionReason", "platform": "all", "reason": "porn", "text": "No." }],
    })
}

fn slice() -> enums::messages::Messages {
    let messages: Vec<Value> = (0..5).map(message).collect();
    let value = json!({
        "_": "messages.messagesSlice",
        "count": 5,
        "next_rate": 3,
        "messages": messages,
        "topics": [],
        "chats": [{ "_": "chatEmpty", "id": "1" }],
        "users": [{ "_": "userEmpty", "id": "2" }],
    });
    serde_json::from_value(value).unwrap_or_else(|error| panic!("{error}"))
}

/// Where the only occurrence of some bytes begins, from a position on.
fn find(bytes: &[u8], wanted: &[u8], from: usize) -> usize {
    from + bytes[from..].windows(wanted.len()).position(|window| window == wanted).expect("is there")
}

fn request() -> GetHistory {
    GetHistory {
        peer: enums::InputPeer::Self_,
        offset_id: 0,
        offset_date: 0,
        add_offset: 0,
        limit: 0,
        max_id: 0,
        min_id: 0,
        hash: 0,
    }
}

#[test]
fn every_prefix_of_a_slice_names_the_path() {
    let bytes = slice().to_bytes().unwrap();
    let mut paths = Vec::new();
    for length in 0..bytes.len() {
        let error = enums::messages::Messages::from_bytes(&bytes[..length]).unwrap_err();
        // A vector that cannot be whole is refused before its elements are read.
        let ends = matches!(error.kind(), DecodeErrorKind::UnexpectedEnd { .. });
        assert!(ends || matches!(error.kind(), DecodeErrorKind::TooManyElements { .. }), "{error}");
        assert!(error.offset() <= length, "{error}");
        // Before the id is read nobody knows what it is.
        assert_eq!(error.path().is_empty(), length < 4, "{length}: {error}");
        assert!(error.to_string().starts_with(error.path()), "{error}");
        assert!(error.to_string().contains(" at byte "), "{error}");
        // The result of a call is decoded by another way in, and a wrapped call by a third.
        let of_call = request().read_output(&bytes[..length]).unwrap_err();
        assert_eq!(of_call.to_string(), error.to_string());
        let of_wrapper = InvokeWithLayer { layer: 1, query: request() }.read_output(&bytes[..length]).unwrap_err();
        assert_eq!(of_wrapper.to_string(), error.to_string());
        let without_call = GetHistory::output_from_bytes(&bytes[..length]).unwrap_err();
        assert_eq!(without_call.to_string(), error.to_string());
        if paths.last().is_none_or(|last| last != error.path()) {
            paths.push(error.path().to_owned());
        }
    }
    for expected in [
        "messages.messagesSlice.flags",
        "messages.messagesSlice.count",
        "messages.messagesSlice.next_rate",
        "messages.messagesSlice.messages",
        "messages.messagesSlice.messages[2].peer_id",
        "messages.messagesSlice.messages[3].from_id.user_id",
        "messages.messagesSlice.messages[3].message",
        "messages.messagesSlice.messages[3].media.geo",
        "messages.messagesSlice.messages[4].forwards",
        "messages.messagesSlice.messages[4].restriction_reason[0].text",
        "messages.messagesSlice.chats",
        "messages.messagesSlice.users",
    ] {
        assert!(paths.iter().any(|path| path == expected), "{expected}: {paths:#?}");
    }
}

#[test]
fn an_unknown_constructor_has_its_path() {
    let mut bytes = slice().to_bytes().unwrap();
    let geo = <types::MessageMediaGeo as typelang_telegram::Combinator>::ID.to_le_bytes();
    let mut offset = 0;
    for _ in 0..4 {
        offset = find(&bytes, &geo, offset + 1);
    }
    bytes[offset..offset + 4].copy_from_slice(&0x1234_abcd_u32.to_le_bytes());
    let error = enums::messages::Messages::from_bytes(&bytes).unwrap_err();
    let expected = format!(
        "messages.messagesSlice.messages[3].media: unknown constructor 0x1234abcd at byte {offset}; expected MessageMedia"
    );
    assert_eq!(error.to_string(), expected);
    assert!(matches!(error.kind(), DecodeErrorKind::UnknownConstructor { found: 0x1234_abcd, .. }));

    bytes[offset..offset + 4].copy_from_slice(&<types::PeerUser as typelang_telegram::Combinator>::ID.to_le_bytes());
    let error = enums::messages::Messages::from_bytes(&bytes).unwrap_err();
    assert!(error.to_string().ends_with("expected MessageMedia, but the id is `peerUser`, a Peer"), "{error}");
}

#[test]
fn a_struct_speaks_of_its_own_id_only() {
    let bytes = types::PeerUser { user_id: 1 }.to_bytes().unwrap();
    let error = types::PeerChat::from_bytes(&bytes).unwrap_err();
    assert_eq!(
        error.to_string(),
        "unknown constructor 0x59511722 at byte 0; expected peerChat, but the id is `peerUser`, a Peer"
    );
    let error = help::GetConfig::from_bytes(&bytes).unwrap_err();
    assert!(error.to_string().contains("expected help.getConfig, but the id is `peerUser`"), "{error}");
}

#[test]
fn strict_options_and_limits_have_paths() {
    let mut bytes = slice().to_bytes().unwrap();
    let length = bytes.len();
    bytes.extend([0; 4]);
    let error = enums::messages::Messages::from_bytes_with(&bytes, ReadOptions::strict()).unwrap_err();
    assert_eq!(error.offset(), length);
    assert_eq!(error.path(), "messages.messagesSlice");

    // A vector of objects that are much larger in memory than on the wire.
    let ids = vec![enums::Message::Empty(types::MessageEmpty { id: 1, peer_id: None }); 5000];
    let many = enums::messages::Messages::from(types::messages::Messages {
        messages: ids,
        topics: Vec::new(),
        chats: Vec::new(),
        users: Vec::new(),
    });
    let bytes = many.to_bytes().unwrap();
    let error = enums::messages::Messages::from_bytes_with(&bytes, ReadOptions::new().max_memory_ratio(1)).unwrap_err();
    assert!(matches!(error.kind(), DecodeErrorKind::MemoryLimit { .. }), "{error}");
    assert!(error.path().starts_with("messages.messages.messages"), "{error}");
}

#[test]
fn results_that_depend_on_the_call_have_paths() {
    let call = GetStats { mask: 1 };
    // Vector of two: views and label each.
    let mut bytes = 0x1cb5_c415_u32.to_le_bytes().to_vec();
    bytes.extend(2_u32.to_le_bytes());
    for _ in 0..2 {
        bytes.extend(<typelang_tests::dependent::types::Stat as typelang_telegram::Combinator>::ID.to_le_bytes());
        bytes.extend(9_u32.to_le_bytes());
        bytes.extend(b"\x03abc");
    }
    assert_eq!(call.read_output(&bytes).unwrap().len(), 2);
    let cut = &bytes[..bytes.len() - 4];
    let expected = "[1].label: unexpected end of input at byte 28; 4 bytes needed, 0 left";
    assert_eq!(call.read_output(cut).unwrap_err().to_string(), expected);
    let traced = Traced { trace: 1, query: call };
    assert_eq!(traced.read_output(cut).unwrap_err().to_string(), expected);
}
