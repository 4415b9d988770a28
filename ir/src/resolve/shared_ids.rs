//! Ids that several combinators have, where a reader could not tell them apart.
//!
//! A boxed value is read as one of a type, of any type (`Object`), or as a call. So two constructors of a type must differ, and two
//! functions; a constructor must differ from everything else only where an `Object` can be either.

use std::collections::BTreeMap;

use typelang_parser::Diagnostic;

use super::collect::label;
use crate::codes;
use crate::facts::Usage;
use crate::schema::{Combinator, Schema, ValueType};
use crate::{ConstructorId, FunctionId, Name, TypeId};

/// A combinator with an id.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Owner {
    Constructor(ConstructorId),
    Function(FunctionId),
}

/// Reports each combinator that has the id of one before it, if a reader meets both in the same place.
pub(super) fn shared_ids(schema: &Schema, diagnostics: &mut Vec<Diagnostic>) {
    let named = schema.constructor_ids().filter(|&id| schema[id].kind.has_id());
    let owners = named.map(Owner::Constructor).chain(schema.function_ids().map(Owner::Function));
    let mut owners: Vec<(u32, Owner)> = owners.map(|it| (combinator(schema, it).id, it)).collect();
    owners.sort_by_key(|&(id, owner)| {
        let origin = combinator(schema, owner).origin;
        (id, origin.source, origin.span)
    });
    let shared: Vec<&[(u32, Owner)]> =
        owners.chunk_by(|(one, _), (other, _)| one == other).filter(|same| same.len() > 1).collect();
    if shared.is_empty() {
        return;
    }
    let objects = Objects { exist: schema.uses(&ValueType::Object), usage: Usage::of(schema) };
    for same in shared {
        let mut readers = Readers::default();
        for &(_, owner) in same {
            if let Some((first, by_object)) = readers.meet(schema, &objects, owner) {
                diagnostics.push(report(combinator(schema, owner), combinator(schema, first), by_object));
            }
        }
    }
}

fn combinator(schema: &Schema, owner: Owner) -> &Combinator {
    match owner {
        Owner::Constructor(id) => &schema[id].combinator,
        Owner::Function(id) => &schema[id].combinator,
    }
}

fn report(second: &Combinator, first: &Combinator, by_object: bool) -> Diagnostic {
    let message = format!("`{}` and `{}` have the same id #{:08x}", second.name, first.name, second.id);
    let first = label(first.origin).with_message("first used here");
    let diagnostic = Diagnostic::new(&codes::DUPLICATE_ID, message, label(second.origin)).with_secondary(first);
    if by_object {
        diagnostic.with_note("the schema has an `Object`, which can be either of them, and only the id tells which")
    } else {
        diagnostic
    }
}

/// What can be an `Object`.
struct Objects {
    exist: bool,
    usage: Usage,
}

impl Objects {
    fn include(&self, owner: Owner) -> bool {
        self.exist
            && match owner {
                // Its id does not give its arguments.
                Owner::Constructor(id) => !self.usage.constructors[id.index()].contains(&true),
                Owner::Function(_) => true,
            }
    }
}

/// The first combinator of an id in each place that reads one by its id.
#[derive(Default)]
struct Readers {
    names: BTreeMap<Name, Owner>,
    types: BTreeMap<TypeId, Owner>,
    call: Option<Owner>,
    object: Option<Owner>,
}

impl Readers {
    /// The first one that was met before in a place where this one is met, and whether only an `Object` can be both. They are met in
    /// the order of the texts.
    fn meet(&mut self, schema: &Schema, objects: &Objects, owner: Owner) -> Option<(Owner, bool)> {
        let by_kind = match owner {
            Owner::Constructor(id) => *self.types.entry(schema[id].result).or_insert(owner),
            Owner::Function(_) => *self.call.get_or_insert(owner),
        };
        // A generated type is found by id and name.
        let namesake = *self.names.entry(combinator(schema, owner).name.clone()).or_insert(owner);
        let object = if objects.include(owner) { *self.object.get_or_insert(owner) } else { owner };
        let place = |it: &Owner| (combinator(schema, *it).origin.source, combinator(schema, *it).origin.span);
        let others = [by_kind, namesake].into_iter().filter(|it| *it != owner);
        let first = others.min_by_key(place).map(|it| (it, false));
        first.or((object != owner).then_some((object, true)))
    }
}
