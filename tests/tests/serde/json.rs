//! Values as JSON and CBOR.

use serde_json::{Value, json};
use typelang::serde::{Base64, Base64Ref, Deserialize, Serialize};
use typelang_telegram::api::functions::messages::{SendEncrypted, SendMessage};
use typelang_telegram::api::functions::{InvokeWithLayer, help};
use typelang_telegram::api::types::{InputEncryptedChat, InputPeerUser};
use typelang_telegram::api::{AnyConstructor, AnyFunction, LAYER, enums};
use typelang_telegram::mtproto;

fn send() -> SendEncrypted {
    SendEncrypted {
        silent: true,
        peer: InputEncryptedChat { chat_id: -7, access_hash: 0x1122_3344_5566_7788 },
        random_id: -1,
        data: b"some bytes".to_vec(),
    }
}

fn send_json() -> Value {
    json!({
        "_": "messages.sendEncrypted",
        "silent": true,
        "peer": { "_": "inputEncryptedChat", "chat_id": -7, "access_hash": "1234605616436508552" },
        "random_id": "-1",
        "data": "736f6d65206279746573",
    })
}

fn error_of<T: for<'de> Deserialize<'de>>(json: Value) -> String {
    serde_json::from_value::<T>(json).map(|_| ()).unwrap_err().to_string()
}

#[test]
fn a_call_and_back() {
    assert_eq!(serde_json::to_value(send()).unwrap(), send_json());
    assert_eq!(serde_json::from_value::<SendEncrypted>(send_json()).unwrap(), send());
    let text = serde_json::to_string(&send()).unwrap();
    assert!(
        text.starts_with(r#"{"_":"messages.sendEncrypted","silent":true,"peer":{"_":"inputEncryptedChat","#),
        "{text}"
    );
    assert_eq!(
        serde_json::from_str::<AnyFunction>(&text).unwrap(),
        AnyFunction::MessagesSendEncrypted(Box::new(send()))
    );
}

#[test]
fn what_is_absent_is_absent() {
    let quiet = SendEncrypted { silent: false, ..send() };
    let mut json = send_json();
    json.as_object_mut().unwrap().remove("silent");
    assert_eq!(serde_json::to_value(&quiet).unwrap(), json);
    assert_eq!(serde_json::from_value::<SendEncrypted>(json.clone()).unwrap(), quiet);
    for absent in [json!(false), Value::Null] {
        json["silent"] = absent;
        assert_eq!(serde_json::from_value::<SendEncrypted>(json.clone()).unwrap(), quiet);
    }
}

#[test]
fn other_ways_to_say_the_same() {
    let mut json = send_json();
    json["random_id"] = json!(-1);
    json["peer"]["access_hash"] = json!(1_234_605_616_436_508_552_i64);
    json["peer"]["chat_id"] = json!("-7");
    assert_eq!(serde_json::from_value::<SendEncrypted>(json.clone()).unwrap(), send());
    // Only one constructor is possible.
    json.as_object_mut().unwrap().remove("_");
    json["peer"].as_object_mut().unwrap().remove("_");
    assert_eq!(serde_json::from_value::<SendEncrypted>(json).unwrap(), send());
    let last = r#"{"user_id":"5","access_hash":"6","_":"inputPeerUser"}"#;
    let peer = enums::InputPeer::User(InputPeerUser { user_id: 5, access_hash: 6 });
    assert_eq!(serde_json::from_str::<enums::InputPeer>(last).unwrap(), peer);
}

#[test]
fn calls_within_calls_and_values_of_any_type() {
    let call = InvokeWithLayer { layer: LAYER, query: help::GetConfig };
    let json = json!({ "_": "invokeWithLayer", "layer": LAYER, "query": { "_": "help.getConfig" } });
    assert_eq!(serde_json::to_value(&call).unwrap(), json);
    assert_eq!(serde_json::from_value::<InvokeWithLayer<help::GetConfig>>(json.clone()).unwrap(), call);
    let any: AnyFunction = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(serde_json::to_value(&any).unwrap(), json);
    let error = error_of::<InvokeWithLayer<SendEncrypted>>(json);
    assert!(error.contains("unknown constructor 0xc4f9186b"), "{error}");

    let peers = vec![AnyConstructor::InputPeerSelf, AnyConstructor::InputPeerEmpty];
    let json = json!([{ "_": "inputPeerSelf" }, { "_": "inputPeerEmpty" }]);
    assert_eq!(serde_json::to_value(&peers).unwrap(), json);
    assert_eq!(serde_json::from_value::<Vec<AnyConstructor>>(json).unwrap(), peers);
}

#[test]
fn bytes_as_base_64() {
    let mut json = send_json();
    json["data"] = json!("c29tZSBieXRlcw==");
    assert_eq!(serde_json::to_value(Base64Ref(&send())).unwrap(), json);
    assert_eq!(serde_json::to_value(Base64(send())).unwrap(), json);
    assert_eq!(serde_json::from_value::<Base64<SendEncrypted>>(json.clone()).unwrap().0, send());
    let error = error_of::<SendEncrypted>(json.clone());
    assert_eq!(error, r#"messages.sendEncrypted.data: the text "c29tZSBieXRlcw==" is not a valid bytes"#);
    json["data"] = json!("736f6d652062797465730");
    assert!(error_of::<Base64<SendEncrypted>>(json).starts_with("messages.sendEncrypted.data: "));

    let nonce = mtproto::functions::ReqPq { nonce: *b"0123456789abcdef" };
    let json = json!({ "_": "req_pq", "nonce": "MDEyMzQ1Njc4OWFiY2RlZg==" });
    assert_eq!(serde_json::to_value(Base64Ref(&nonce)).unwrap(), json);
    assert_eq!(serde_json::from_value::<Base64<mtproto::functions::ReqPq>>(json).unwrap().0, nonce);
}

#[test]
fn errors_have_paths() {
    let with = |place: &str, value: Value| {
        let mut json = send_json();
        *json.pointer_mut(place).unwrap() = value;
        error_of::<SendEncrypted>(json)
    };
    assert_eq!(
        with("/peer/access_hash", json!(true)),
        "messages.sendEncrypted.peer.access_hash: expected long, found a Bool"
    );
    assert_eq!(
        with("/peer/chat_id", json!("x")),
        r#"messages.sendEncrypted.peer.chat_id: the text "x" is not a valid int"#
    );
    assert_eq!(
        with("/peer/chat_id", json!(1_u64 << 31)),
        "messages.sendEncrypted.peer.chat_id: 2147483648 is not a valid int"
    );
    assert!(with("/random_id", json!(u64::MAX)).contains("18446744073709551615 is not a valid long"));
    assert_eq!(
        with("/peer/_", json!("inputPeerSelf")),
        "messages.sendEncrypted.peer: `inputPeerSelf` is not a valid InputEncryptedChat"
    );
    assert_eq!(
        with("/_", json!("messages.sendMessage")),
        "`messages.sendMessage` is not a valid messages.sendEncrypted"
    );
    assert_eq!(with("/data", json!([1])), "messages.sendEncrypted.data: expected bytes, found a vector");
    assert!(with("/peer/_", json!(5)).contains("expected a name"));

    let mut json = send_json();
    json["extra"] = json!(1);
    assert_eq!(
        error_of::<SendEncrypted>(json),
        "messages.sendEncrypted: `messages.sendEncrypted` has no field `extra`"
    );
    let mut json = send_json();
    json["peer"].as_object_mut().unwrap().remove("chat_id");
    assert_eq!(error_of::<SendEncrypted>(json), "messages.sendEncrypted.peer: the field `chat_id` is missing");
    let twice = r#"{"_":"inputPeerSelf","_":"inputPeerSelf"}"#;
    assert!(serde_json::from_str::<enums::InputPeer>(twice).unwrap_err().to_string().contains("`_` is there twice"));
    assert!(error_of::<enums::InputPeer>(json!({})).contains("does not name its constructor"));
    assert!(error_of::<enums::InputPeer>(Value::Null).contains("expected a value"));
    assert_eq!(error_of::<enums::InputPeer>(json!([null])), "expected InputPeer, found a vector");
}

#[test]
fn fields_on_one_bit_come_together() {
    let json = json!({ "_": "message", "id": 1, "peer_id": { "_": "peerUser", "user_id": "2" }, "date": 3, "message": "",
        "views": 4 });
    let error = error_of::<enums::Message>(json);
    assert_eq!(error, "message: the field `forwards` is missing, which `views` asks for");
}

#[test]
fn nesting_is_bounded() {
    let mut json = json!({ "_": "textEmpty" });
    for _ in 0..60 {
        json = json!({ "_": "textBold", "text": json });
    }
    let text: enums::RichText = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(serde_json::to_value(&text).unwrap(), json);
    for _ in 0..1000 {
        json = json!({ "_": "textBold", "text": json });
    }
    let error = error_of::<enums::RichText>(json);
    assert!(error.starts_with("textBold.text.text.") && error.ends_with("more than 128 values nested in one another"));
}

#[test]
fn binary_formats_have_numbers_and_bytes() {
    let mut bytes = Vec::new();
    ciborium::into_writer(&send(), &mut bytes).unwrap();
    let value: ciborium::Value = ciborium::from_reader(&bytes[..]).unwrap();
    let map = value.as_map().unwrap();
    let field = |name: &str| map.iter().find(|(key, _)| key.as_text() == Some(name)).map(|(_, value)| value).unwrap();
    assert_eq!(field("random_id").as_integer(), Some((-1).into()));
    assert_eq!(field("data").as_bytes().map(Vec::as_slice), Some(&b"some bytes"[..]));
    assert_eq!(ciborium::from_reader::<SendEncrypted, _>(&bytes[..]).unwrap(), send());

    let pong = mtproto::types::Pong { msg_id: i64::MIN, ping_id: i64::MAX };
    let mut bytes = Vec::new();
    ciborium::into_writer(&pong, &mut bytes).unwrap();
    assert_eq!(ciborium::from_reader::<mtproto::types::Pong, _>(&bytes[..]).unwrap(), pong);
    // The text forms are taken, too.
    let mut bytes = Vec::new();
    ciborium::into_writer(&send_json(), &mut bytes).unwrap();
    assert_eq!(ciborium::from_reader::<SendEncrypted, _>(&bytes[..]).unwrap(), send());
}

#[test]
fn a_struct_of_the_user_holds_generated_types() {
    fn is_both<T: Serialize + for<'de> Deserialize<'de>>() {}
    is_both::<Option<enums::InputPeer>>();
    is_both::<Vec<SendMessage>>();
    is_both::<InvokeWithLayer<InvokeWithLayer<AnyFunction>>>();
}
