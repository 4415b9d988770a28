//! The forms in which values are written and read.

use serde::de::IntoDeserializer;
use serde::de::value::{Error, MapDeserializer};
use serde_json::{Value, json};
use typelang::reflect::{self, BytesText, JsonOptions, LongForm, NameKey};
use typelang::serde::{DeserializeSeed, Encoded, EncodedSeed, seed, with};
use typelang::{Combinator, Encode};
use typelang_telegram::api::functions::messages::SendEncrypted;
use typelang_telegram::api::types::{GeoPoint, InputEncryptedChat};
use typelang_telegram::api::{TABLE, enums};
use typelang_telegram::mtproto::functions::ReqPq;

fn send() -> SendEncrypted {
    let peer = InputEncryptedChat { chat_id: 1, access_hash: -2 };
    SendEncrypted { silent: true, peer, random_id: 3, data: b"fooba".to_vec() }
}

/// The call in each form.
fn forms() -> [(JsonOptions, Value); 4] {
    let [text, number] = [json!("-2"), json!(-2)];
    let object = |key: &str, access_hash: &Value, random_id: Value, data: &str| {
        json!({
            key: "messages.sendEncrypted",
            "silent": true,
            "peer": { key: "inputEncryptedChat", "chat_id": 1, "access_hash": access_hash },
            "random_id": random_id,
            "data": data,
        })
    };
    let base64 = JsonOptions::new().bytes(BytesText::Base64);
    [
        (JsonOptions::new(), object("_", &text, json!("3"), "666f6f6261")),
        (base64, object("_", &text, json!("3"), "Zm9vYmE=")),
        (base64.longs(LongForm::Number), object("_", &number, json!(3), "Zm9vYmE=")),
        (JsonOptions::new().name_key(NameKey::AtType), object("@type", &text, json!("3"), "666f6f6261")),
    ]
}

#[test]
fn all_sides_take_the_same_options() {
    let bytes = send().to_bytes().unwrap();
    let combinator = TABLE.combinator(SendEncrypted::ID).unwrap();
    let value = TABLE.decode(&bytes, typelang::ReadOptions::new()).unwrap();
    for (options, json) in forms() {
        assert_eq!(serde_json::to_value(with(options, &send())).unwrap(), json);
        assert_eq!(serde_json::to_value(with(options, &value)).unwrap(), json);
        let encoded = Encoded::new(TABLE, combinator.boxed(), &bytes).json_options(options);
        assert_eq!(serde_json::to_value(encoded).unwrap(), json);
        assert_eq!(seed::<SendEncrypted>(options).deserialize(&json).unwrap(), send());
        let read = EncodedSeed::new(TABLE, combinator.boxed()).json_options(options).deserialize(&json).unwrap();
        assert_eq!(read, bytes);
        // Keys and numbers are told apart whatever the options.
        let hexadecimal = options.bytes(BytesText::Hexadecimal);
        let mut other = json.clone();
        other["data"] = json!("666f6f6261");
        assert_eq!(seed::<SendEncrypted>(hexadecimal).deserialize(&other).unwrap(), send());
    }
}

#[test]
fn bytes_of_a_fixed_length_are_read_in_either_form() {
    let call = ReqPq { nonce: *b"0123456789abcdef" };
    for nonce in ["30313233343536373839616263646566", "MDEyMzQ1Njc4OWFiY2RlZg==", "MDEyMzQ1Njc4OWFiY2RlZg"] {
        let json = json!({ "_": "req_pq", "nonce": nonce });
        for options in [JsonOptions::new(), JsonOptions::tdlib()] {
            assert_eq!(seed::<ReqPq>(options).deserialize(&json).unwrap(), call, "{nonce}");
        }
    }
    let error =
        seed::<ReqPq>(JsonOptions::tdlib()).deserialize(&json!({ "_": "req_pq", "nonce": "MDEy" })).unwrap_err();
    assert_eq!(error.to_string(), "req_pq.nonce: 3 bytes is not a valid int128");
}

#[test]
fn a_name_is_there_once_under_either_key() {
    let json = r#"{"_":"inputPeerSelf","@type":"inputPeerSelf"}"#;
    let error = serde_json::from_str::<enums::InputPeer>(json).unwrap_err();
    assert!(error.to_string().starts_with("the field `@type` is there twice"), "{error}");
}

/// A map with one entry in place of a number, as `serde_json` gives numbers whose digits it keeps.
fn digits(digits: &str) -> MapDeserializer<'_, std::iter::Once<(&'static str, &str)>, Error> {
    MapDeserializer::new(std::iter::once(("$serde_json::private::Number", digits)))
}

#[test]
fn numbers_in_digits() {
    let ty = |name: &str| TABLE.type_named(name).unwrap();
    let geo = |it: reflect::Type<'static>| EncodedSeed::new(TABLE, it);
    let point = GeoPoint { long: 1.5, lat: -2.25, access_hash: i64::MIN, accuracy_radius: None };
    let fields = [("_", Field::Text("geoPoint")), ("long", Field::Digits("1.5")), ("lat", Field::Digits("-2.25"))];
    let fields = fields.into_iter().chain([("access_hash", Field::Digits("-9223372036854775808"))]);
    let read = geo(ty("GeoPoint")).deserialize(MapDeserializer::<_, Error>::new(fields)).unwrap();
    assert_eq!(read, enums::GeoPoint::GeoPoint(point).to_bytes().unwrap());

    let fields = [("_", Field::Text("inputEncryptedChat")), ("chat_id", Field::Digits("1.5"))];
    let error = geo(ty("InputEncryptedChat")).deserialize(MapDeserializer::<_, Error>::new(fields.into_iter()));
    let expected = "inputEncryptedChat.chat_id: expected int, found a number";
    assert_eq!(error.unwrap_err().to_string(), expected);
}

/// The value of an entry.
#[derive(Clone, Copy)]
enum Field {
    Text(&'static str),
    Digits(&'static str),
}

impl<'de> IntoDeserializer<'de, Error> for Field {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> serde::Deserializer<'de> for Field {
    type Error = Error;

    fn deserialize_any<V: serde::de::Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Text(text) => visitor.visit_borrowed_str(text),
            Self::Digits(text) => visitor.visit_map(digits(text)),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

#[test]
fn errors_in_a_text_have_both_places() {
    let text = "{\n \"_\": \"messages.sendEncrypted\",\n \"peer\": {\"chat_id\": true}\n}";
    let error = serde_json::from_str::<SendEncrypted>(text).unwrap_err();
    let expected = "messages.sendEncrypted.peer.chat_id: expected int, found a Bool at line 3 column 25";
    assert_eq!(error.to_string(), expected);
}
