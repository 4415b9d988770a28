//! Which combinators speak of a type.

use std::collections::BTreeSet;

use crate::{Combinator, ConstructorId, ConstructorKind, FunctionId, Schema, TypeId, ValueType};

/// For each type: who returns it, and who has it in a field. In the order of the schema. What documentation lists under
/// "returned by" and "taken by".
#[derive(Clone, Debug)]
pub struct References {
    of_types: Vec<TypeReferences>,
}

/// Who speaks of one type.
#[derive(Clone, Debug, Default)]
pub struct TypeReferences {
    /// Functions that return it, or something made of it.
    pub returned_by: Vec<FunctionId>,
    /// Functions that take it, or something made of it.
    pub taken_by: Vec<FunctionId>,
    /// Constructors that have it, or something made of it, in a field; those of repeated groups, and those around them.
    pub held_by: Vec<ConstructorId>,
}

impl References {
    /// Goes through a schema once.
    #[must_use]
    pub fn new(schema: &Schema) -> Self {
        let mut of_types = vec![TypeReferences::default(); schema.types.len()];
        for id in schema.constructor_ids() {
            for ty in types_of_fields(schema, &schema[id].combinator) {
                of_types[ty.index()].held_by.push(id);
            }
        }
        for id in schema.function_ids() {
            for ty in types_of_fields(schema, &schema[id].combinator) {
                of_types[ty.index()].taken_by.push(id);
            }
            let mut result = BTreeSet::new();
            add_types(schema, &schema[id].result, &mut result);
            for ty in result {
                of_types[ty.index()].returned_by.push(id);
            }
        }
        Self { of_types }
    }

    /// Who speaks of a type of the same schema.
    #[must_use]
    pub fn of(&self, id: TypeId) -> &TypeReferences {
        &self.of_types[id.index()]
    }
}

fn types_of_fields(schema: &Schema, combinator: &Combinator) -> BTreeSet<TypeId> {
    let mut types = BTreeSet::new();
    combinator.fields.iter().for_each(|field| add_types(schema, &field.ty, &mut types));
    types
}

/// Adds the types that a type is made of.
fn add_types(schema: &Schema, ty: &ValueType, types: &mut BTreeSet<TypeId>) {
    ty.walk(&mut |ty| match ty {
        ValueType::Boxed(id, _) => _ = types.insert(*id),
        ValueType::Bare(id, _) => {
            types.insert(schema[*id].result);
            if schema[*id].kind == ConstructorKind::Group {
                types.extend(types_of_fields(schema, &schema[*id].combinator));
            }
        }
        _ => {}
    });
}
