//! Which parameters make a difference.
//!
//! `promo {mask:#} text:string = Promo mask` has a parameter that no field depends on; it changes neither the bytes nor what
//! a value is.

use super::settle::Order;
use crate::graph::Node;
use crate::schema::{Argument, Combinator, Nat, NatVariable, Schema, TypeId, ValueType};

/// For every type and constructor, by parameter: whether a field depends on it.
pub(crate) struct Usage {
    pub(crate) types: Vec<Vec<bool>>,
    pub(crate) constructors: Vec<Vec<bool>>,
}

impl Usage {
    /// The use of the parameters of a schema.
    pub(crate) fn of(schema: &Schema) -> Self {
        Self::new(schema, &Order::new(schema))
    }

    /// Starts with no use and repeats until nothing changes.
    pub(super) fn new(schema: &Schema, order: &Order) -> Self {
        let mut usage = Self {
            types: schema.types.iter().map(|ty| vec![false; ty.parameters.len()]).collect(),
            constructors: schema.constructors.iter().map(|it| vec![false; it.combinator.parameters.len()]).collect(),
        };
        order.settle(|node| {
            let (used, place) = match node {
                Node::Type(id) => (usage.of_type(schema, id), &mut usage.types[id.index()]),
                Node::Constructor(id) => {
                    (usage.of_combinator(&schema[id].combinator), &mut usage.constructors[id.index()])
                }
            };
            let changed = *place != used;
            *place = used;
            changed
        });
        usage
    }

    fn of_type(&self, schema: &Schema, id: TypeId) -> Vec<bool> {
        let mut used = vec![false; schema[id].parameters.len()];
        for constructor in &schema[id].constructors {
            let of_constructor = &self.constructors[constructor.index()];
            used.iter_mut().zip(of_constructor).for_each(|(used, also)| *used |= also);
        }
        used
    }

    fn of_combinator(&self, combinator: &Combinator) -> Vec<bool> {
        let mut used = vec![false; combinator.parameters.len()];
        let mut mark = |parameter: usize| {
            if let Some(used) = used.get_mut(parameter) {
                *used = true;
            }
        };
        for field in &combinator.fields {
            if let Some(NatVariable::Parameter(parameter)) = field.condition.map(|it| it.variable) {
                mark(parameter);
            }
            self.of_value(&field.ty, &mut mark);
        }
        used
    }

    fn of_value(&self, ty: &ValueType, mark: &mut impl FnMut(usize)) {
        match ty {
            ValueType::Parameter(parameter) => mark(*parameter),
            ValueType::Vector { element, .. } => self.of_value(element, mark),
            ValueType::Tuple { element, count, .. } => {
                of_nat(count, mark);
                self.of_value(element, mark);
            }
            ValueType::Boxed(id, arguments) => self.of_arguments(&self.types[id.index()], arguments, mark),
            ValueType::Bare(id, arguments) => self.of_arguments(&self.constructors[id.index()], arguments, mark),
            _ => {}
        }
    }

    fn of_arguments(&self, used: &[bool], arguments: &[Argument], mark: &mut impl FnMut(usize)) {
        for (argument, _) in arguments.iter().zip(used).filter(|(_, used)| **used) {
            match argument {
                Argument::Type(ty) => self.of_value(ty, mark),
                Argument::Nat(nat) => of_nat(nat, mark),
            }
        }
    }
}

fn of_nat(nat: &Nat, mark: &mut impl FnMut(usize)) {
    if let Nat::Variable(NatVariable::Parameter(parameter), _) = nat {
        mark(*parameter);
    }
}

/// The positions that are used.
pub(super) fn positions(used: &[bool]) -> Vec<usize> {
    used.iter().enumerate().filter(|(_, used)| **used).map(|(position, _)| position).collect()
}
