//! Encodings made by other software, if they are there: the walker's JSON of the bytes is the value that the other software
//! was given, and that value encodes to the same bytes.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use typelang::reflect::{DecodeFault, Table, Type};
use typelang::{ReadOptions, WriteOptions};
use typelang_ir::Profile;
use typelang_tests::walker::{json, table_of, value_of};
use typelang_tests::{hexadecimal, schemas, shared};

/// Every line of a file must be equal, as its value is after an adjustment. So many lines may have
/// an id that the schema does not know at all; they are printed.
fn check(file: &str, schema_files: &[&str], profile: Option<Profile>, unknown_ids: usize, adjust: impl Fn(&mut Value)) {
    let Some(path) = shared::path_or_skip(&format!("vectors/{file}"), &format!("encodings of {file}")) else { return };
    let schema_files: Option<Vec<PathBuf>> = schema_files.iter().map(|schema| schema_file(schema, file)).collect();
    let Some(schema_files) = schema_files else { return };
    let bytes = table_of(&schemas::load_all(&schema_files, profile));
    let table = Table::new(&bytes).expect("a table");
    let text = fs::read_to_string(path).expect("readable");
    let mut equal = 0;
    let mut not_in_schema = Vec::new();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let place = format!("{file}:{}", index + 1);
        let mut line = serde_json::from_str(line).unwrap_or_else(|error| panic!("{place}: {error}"));
        adjust(&mut line);
        match unknown(&table, &bytes_of(&place, &line)) {
            Some(error) => not_in_schema.push(error),
            None => {
                check_line(&table, &place, &line);
                equal += 1;
            }
        }
    }
    assert!(equal > 0, "{file} is empty");
    assert_eq!(not_in_schema.len(), unknown_ids, "{file}: {not_in_schema:?}");
    let count = equal + unknown_ids;
    shared::say(&format!("{file}: {equal} of {count} lines equal as JSON and bytes; not in schema: {not_in_schema:?}"));
}

/// Why bytes hold something that the schema does not have under any name.
fn unknown(table: &Table<'_>, bytes: &[u8]) -> Option<String> {
    let error = table.check(Type::ANY, bytes, ReadOptions::new()).err()?;
    let is_unknown = matches!(error.fault(), DecodeFault::UnknownConstructor { known_as: None, .. });
    is_unknown.then(|| error.to_string())
}

fn bytes_of(place: &str, line: &Value) -> Vec<u8> {
    let digits = line.get("hex").and_then(Value::as_str).and_then(hexadecimal::decode);
    digits.unwrap_or_else(|| panic!("{place}: no bytes"))
}

/// A schema beside the repository, or one of the tests of families.
fn schema_file(name: &str, test: &str) -> Option<PathBuf> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("families/schemas").join(name);
    if own.exists() { Some(own) } else { shared::path_or_skip(&format!("schemas/{name}"), test) }
}

fn check_line(table: &Table<'_>, place: &str, line: &Value) {
    let text = |name: &str| line.get(name).and_then(Value::as_str).unwrap_or_else(|| panic!("{place}: no {name}"));
    let ty = if text("kind") == "function" { Type::FUNCTION } else { Type::OBJECT };
    let bytes = bytes_of(place, line);
    let value = line.get("value").unwrap_or_else(|| panic!("{place}: no value"));
    assert_eq!(json(table, ty, &bytes), *value, "{place}");
    let encoded = table.encode_as(ty, &value_of(value), WriteOptions::new());
    let encoded = encoded.unwrap_or_else(|error| panic!("{place}: {error}: {value}"));
    assert_eq!(hexadecimal::encode(&encoded), text("hex"), "{place}");
}

#[test]
fn telegram_api() {
    check("api-230.jsonl", &["telegram/api-230.tl"], None, 0, |_| {});
    check("seed.jsonl", &["telegram/api-230.tl"], None, 0, |_| {});
}

#[test]
fn mtproto() {
    check("mtproto.jsonl", &["telegram/mtproto.tl"], None, 0, |_| {});
}

/// What the containers hold is of the API, which has a `message` of its own: the one in a container has another name in the
/// schema of ours that is read together with the API. What `gzip_packed` holds, unpacked, is no field of it.
/// One line calls a function as older layers than this one have it, under another id.
#[test]
fn mtproto_containers() {
    let schemas = ["telegram/api-230.tl", "telegram/mtproto.tl", "containers.tl"];
    check("mtproto-containers.jsonl", &schemas, None, 1, |line| {
        let Some(value) = line.get_mut("value") else { return };
        value.as_object_mut().map(|fields| fields.remove("__unpacked_hex"));
        let messages = value.get_mut("messages").and_then(Value::as_array_mut);
        for message in messages.into_iter().flatten() {
            message["_"] = "containedMessage".into();
        }
    });
}

#[test]
fn secret_chats() {
    check("secret.jsonl", &["telegram/secret-tdlib.tl"], None, 0, |_| {});
}

#[test]
fn ton_lite_server() {
    check("ton-lite.jsonl", &["ton/lite_api.tl"], Some(Profile::Ton), 0, |_| {});
}
