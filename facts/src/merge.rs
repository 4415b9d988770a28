//! Joins fact files to facts.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

use typelang_ir::Schema;
use typelang_parser::{Diagnostic, Fix, Label};

use crate::check::{Keys, Names, did_you_mean, is_error};
use crate::codes;
use crate::file::{CombinatorEntry, ErrorEntry, FactFile, Spanned};
use crate::model::{CallersStatement, CombinatorTexts, Facts, MethodError};

/// What [`merge`] found.
#[derive(Clone, Debug)]
pub struct Merged {
    /// The facts; leave out what is wrong.
    pub facts: Facts,
    /// What is wrong, by files and places.
    pub diagnostics: Vec<Diagnostic>,
}

/// Checks fact files, or references to fact files, against the schemas that they are about, and joins them. A thing must be in
/// one of the schemas.
///
/// Codes of an error, errors of a function and statements about its callers add up. Of several texts for the same thing the
/// last one counts, with a warning. Descriptions in the schema itself are not among the facts until
/// [`Facts::add_schema_texts`] adds them.
#[must_use]
pub fn merge<F: Borrow<FactFile>>(files: &[F], schemas: &[&Schema]) -> Merged {
    let files: Vec<&FactFile> = files.iter().map(Borrow::borrow).collect();
    let mut merger = Merger {
        names: Names::new(schemas),
        facts: Facts::default(),
        broken: BTreeSet::new(),
        listed: BTreeMap::new(),
        said: BTreeMap::new(),
        diagnostics: Vec::new(),
    };
    for file in &files {
        merger.errors(file);
    }
    let files: Vec<(&FactFile, Keys<'_>)> = files.iter().map(|file| (*file, Keys::of(file))).collect();
    merger.errors_without_codes(&files);
    for (file, keys) in &files {
        merger.functions(file, keys);
        merger.constructors(file, keys);
        merger.types(file, keys);
    }
    let Merger { facts, mut diagnostics, .. } = merger;
    diagnostics.sort_by_key(|diagnostic| (diagnostic.primary.source, diagnostic.primary.span));
    Merged { facts, diagnostics }
}

struct Merger<'s> {
    names: Names<'s>,
    facts: Facts,
    /// Errors of which something makes no sense, so that nothing more needs to be said about them.
    broken: BTreeSet<String>,
    /// For each function, its errors by name: their positions among all of them.
    listed: BTreeMap<String, BTreeMap<String, usize>>,
    /// Where something that can be said only once was said: kind, name, field.
    said: BTreeMap<(&'static str, String, String), Label>,
    diagnostics: Vec<Diagnostic>,
}

impl Merger<'_> {
    fn errors(&mut self, file: &FactFile) {
        for entry in &file.errors {
            if entry.is_broken || !is_error(file, entry, &mut self.diagnostics) {
                self.broken.insert(entry.name.value.clone());
            }
            self.error(file, entry);
        }
    }

    fn error(&mut self, file: &FactFile, entry: &ErrorEntry) {
        let name = &entry.name.value;
        let mut given = BTreeMap::new();
        for code in &entry.codes {
            let first = *given.entry(code.value).or_insert(code);
            if first.span != code.span {
                let message = format!("the code {} is given twice", code.value);
                self.diagnostics.push(twice(message, file.label(code), file.label(first)));
            }
        }
        self.say_once("parameter", name, "", file, entry.parameter.as_ref());
        self.say_once("error", name, "", file, entry.text.as_ref());
        let facts = self.facts.errors.entry(name.clone()).or_default();
        facts.codes.extend(entry.codes.iter().map(|code| code.value));
        facts.codes.sort_unstable();
        facts.codes.dedup();
        set(&mut facts.parameter, entry.parameter.as_ref());
        set(&mut facts.text, entry.text.as_ref());
    }

    /// Reports errors for which no file has a code, and leaves out what makes no sense.
    fn errors_without_codes(&mut self, files: &[(&FactFile, Keys<'_>)]) {
        let mut without: BTreeSet<String> = BTreeSet::new();
        let broken = &self.broken;
        self.facts.errors.retain(|name, facts| {
            if facts.codes.is_empty() && !broken.contains(name) {
                without.insert(name.clone());
            }
            !facts.codes.is_empty() && !broken.contains(name)
        });
        for (file, keys) in files {
            for entry in file.errors.iter().filter(|entry| without.contains(&entry.name.value)) {
                let name = &entry.name;
                let (code, message) = match &entry.text {
                    Some(_) => {
                        (&codes::TEXT_WITHOUT_TARGET, format!("no file has a code for the error `{}`", name.value))
                    }
                    None => (&codes::MALFORMED_ERROR, format!("the error `{}` has no code", name.value)),
                };
                let diagnostic = Diagnostic::new(code, message, file.label(name));
                let similar = self.similar_error(&name.value);
                self.diagnostics.push(match similar {
                    Some(_) => did_you_mean(diagnostic, name, similar, &keys.errors),
                    None => diagnostic.with_help("add one: `codes = 400`"),
                });
            }
        }
        self.broken.extend(without);
    }

    fn similar_error(&self, name: &str) -> Option<&str> {
        self.names.suggestions.suggest(name, self.facts.errors.keys().map(String::as_str))
    }

    fn functions(&mut self, file: &FactFile, keys: &Keys<'_>) {
        for entry in &file.functions {
            if !self.names.has_function(file, keys, entry, &mut self.diagnostics) {
                continue;
            }
            let name = &entry.name.value;
            self.method_errors(file, entry);
            if let Some(callers) = &entry.callers {
                let statement = CallersStatement { callers: callers.value, source: file.origin.clone() };
                self.facts.methods.entry(name.clone()).or_default().callers.push(statement);
            }
            self.texts("function", file, entry);
            self.groups("function", file, entry);
            if let Some(texts) = texts_of(entry) {
                join(self.facts.texts.functions.entry(name.clone()).or_default(), texts);
            }
        }
    }

    fn method_errors(&mut self, file: &FactFile, entry: &CombinatorEntry) {
        let mut first_places = BTreeMap::new();
        for error in &entry.errors {
            if self.broken.contains(&error.value) {
                continue;
            }
            if !self.facts.errors.contains_key(&error.value) {
                let message = format!("no file declares the error `{}`", error.value);
                let diagnostic = Diagnostic::new(&codes::UNKNOWN_ERROR, message, file.label(error));
                let similar = self.similar_error(&error.value);
                self.diagnostics.push(match similar {
                    Some(similar) => diagnostic.with_help(format!("did you mean `{similar}`?")).with_fix(Fix::write(
                        file.source,
                        error.span,
                        format!("\"{similar}\""),
                    )),
                    None => diagnostic.with_help("add it under `errors`, with its code"),
                });
                continue;
            }
            let first = *first_places.entry(error.value.as_str()).or_insert(error);
            if first.span != error.span {
                let message = format!("the error `{}` is listed twice", error.value);
                self.diagnostics.push(twice(message, file.label(error), file.label(first)));
                continue;
            }
            let errors = &mut self.facts.methods.entry(entry.name.value.clone()).or_default().errors;
            let listed = self.listed.entry(entry.name.value.clone()).or_default();
            let index = *listed.entry(error.value.clone()).or_insert(errors.len());
            if index == errors.len() {
                errors.push(MethodError { name: error.value.clone(), sources: Vec::new() });
            }
            errors[index].sources.extend(file.origin.clone());
        }
    }

    fn constructors(&mut self, file: &FactFile, keys: &Keys<'_>) {
        for entry in &file.constructors {
            if !self.names.has_constructor(file, keys, entry, &mut self.diagnostics) {
                continue;
            }
            self.texts("constructor", file, entry);
            self.groups("constructor", file, entry);
            if let Some(texts) = texts_of(entry) {
                join(self.facts.texts.constructors.entry(entry.name.value.clone()).or_default(), texts);
            }
        }
    }

    fn types(&mut self, file: &FactFile, keys: &Keys<'_>) {
        for entry in &file.types {
            if !self.names.has_type(file, keys, &entry.name, &mut self.diagnostics) {
                continue;
            }
            self.say_once("type", &entry.name.value, "", file, entry.text.as_ref());
            if let Some(text) = &entry.text {
                self.facts.texts.types.insert(entry.name.value.clone(), text.value.clone());
            }
        }
    }

    /// Notes the texts of a constructor or function.
    fn texts(&mut self, kind: &'static str, file: &FactFile, entry: &CombinatorEntry) {
        let name = &entry.name.value;
        self.say_once(kind, name, "", file, entry.text.as_ref());
        for (field, text) in &entry.fields {
            self.say_once(kind, name, &field.value, file, Some(text));
        }
    }

    /// Notes the names of the groups of a constructor or function.
    fn groups(&mut self, kind: &'static str, file: &FactFile, entry: &CombinatorEntry) {
        if entry.groups.is_empty() {
            return;
        }
        let mut groups = self.names.groups_of(kind, entry);
        for (field, name) in &entry.groups {
            let Some(first) = self.names.first_of_group(&mut groups, file, entry, field, &mut self.diagnostics) else {
                continue;
            };
            let combinator = &entry.name.value;
            let place = file.label(name);
            if let Some(before) =
                self.said.insert(("group", format!("{kind} {combinator}"), first.clone()), place.clone())
            {
                let message = format!("the group of `{first}` in `{combinator}` has two names");
                self.diagnostics.push(twice(message, place, before));
            }
            let all = &mut self.facts.groups;
            let named = if kind == "function" { &mut all.functions } else { &mut all.constructors };
            named.entry(combinator.clone()).or_default().insert(first, name.value.clone());
        }
    }

    /// Reports a text for something that has one.
    fn say_once(
        &mut self,
        kind: &'static str,
        name: &str,
        field: &str,
        file: &FactFile,
        text: Option<&Spanned<String>>,
    ) {
        let Some(text) = text else { return };
        let place = file.label(text);
        let Some(before) = self.said.insert((kind, name.to_owned(), field.to_owned()), place.clone()) else { return };
        let message = match (kind, field) {
            ("parameter", _) => format!("the parameter of the error `{name}` is named twice"),
            (_, "") => format!("the {kind} `{name}` has two texts"),
            _ => format!("the field `{field}` of `{name}` has two texts"),
        };
        self.diagnostics.push(twice(message, place, before));
    }
}

fn twice(message: String, second: Label, first: Label) -> Diagnostic {
    let second = second.with_message("this one counts");
    Diagnostic::new(&codes::DUPLICATE_FACT, message, second).with_secondary(first.with_message("said here first"))
}

fn set(target: &mut Option<String>, text: Option<&Spanned<String>>) {
    if let Some(text) = text {
        *target = Some(text.value.clone());
    }
}

/// The texts of an entry, if it has any.
fn texts_of(entry: &CombinatorEntry) -> Option<CombinatorTexts> {
    let fields = entry.fields.iter().map(|(name, text)| (name.value.clone(), text.value.clone())).collect();
    let description = entry.text.as_ref().map(|text| text.value.clone());
    let texts = CombinatorTexts { description, fields };
    (texts != CombinatorTexts::default()).then_some(texts)
}

fn join(known: &mut CombinatorTexts, new: CombinatorTexts) {
    if new.description.is_some() {
        known.description = new.description;
    }
    known.fields.extend(new.fields);
}
