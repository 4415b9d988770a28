//! Compares two schemas.

use std::collections::{BTreeMap, BTreeSet};

use typelang_ir::{ConstructorKind, Schema, TypeId};

use crate::change::{Change, Changes, Kind, Side, TypeChange};
use crate::details::details;
use crate::pairs::{Declaration, pairs};
use crate::spelling::Speller;

/// Finds the changes from an older to a newer schema.
///
/// Declarations are the same if they have the same name, else if they have the same id, else if they have the same fields, the same
/// result and a similar name.
#[must_use]
pub fn compare(old: &Schema, new: &Schema) -> Changes {
    compare_with(old, new, &[])
}

/// The name that a declaration had before, as somebody says who knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerName {
    /// Constructor or function.
    pub kind: Kind,
    /// The name in an older schema.
    pub old: String,
    /// The name in the newer one.
    pub new: String,
}

/// The same as [`compare`], with former names of declarations, which count more than anything else. Those that the older schema does not
/// have are passed over.
#[must_use]
pub fn compare_with(old: &Schema, new: &Schema, former: &[FormerName]) -> Changes {
    let (mut old, new) = (Speller::new(old), Speller::new(new));
    let (olds, news) = (Declaration::all(old.schema), Declaration::all(new.schema));
    let pairs = pairs((&old, &olds), (&new, &news), former);
    for (second, first) in pairs.iter().enumerate().filter_map(|(second, first)| Some((second, (*first)?))) {
        let (first, second) = (&olds[first], &news[second]);
        let names = (first.combinator.name.to_string(), second.combinator.name.to_string());
        if first.kind == Kind::Constructor && names.0 != names.1 {
            old.renames.constructors.insert(names.0, names.1);
        }
    }
    old.renames.types = renamed_types(&old, &new);
    let declarations = declarations((&old, &olds), (&new, &news), &pairs);
    let types = types(&old, &new);
    Changes { old_layer: old.schema.layer, new_layer: new.schema.layer, declarations, types }
}

fn declarations(
    (old, olds): (&Speller<'_>, &[Declaration<'_>]),
    (new, news): (&Speller<'_>, &[Declaration<'_>]),
    pairs: &[Option<usize>],
) -> Vec<Change> {
    let mut changes = Vec::new();
    for (second, first) in news.iter().zip(pairs) {
        let details = match first {
            Some(first) => details((old, &olds[*first]), (new, second)),
            None => Vec::new(),
        };
        if first.is_none() || !details.is_empty() {
            let old = first.map(|first| side(old, &olds[first]));
            changes.push(Change { kind: second.kind, old, new: Some(side(new, second)), details });
        }
    }
    let kept: BTreeSet<usize> = pairs.iter().flatten().copied().collect();
    let gone = olds.iter().enumerate().filter(|(index, _)| !kept.contains(index)).map(|(_, first)| first);
    changes.extend(gone.map(|first| Change {
        kind: first.kind,
        old: Some(side(old, first)),
        new: None,
        details: Vec::new(),
    }));
    changes
}

fn side(speller: &Speller<'_>, declaration: &Declaration<'_>) -> Side {
    let combinator = declaration.combinator;
    Side {
        name: combinator.name.to_string(),
        id: combinator.id,
        result: declaration.result(speller.schema),
        text: combinator.text.clone(),
        fields: combinator.fields.iter().map(|field| speller.side(combinator, field)).collect(),
        origin: combinator.origin,
    }
}

/// The names of the constructors of a type, in the words of the other schema.
fn constructors(speller: &Speller<'_>, id: TypeId) -> BTreeMap<String, String> {
    let named = speller.schema[id].constructors.iter().filter(|id| speller.schema[**id].kind != ConstructorKind::Group);
    let names = named.map(|id| speller.schema[*id].combinator.name.to_string());
    names.map(|name| (speller.renames.constructors.get(&name).cloned().unwrap_or_else(|| name.clone()), name)).collect()
}

/// Types of the older schema that have another name in the newer one: a constructor has kept its name, or all have.
fn renamed_types(old: &Speller<'_>, new: &Speller<'_>) -> BTreeMap<String, String> {
    let names = |speller: &Speller<'_>| -> BTreeSet<String> {
        speller.schema.types.iter().map(|it| it.name.to_string()).collect()
    };
    let (old_names, new_names) = (names(old), names(new));
    let types_of: BTreeMap<String, String> = new
        .schema
        .constructors
        .iter()
        .map(|it| (it.combinator.name.to_string(), new.schema[it.result].name.to_string()))
        .collect();
    let mut renamed = BTreeMap::new();
    for id in old.schema.type_ids() {
        let name = old.schema[id].name.to_string();
        if new_names.contains(&name) {
            continue;
        }
        let targets: BTreeSet<&String> = constructors(old, id).keys().filter_map(|it| types_of.get(it)).collect();
        let mut targets = targets.into_iter();
        if let (Some(target), None) = (targets.next(), targets.next())
            && !old_names.contains(target)
        {
            renamed.insert(name, target.clone());
        }
    }
    renamed
}

fn types(old: &Speller<'_>, new: &Speller<'_>) -> Vec<TypeChange> {
    let by_name: BTreeMap<String, TypeId> = old
        .schema
        .type_ids()
        .map(|id| {
            let name = old.schema[id].name.to_string();
            (old.renames.types.get(&name).cloned().unwrap_or(name), id)
        })
        .collect();
    let mut changes = Vec::new();
    let mut kept = BTreeSet::new();
    for id in new.schema.type_ids().filter(|&id| is_declared(new.schema, id)) {
        let name = new.schema[id].name.to_string();
        let former = by_name.get(&name).copied();
        kept.extend(former);
        let before = former.map(|id| constructors(old, id)).unwrap_or_default();
        let after = constructors(new, id);
        let change = TypeChange {
            old: former.map(|id| old.schema[id].name.to_string()),
            new: Some(name),
            old_constructors: before.len(),
            new_constructors: after.len(),
            added: after.keys().filter(|it| !before.contains_key(*it)).cloned().collect(),
            removed: before.iter().filter(|(it, _)| !after.contains_key(*it)).map(|(_, name)| name.clone()).collect(),
        };
        if change.old != change.new || !change.added.is_empty() || !change.removed.is_empty() {
            changes.push(change);
        }
    }
    let gone = old.schema.type_ids().filter(|id| is_declared(old.schema, *id) && !kept.contains(id));
    changes.extend(gone.map(|id| {
        let before = constructors(old, id);
        TypeChange {
            old: Some(old.schema[id].name.to_string()),
            new: None,
            old_constructors: before.len(),
            new_constructors: 0,
            added: Vec::new(),
            removed: before.into_values().collect(),
        }
    }));
    changes
}

/// Returns whether a type is one of the schema's, rather than that of a group of repeated fields.
fn is_declared(schema: &Schema, id: TypeId) -> bool {
    schema[id].constructors.iter().all(|id| schema[*id].kind != ConstructorKind::Group)
}
