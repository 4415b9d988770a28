//! Lengths on the wire: the least, and the fixed one if there is one.

use std::rc::Rc;

use super::required::Required;
use super::settle::Order;
use crate::Builtin;
use crate::graph::Node;
use crate::schema::{Combinator, Constructor, ConstructorKind, Field, Nat, Schema, Type, ValueType};

/// Bytes of a constructor id.
const ID: u32 = 4;

/// A length for each type (id included) and constructor (id excluded), where it is known.
pub(crate) struct Lengths {
    pub(crate) types: Vec<Option<u32>>,
    pub(crate) constructors: Vec<Option<u32>>,
    kind: Kind,
    required: Rc<Required>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Least,
    Fixed,
}

/// The least length of every type and constructor; `None` for what has no finite value.
pub(crate) fn least_lengths(schema: &Schema) -> Lengths {
    let order = Order::new(schema);
    Lengths::least(schema, &order, Rc::new(Required::new(schema, &order)))
}

impl Lengths {
    /// The least length of every type and constructor.
    pub(super) fn least(schema: &Schema, order: &Order, required: Rc<Required>) -> Self {
        Self::new(schema, order, required, Kind::Least)
    }

    /// The length of every type and constructor whose values all have the same.
    pub(super) fn fixed(schema: &Schema, order: &Order, required: Rc<Required>) -> Self {
        Self::new(schema, order, required, Kind::Fixed)
    }

    /// Starts with nothing known and repeats until nothing changes.
    fn new(schema: &Schema, order: &Order, required: Rc<Required>, kind: Kind) -> Self {
        let mut lengths = Self {
            types: vec![None; schema.types.len()],
            constructors: vec![None; schema.constructors.len()],
            kind,
            required,
        };
        order.settle(|node| {
            let (length, place) = match node {
                Node::Type(id) => (lengths.of_type(schema, &schema[id]), &mut lengths.types[id.index()]),
                Node::Constructor(id) => (lengths.of_constructor(&schema[id]), &mut lengths.constructors[id.index()]),
            };
            std::mem::replace(place, length) != length
        });
        lengths
    }

    fn of_constructor(&self, constructor: &Constructor) -> Option<u32> {
        if constructor.external {
            return (self.kind == Kind::Least).then_some(0);
        }
        self.of_fields(&constructor.combinator)
    }

    /// The length of all fields of a combinator.
    pub(super) fn of_fields(&self, combinator: &Combinator) -> Option<u32> {
        combinator.fields.iter().try_fold(0u32, |sum, field| Some(sum.saturating_add(self.of_field(field)?)))
    }

    fn of_field(&self, field: &Field) -> Option<u32> {
        match (field.condition.is_some(), self.kind) {
            (true, _) if field.is_flag() => Some(0),
            (true, Kind::Least) => Some(0),
            (true, Kind::Fixed) => None,
            (false, _) => self.of_value(&field.ty),
        }
    }

    fn of_type(&self, schema: &Schema, ty: &Type) -> Option<u32> {
        if ty.external {
            return (self.kind == Kind::Least).then_some(ID);
        }
        let mut lengths = ty.constructors.iter().map(|&id| {
            let id_length = if schema[id].kind == ConstructorKind::Default { 0 } else { ID };
            self.constructors[id.index()].map(|length| length.saturating_add(id_length))
        });
        match self.kind {
            // A type that is declared empty has no value, which is no fault of it.
            Kind::Least if ty.constructors.is_empty() => Some(ID),
            Kind::Least => lengths.flatten().min(),
            Kind::Fixed => {
                let first = lengths.next()??;
                lengths.all(|length| length == Some(first)).then_some(first)
            }
        }
    }

    fn of_value(&self, ty: &ValueType) -> Option<u32> {
        let is_least = self.kind == Kind::Least;
        match ty {
            ValueType::Builtin(builtin) => self.of_builtin(*builtin),
            ValueType::BoxedBuiltin(builtin, _) => self.of_builtin(*builtin).map(|length| length + ID),
            ValueType::Vector { boxed, .. } => is_least.then_some(if *boxed { 8 } else { 4 }),
            ValueType::Tuple { id, element, count } => {
                let elements = match count {
                    Nat::Constant(0) => Some(0),
                    Nat::Variable(..) if !is_least => None,
                    Nat::Variable(_, 0) => Some(0),
                    // A sum counts at least its constant.
                    Nat::Constant(count) | Nat::Variable(_, count) => {
                        self.of_value(element).map(|length| length.saturating_mul(*count))
                    }
                };
                elements.map(|length| length.saturating_add(id.map_or(0, |_| ID)))
            }
            // What a type must contain has no finite value, so neither has the type.
            ValueType::Boxed(..) | ValueType::Bare(..) if is_least && !self.are_known(self.required.arguments(ty)) => {
                None
            }
            ValueType::Boxed(id, _) => self.types[id.index()],
            ValueType::Bare(id, _) => self.constructors[id.index()],
            ValueType::Parameter(_) | ValueType::Output(_) => is_least.then_some(0),
            ValueType::Call(_) | ValueType::Object | ValueType::Function => is_least.then_some(ID),
        }
    }

    fn are_known<'a>(&self, mut types: impl Iterator<Item = &'a ValueType>) -> bool {
        types.all(|ty| self.of_value(ty).is_some())
    }

    fn of_builtin(&self, builtin: Builtin) -> Option<u32> {
        match self.kind {
            Kind::Least => Some(builtin.least_length()),
            Kind::Fixed => builtin.fixed_length(),
        }
    }
}
