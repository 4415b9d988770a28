//! The warnings that a random schema gives a reason for, each at the place of the reason.

use std::collections::{BTreeMap, BTreeSet};

use typelang_parser::ast::{self, File};
use typelang_parser::{Diagnostic, Severity, Span};

use crate::model::{Declaration, Field, FieldKind, Item, Model, Name, Type};

/// The reasons of one schema.
pub(crate) struct Expected<'a> {
    /// Pieces of the text, comments left out, with their places.
    items: Vec<(Span, &'a Item)>,
    /// Types with constructors, and those that are declared to have none.
    constructed: BTreeSet<&'a Name>,
    empty: BTreeSet<&'a Name>,
    /// Names that a number can hide.
    declared: BTreeSet<&'a str>,
}

impl<'a> Expected<'a> {
    /// The tree of the text shows where the pieces are. Returns nothing if it has others.
    pub(crate) fn new(model: &'a Model, file: &File) -> Option<Self> {
        let places: Vec<Span> = file.items.iter().filter_map(place).collect();
        let is_comment = |item: &&Item| match item {
            Item::Comment(_) => true,
            Item::Prelude(text) => text.starts_with("//"),
            _ => false,
        };
        let items: Vec<&Item> = model.items.iter().filter(|item| !is_comment(item)).collect();
        if places.len() != items.len() {
            return None;
        }
        let constructors = || model.declarations().filter(|it| !it.is_function);
        let constructed = constructors().filter_map(|it| it.result.head()).collect();
        let empty = model.items.iter().filter_map(|item| match item {
            Item::Finality("Empty", name) => Some(name),
            _ => None,
        });
        let names = model.declarations().flat_map(|it| [Some(&it.name), it.result.head()].into_iter().flatten());
        let declared = names.filter(|name| name.namespace.is_empty()).map(|name| name.name.as_str());
        Some(Self {
            items: places.into_iter().zip(items).collect(),
            constructed,
            empty: empty.collect(),
            declared: declared.collect(),
        })
    }

    /// Returns whether the schema gives a reason for a finding at its place, in the text.
    pub(crate) fn has_reason(&self, finding: &Diagnostic, text: &str) -> bool {
        let span = finding.primary.span;
        let written = text.get(span.range()).unwrap_or_default();
        // Texts are put together from pieces that look like directives, tags and layers.
        let line = line_of(text, span.start as usize);
        let item = self.items.iter().find(|(place, _)| place.start <= span.start && span.end <= place.end);
        let declaration = match item {
            Some((_, Item::Declaration(declaration))) => Some(&**declaration),
            _ => None,
        };
        let in_declaration = |reason: &dyn Fn(&Declaration) -> bool| declaration.is_some_and(reason);
        match finding.code.name {
            "text-direction" => written.chars().all(is_direction) && !written.is_empty(),
            "lint-comment" => line.contains("tl:"),
            "layer-conflict" => line.contains("LAYER"),
            "unknown-documented-field" => line.contains('@'),
            "id-mismatch" => in_declaration(&|it| it.id.as_ref().is_some_and(|id| written.contains(id.as_str()))),
            "condition-without-bit" => in_declaration(&|it| without_bit(it) > 0),
            "bit-alias" => in_declaration(&|it| aliases(it) > 0),
            "field-shadowing" => in_declaration(&|it| self.hides(it)),
            "type-without-constructors" => match item {
                Some((_, Item::Finality(_, name))) => !self.constructed.contains(name),
                _ => in_declaration(&|it| self.needs_empty(it)),
            },
            _ => false,
        }
    }

    /// The codes of findings that must be there, with their number. Comments can silence them, so there must be none that looks
    /// like it does.
    pub(crate) fn needed(&self, text: &str) -> BTreeMap<&'static str, usize> {
        let declarations = self.items.iter().filter_map(|(_, item)| match item {
            Item::Declaration(declaration) if !text.contains("tl:") => Some(declaration),
            _ => None,
        });
        let mut needed = BTreeMap::new();
        for declaration in declarations {
            *needed.entry("condition-without-bit").or_default() += without_bit(declaration);
            *needed.entry("bit-alias").or_default() += aliases(declaration);
        }
        needed.retain(|_, count| *count > 0);
        needed
    }

    /// Two variables of one name, or a number with the name of something that is declared.
    fn hides(&self, declaration: &Declaration) -> bool {
        let mut names: Vec<&str> = declaration.parameters.iter().map(|it| it.name.as_str()).collect();
        let mut hides_declared = false;
        declaration.all_fields(&mut |field| {
            let name = field.name.as_deref().unwrap_or("_");
            names.extend((name != "_").then_some(name));
            hides_declared |= field.kind == FieldKind::Type(Type::Nat) && self.declared.contains(name);
        });
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        hides_declared || names.len() < count
    }

    /// A field that must be there, of a type without values.
    fn needs_empty(&self, declaration: &Declaration) -> bool {
        declaration.fields.iter().any(|field| match &field.kind {
            FieldKind::Type(ty) => {
                let is_empty = |name| self.empty.contains(name) && !self.constructed.contains(name);
                field.condition.is_none() && ty.head().is_some_and(is_empty)
            }
            _ => false,
        })
    }
}

/// The findings that are missing, as text; nothing if all are there.
pub(crate) fn missing(needed: &BTreeMap<&'static str, usize>, found: &[Diagnostic]) -> Option<String> {
    needed.iter().find_map(|(code, needed)| {
        let count = found.iter().filter(|it| it.code.name == *code && it.severity == Severity::Warning).count();
        (count != *needed).then(|| format!("{count} of {needed} findings of {code}"))
    })
}

fn place(item: &ast::Item) -> Option<Span> {
    match item {
        ast::Item::Section(_) => None,
        ast::Item::Combinator(it) => Some(it.span),
        ast::Item::PartialApplication(it) => Some(it.span),
        ast::Item::Finality(it) => Some(it.span),
    }
}

/// The line of a text at a byte.
fn line_of(text: &str, at: usize) -> &str {
    let before = text.get(..at).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |it| it + 1);
    text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default()
}

/// Returns whether a letter changes the direction of text.
fn is_direction(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn fields(declaration: &Declaration) -> Vec<&Field> {
    let mut fields = Vec::new();
    declaration.all_fields(&mut |field| fields.push(field));
    fields
}

/// Conditions that test a number as a whole.
fn without_bit(declaration: &Declaration) -> usize {
    let conditions = fields(declaration).into_iter().filter_map(|field| field.condition.as_ref());
    conditions.filter(|condition| condition.bit.is_none()).count()
}

/// Bits that several fields of the type `true` name.
fn aliases(declaration: &Declaration) -> usize {
    let mut counts: BTreeMap<(&str, u8), usize> = BTreeMap::new();
    for field in fields(declaration).into_iter().filter(|it| it.kind == FieldKind::Type(Type::named("true"))) {
        if let Some(condition) = &field.condition
            && let Some(bit) = condition.bit
        {
            *counts.entry((&condition.variable, bit)).or_default() += 1;
        }
    }
    counts.into_values().filter(|count| *count > 1).count()
}
