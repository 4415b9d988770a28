//! From a schema to modules of Rust.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use tl_ir::{Name, Schema};

use crate::division::{Piece, divide};
use crate::emit;
use crate::model::Model;
use crate::modules::{Item, Module};
use crate::names::ItemName;
use crate::options::{Availability, Options};
use crate::record::Record;

/// The code of a schema as one text, with modules in place: for `include!`.
#[must_use]
pub fn generate_file(schema: &Schema, options: &Options) -> String {
    root(&Model::new(schema, &Options { lines_per_file: usize::MAX, ..options.clone() })).single_file(options)
}

/// The code of a schema as files, by path beneath `name`: `name/mod.rs`, `name/types/mod.rs`, ….
#[must_use]
pub fn generate_files(schema: &Schema, options: &Options, name: &str) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    root(&Model::new(schema, options)).files(options, name, &mut files);
    files
}

fn root(model: &Model<'_>) -> Module {
    let mut root = Module::new(&match model.schema.layer {
        Some(layer) => format!("Types and functions of the schema, layer {layer}."),
        None => "Types and functions of the schema.".to_owned(),
    });
    for item in emit::lookup(model) {
        root.push(Item::new(item, model.options));
    }
    for (name, module) in [("types", types(model)), ("enums", enums(model)), ("functions", functions(model))] {
        if !module.is_empty() {
            root.insert(name, module);
        }
    }
    if !model.schema.functions.is_empty() {
        let module = any(model, "A call of any function.", model.function_decoding(), emit::any_function);
        let lint = model.names.function_variants_repeat().then_some("clippy::enum_variant_names");
        let module = module.map(|module| module.defining("AnyFunction").allowing(lint));
        module.into_iter().for_each(|module| root.insert("any_function", module));
    }
    if model.can_have_any_constructor() {
        let module = any(model, "A value of any type.", model.any_constructor(), emit::any_constructor);
        let lint = model.names.constructor_variants_repeat().then_some("clippy::enum_variant_names");
        let module = module.map(|module| module.defining("AnyConstructor").allowing(lint));
        module.into_iter().for_each(|module| root.insert("any_constructor", module));
    }
    if !model.known.errors.is_empty() {
        let mut module = Module::new("Errors that functions return.").defining("RpcErrorKind");
        emit::rpc_errors(model).into_iter().for_each(|item| module.push(Item::new(item, model.options)));
        let lint = model.error_variants.repeat().then_some("clippy::enum_variant_names");
        root.insert("errors", module.allowing(lint).into_division(None));
    }
    if let Some(feature) = feature(model.options.reflect_or_serde()) {
        let mut module = Module::new("The schema as a table.");
        module.push(Item::from_text(emit::table(model)));
        root.insert("table", module.into_division(feature).defining("TABLE"));
    }
    if let Some(feature) = feature(&model.options.serde) {
        let mut module = Module::new("Which types serde knows.");
        emit::serde(model).into_iter().for_each(|text| module.push(Item::from_text(text)));
        root.insert("serde", module.into_private(feature));
    }
    if let Some(feature) = feature(&model.options.catalog) {
        let mut module = Module::new("All types, constructors, functions and results.");
        emit::catalog(model).into_iter().for_each(|item| module.push(Item::without_prelude(item, model.options)));
        root.insert("catalog", module.into_division(feature));
    }
    if let Some(feature) = feature(&model.options.arbitrary) {
        let mut module = Module::new("Values for fuzzing.");
        emit::arbitrary(model).into_iter().for_each(|items| module.push(Item::lines(items, model.options)));
        root.insert("arbitrary", module.into_private(feature));
    }
    root
}

/// Whether a part of the code is there, and the feature that it needs, if any.
fn feature(availability: &Availability) -> Option<Option<String>> {
    match availability {
        Availability::Never => None,
        Availability::Always => Some(None),
        Availability::Feature(feature) => Some(Some(feature.clone())),
    }
}

fn types(model: &Model<'_>) -> Module {
    let structs = model.schema.constructor_ids().filter(|&id| model.has_struct(id)).map(|id| {
        let name = &model.schema[id].combinator.name;
        Entry::new(model, model.names.constructor(id), name, emit::constructor(model, id))
    });
    let records = model.schema.constructor_ids().map(|id| model.constructor(id));
    let module = Module::new("Constructors, one struct each.").allowing(records.flat_map(Record::lints_of_methods));
    module.filled(model, structs, "Constructors")
}

fn enums(model: &Model<'_>) -> Module {
    let enums = model.schema.type_ids().filter(|&id| model.has_enum(id)).map(|id| {
        let items = if model.generics_of_type(id).is_empty() {
            emit::enumeration(model, id)
        } else {
            emit::parametric_enumeration(model, id)
        };
        Entry::new(model, model.names.ty(id), &model.schema[id].name, items)
    });
    let repeating =
        model.schema.type_ids().filter(|&id| model.has_enum(id) && model.names.variants_repeat(model.schema, id));
    let module = Module::new("Types of several constructors, one enum each.")
        .allowing(repeating.map(|_| "clippy::enum_variant_names"));
    module.filled(model, enums, "Types")
}

fn functions(model: &Model<'_>) -> Module {
    let functions = model.schema.function_ids().map(|id| {
        let name = &model.schema[id].combinator.name;
        Entry::new(model, model.names.function(id), name, emit::function(model, id))
    });
    let records = model.schema.function_ids().map(|id| model.function(id));
    let module = Module::new("Functions, one struct each.").allowing(records.flat_map(Record::lints_of_methods));
    module.filled(model, functions, "Functions")
}

/// A module for the enum of all functions or constructors, if it is wanted.
fn any(
    model: &Model<'_>,
    docs: &str,
    availability: &Availability,
    emit: impl Fn(&Model<'_>) -> Vec<TokenStream>,
) -> Option<Module> {
    let feature = feature(availability)?;
    let mut module = Module::new(docs);
    emit(model).into_iter().for_each(|item| module.push(Item::new(item, model.options)));
    Some(module.into_division(feature))
}

/// What one constructor, type or function becomes, and where it goes.
struct Entry<'a> {
    place: &'a ItemName,
    name: &'a str,
    items: Vec<Item>,
}

impl<'a> Entry<'a> {
    fn new(model: &Model<'_>, place: &'a ItemName, name: &'a Name, items: Vec<TokenStream>) -> Self {
        let items = items.into_iter().map(|item| Item::new(item, model.options)).collect();
        Self { place, name: &name.name, items }
    }

    fn lines(&self) -> usize {
        self.items.iter().map(|item| item.text.lines().count() + 1).sum()
    }
}

impl Module {
    /// Puts entries into the modules of their namespaces, divided among files where there are many.
    fn filled<'a>(mut self, model: &Model<'_>, entries: impl Iterator<Item = Entry<'a>>, what: &str) -> Self {
        let mut by_namespace: BTreeMap<&[String], Vec<Entry<'a>>> = BTreeMap::new();
        for entry in entries {
            by_namespace.entry(&entry.place.modules).or_default().push(entry);
        }
        for (namespace, entries) in by_namespace {
            let module = self.descend(namespace, |name| format!("{what} of the namespace `{name}`."));
            let pieces: Vec<Piece<'_>> =
                entries.iter().map(|entry| Piece { name: entry.name, lines: entry.lines() }).collect();
            let files = divide(&pieces, model.options.lines_per_file);
            for (index, entry) in entries.into_iter().enumerate() {
                let target = match files.as_ref().and_then(|files| files.get(index)) {
                    Some(file) => {
                        let docs = format!("{what} whose names begin with `{file}`.");
                        module.division(&["root".to_owned(), file.clone()], &docs)
                    }
                    None => &mut *module,
                };
                entry.items.into_iter().for_each(|item| target.push(item));
            }
        }
        self
    }
}
