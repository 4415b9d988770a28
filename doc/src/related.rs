//! Which other pages somebody may want who reads a page.

use std::collections::BTreeSet;

use typelang_ir::{Combinator, TypeId, ValueType};

use crate::context::Context;
use crate::places::{Item, Known};
use crate::prose::named;

/// The most related pages of one page.
const MOST: usize = 12;

/// A type with more users than this makes nobody of them related.
const COMMON: usize = 16;

/// What is related to a method or constructor, the closest first: what its texts name; methods with a result of the same
/// type; methods that take a value of the same type. Types that many speak of do not count.
pub(crate) fn related(context: &Context<'_>, item: Item) -> Vec<Known> {
    let own = context.places.path(item).unwrap_or_default();
    let texts = context.texts(item);
    let fields = texts.into_iter().flat_map(|texts| texts.fields.values().map(String::as_str));
    let texts = context.description(item).into_iter().chain(fields);
    let mut related: Vec<Known> = named(texts, &context.places, own, MOST).into_iter().cloned().collect();
    let mut add = |items: Vec<Item>| {
        for item in items {
            if related.len() >= MOST {
                return;
            }
            if let Some(known) = context.known(item).filter(|it| it.path != own && !related.contains(it)) {
                related.push(known);
            }
        }
    };
    if let Item::Method(id) = item {
        let function = &context.schema[id];
        add(methods(context, types_of(context, [&function.result]), false));
        add(methods(context, types_of_fields(context, &function.combinator), true));
    }
    if let Item::Constructor(id) = item {
        let siblings = &context.schema[context.schema[id].result].constructors;
        if siblings.len() <= COMMON {
            add(siblings.iter().copied().map(Item::Constructor).collect());
        }
    }
    related
}

/// The methods that take or return one of these types, if they are few.
fn methods(context: &Context<'_>, types: BTreeSet<TypeId>, taken: bool) -> Vec<Item> {
    let methods = types.into_iter().map(|id| {
        let references = context.references.of(id);
        if taken { &references.taken_by } else { &references.returned_by }
    });
    methods.filter(|methods| methods.len() <= COMMON).flatten().copied().map(Item::Method).collect()
}

fn types_of_fields(context: &Context<'_>, combinator: &Combinator) -> BTreeSet<TypeId> {
    types_of(context, combinator.fields.iter().map(|field| &field.ty))
}

fn types_of<'t>(context: &Context<'_>, values: impl IntoIterator<Item = &'t ValueType>) -> BTreeSet<TypeId> {
    let mut types = BTreeSet::new();
    for value in values {
        value.walk(&mut |ty| match ty {
            ValueType::Boxed(id, _) => _ = types.insert(*id),
            ValueType::Bare(id, _) => _ = types.insert(context.schema[*id].result),
            _ => {}
        });
    }
    types
}
