//! The constructors of all layers as one schema.

use std::collections::{BTreeMap, BTreeSet};

use typelang_ir::{Name, Profile, ResolveOptions, Schema, ValueType, resolve};
use typelang_parser::ast::{DeclaredId, File, Item, Section};
use typelang_parser::{Diagnostic, Label, Severity, ShortString};

use crate::{Declaration, History, codes};

/// All constructors of all layers.
pub(super) struct Union {
    /// Each constructor under its name and with its id, so that several can have the same ones.
    pub(super) schema: Schema,
    /// The layers of each constructor, by position: first and last layers of ranges.
    pub(super) layers: Vec<Vec<(u32, u32)>>,
    pub(super) long_strings: bool,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// A form of a constructor.
struct Form<'h> {
    declaration: &'h Declaration,
    layers: Vec<(u32, u32)>,
}

impl Form<'_> {
    fn newest(&self) -> u32 {
        self.layers.iter().map(|it| it.1).max().unwrap_or_default()
    }
}

/// The union of all layers. Of constructors with one id the newest is the first.
pub(super) fn union(history: &History) -> Union {
    let forms = forms(history);
    let mut taken: BTreeSet<u32> = history.ids().collect();
    let mut names = BTreeSet::new();
    let mut ids = BTreeSet::new();
    let mut items = Vec::new();
    let mut by_name = BTreeMap::new();
    let mut repeated = BTreeSet::new();
    for (at, form) in forms.iter().enumerate() {
        let mut combinator = form.declaration.combinator.clone();
        let span = combinator.name.span;
        let mut id = form.declaration.id;
        if !ids.insert(id) {
            id = free_id(&mut taken);
        }
        if !names.insert(form.declaration.name.clone()) {
            repeated.insert(form.declaration.name.clone());
            combinator.name.name = ShortString::from(format!("{}_{id:08x}", combinator.name.name));
        }
        combinator.id = Some(DeclaredId { span, value: id });
        by_name.insert(Name::from(&combinator.name), at);
        items.push(Item::Combinator(combinator));
    }
    let file = File { source: history.source, items, ..File::default() };
    let resolution = resolve(&[file], ResolveOptions { profile: Some(Profile::Telegram), ..ResolveOptions::default() });
    let mut diagnostics = resolution.diagnostics;
    diagnostics.retain(|it| it.severity == Severity::Error);
    let mut schema = resolution.schema;
    let mut layers = Vec::new();
    for constructor in &mut schema.constructors {
        let form = by_name.get(&constructor.combinator.name).and_then(|&at| forms.get(at));
        layers.push(form.map(|it| it.layers.clone()).unwrap_or_default());
        if let Some(form) = form {
            constructor.combinator.id = form.declaration.id;
            constructor.combinator.name = Name::from(&form.declaration.combinator.name);
        }
    }
    bare_values(&schema, &repeated, &mut diagnostics);
    Union { schema, layers, long_strings: Profile::Telegram.has_long_strings(), diagnostics }
}

/// All forms of constructors, the newest first; those that went away and came back are one.
fn forms(history: &History) -> Vec<Form<'_>> {
    let mut forms: BTreeMap<(u32, String), Form<'_>> = BTreeMap::new();
    for declaration in history.declarations().iter().filter(|it| it.section() == Section::Types) {
        let layers = history.layers_of_declaration(declaration);
        let layers = layers.iter().map(|it| (*it.start(), *it.end()));
        let key = (declaration.id, declaration.text());
        let form = forms.entry(key).or_insert_with(|| Form { declaration, layers: Vec::new() });
        form.layers.extend(layers);
    }
    let mut forms: Vec<Form<'_>> = forms.into_values().collect();
    forms.sort_by_key(|it| std::cmp::Reverse(it.newest()));
    forms
}

fn free_id(taken: &mut BTreeSet<u32>) -> u32 {
    let free = (0xf000_0000..=u32::MAX).find(|id| !taken.contains(id)).unwrap_or_default();
    taken.insert(free);
    free
}

/// A value without an id can be read only if its constructor has one layout.
fn bare_values(schema: &Schema, repeated: &BTreeSet<String>, diagnostics: &mut Vec<Diagnostic>) {
    if repeated.is_empty() {
        return;
    }
    for constructor in &schema.constructors {
        for field in &constructor.combinator.fields {
            field.ty.walk(&mut |ty| {
                let ValueType::Bare(bare, _) = ty else { return };
                let name = schema[*bare].combinator.name.to_string();
                if repeated.contains(&name) {
                    let place = Label::new(constructor.combinator.origin.source, field.span);
                    let message = format!("`{name}` has several layouts, and a bare value does not tell which it has");
                    diagnostics.push(Diagnostic::new(&codes::HISTORY_LAYOUT, message, place));
                }
            });
        }
    }
}
