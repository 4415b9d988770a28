//! Encodings made by other software, if they are there: the generated code decodes and encodes them, and the value that
//! the schema gives is the value that the other software was given.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use typelang_ir::{Combinator, Schema};
use typelang_telegram::ReadOptions;
use typelang_tests::encodings::{Encoding, encodings};
use typelang_tests::modules::{self, Module};
use typelang_tests::{debug_text, hexadecimal, reader, schemas, shared};

/// A file of encodings, and what it is compared with.
struct Source {
    module: &'static Module,
    file: &'static str,
    /// The schema file with the names that the encodings use, where they are not ours.
    names: Option<&'static str>,
}

/// What became of the lines of a file.
#[derive(Default)]
struct Tally {
    equal: usize,
    /// Lines with a constructor that our schema does not have, by its name.
    not_in_schema: BTreeMap<String, usize>,
}

/// What the lines of one file are compared with.
struct Comparison {
    module: &'static Module,
    schema: Schema,
    names: BTreeSet<String>,
    renamed: BTreeMap<String, String>,
}

impl Comparison {
    fn new(source: &Source) -> Self {
        let schema = schemas::load(source.module.schema);
        let names = combinators(&schema).map(|it| it.name.to_string()).collect();
        let renamed = source.names.and_then(|file| shared::path_or_skip(file, "names of encodings"));
        let renamed = renamed.map_or_else(BTreeMap::new, |path| renamed_by(source.module, &schemas::load_path(&path)));
        Self { module: source.module, schema, names, renamed }
    }

    fn check(&self, line: &Encoding, tally: &mut Tally) {
        let Encoding { place, name, bytes, .. } = line;
        let decode =
            if line.is_function { self.module.function.expect("has functions") } else { self.module.constructor };
        let mut expected = line.value.clone();
        let mut unknown = Vec::new();
        self.translate(&mut expected, &mut unknown);
        if let Some(unknown) = unknown.into_iter().next() {
            assert!(decode(bytes, ReadOptions::new()).is_err(), "{place}: {name}: holds an unknown {unknown}");
            *tally.not_in_schema.entry(unknown).or_default() += 1;
            return;
        }
        let recoded = decode(bytes, ReadOptions::strict()).unwrap_or_else(|error| panic!("{place}: {name}: {error}"));
        assert_eq!(hexadecimal::encode(&recoded.bytes), hexadecimal::encode(bytes), "{place}: {name}");
        let value = reader::read(&self.schema, bytes);
        let value = value.unwrap_or_else(|mismatch| panic!("{place}: {name}: {mismatch:?}"));
        assert_eq!(value, expected, "{place}: {name}");
        self.check_fields(line, &expected);
        tally.equal += 1;
    }

    /// Every number that the decoded value holds in a field stands in the field of that name, and none is missing.
    fn check_fields(&self, line: &Encoding, expected: &Value) {
        let Encoding { place, name, bytes, .. } = line;
        let functions = || self.module.function_debug.expect("has functions");
        let debug = if line.is_function { functions() } else { self.module.constructor_debug };
        let debug = debug(bytes).unwrap_or_else(|error| panic!("{place}: {name}: {error}"));
        let mut left = Vec::new();
        named_scalars(expected, &mut left);
        for (field, number) in debug_text::numbers(&debug) {
            let field = plain(field);
            let found = left.iter().position(|(other, text, _)| *other == field && text == number);
            let Some(found) = found else { panic!("{place}: {name}: {field} is not {number}: {debug}") };
            left.swap_remove(found);
        }
        let missing = left.iter().find(|(_, _, is_number)| *is_number);
        assert_eq!(missing, None, "{place}: {name}: {debug}");
    }

    /// Gives constructors the names of our schema, and collects names that it does not have.
    fn translate(&self, value: &mut Value, unknown: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                if let Some(Value::String(name)) = fields.get_mut("_") {
                    if let Some(renamed) = self.renamed.get(name) {
                        name.clone_from(renamed);
                    }
                    if !self.names.contains(name) {
                        unknown.push(name.clone());
                    }
                }
                fields.values_mut().for_each(|field| self.translate(field, unknown));
            }
            Value::Array(elements) => elements.iter_mut().for_each(|element| self.translate(element, unknown)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
}

/// Whole numbers and texts in fields, by the name of the field; `long` is a text here. Says which are numbers for certain.
fn named_scalars(value: &Value, found: &mut Vec<(String, String, bool)>) {
    match value {
        Value::Object(fields) => {
            for (field, value) in fields {
                match value {
                    Value::Number(number) if !number.is_f64() => {
                        found.push((plain(field), number.to_string(), true));
                    }
                    Value::String(text) => found.push((plain(field), text.clone(), false)),
                    _ => named_scalars(value, found),
                }
            }
        }
        Value::Array(elements) => elements.iter().for_each(|element| named_scalars(element, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The name of a field in TL and in Rust, without what differs between them.
fn plain(field: &str) -> String {
    field.replace('_', "").to_lowercase()
}

fn combinators(schema: &Schema) -> impl Iterator<Item = &Combinator> {
    schema.constructors.iter().map(|it| &it.combinator).chain(schema.functions.iter().map(|it| &it.combinator))
}

/// Our names of what another schema names differently, by id.
fn renamed_by(module: &Module, other: &Schema) -> BTreeMap<String, String> {
    let pairs = combinators(other).filter_map(|it| Some((it.name.to_string(), (module.name_of)(it.id)?.to_owned())));
    pairs.collect()
}

/// Runs all lines of a file and says how many there were; nothing if the file is not there.
fn run(source: &Source) -> Option<Tally> {
    let file = source.file;
    let path = shared::path_or_skip(&format!("vectors/{file}"), &format!("encodings of {file}"))?;
    let lines = encodings(&path);
    assert!(!lines.is_empty(), "{file} is empty");
    let comparison = Comparison::new(source);
    let mut tally = Tally::default();
    for line in &lines {
        comparison.check(line, &mut tally);
    }
    let left: Vec<String> = tally.not_in_schema.iter().map(|(name, count)| format!("{name} ({count})")).collect();
    let left = if left.is_empty() { "none".to_owned() } else { left.join(", ") };
    shared::say(&format!("{file}: {} of {} encodings equal; not in schema: {left}", tally.equal, lines.len()));
    Some(tally)
}

/// The names that our schema does not have.
fn missing(source: &Source) -> Option<Vec<String>> {
    run(source).map(|tally| tally.not_in_schema.into_keys().collect())
}

#[test]
fn telegram_api() {
    for file in ["api-230.jsonl", "seed.jsonl"] {
        let source = Source { module: modules::module("api"), file, names: None };
        assert_eq!(missing(&source).unwrap_or_default(), [""; 0], "{file}");
    }
}

#[test]
fn mtproto() {
    let source = Source { module: modules::module("mtproto"), file: "mtproto.jsonl", names: None };
    assert_eq!(missing(&source).unwrap_or_default(), [""; 0]);
}

/// The messages that wrap others are no part of the schema yet, as its README says.
#[test]
fn mtproto_containers() {
    let source = Source { module: modules::module("mtproto"), file: "mtproto-containers.jsonl", names: None };
    let Some(tally) = run(&source) else { return };
    assert!(tally.equal > 0, "future_salts is in the schema");
    let wrapping = ["gzip_packed", "message", "msg_container", "rpc_result"];
    assert!(tally.not_in_schema.keys().all(|name| wrapping.contains(&name.as_str())), "{:?}", tally.not_in_schema);
}

/// TDLib knows some entities that Telegram's published description of secret chats does not have.
#[test]
fn secret_chats() {
    let names = Some("schemas/telegram/secret-tdlib.tl");
    let source = Source { module: modules::module("secret"), file: "secret.jsonl", names };
    let Some(tally) = run(&source) else { return };
    assert!(tally.equal > 0);
    assert!(tally.not_in_schema.keys().all(|name| name.starts_with("messageEntity")), "{:?}", tally.not_in_schema);
}
