//! Reads a fact file.

use toml::de::{DeTable, DeValue};
use typelang_parser::{Diagnostic, Fix, Label, SourceId, Span, suggest};

use crate::codes;
use crate::file::{CombinatorEntry, ErrorEntry, FactFile, Parsed, Spanned, TypeEntry};
use crate::model::Callers;
use crate::values::{Key, Value, Values, key, span};

/// The version of the format that is read.
pub const FORMAT: i32 = 1;

/// The most characters of the source of a file.
const MOST_OF_SOURCE: usize = 500;

/// The mark that some editors write before a text.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// Keys of a file.
const FILE: &[&str] = &["format", "source", "errors", "functions", "constructors", "types"];

/// Keys of an error.
const ERROR: &[&str] = &["codes", "parameter", "text"];

/// Keys of a function.
const FUNCTION: &[&str] = &["callers", "errors", "text", "fields", "groups"];

/// Keys of a constructor.
const CONSTRUCTOR: &[&str] = &["text", "fields", "groups"];

/// Keys of a type.
const TYPE: &[&str] = &["text"];

/// Reads a fact file. Never fails: what is wrong is among the diagnostics, all of it.
#[must_use]
pub fn parse(source: SourceId, text: &str) -> Parsed {
    let (table, errors) = DeTable::parse_recoverable(text);
    let not_toml = errors.iter().map(|error| {
        let place = error.span().map_or_else(Span::default, |range| span(&range));
        Diagnostic::new(&codes::INVALID_TOML, one_line(error.message()), Label::new(source, place))
    });
    let start = if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
    let values = Values { source, diagnostics: not_toml.collect() };
    let mut reader = Reader { values, start: span(&(start..start)).start };
    // What follows from broken TOML would only hide what is broken.
    let file =
        if errors.is_empty() { reader.file(table.get_ref()) } else { FactFile { source, ..FactFile::default() } };
    Parsed { file, diagnostics: reader.values.diagnostics }
}

fn one_line(message: &str) -> String {
    message.lines().collect::<Vec<_>>().join("; ")
}

struct Reader {
    values: Values,
    /// Where the text begins, after a byte order mark.
    start: u32,
}

impl Reader {
    fn file(&mut self, table: &DeTable<'_>) -> FactFile {
        let mut file = FactFile { source: self.values.source, ..FactFile::default() };
        if !self.has_known_format(table) {
            return file;
        }
        self.values.only_keys("a fact file", table, FILE);
        for (name, value) in table {
            match name.get_ref().as_ref() {
                "source" => file.origin = self.origin(value),
                "errors" => file.errors = self.entries("`errors`", value, Self::error),
                "functions" => file.functions = self.entries("`functions`", value, Self::function),
                "constructors" => file.constructors = self.entries("`constructors`", value, Self::constructor),
                "types" => file.types = self.entries("`types`", value, Self::ty),
                _ => {}
            }
        }
        file
    }

    /// The source, which is repeated at every fact of the file.
    fn origin(&mut self, value: &Value<'_>) -> Option<String> {
        let origin = self.values.string("the source", value)?.value;
        if origin.chars().nth(MOST_OF_SOURCE).is_some() {
            let message = format!("the source has more than {MOST_OF_SOURCE} characters");
            self.values.report(&codes::INVALID_FACT, message, value.span());
            return None;
        }
        Some(origin)
    }

    fn has_known_format(&mut self, table: &DeTable<'_>) -> bool {
        let Some(value) = table.get("format") else {
            let message = format!("the file does not say its format: `format = {FORMAT}`");
            let diagnostic = self.values.diagnostic(&codes::UNSUPPORTED_FACT_FORMAT, message, 0..0);
            let fix = Fix::add(self.values.source, self.start, format!("format = {FORMAT}\n"));
            self.values.diagnostics.push(diagnostic.with_fix(fix));
            return false;
        };
        let is_known = integer(value) == Some(FORMAT);
        if !is_known {
            let message = format!("this is no format that can be read here; it can be {FORMAT}");
            self.values.report(&codes::UNSUPPORTED_FACT_FORMAT, message, value.span());
        }
        is_known
    }

    fn entries<T>(
        &mut self,
        what: &str,
        value: &Value<'_>,
        read: impl Fn(&mut Self, &Key<'_>, &Value<'_>) -> Option<T>,
    ) -> Vec<T> {
        let Some(table) = self.values.table(what, value) else { return Vec::new() };
        table.iter().filter_map(|(name, value)| read(self, name, value)).collect()
    }

    /// `NAME = 400`, `NAME = [400, 500]` or `NAME = { codes = 420, parameter = "seconds", text = "…" }`.
    fn error(&mut self, name: &Key<'_>, value: &Value<'_>) -> Option<ErrorEntry> {
        let mut entry =
            ErrorEntry { name: key(name), codes: Vec::new(), parameter: None, text: None, is_broken: false };
        let before = self.values.diagnostics.len();
        self.error_value(&mut entry, value);
        entry.is_broken = self.values.diagnostics.len() > before;
        Some(entry)
    }

    fn error_value(&mut self, entry: &mut ErrorEntry, value: &Value<'_>) {
        let Some(table) = value.get_ref().as_table() else {
            entry.codes = self.codes(value);
            return;
        };
        self.values.only_keys("an error", table, ERROR);
        for (name, value) in table {
            match name.get_ref().as_ref() {
                "codes" => entry.codes = self.codes(value),
                "parameter" => entry.parameter = self.values.string("a parameter", value),
                "text" => entry.text = self.values.string("a text", value),
                _ => {}
            }
        }
    }

    /// One code or several.
    fn codes(&mut self, value: &Value<'_>) -> Vec<Spanned<i32>> {
        match value.get_ref() {
            DeValue::Array(array) if array.is_empty() => {
                self.values.report(&codes::MALFORMED_ERROR, "an error needs a code".to_owned(), value.span());
                Vec::new()
            }
            DeValue::Array(array) => array.iter().filter_map(|value| self.code(value)).collect(),
            _ => self.code(value).into_iter().collect(),
        }
    }

    fn code(&mut self, value: &Value<'_>) -> Option<Spanned<i32>> {
        let code = integer(value).filter(|code| *code != 0 && code.abs() < 1000);
        if code.is_none() {
            let message = "the code of an error must be a number of at most three digits, and not 0".to_owned();
            self.values.report(&codes::MALFORMED_ERROR, message, value.span());
        }
        Some(Spanned { value: code?, span: span(&value.span()) })
    }

    fn function(&mut self, name: &Key<'_>, value: &Value<'_>) -> Option<CombinatorEntry> {
        self.combinator(name, value, "a function", FUNCTION)
    }

    fn constructor(&mut self, name: &Key<'_>, value: &Value<'_>) -> Option<CombinatorEntry> {
        self.combinator(name, value, "a constructor", CONSTRUCTOR)
    }

    fn combinator(&mut self, name: &Key<'_>, value: &Value<'_>, what: &str, keys: &[&str]) -> Option<CombinatorEntry> {
        let table = self.named_table(name, value, what, keys)?;
        let (fields, groups, errors) = (Vec::new(), Vec::new(), Vec::new());
        let mut entry = CombinatorEntry { name: key(name), text: None, fields, groups, errors, callers: None };
        for (name, value) in table.iter().filter(|(name, _)| keys.contains(&name.get_ref().as_ref())) {
            match name.get_ref().as_ref() {
                "text" => entry.text = self.values.string("a text", value),
                "fields" => entry.fields = self.entries("`fields`", value, Self::field),
                "groups" => entry.groups = self.entries("`groups`", value, Self::group),
                "errors" => entry.errors = self.values.strings("`errors`", value),
                "callers" => entry.callers = self.callers(value),
                _ => {}
            }
        }
        Some(entry)
    }

    fn field(&mut self, name: &Key<'_>, value: &Value<'_>) -> Option<(Spanned<String>, Spanned<String>)> {
        Some((key(name), self.values.string("a text", value)?))
    }

    fn group(&mut self, field: &Key<'_>, value: &Value<'_>) -> Option<(Spanned<String>, Spanned<String>)> {
        let name = self.values.string("the name of a group", value)?;
        let is_word = |part: &str| part.starts_with(|it: char| it.is_ascii_lowercase());
        let is_name = |name: &str| name.bytes().all(|it| matches!(it, b'a'..=b'z' | b'0'..=b'9' | b'_'));
        if !is_name(&name.value) || !is_word(&name.value) {
            let message = format!("`{}` cannot be the name of a group", name.value.escape_debug());
            let help = "a name has small letters, digits and underscores, and begins with a letter";
            let diagnostic = self.values.diagnostic(&codes::INVALID_FACT, message, value.span()).with_help(help);
            self.values.diagnostics.push(diagnostic);
            return None;
        }
        Some((key(field), name))
    }

    fn callers(&mut self, value: &Value<'_>) -> Option<Spanned<Callers>> {
        let word = self.values.string("`callers`", value)?.value;
        let words = Callers::ALL.map(Callers::word);
        let callers = Callers::ALL.into_iter().find(|callers| callers.word() == word);
        if callers.is_none() {
            let message = "`callers` must be `users`, `bots` or `both`".to_owned();
            let mut diagnostic = self.values.diagnostic(&codes::INVALID_FACT, message, value.span());
            if let Some(similar) = suggest(&word, words) {
                diagnostic = diagnostic.with_help(format!("did you mean `{similar}`?")).with_fix(Fix::write(
                    self.values.source,
                    span(&value.span()),
                    format!("\"{similar}\""),
                ));
            }
            self.values.diagnostics.push(diagnostic);
        }
        Some(Spanned { value: callers?, span: span(&value.span()) })
    }

    fn ty(&mut self, name: &Key<'_>, value: &Value<'_>) -> Option<TypeEntry> {
        let table = self.named_table(name, value, "a type", TYPE)?;
        let text = table.get("text").and_then(|value| self.values.string("a text", value));
        Some(TypeEntry { name: key(name), text })
    }

    /// The table of something that has a name. A name with dots that lacks quotes makes a table in a table.
    fn named_table<'v, 'i>(
        &mut self,
        name: &Key<'_>,
        value: &'v Value<'i>,
        what: &str,
        keys: &[&str],
    ) -> Option<&'v DeTable<'i>> {
        let table = self.values.table(what, value)?;
        let inner =
            table.iter().find(|(key, value)| value.get_ref().is_table() && !FUNCTION.contains(&key.get_ref().as_ref()));
        if let Some((inner, _)) = inner {
            let message = format!("{what} has no table `{}`", inner.get_ref());
            let quoted = format!("\"{}.{}\"", name.get_ref(), inner.get_ref());
            let mut diagnostic = self
                .values
                .diagnostic(&codes::INVALID_FACT, message, inner.span())
                .with_help(format!("a name with dots needs quotes: {quoted}"));
            // The parts may be far from each other: one in a header, the other one beneath it.
            if inner.span().start == name.span().end + ".".len() {
                let whole = span(&name.span()).to(span(&inner.span()));
                diagnostic = diagnostic.with_fix(Fix::write(self.values.source, whole, quoted));
            }
            self.values.diagnostics.push(diagnostic);
            return None;
        }
        self.values.only_keys(what, table, keys);
        Some(table)
    }
}

/// A whole number of 32 bits.
fn integer(value: &Value<'_>) -> Option<i32> {
    let integer = value.get_ref().as_integer()?;
    i32::from_str_radix(integer.as_str(), integer.radix()).ok()
}

#[cfg(test)]
mod tests {
    use super::{CONSTRUCTOR, ERROR, FILE, FORMAT, FUNCTION, TYPE, one_line};

    /// The keys of an object of the JSON Schema.
    fn keys(object: &serde_json::Value) -> Vec<&str> {
        object["properties"].as_object().expect("properties").keys().map(String::as_str).collect()
    }

    fn sorted<'a>(keys: &[&'a str]) -> Vec<&'a str> {
        let mut keys = keys.to_vec();
        keys.sort_unstable();
        keys
    }

    #[test]
    fn the_json_schema_has_the_same_keys() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../schema/facts.schema.json");
        let text = std::fs::read_to_string(path).expect("a file");
        let schema: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(keys(&schema), sorted(FILE));
        assert_eq!(schema["properties"]["format"]["const"], FORMAT);
        let definitions = &schema["$defs"];
        for (name, expected) in [("function", FUNCTION), ("constructor", CONSTRUCTOR), ("type", TYPE)] {
            assert_eq!(keys(&definitions[name]), sorted(expected), "{name}");
            assert_eq!(definitions[name]["additionalProperties"], false, "{name}");
        }
        assert_eq!(keys(&definitions["errorTable"]), sorted(ERROR));
    }

    #[test]
    fn lines_of_a_message_are_joined() {
        assert_eq!(one_line("invalid string"), "invalid string");
        assert_eq!(one_line("invalid string\nexpected `\"`\r\n"), "invalid string; expected `\"`");
    }
}
