//! The checked-in crate reads the value, and writes it, through serde.

use std::collections::BTreeMap;

use serde_json::Value;
use typelang_ir::Schema;
use typelang_telegram::{api, mtproto, secret};
use typelang_tests::modules::Module;
use typelang_tests::shared;
use typelang_tests::vector_files::VectorFile;
use typelang_tests::vectors::{Codec, Outcome, Subject};

fn subject(module: &Module) -> Subject {
    let (constructors, functions) = match module.name {
        "api" => (Codec::of::<api::AnyConstructor>(), Some(Codec::of::<api::AnyFunction>())),
        "mtproto" => (Codec::of::<mtproto::AnyConstructor>(), Some(Codec::of::<mtproto::AnyFunction>())),
        _ => (Codec::of::<secret::AnyConstructor>(), None),
    };
    Subject { table: module.table, constructors: Some(constructors), functions }
}

/// Checks all lines of a file whose names are those of the table once they are translated. Lines with a name that the schema
/// does not have are counted by it.
pub(super) fn check(file: &VectorFile, module: &'static Module) {
    let subject = subject(module);
    let renamed = renamed_by(module, &file.schema.load());
    let (mut equal, mut unknown) = (0, BTreeMap::<String, usize>::new());
    for mut line in file.lines() {
        translate(&mut line.value, &renamed);
        line.name = renamed.get(&line.name).cloned().unwrap_or(line.name);
        match unknown_name(&line.value, &subject) {
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
    assert!(equal > 0, "{}: nothing is equal", file.name);
    assert_eq!(unknown.keys().cloned().collect::<Vec<String>>(), file.not_in_crate(), "{}", file.name);
    shared::say(&format!("{}: {equal} lines equal through serde; not in the crate: {unknown:?}", file.name));
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
fn renamed_by(module: &Module, other: &Schema) -> BTreeMap<String, String> {
    let combinators = other.constructors.iter().map(|it| &it.combinator);
    combinators.filter_map(|it| Some((it.name.to_string(), (module.name_of)(it.id)?.to_owned()))).collect()
}
