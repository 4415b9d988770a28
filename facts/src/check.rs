//! Whether what fact files speak of is in the schema.

use std::collections::{BTreeMap, BTreeSet};

use typelang_ir::{Combinator, Schema, Shape};
use typelang_parser::{Diagnostic, Fix, suggest};

use crate::codes;
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
        let mut diagnostic = Diagnostic::new(&codes::UNKNOWN_FIELD, message, file.label(field));
        for combinator in combinators {
            diagnostic = diagnostic.with_note(format!("it is `{}`", combinator.text));
        }
        let similar = suggest(&field.value, groups.iter().flatten().copied());
        diagnostics.push(if similar.is_some() {
            did_you_mean(diagnostic, field, similar, entry.groups.iter().map(|(field, _)| field))
        } else {
            diagnostic.with_help("a group has several fields with values, all of them on one bit")
        });
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
        let diagnostic = Diagnostic::new(&codes::UNKNOWN_METHOD, message, file.label(name));
        diagnostics.push(if self.constructors.contains_key(&name.value) {
            diagnostic.with_help(format!("`{}` is a constructor: say this under `constructors`", name.value))
        } else {
            let similar = suggest(&name.value, self.functions.keys().map(String::as_str));
            did_you_mean(diagnostic, name, similar, file.functions.iter().map(|it| &it.name))
        });
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
        let diagnostic = without_target(file, name, "constructor", elsewhere);
        let similar = suggest(&name.value, self.constructors.keys().map(String::as_str));
        let similar = similar.filter(|_| elsewhere.is_none());
        diagnostics.push(did_you_mean(diagnostic, name, similar, file.constructors.iter().map(|it| &it.name)));
        false
    }

    /// Whether the schema has a type; reports it otherwise.
    pub(crate) fn has_type(&self, file: &FactFile, name: &Spanned<String>, diagnostics: &mut Vec<Diagnostic>) -> bool {
        if self.types.contains(&name.value) {
            return true;
        }
        let elsewhere = self.constructors.contains_key(&name.value).then_some("constructor");
        let diagnostic = without_target(file, name, "type", elsewhere);
        let similar = suggest(&name.value, self.types.iter().map(String::as_str)).filter(|_| elsewhere.is_none());
        diagnostics.push(did_you_mean(diagnostic, name, similar, file.types.iter().map(|it| &it.name)));
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

fn without_target(file: &FactFile, name: &Spanned<String>, what: &str, elsewhere: Option<&str>) -> Diagnostic {
    let message = format!("the schema has no {what} `{}`", name.value);
    let diagnostic = Diagnostic::new(&codes::TEXT_WITHOUT_TARGET, message, file.label(name));
    match elsewhere {
        Some(other) => diagnostic.with_help(format!("`{}` is a {other}: say this under `{other}s`", name.value)),
        None => diagnostic,
    }
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
        let mut diagnostic = Diagnostic::new(&codes::UNKNOWN_FIELD, message, file.label(name));
        for combinator in combinators {
            diagnostic = diagnostic.with_note(format!("it is `{}`", combinator.text));
        }
        let similar = suggest(&name.value, fields());
        diagnostics.push(did_you_mean(diagnostic, name, similar, entry.fields.iter().map(|(name, _)| name)));
    }
}

/// Whether the name of an error can be one; reports it otherwise.
pub(crate) fn is_error(file: &FactFile, entry: &ErrorEntry, diagnostics: &mut Vec<Diagnostic>) -> bool {
    let name = &entry.name;
    if !is_pattern(&name.value) {
        let message = format!("`{}` cannot be the name of an error", name.value.escape_debug());
        let help = format!("a name is printable ASCII with a letter in it, and may have one `{NUMBER}` for a number");
        diagnostics.push(Diagnostic::new(&codes::MALFORMED_ERROR, message, file.label(name)).with_help(help));
        return false;
    }
    if let Some(parameter) = entry.parameter.as_ref().filter(|_| !name.value.contains(NUMBER)) {
        let message = format!("`{}` has no number that could be `{}`", name.value, parameter.value);
        let help = format!("the number stands as `{NUMBER}` in the name");
        diagnostics.push(Diagnostic::new(&codes::MALFORMED_ERROR, message, file.label(parameter)).with_help(help));
        return false;
    }
    true
}

/// Asks "did you mean …?" if a name is like another one. The fix writes that one, unless the table has it already.
pub(crate) fn did_you_mean<'k>(
    diagnostic: Diagnostic,
    name: &Spanned<String>,
    similar: Option<&str>,
    mut keys: impl Iterator<Item = &'k Spanned<String>>,
) -> Diagnostic {
    let Some(similar) = similar else { return diagnostic };
    let diagnostic = diagnostic.with_help(format!("did you mean `{similar}`?"));
    if keys.any(|key| key.value == similar) {
        return diagnostic;
    }
    let fix = Fix::write(diagnostic.primary.source, name.span, as_key(similar));
    diagnostic.with_fix(fix)
}

/// A name as a key of TOML: with quotes if it needs them. Names have neither quotes nor backslashes.
pub(crate) fn as_key(name: &str) -> String {
    let is_bare = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    if is_bare { name.to_owned() } else { format!("\"{name}\"") }
}
