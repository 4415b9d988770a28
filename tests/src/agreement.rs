//! The walker of the runtime, held against generated code.

use serde_json::{Map, Value as Json};
use typelang::reflect::{self, DecodeFault, JsonOptions, Object, Table, Type, Value};
use typelang::serde::{DeserializeSeed, Encoded, EncodedSeed};
use typelang::{DecodeError, DecodeErrorKind, ReadOptions, WriteOptions};

use crate::hexadecimal;
use crate::recode::Recode;

/// Decodes bytes to a value and to JSON, and encodes both again, which must give the same bytes.
///
/// # Panics
///
/// The bytes are refused, or come back as others.
pub fn assert_same<'t>(table: &Table<'t>, ty: Type<'t>, bytes: &[u8], what: &str) {
    let digits = || hexadecimal::encode(bytes);
    let strict = ReadOptions::strict();
    let value = table.decode_as(ty, bytes, strict).unwrap_or_else(|error| panic!("{what}: {error}: {}", digits()));
    assert_eq!(table.check(ty, bytes, strict), Ok(bytes.len()), "{what}: {}", digits());
    let encoded = table.encode_as(ty, &value, WriteOptions::new());
    let encoded = encoded.unwrap_or_else(|error| panic!("{what}: {error}: {}", digits()));
    assert_eq!(hexadecimal::encode(&encoded), digits(), "{what}: {value:?}");

    let json = json(table, ty, bytes);
    let encoded = table.encode_as(ty, &value_of(&json), WriteOptions::new());
    let encoded = encoded.unwrap_or_else(|error| panic!("{what}: {error}: {json}"));
    assert_eq!(hexadecimal::encode(&encoded), digits(), "{what}: {json}");

    let written = serde_json::to_string(&Encoded::new(*table, ty, bytes).read_options(strict));
    let written = written.unwrap_or_else(|error| panic!("{what}: {error}: {}", digits()));
    assert_eq!(serde_json::from_str::<Json>(&written).expect("JSON"), json, "{what}: {written}");
    for text in [written, json.to_string(), reversed(&json)] {
        let read = EncodedSeed::new(*table, ty).deserialize(&mut serde_json::Deserializer::from_str(&text));
        let read = read.unwrap_or_else(|error| panic!("{what}: {error}: {text}"));
        assert_eq!(hexadecimal::encode(&read), digits(), "{what}: {text}");
    }
}

/// A JSON text with the keys of all objects in reverse order, so that the name of each comes last.
fn reversed(json: &Json) -> String {
    match json {
        Json::Array(elements) => format!("[{}]", elements.iter().map(reversed).collect::<Vec<_>>().join(",")),
        Json::Object(fields) => {
            let fields: Vec<_> = fields.iter().map(|(name, value)| format!("{name:?}:{}", reversed(value))).collect();
            format!("{{{}}}", fields.into_iter().rev().collect::<Vec<_>>().join(","))
        }
        plain => plain.to_string(),
    }
}

/// The JSON of bytes.
///
/// # Panics
///
/// The bytes are refused, or what comes out is no JSON.
pub fn json<'t>(table: &Table<'t>, ty: Type<'t>, bytes: &[u8]) -> Json {
    let text = table.json(ty, bytes, ReadOptions::strict(), JsonOptions::new());
    let text = text.unwrap_or_else(|error| panic!("{error}: {}", hexadecimal::encode(bytes)));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// A value as JSON has it.
///
/// # Panics
///
/// There is a `null`.
#[must_use]
pub fn value_of(json: &Json) -> Value<'_> {
    match json {
        Json::Null => panic!("null is no value"),
        Json::Bool(value) => Value::Bool(*value),
        Json::Number(number) => match number.as_i64() {
            Some(number) => Value::Long(number),
            None => Value::Double(number.as_f64().expect("a number")),
        },
        Json::String(text) => Value::String(text.clone()),
        Json::Array(elements) => Value::Vector(elements.iter().map(value_of).collect()),
        Json::Object(fields) => object_of(fields).into(),
    }
}

fn object_of(json: &Map<String, Json>) -> Object<'_> {
    let fields = json.iter().filter(|(name, _)| *name != "_").map(|(name, value)| (name.as_str(), value_of(value)));
    Object { name: json.get("_").and_then(Json::as_str).unwrap_or_default(), fields: fields.collect() }
}

/// Decodes bytes with the walker and with generated code. Both must accept them, and then mean the same, or both refuse
/// them, and then for the same reason at the same place. Says whether they accepted them.
///
/// # Panics
///
/// They do not agree.
pub fn assert_agrees<'t>(table: &Table<'t>, ty: Type<'t>, recode: Recode, bytes: &[u8], options: ReadOptions) -> bool {
    let digits = || hexadecimal::encode(bytes);
    // Each counts the memory of its own values.
    let options = options.max_memory_ratio(u32::MAX);
    match (table.decode_as(ty, bytes, options), recode(bytes, options)) {
        (Ok(value), Ok(recoded)) => {
            let encoded = table.encode_as(ty, &value, WriteOptions::new());
            let encoded = encoded.unwrap_or_else(|error| panic!("{error}: {}", digits()));
            assert_eq!(hexadecimal::encode(&encoded), hexadecimal::encode(&recoded.bytes), "{}", digits());
            true
        }
        (Err(walked), Err(generated)) => {
            assert_same_reason(&walked, &generated, &digits());
            false
        }
        (Ok(value), Err(error)) => panic!("refused only by generated code: {error}: {value:?}: {}", digits()),
        (Err(error), Ok(_)) => panic!("refused only by the walker: {error}: {}", digits()),
    }
}

/// Both refuse bytes for the same reason at the same place.
///
/// # Panics
///
/// They do not.
pub fn assert_same_reason(walked: &reflect::DecodeError, generated: &DecodeError, digits: &str) {
    let both = format!("{walked} | {generated} | {digits}");
    match (walked.fault(), generated.kind()) {
        // Generated code reads arrays of numbers at once, so that it misses all of them where the walker misses one.
        (DecodeFault::Bytes(DecodeErrorKind::UnexpectedEnd { .. }), DecodeErrorKind::UnexpectedEnd { needed, .. })
            if *needed > 4 =>
        {
            assert!(walked.offset() >= generated.offset(), "{both}");
            return;
        }
        // Generated code knows no id that several constructors have.
        (
            DecodeFault::UnknownConstructor { found: walked, .. } | DecodeFault::AmbiguousId { found: walked, .. },
            DecodeErrorKind::UnknownConstructor { found, .. },
        ) => {
            assert_eq!(walked, found, "{both}");
        }
        (DecodeFault::Bytes(walked), generated) => assert_eq!(walked, generated, "{both}"),
        _ => panic!("{both}"),
    }
    assert_eq!(walked.offset(), generated.offset(), "{both}");
}
