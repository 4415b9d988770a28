//! Values of TOML as what they should be; what they are not is reported.

use std::ops::Range;

use toml::de::{DeTable, DeValue};
use typelang_parser::{Code, Diagnostic, Label, SourceId, Span, suggest};

use crate::codes;
use crate::file::Spanned;

/// A value of TOML with its place.
pub(crate) type Value<'i> = toml::Spanned<DeValue<'i>>;

/// A key of TOML with its place.
pub(crate) type Key<'i> = toml::Spanned<std::borrow::Cow<'i, str>>;

/// Reads values of one text and notes what is wrong with them.
pub(crate) struct Values {
    pub(crate) source: SourceId,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Values {
    /// Reports something at a place.
    pub(crate) fn report(&mut self, code: &'static Code, message: String, at: Range<usize>) {
        let diagnostic = self.diagnostic(code, message, at);
        self.diagnostics.push(diagnostic);
    }

    /// Returns a finding about a place.
    pub(crate) fn diagnostic(&self, code: &'static Code, message: String, at: Range<usize>) -> Diagnostic {
        Diagnostic::new(code, message, Label::new(self.source, span(&at)))
    }

    /// Reports that a value is something else than it should be.
    pub(crate) fn wrong(&mut self, what: &str, expected: &str, value: &Value<'_>) {
        let found = value.get_ref().type_str();
        self.report(
            &codes::INVALID_FACT,
            format!("{what} must be {expected}, not {}", with_article(found)),
            value.span(),
        );
    }

    /// A table.
    pub(crate) fn table<'v, 'i>(&mut self, what: &str, value: &'v Value<'i>) -> Option<&'v DeTable<'i>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.wrong(what, "a table", value);
        }
        table
    }

    /// A text that says something.
    pub(crate) fn string(&mut self, what: &str, value: &Value<'_>) -> Option<Spanned<String>> {
        match value.get_ref().as_str() {
            None => self.wrong(what, "a string", value),
            Some(text) if text.trim().is_empty() => {
                self.report(&codes::INVALID_FACT, format!("{what} is empty"), value.span());
            }
            Some(text) => return Some(Spanned { value: text.trim().to_owned(), span: span(&value.span()) }),
        }
        None
    }

    /// A list of texts.
    pub(crate) fn strings(&mut self, what: &str, value: &Value<'_>) -> Vec<Spanned<String>> {
        let Some(array) = value.get_ref().as_array() else {
            self.wrong(what, "a list of strings", value);
            return Vec::new();
        };
        array.iter().filter_map(|element| self.string("the name of an error", element)).collect()
    }

    /// Reports keys that are not among those that are known.
    pub(crate) fn only_keys(&mut self, what: &str, table: &DeTable<'_>, known: &[&str]) {
        for key in table.keys().filter(|key| !known.contains(&key.get_ref().as_ref())) {
            let name = key.get_ref().as_ref();
            let message = format!("{what} has no key `{name}`");
            let similar = suggest(name, known.iter().copied());
            let diagnostic = self.diagnostic(&codes::INVALID_FACT, message, key.span());
            self.diagnostics.push(match similar {
                Some(similar) if table.contains_key(similar) => {
                    diagnostic.with_help(format!("did you mean `{similar}`?"))
                }
                Some(similar) => diagnostic.with_suggestion(span(&key.span()), similar),
                None => diagnostic.with_help(format!("it has {}", listed(known))),
            });
        }
    }
}

/// `a`, `b` and `c`.
fn listed(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match words.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => words.concat(),
    }
}

fn with_article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {noun}")
}

/// A key with its place.
pub(crate) fn key(key: &Key<'_>) -> Spanned<String> {
    Spanned { value: key.get_ref().as_ref().to_owned(), span: span(&key.span()) }
}

/// A place as diagnostics have it.
pub(crate) fn span(range: &Range<usize>) -> Span {
    let offset = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    Span::new(offset(range.start), offset(range.end))
}
