//! What is different between two forms of one declaration.

use std::collections::{BTreeMap, BTreeSet};

use typelang_ir::{Combinator, Field};

use crate::change::{Detail, FieldSide};
use crate::pairs::{Declaration, Outcome};
use crate::spelling::{Speller, parameters};

/// A form of a declaration, with its schema.
type Form<'a, 'b> = (&'a Speller<'a>, &'a Declaration<'b>);

/// The differences, those of the whole declaration first, then those of its fields in the order of the newer form, with fields
/// that are gone at the end.
pub(crate) fn details((old, first): Form<'_, '_>, (new, second): Form<'_, '_>) -> Vec<Detail> {
    let mut found = Vec::new();
    let (before, after) = (first.combinator, second.combinator);
    if before.name.namespace != after.name.namespace {
        found.push(Detail::NamespaceMoved);
    }
    if before.name.name != after.name.name {
        found.push(Detail::Renamed);
    }
    if before.id != after.id {
        found.push(Detail::IdChanged);
    }
    match (first.result, second.result) {
        (Outcome::Type(one), Outcome::Type(other)) => {
            let one = one.to_string();
            let one = old.renames.types.get(&one).unwrap_or(&one);
            found.extend((*one != other.to_string()).then_some(Detail::Moved));
        }
        (Outcome::Value(one), Outcome::Value(other)) => {
            let is_same = old.renamed(before, one) == new.renamed(after, other);
            found.extend((!is_same).then_some(Detail::ResultChanged));
        }
        _ => {}
    }
    let parameters = (parameters(before), parameters(after));
    if parameters.0 != parameters.1 {
        found.push(Detail::ParametersChanged { old: parameters.0, new: parameters.1 });
    }
    Fields { old, before, new, after }.compare(&mut found);
    if texts(before) != texts(after) {
        found.push(Detail::DocumentationChanged);
    }
    found
}

/// The texts about a declaration and its fields, wherever they are.
fn texts(combinator: &Combinator) -> (Option<&str>, Vec<(&str, &str)>) {
    let Some(documentation) = &combinator.documentation else { return (None, Vec::new()) };
    let fields = documentation.fields.iter().map(|field| (field.name.as_str(), field.text.as_str()));
    (documentation.description.as_deref(), fields.collect())
}

/// The fields of two forms.
struct Fields<'a> {
    old: &'a Speller<'a>,
    before: &'a Combinator,
    new: &'a Speller<'a>,
    after: &'a Combinator,
}

impl Fields<'_> {
    fn compare(&self, found: &mut Vec<Detail>) {
        let pairs = self.pairs();
        for (second, field) in self.after.fields.iter().enumerate() {
            match pairs.get(&second) {
                Some(&first) => self.changes(&self.before.fields[first], field, found),
                None => found.push(Detail::FieldAdded(self.new.side(self.after, field))),
            }
        }
        let kept: BTreeSet<usize> = pairs.values().copied().collect();
        for (_, field) in self.before.fields.iter().enumerate().filter(|(first, _)| !kept.contains(first)) {
            found.push(Detail::FieldRemoved(self.old.side(self.before, field)));
        }
        let order: Vec<usize> = pairs.values().copied().collect();
        if !order.is_sorted() {
            found.push(Detail::Reordered);
        }
    }

    /// Fields of the same name; then those that only one form has, if they say the same between the same neighbours.
    fn pairs(&self) -> BTreeMap<usize, usize> {
        let by_name: BTreeMap<&str, usize> =
            self.before.fields.iter().enumerate().map(|(index, field)| (&*field.name, index)).collect();
        let named = self.after.fields.iter().enumerate();
        let mut pairs: BTreeMap<usize, usize> =
            named.filter_map(|(second, field)| Some((second, *by_name.get(&*field.name)?))).collect();
        let kept: BTreeSet<usize> = pairs.values().copied().collect();
        let mut renamed = Vec::new();
        for second in (0..self.after.fields.len()).filter(|second| !pairs.contains_key(second)) {
            let first = match second.checked_sub(1) {
                Some(previous) => {
                    pairs.get(&previous).or(renamed.last().filter(|(it, _)| *it == previous).map(|(_, it)| it))
                }
                None => None,
            };
            let first = first.map_or(usize::from(second > 0) * usize::MAX, |first| first + 1);
            if let Some(field) = self.before.fields.get(first)
                && !kept.contains(&first)
                && self.text(self.old, self.before, field)
                    == self.text(self.new, self.after, &self.after.fields[second])
            {
                renamed.push((second, first));
            }
        }
        pairs.extend(renamed);
        pairs
    }

    /// Condition and type of a field in the words of the newer schema.
    fn text(&self, speller: &Speller<'_>, owner: &Combinator, field: &Field) -> (Option<String>, String) {
        (speller.side(owner, field).condition, speller.renamed(owner, &field.ty))
    }

    fn changes(&self, before: &Field, after: &Field, found: &mut Vec<Detail>) {
        let old: FieldSide = self.old.side(self.before, before);
        let new: FieldSide = self.new.side(self.after, after);
        if old.name != new.name {
            found.push(Detail::FieldRenamed { old: old.name, new });
            return;
        }
        let types = (self.old.renamed(self.before, &before.ty), self.new.renamed(self.after, &after.ty));
        if types.0 != types.1 {
            let is_boxing = self.old.unboxed(self.before, &before.ty) == self.new.unboxed(self.after, &after.ty);
            found.push(Detail::FieldTypeChanged { old: old.clone(), new: new.clone(), is_boxing });
        }
        if old.condition != new.condition {
            found.push(Detail::FieldConditionChanged { old, new });
        }
    }
}
