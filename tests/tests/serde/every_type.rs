//! Every constructor and every function of the checked-in crate, to JSON and back.

use typelang::reflect::{JsonOptions, LongForm};
use typelang::serde::{Deserialize, DeserializeSeed, Serialize, seed, with};
use typelang::{DecodeOwned, InSchema};
use typelang_telegram::{Encode, api, mtproto, secret};
use typelang_tests::sample::{Optional, Sampler};
use typelang_tests::{hexadecimal, schemas, shared};

const MODES: [Optional; 4] = [Optional::Absent, Optional::Present, Optional::Random, Optional::Random];

fn to_json_and_back<T: DecodeOwned + Encode + InSchema + Serialize + for<'de> Deserialize<'de>>(
    bytes: &[u8],
    name: &str,
) {
    let digits = hexadecimal::encode(bytes);
    let value = T::from_bytes(bytes).unwrap_or_else(|error| panic!("{name}: {error}: {digits}"));
    let text = serde_json::to_string(&value).unwrap_or_else(|error| panic!("{name}: {error}: {digits}"));
    assert!(text.starts_with(&format!("{{\"_\":\"{name}\"")), "{text}");
    let back: T = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}: {text}"));
    assert_eq!(hexadecimal::encode(&back.to_bytes().expect("can be encoded")), digits, "{name}: {text}");
    let options = JsonOptions::tdlib().longs(LongForm::Number);
    let text =
        serde_json::to_string(&with(options, &value)).unwrap_or_else(|error| panic!("{name}: {error}: {digits}"));
    assert!(text.starts_with(&format!("{{\"@type\":\"{name}\"")), "{text}");
    let back = seed::<T>(options).deserialize(&mut serde_json::Deserializer::from_str(&text));
    let back = back.unwrap_or_else(|error| panic!("{name}: {error}: {text}"));
    assert_eq!(hexadecimal::encode(&back.to_bytes().expect("can be encoded")), digits, "{name}: {text}");
    let mut binary = Vec::new();
    ciborium::into_writer(&value, &mut binary).unwrap_or_else(|error| panic!("{name}: {error}: {digits}"));
    let back: T = ciborium::from_reader(&binary[..]).unwrap_or_else(|error| panic!("{name}: {error}: {digits}"));
    assert_eq!(hexadecimal::encode(&back.to_bytes().expect("can be encoded")), digits, "{name}");
}

/// Values of all constructors and functions of a schema; returns how many.
fn all<C, F>(schema_file: &str) -> usize
where
    C: DecodeOwned + Encode + InSchema + Serialize + for<'de> Deserialize<'de>,
    F: DecodeOwned + Encode + InSchema + Serialize + for<'de> Deserialize<'de>,
{
    let schema = schemas::load(schema_file);
    let mut sampler = Sampler::new(&schema, 7);
    let mut count = 0;
    for optional in MODES {
        for id in schema.constructor_ids() {
            to_json_and_back::<C>(&sampler.constructor(id, optional), &schema[id].combinator.name.to_string());
            count += 1;
        }
        for id in schema.function_ids() {
            to_json_and_back::<F>(&sampler.function(id, optional), &schema[id].combinator.name.to_string());
            count += 1;
        }
    }
    assert_eq!(count, MODES.len() * (schema.constructors.len() + schema.functions.len()));
    count
}

#[test]
fn every_constructor_and_function() {
    let api = all::<api::AnyConstructor, api::AnyFunction>("api.tl");
    let mtproto = all::<mtproto::AnyConstructor, mtproto::AnyFunction>("mtproto.tl");
    let secret = all::<secret::AnyConstructor, secret::AnyConstructor>("secret.tl");
    shared::say(&format!("to JSON and back: {api} values of api, {mtproto} of mtproto, {secret} of secret"));
}
