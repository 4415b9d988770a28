//! Encodings made by other software, if they are there: the walker's JSON of the bytes is the value that the other software
//! was given, and that value encodes to the same bytes.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use tl_ir::Profile;
use tl_runtime::WriteOptions;
use tl_runtime::reflect::{Table, Type};
use tl_tests::walker::{json, table_of, value_of};
use tl_tests::{hexadecimal, schemas, shared};

/// Every line of a file must be equal.
fn check(file: &str, schema_files: &[&str], profile: Option<Profile>) {
    let Some(path) = shared::path_or_skip(&format!("vectors/{file}"), &format!("encodings of {file}")) else { return };
    let schema_files: Option<Vec<PathBuf>> =
        schema_files.iter().map(|schema| shared::path_or_skip(&format!("schemas/{schema}"), file)).collect();
    let Some(schema_files) = schema_files else { return };
    let bytes = table_of(&schemas::load_all(&schema_files, profile));
    let table = Table::new(&bytes).expect("a table");
    let text = fs::read_to_string(path).expect("readable");
    let mut count = 0;
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        check_line(&table, &format!("{file}:{}", index + 1), line);
        count += 1;
    }
    assert!(count > 0, "{file} is empty");
    shared::say(&format!("{file}: JSON and bytes of the walker equal on all {count} lines"));
}

fn check_line(table: &Table<'_>, place: &str, line: &str) {
    let line: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{place}: {error}"));
    let text = |name: &str| line.get(name).and_then(Value::as_str).unwrap_or_else(|| panic!("{place}: no {name}"));
    let ty = if text("kind") == "function" { Type::FUNCTION } else { Type::OBJECT };
    let bytes = hexadecimal::decode(text("hex")).unwrap_or_else(|| panic!("{place}: no bytes"));
    let value = line.get("value").unwrap_or_else(|| panic!("{place}: no value"));
    assert_eq!(json(table, ty, &bytes), *value, "{place}");
    let encoded = table.encode_as(ty, &value_of(value), WriteOptions::new());
    let encoded = encoded.unwrap_or_else(|error| panic!("{place}: {error}: {value}"));
    assert_eq!(hexadecimal::encode(&encoded), text("hex"), "{place}");
}

#[test]
fn telegram_api() {
    check("api-230.jsonl", &["telegram/api-230.tl"], None);
    check("seed.jsonl", &["telegram/api-230.tl"], None);
}

#[test]
fn mtproto() {
    check("mtproto.jsonl", &["telegram/mtproto.tl"], None);
}

/// What the containers hold is of the API.
#[test]
fn mtproto_containers() {
    check("mtproto-containers.jsonl", &["telegram/mtproto-containers.tl", "telegram/api-230.tl"], None);
}

#[test]
fn secret_chats() {
    check("secret.jsonl", &["telegram/secret-tdlib.tl"], None);
}

#[test]
fn ton_lite_server() {
    check("ton-lite.jsonl", &["ton/lite_api.tl"], Some(Profile::Ton));
}
