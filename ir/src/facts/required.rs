//! Which type parameters every value contains a value of.
//!
//! `pair {X:Type} {Y:Type} x:X y:Y = Pair X Y` contains both; `Maybe X`, one of whose constructors is empty, contains none
//! that it could not do without. So `loop x:(Pair int Loop) = Loop` has no finite value, but `Maybe Loop` may stand there.

use super::settle::Order;
use crate::graph::Node;
use crate::schema::{Argument, Combinator, ConstructorId, Nat, Schema, TypeId, ValueType};

/// For every type and constructor, by parameter: whether every value contains a value of it.
pub(super) struct Required {
    types: Vec<Vec<bool>>,
    constructors: Vec<Vec<bool>>,
}

impl Required {
    /// Starts with nothing required and repeats until nothing changes.
    pub(super) fn new(schema: &Schema, order: &Order) -> Self {
        let mut required = Self {
            types: schema.types.iter().map(|ty| vec![false; ty.parameters.len()]).collect(),
            constructors: schema.constructors.iter().map(|it| vec![false; it.combinator.parameters.len()]).collect(),
        };
        order.settle(|node| {
            let (found, place) = match node {
                Node::Type(id) if schema[id].parameters.is_empty() || schema[id].external => return false,
                Node::Type(id) => (required.of_type(schema, id), &mut required.types[id.index()]),
                Node::Constructor(id) if schema[id].combinator.parameters.is_empty() => return false,
                Node::Constructor(id) => {
                    (required.of_combinator(&schema[id].combinator), &mut required.constructors[id.index()])
                }
            };
            let changed = *place != found;
            *place = found;
            changed
        });
        required
    }

    /// What every constructor of the type requires.
    fn of_type(&self, schema: &Schema, id: TypeId) -> Vec<bool> {
        let constructors = &schema[id].constructors;
        let requires = |it: &ConstructorId, position| self.constructors[it.index()].get(position) == Some(&true);
        let positions = 0..schema[id].parameters.len();
        positions.map(|position| constructors.iter().all(|it| requires(it, position))).collect()
    }

    fn of_combinator(&self, combinator: &Combinator) -> Vec<bool> {
        let mut found = vec![false; combinator.parameters.len()];
        for field in combinator.fields.iter().filter(|field| field.condition.is_none()) {
            self.of_value(&field.ty, &mut found);
        }
        found
    }

    fn of_value(&self, ty: &ValueType, found: &mut [bool]) {
        match ty {
            ValueType::Parameter(position) => {
                if let Some(found) = found.get_mut(*position) {
                    *found = true;
                }
            }
            ValueType::Tuple { element, count: Nat::Constant(1..) | Nat::Variable(_, 1..), .. } => {
                self.of_value(element, found)
            }
            _ => self.arguments(ty).for_each(|ty| self.of_value(ty, found)),
        }
    }

    /// The type arguments of a type that every value of it contains.
    pub(super) fn arguments<'a>(&'a self, ty: &'a ValueType) -> impl Iterator<Item = &'a ValueType> {
        let (required, arguments) = match ty {
            ValueType::Boxed(id, arguments) => (&self.types[id.index()][..], &arguments[..]),
            ValueType::Bare(id, arguments) => (&self.constructors[id.index()][..], &arguments[..]),
            _ => (&[][..], &[][..]),
        };
        arguments.iter().zip(required).filter_map(|(argument, &required)| match argument {
            Argument::Type(ty) if required => Some(ty),
            _ => None,
        })
    }
}
