//! The checked-in crate decodes and encodes the bytes, and the value that the schema gives is the value that the other software
//! was given.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use typelang_ir::{Combinator, Schema};
use typelang_telegram::ReadOptions;
use typelang_tests::encodings::Encoding;
use typelang_tests::modules::Module;
use typelang_tests::vector_files::VectorFile;
use typelang_tests::{debug_text, hexadecimal, reader, schemas, shared};

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
    fn new(file: &VectorFile, module: &'static Module) -> Self {
        let schema = schemas::load(module.schema);
        let names = combinators(&schema).map(|it| it.name.to_string()).collect();
        Self { module, schema, names, renamed: renamed_by(module, &file.schema.load()) }
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

/// Checks all lines of a file.
pub(super) fn check(file: &VectorFile, module: &'static Module) {
    let lines = file.lines();
    let comparison = Comparison::new(file, module);
    let mut tally = Tally::default();
    for line in &lines {
        comparison.check(line, &mut tally);
    }
    let Tally { equal, not_in_schema } = tally;
    assert!(equal > 0, "{}: nothing is equal", file.name);
    assert_eq!(not_in_schema.keys().cloned().collect::<Vec<String>>(), file.not_in_crate(), "{}", file.name);
    let name = &file.name;
    shared::say(&format!("{name}: {equal} of {} encodings equal; not in the crate: {not_in_schema:?}", lines.len()));
}
