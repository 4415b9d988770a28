//! Whether what fact files speak of is in the schema.

use std::collections::{BTreeMap, BTreeSet};

use typelang_ir::{Combinator, Schema, Shape};
use typelang_parser::{Diagnostic, suggest};

use crate::file::{CombinatorEntry, ErrorEntry, FactFile, Spanned};
use crate::pattern::{NUMBER, is_pattern};

/// The names of some schemas. Several may have combinators of the same name.
pub(crate) struct Names<'s> {
    types: BTreeSet<String>,
    constructors: BTreeMap<String, Vec<&'s Combinator>>,
    functions: BTreeMap<String, Vec<&'s Combinator>>,
}

impl<'s> Names<'s> {
    pub(crate) fn new(schemas: &[&'s Schema]) -> Self {
        let types = schemas.iter().flat_map(|schema| &schema.types);
        let constructors = schemas.iter().flat_map(|schema| &schema.constructors);
        let functions = schemas.iter().flat_map(|schema| &schema.functions);
        Self {
            types: types.map(|ty| ty.name.to_string()).collect(),
            constructors: by_name(constructors.map(|it| &it.combinator)),
            functions: by_name(functions.map(|it| &it.combinator)),
        }
    }

    /// The first field of the group that a field of an entry is in; reports it if there is none.
    pub(crate) fn first_of_group(
        &self,
        kind: &str,
        file: &FactFile,
        entry: &CombinatorEntry,
        field: &Spanned<String>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<String> {
        let named = if kind == "function" { &self.functions } else { &self.constructors };
        let combinators = named.get(&entry.name.value).map_or(&[][..], Vec::as_slice);
        let groups: Vec<Vec<&str>> = combinators.iter().flat_map(|combinator| groups(combinator)).collect();
        if let Some(group) = groups.iter().find(|group| group.contains(&field.value.as_str())) {
            return group.first().map(|&first| first.to_owned());
        }
        let message = format!("`{}` has no group with the field `{}`", entry.name.value, field.value);
        let help = did_you_mean(&field.value, groups.iter().flatten().copied())
            .unwrap_or_else(|| "a group has several fields with values, all of them on one bit".to_owned());
        let notes = combinators.iter().map(|combinator| format!("it is `{}`", combinator.text)).collect();
        let diagnostic = Diagnostic::error("unknown-field", message, file.label(field)).with_help(help);
        diagnostics.push(Diagnostic { notes, ..diagnostic });
        None
    }

    /// Whether the schema has a function; reports it otherwise.
    pub(crate) fn has_function(
        &self,
        file: &FactFile,
        entry: &CombinatorEntry,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> bool {
        let name = &entry.name;
        if let Some(function) = self.functions.get(&name.value) {
            check_fields(file, entry, function, diagnostics);
            return true;
        }
        let message = format!("the schema has no function `{}`", name.value);
        let diagnostic = Diagnostic::error("unknown-method", message, file.label(name));
        let elsewhere = self.constructors.contains_key(&name.value);
        let help = if elsewhere {
            Some(format!("`{}` is a constructor: say this under `constructors`", name.value))
        } else {
            did_you_mean(&name.value, self.functions.keys().map(String::as_str))
        };
        diagnostics.push(Diagnostic { help, ..diagnostic });
        false
    }

    /// Whether the schema has a constructor; reports it otherwise.
    pub(crate) fn has_constructor(
        &self,
        file: &FactFile,
        entry: &CombinatorEntry,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> bool {
        let name = &entry.name;
        if let Some(constructor) = self.constructors.get(&name.value) {
            check_fields(file, entry, constructor, diagnostics);
            return true;
        }
        let elsewhere = if self.functions.contains_key(&name.value) {
            Some("function")
        } else {
            self.types.contains(&name.value).then_some("type")
        };
        let similar = did_you_mean(&name.value, self.constructors.keys().map(String::as_str));
        diagnostics.push(without_target(file, name, "constructor", elsewhere, similar));
        false
    }

    /// Whether the schema has a type; reports it otherwise.
    pub(crate) fn has_type(&self, file: &FactFile, name: &Spanned<String>, diagnostics: &mut Vec<Diagnostic>) -> bool {
        if self.types.contains(&name.value) {
            return true;
        }
        let elsewhere = self.constructors.contains_key(&name.value).then_some("constructor");
        let similar = did_you_mean(&name.value, self.types.iter().map(String::as_str));
        diagnostics.push(without_target(file, name, "type", elsewhere, similar));
        false
    }
}

fn by_name<'s>(combinators: impl Iterator<Item = &'s Combinator>) -> BTreeMap<String, Vec<&'s Combinator>> {
    let mut named: BTreeMap<String, Vec<&Combinator>> = BTreeMap::new();
    for combinator in combinators {
        named.entry(combinator.name.to_string()).or_default().push(combinator);
    }
    named
}

fn without_target(
    file: &FactFile,
    name: &Spanned<String>,
    what: &str,
    elsewhere: Option<&str>,
    similar: Option<String>,
) -> Diagnostic {
    let message = format!("the schema has no {what} `{}`", name.value);
    let help = match elsewhere {
        Some(other) => Some(format!("`{}` is a {other}: say this under `{other}s`", name.value)),
        None => similar,
    };
    Diagnostic { help, ..Diagnostic::error("text-without-target", message, file.label(name)) }
}

/// The names of the fields of each group.
fn groups(combinator: &Combinator) -> Vec<Vec<&str>> {
    let shape = Shape::new(combinator);
    let names =
        |group: &typelang_ir::Group| group.fields.iter().map(|&it| combinator.fields[it].name.as_str()).collect();
    shape.groups.iter().map(names).collect()
}

fn check_fields(
    file: &FactFile,
    entry: &CombinatorEntry,
    combinators: &[&Combinator],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let fields = || combinators.iter().flat_map(|combinator| &combinator.fields).map(|field| field.name.as_str());
    for (name, _) in &entry.fields {
        if fields().any(|field| *field == name.value) {
            continue;
        }
        let message = format!("`{}` has no field `{}`", entry.name.value, name.value);
        let diagnostic = Diagnostic::error("unknown-field", message, file.label(name));
        let help = did_you_mean(&name.value, fields());
        let notes = combinators.iter().map(|combinator| format!("it is `{}`", combinator.text)).collect();
        diagnostics.push(Diagnostic { help, notes, ..diagnostic });
    }
}

/// Whether the name of an error can be one; reports it otherwise.
pub(crate) fn is_error(file: &FactFile, entry: &ErrorEntry, diagnostics: &mut Vec<Diagnostic>) -> bool {
    let name = &entry.name;
    if !is_pattern(&name.value) {
        let message = format!("`{}` cannot be the name of an error", name.value.escape_debug());
        let help = format!("a name is printable ASCII with a letter in it, and may have one `{NUMBER}` for a number");
        diagnostics.push(Diagnostic::error("malformed-error", message, file.label(name)).with_help(help));
        return false;
    }
    if let Some(parameter) = entry.parameter.as_ref().filter(|_| !name.value.contains(NUMBER)) {
        let message = format!("`{}` has no number that could be `{}`", name.value, parameter.value);
        let help = format!("the number stands as `{NUMBER}` in the name");
        diagnostics.push(Diagnostic::error("malformed-error", message, file.label(parameter)).with_help(help));
        return false;
    }
    true
}

/// "did you mean …?", if a name is like one of some candidates.
pub(crate) fn did_you_mean<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let similar = suggest(name, candidates)?;
    Some(format!("did you mean `{similar}`?"))
}
