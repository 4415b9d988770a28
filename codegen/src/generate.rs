//! From a schema to modules of Rust.

use std::collections::BTreeMap;

use typelang_ir::{References, Schema};

use crate::emit;
use crate::emit::items::choice::Choice;
use crate::emit::items::outputs::{enumeration, structure};
use crate::emit::items::subject::Subject;
use crate::features::{self, Features};
use crate::model::Model;
use crate::options::Options;
use crate::output::modules::{Item, Module};
use crate::output::placement::{Entry, fill};
use crate::record::Record;

/// The code of a schema as one text, with modules in place: for `include!`.
#[must_use]
pub fn generate_file(schema: &Schema, options: &Options) -> String {
    root(&Model::new(schema, &Options { lines_per_file: usize::MAX, ..options.clone() })).single_file(options)
}

/// The code of a schema as files, by path beneath `name`: `name/mod.rs`, `name/types/mod.rs`, …, and `name/table.bin` if there is a
/// table.
#[must_use]
pub fn generate_files(schema: &Schema, options: &Options, name: &str) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    root(&Model::new(schema, options)).files(options, name, &mut files);
    files
}

/// The table of a schema as the code for these options has it, with the levels of depth that values count as there.
#[must_use]
pub fn table(schema: &Schema, options: &Options) -> Vec<u8> {
    crate::emit::schema::table::table(&Model::new(schema, options)).bytes
}

/// The features for namespaces as lines of the section `[features]` in a `Cargo.toml`; nothing if they are not wanted.
#[must_use]
pub fn generate_features(schema: &Schema, options: &Options) -> Option<String> {
    let choice = options.namespace_features.as_ref()?;
    Some(features::lines(choice, &Features::new(schema, &References::new(schema), options)))
}

fn root(model: &Model<'_>) -> Module {
    let mut root = Module::new(&match model.schema.layer {
        Some(layer) => format!("Types and functions of the schema, layer {layer}."),
        None => "Types and functions of the schema.".to_owned(),
    });
    for item in emit::schema::lookup::lookup(model) {
        root.push(Item::new(item, model.options));
    }
    emit::body::reflected::schema(model).into_iter().for_each(|item| root.push(Item::new(item, model.options)));
    for (name, module) in [("types", types(model)), ("enums", enums(model)), ("functions", functions(model))] {
        if !module.is_empty() {
            root.insert(name, module);
        }
    }
    any_enums(model, &mut root);
    if !model.known.errors.is_empty() {
        let mut module = Module::new("Errors that functions return.").defining("RpcErrorKind");
        emit::schema::errors::rpc_errors(model)
            .into_iter()
            .for_each(|item| module.push(Item::new(item, model.options)));
        let lint = model.error_variants.repeat().then_some("clippy::enum_variant_names");
        root.insert("errors", module.allowing(lint).into_division(None));
    }
    if let Some(condition) = model.options.table() {
        let mut module = Module::new("The schema as a table.");
        module.set_bytes(emit::schema::table::table(model));
        root.insert("table", module.into_division(condition).defining("TABLE"));
    }
    if let Some(history) = &model.options.history
        && let Some(condition) = history.availability.condition(None)
    {
        let mut module = Module::new(
            "Bytes of other layers: old ones are read as values of this layer, and values are written for older ones.",
        );
        module.set_bytes(emit::schema::history::history(model, history));
        root.insert("history", module.with_condition(condition));
    }
    if let Some(condition) = model.options.serde.condition(None) {
        root.insert("serde", serde(model).into_private(condition));
    }
    if let Some(condition) = model.options.catalog.condition(model.features.everything()) {
        let mut module = Module::new("Lists of all types, constructors, functions and results.");
        emit::schema::catalog::catalog(model)
            .into_iter()
            .for_each(|item| module.push(Item::without_prelude(item, model.options)));
        root.insert("catalog", module.into_division(condition));
    }
    if let Some(condition) = model.options.arbitrary.condition(model.features.everything()) {
        let mut module = Module::new("Values for fuzzing.");
        emit::schema::arbitrary::arbitrary(model)
            .into_iter()
            .filter(|items| !items.is_empty())
            .for_each(|items| module.push(Item::lines(items, model.options)));
        if !module.is_empty() {
            root.insert("arbitrary", module.into_private(condition));
        }
    }
    root
}

/// The enums of all functions and of all constructors.
fn any_enums(model: &Model<'_>, root: &mut Module) {
    if model.can_have_any_function()
        && let Some(condition) = model.function_decoding().condition(model.features.calls())
    {
        let lint = model.names.function_variants_repeat().then_some("clippy::enum_variant_names");
        let module =
            any(&Choice::any_function(model), "A call of any function.").defining("AnyFunction").allowing(lint);
        root.insert("any_function", module.into_division(condition));
    }
    if model.can_have_any_constructor()
        && let Some(condition) = model.any_constructor().condition(model.features.objects())
    {
        let lint = model.names.constructor_variants_repeat().then_some("clippy::enum_variant_names");
        let module =
            any(&Choice::any_constructor(model), "A value of any type.").defining("AnyConstructor").allowing(lint);
        root.insert("any_constructor", module.into_division(condition));
    }
}

/// What serde knows: all of it at once, or a module for each set of features.
fn serde(model: &Model<'_>) -> Module {
    let mut module = Module::new("The types that serde supports.");
    for (set, invocations) in emit::schema::serde::serde(model) {
        match set {
            Some(set) => {
                let mut part = Module::new("The types that serde supports.").into_private(Some(set.condition()));
                invocations.into_iter().for_each(|text| part.push(Item::from_text(text)));
                module.insert(&set.name, part);
            }
            None => invocations.into_iter().for_each(|text| module.push(Item::from_text(text))),
        }
    }
    module
}

fn types(model: &Model<'_>) -> Module {
    let structs = model.schema.constructor_ids().filter(|&id| model.has_struct(id)).map(|id| {
        let name = &model.schema[id].combinator.name;
        Entry::new(model, model.names.constructor(id), name, structure(&Subject::of_constructor(model, id)))
            .reached_by(model.features.of_constructor(id))
    });
    let records = model.schema.constructor_ids().map(|id| model.constructor(id));
    let module = Module::new("Constructors, one struct each.").allowing(records.flat_map(Record::lints_of_methods));
    fill(module, model, structs, "Constructors")
}

fn enums(model: &Model<'_>) -> Module {
    let enums = model.schema.type_ids().filter(|&id| model.has_enum(id)).map(|id| {
        let items = enumeration(&Choice::of_type(model, id));
        Entry::new(model, model.names.ty(id), &model.schema[id].name, items).reached_by(model.features.of_type(id))
    });
    let repeating =
        model.schema.type_ids().filter(|&id| model.has_enum(id) && model.names.variants_repeat(model.schema, id));
    let module = Module::new("Types of several constructors, one enum each.")
        .allowing(repeating.map(|_| "clippy::enum_variant_names"));
    fill(module, model, enums, "Types")
}

fn functions(model: &Model<'_>) -> Module {
    let functions = model.schema.function_ids().map(|id| {
        let name = &model.schema[id].combinator.name;
        Entry::new(model, model.names.function(id), name, structure(&Subject::of_function(model, id)))
            .reached_by(model.features.of_function(id))
    });
    let records = model.schema.function_ids().map(|id| model.function(id));
    let module = Module::new("Functions, one struct each.").allowing(records.flat_map(Record::lints_of_methods));
    fill(module, model, functions, "Functions")
}

/// A module for the enum of all functions or constructors.
fn any(choice: &Choice<'_>, docs: &str) -> Module {
    let mut module = Module::new(docs);
    enumeration(choice).into_iter().for_each(|item| module.push(Item::new(item, choice.model.options)));
    module
}
