//! Whether what fact files speak of is in the schema.

use std::collections::{BTreeMap, BTreeSet};

use typelang_ir::{Combinator, Schema, Shape};
use typelang_parser::{Diagnostic, Fix, Suggestions};

use crate::codes;
use crate::file::{CombinatorEntry, ErrorEntry, FactFile, Spanned};
use crate::pattern::{NUMBER, is_pattern};

/// The names of some schemas. Several may have combinators of the same name.
pub(crate) struct Names<'s> {
    types: BTreeSet<String>,
    constructors: BTreeMap<String, Vec<&'s Combinator>>,
    functions: BTreeMap<String, Vec<&'s Combinator>>,
    /// What misspelt names may mean.
    pub(crate) suggestions: Suggestions,
}

/// The names that the tables of one file have, which a suggestion must not repeat.
pub(crate) struct Keys<'f> {
    pub(crate) errors: BTreeSet<&'f str>,
    functions: BTreeSet<&'f str>,
    constructors: BTreeSet<&'f str>,
    types: BTreeSet<&'f str>,
}

impl<'f> Keys<'f> {
    pub(crate) fn of(file: &'f FactFile) -> Self {
        Self {
            errors: keys(file.errors.iter().map(|it| &it.name)),
            functions: keys(file.functions.iter().map(|it| &it.name)),
            constructors: keys(file.constructors.iter().map(|it| &it.name)),
            types: keys(file.types.iter().map(|it| &it.name)),
        }
    }
}

fn keys<'f>(names: impl Iterator<Item = &'f Spanned<String>>) -> BTreeSet<&'f str> {
    names.map(|name| name.value.as_str()).collect()
}

/// The groups of fields of the combinators of one name, for one entry about them.
pub(crate) struct Groups<'s, 'e> {
    combinators: &'s [&'s Combinator],
    /// For each field in a group, the first one of the group.
    firsts: BTreeMap<&'s str, &'s str>,
    keys: BTreeSet<&'e str>,
    /// Whether a finding has the declarations already.
    is_shown: bool,
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
            suggestions: Suggestions::new(),
        }
    }

    /// The groups of the combinators that an entry is about.
    pub(crate) fn groups_of<'e>(&self, kind: &str, entry: &'e CombinatorEntry) -> Groups<'_, 'e> {
        let named = if kind == "function" { &self.functions } else { &self.constructors };
        let combinators = named.get(&entry.name.value).map_or(&[][..], Vec::as_slice);
        let mut firsts = BTreeMap::new();
        for combinator in combinators {
            for group in Shape::new(combinator).groups {
                let names = || group.fields.iter().map(|&it| combinator.fields[it].name.as_str());
                let Some(first) = names().next() else { continue };
                names().for_each(|name| _ = firsts.entry(name).or_insert(first));
            }
        }
        Groups { combinators, firsts, keys: keys(entry.groups.iter().map(|(field, _)| field)), is_shown: false }
    }

    /// The first field of the group that a field of an entry is in; reports it if there is none.
    pub(crate) fn first_of_group(
        &self,
        groups: &mut Groups<'_, '_>,
        file: &FactFile,
        entry: &CombinatorEntry,
        field: &Spanned<String>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<String> {
        if let Some(&first) = groups.firsts.get(field.value.as_str()) {
            return Some(first.to_owned());
        }
        let message = format!("`{}` has no group with the field `{}`", entry.name.value, field.value);
        let diagnostic = Diagnostic::new(&codes::UNKNOWN_FIELD, message, file.label(field));
        let diagnostic = with_declarations(diagnostic, groups.combinators, &mut groups.is_shown);
        let similar = self.suggestions.suggest(&field.value, groups.firsts.keys().copied());
        diagnostics.push(match similar {
            Some(_) => did_you_mean(diagnostic, field, similar, &groups.keys),
            None => diagnostic.with_help("a group has several fields with values, all of them on one bit"),
        });
        None
    }

    /// Whether the schema has a function; reports it otherwise.
    pub(crate) fn has_function(
        &self,
        file: &FactFile,
        keys: &Keys<'_>,
        entry: &CombinatorEntry,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> bool {
        let name = &entry.name;
        if let Some(function) = self.functions.get(&name.value) {
            self.check_fields(file, entry, function, diagnostics);
            return true;
        }
        let message = format!("the schema has no function `{}`", name.value);
        let diagnostic = Diagnostic::new(&codes::UNKNOWN_METHOD, message, file.label(name));
        diagnostics.push(if self.constructors.contains_key(&name.value) {
            diagnostic.with_help(format!("`{}` is a constructor: say this under `constructors`", name.value))
        } else {
            let similar = self.suggestions.suggest(&name.value, self.functions.keys().map(String::as_str));
            did_you_mean(diagnostic, name, similar, &keys.functions)
        });
        false
    }

    /// Whether the schema has a constructor; reports it otherwise.
    pub(crate) fn has_constructor(
        &self,
        file: &FactFile,
        keys: &Keys<'_>,
        entry: &CombinatorEntry,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> bool {
        let name = &entry.name;
        if let Some(constructor) = self.constructors.get(&name.value) {
            self.check_fields(file, entry, constructor, diagnostics);
            return true;
        }
        let elsewhere = if self.functions.contains_key(&name.value) {
            Some("function")
        } else {
            self.types.contains(&name.value).then_some("type")
        };
        let diagnostic = without_target(file, name, "constructor", elsewhere);
        let similar = self.suggestions.suggest(&name.value, self.constructors.keys().map(String::as_str));
        let similar = similar.filter(|_| elsewhere.is_none());
        diagnostics.push(did_you_mean(diagnostic, name, similar, &keys.constructors));
        false
    }

    /// Whether the schema has a type; reports it otherwise.
    pub(crate) fn has_type(
        &self,
        file: &FactFile,
        keys: &Keys<'_>,
        name: &Spanned<String>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> bool {
        if self.types.contains(&name.value) {
            return true;
        }
        let elsewhere = self.constructors.contains_key(&name.value).then_some("constructor");
        let diagnostic = without_target(file, name, "type", elsewhere);
        let similar = self.suggestions.suggest(&name.value, self.types.iter().map(String::as_str));
        let similar = similar.filter(|_| elsewhere.is_none());
        diagnostics.push(did_you_mean(diagnostic, name, similar, &keys.types));
        false
    }

    fn check_fields(
        &self,
        file: &FactFile,
        entry: &CombinatorEntry,
        combinators: &[&Combinator],
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        if entry.fields.is_empty() {
            return;
        }
        let fields = combinators.iter().flat_map(|combinator| &combinator.fields).map(|field| field.name.as_str());
        let fields: BTreeSet<&str> = fields.collect();
        let keys = keys(entry.fields.iter().map(|(name, _)| name));
        let mut is_shown = false;
        for (name, _) in entry.fields.iter().filter(|(name, _)| !fields.contains(name.value.as_str())) {
            let message = format!("`{}` has no field `{}`", entry.name.value, name.value);
            let diagnostic = Diagnostic::new(&codes::UNKNOWN_FIELD, message, file.label(name));
            let diagnostic = with_declarations(diagnostic, combinators, &mut is_shown);
            let similar = self.suggestions.suggest(&name.value, fields.iter().copied());
            diagnostics.push(did_you_mean(diagnostic, name, similar, &keys));
        }
    }
}

/// Shows the declarations that a finding is about, in the first finding about them alone: they may be long.
fn with_declarations(diagnostic: Diagnostic, combinators: &[&Combinator], is_shown: &mut bool) -> Diagnostic {
    if std::mem::replace(is_shown, true) {
        return diagnostic;
    }
    combinators.iter().fold(diagnostic, |diagnostic, it| diagnostic.with_note(format!("it is `{}`", it.text)))
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
pub(crate) fn did_you_mean(
    diagnostic: Diagnostic,
    name: &Spanned<String>,
    similar: Option<&str>,
    keys: &BTreeSet<&str>,
) -> Diagnostic {
    let Some(similar) = similar else { return diagnostic };
    let diagnostic = diagnostic.with_help(format!("did you mean `{similar}`?"));
    if keys.contains(similar) {
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
