//! Reads a file of rules.

use std::ops::Range;

use toml::de::{DeTable, DeValue};
use typelang_parser::{Diagnostic, Label, SourceId, Span, suggest};

use super::expression::{Expression, parse};
use crate::codes;

/// The rules of a file.
pub(super) struct Rules {
    pub(super) source: SourceId,
    pub(super) rules: Vec<Rule>,
}

/// A rule as it is written.
pub(super) struct Rule {
    pub(super) of: Vec<Text>,
    pub(super) wanted: Option<Text>,
    pub(super) to: Option<Text>,
    pub(super) fields: Vec<Field>,
    pub(super) is_guess: bool,
}

/// A text with its place.
pub(super) struct Text {
    pub(super) text: String,
    pub(super) place: Range<usize>,
}

/// An expression for a field.
pub(super) struct Field {
    pub(super) name: Text,
    pub(super) expression: Expression,
    /// Where the text of the expression begins, if its places are those of the file.
    pub(super) start: Option<usize>,
    pub(super) place: Range<usize>,
}

impl Field {
    /// The place of a part of the expression.
    pub(super) fn place_of(&self, part: &Range<usize>) -> Range<usize> {
        self.start.map_or(self.place.clone(), |start| start + part.start..start + part.end)
    }
}

type Value<'i> = toml::Spanned<DeValue<'i>>;

/// Keys of a rule.
const KEYS: &[&str] = &["of", "as", "to", "fields", "guess"];

/// Reads rules; what is wrong is left out and reported.
pub(super) fn read(source: SourceId, text: &str) -> (Rules, Vec<Diagnostic>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader { source, text, diagnostics: Vec::new() };
    for error in &errors {
        let message = error.message().lines().collect::<Vec<_>>().join("; ");
        reader.report(message, error.span().unwrap_or_default());
    }
    let rules = if errors.is_empty() { reader.file(table.get_ref()) } else { Vec::new() };
    (Rules { source, rules }, reader.diagnostics)
}

/// A finding about rules.
pub(super) fn finding(source: SourceId, message: impl Into<String>, place: &Range<usize>) -> Diagnostic {
    Diagnostic::new(&codes::HISTORY_RULE, message, Label::new(source, span(place)))
}

pub(super) fn span(place: &Range<usize>) -> Span {
    let number = |it: usize| u32::try_from(it).unwrap_or(u32::MAX);
    Span { start: number(place.start), end: number(place.end) }
}

struct Reader<'t> {
    source: SourceId,
    text: &'t str,
    diagnostics: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn report(&mut self, message: impl Into<String>, place: Range<usize>) {
        self.diagnostics.push(finding(self.source, message, &place));
    }

    fn file(&mut self, table: &DeTable<'_>) -> Vec<Rule> {
        let mut rules = Vec::new();
        for (key, value) in table {
            match (key.get_ref().as_ref(), value.get_ref().as_array()) {
                ("rule", Some(list)) => rules.extend(list.iter().filter_map(|it| self.rule(it))),
                ("rule", None) => self.report("rules are written as `[[rule]]`", value.span()),
                (name, _) => self.unknown_key(name, &["rule"], key.span()),
            }
        }
        rules
    }

    fn unknown_key(&mut self, name: &str, known: &[&str], place: Range<usize>) {
        let diagnostic = finding(self.source, format!("unknown key `{name}`"), &place);
        let diagnostic = match suggest(name, known.iter().copied()) {
            Some(suggestion) => diagnostic.with_suggestion(span(&place), suggestion),
            None => diagnostic.with_help(format!("known keys: {}", known.join(", "))),
        };
        self.diagnostics.push(diagnostic);
    }

    fn rule(&mut self, value: &Value<'_>) -> Option<Rule> {
        let Some(table) = value.get_ref().as_table() else {
            self.report("a rule must be a table", value.span());
            return None;
        };
        let before = self.diagnostics.len();
        let mut rule = Rule { of: Vec::new(), wanted: None, to: None, fields: Vec::new(), is_guess: false };
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "of" => rule.of = self.texts(value),
                "as" => rule.wanted = self.text(value),
                "to" => rule.to = self.text(value),
                "fields" => rule.fields = self.fields(value),
                "guess" => match value.get_ref().as_bool() {
                    Some(is_guess) => rule.is_guess = is_guess,
                    None => self.report("`guess` must be a boolean", value.span()),
                },
                name => self.unknown_key(name, KEYS, key.span()),
            }
        }
        if rule.of.is_empty() && self.diagnostics.len() == before {
            self.report("the rule has no old constructor: `of = [\"name#id\"]`", value.span());
        }
        (self.diagnostics.len() == before).then_some(rule)
    }

    fn text(&mut self, value: &Value<'_>) -> Option<Text> {
        let text = value.get_ref().as_str().map(|it| Text { text: it.to_owned(), place: value.span() });
        if text.is_none() {
            self.report("expected a string", value.span());
        }
        text
    }

    fn texts(&mut self, value: &Value<'_>) -> Vec<Text> {
        match value.get_ref().as_array() {
            Some(list) => list.iter().filter_map(|it| self.text(it)).collect(),
            None => self.text(value).into_iter().collect(),
        }
    }

    fn fields(&mut self, value: &Value<'_>) -> Vec<Field> {
        let Some(table) = value.get_ref().as_table() else {
            self.report("`fields` must be a table", value.span());
            return Vec::new();
        };
        table.iter().filter_map(|(key, value)| self.field(key, value)).collect()
    }

    fn field(&mut self, key: &toml::Spanned<std::borrow::Cow<'_, str>>, value: &Value<'_>) -> Option<Field> {
        let Text { text, place } = self.text(value)?;
        // Between quotes is the expression itself, unless it has escapes or lines of its own.
        let is_plain = self.text.get(place.start + 1..place.start + 1 + text.len()) == Some(&text);
        let start = is_plain.then_some(place.start + 1);
        let name = Text { text: key.get_ref().to_string(), place: key.span() };
        match parse(&text) {
            Ok(expression) => Some(Field { name, expression, start, place }),
            Err(fault) => {
                let at = start.map_or(place, |start| start + fault.span.start..start + fault.span.end);
                self.report(fault.message, at);
                None
            }
        }
    }
}
