//! Encodings made by other software, if they are there, through serde and the checked-in crate.

use std::collections::BTreeMap;

use serde_json::Value;
use typelang_ir::Schema;
use typelang_telegram::{api, mtproto, secret};
use typelang_tests::encodings::encodings;
use typelang_tests::vectors::{Codec, Outcome, Subject};
use typelang_tests::{schemas, shared};

fn api() -> Subject {
    let (constructors, functions) = (Codec::of::<api::AnyConstructor>(), Codec::of::<api::AnyFunction>());
    Subject { table: api::TABLE, constructors: Some(constructors), functions: Some(functions) }
}

fn mtproto() -> Subject {
    let (constructors, functions) = (Codec::of::<mtproto::AnyConstructor>(), Codec::of::<mtproto::AnyFunction>());
    Subject { table: mtproto::TABLE, constructors: Some(constructors), functions: Some(functions) }
}

fn secret() -> Subject {
    let constructors = Codec::of::<secret::AnyConstructor>();
    Subject { table: secret::TABLE, constructors: Some(constructors), functions: None }
}

/// Checks all lines of a file whose names are those of the table once they are translated. Lines with a name that the schema
/// does not have are counted by it.
fn check(file: &str, subject: &Subject, renamed: &BTreeMap<String, String>) -> Option<BTreeMap<String, usize>> {
    let path = shared::path_or_skip(&format!("vectors/{file}"), &format!("encodings of {file} through serde"))?;
    let (mut equal, mut unknown) = (0, BTreeMap::new());
    for mut line in encodings(&path) {
        translate(&mut line.value, renamed);
        line.name = renamed.get(&line.name).cloned().unwrap_or(line.name);
        match unknown_name(&line.value, subject) {
            Some(name) => {
                assert_ne!(subject.check(&line), Outcome::Equal, "{}: {name} is not in the schema", line.place);
                *unknown.entry(name).or_default() += 1;
            }
            None => {
                let outcome = subject.check(&line);
                assert_eq!(outcome, Outcome::Equal, "{}: {}: {}", line.place, line.name, line.value);
                equal += 1;
            }
        }
    }
    assert!(equal > 0, "{file}");
    shared::say(&format!("{file}: {equal} lines equal through serde; not in schema: {unknown:?}"));
    Some(unknown)
}

fn translate(value: &mut Value, renamed: &BTreeMap<String, String>) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::String(name)) = fields.get_mut("_")
                && let Some(ours) = renamed.get(name)
            {
                name.clone_from(ours);
            }
            fields.values_mut().for_each(|field| translate(field, renamed));
        }
        Value::Array(elements) => elements.iter_mut().for_each(|element| translate(element, renamed)),
        _ => {}
    }
}

/// The first name that the schema does not have.
fn unknown_name(value: &Value, subject: &Subject) -> Option<String> {
    match value {
        Value::Object(fields) => {
            let name = fields.get("_").and_then(Value::as_str)?;
            let table = subject.table;
            if table.constructor_named(name).is_none() && table.function_named(name).is_none() {
                return Some(name.to_owned());
            }
            fields.values().find_map(|field| unknown_name(field, subject))
        }
        Value::Array(elements) => elements.iter().find_map(|element| unknown_name(element, subject)),
        _ => None,
    }
}

/// Our names of what another schema names differently, by id.
fn renamed_by(other: &Schema) -> BTreeMap<String, String> {
    let combinators = other.constructors.iter().map(|it| &it.combinator);
    combinators.filter_map(|it| Some((it.name.to_string(), secret::name_of(it.id)?.to_owned()))).collect()
}

#[test]
fn telegram_api() {
    for file in ["api-230.jsonl", "seed.jsonl"] {
        assert_eq!(check(file, &api(), &BTreeMap::new()).unwrap_or_default(), BTreeMap::new());
    }
}

#[test]
fn service_messages() {
    assert_eq!(check("mtproto.jsonl", &mtproto(), &BTreeMap::new()).unwrap_or_default(), BTreeMap::new());
}

/// TDLib names constructors by layers, and knows some entities that Telegram's description of secret chats does not have.
#[test]
fn secret_chats() {
    let Some(names) = shared::path_or_skip("schemas/telegram/secret-tdlib.tl", "names of encodings") else { return };
    let renamed = renamed_by(&schemas::load_path(&names));
    let unknown = check("secret.jsonl", &secret(), &renamed).unwrap_or_default();
    assert!(unknown.keys().all(|name| name.starts_with("messageEntity")), "{unknown:?}");
}
