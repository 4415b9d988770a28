//! Facts about a schema that generators need, computed once: lengths on the wire, recursion, heights, callers, and which
//! parameters make a difference.

mod callers;
mod heights;
mod lengths;
mod required;
pub(crate) mod settle;
mod usage;

use std::rc::Rc;

use crate::graph::Recursion;
use crate::{Combinator, ConstructorId, FunctionId, Schema, TypeId, ValueType};

pub(crate) use lengths::least_lengths;
pub(crate) use usage::Usage;

/// Facts about every type, constructor and function of one [`Schema`].
#[derive(Clone, Debug)]
pub struct Facts {
    types: Vec<TypeFacts>,
    constructors: Vec<CombinatorFacts>,
    functions: Vec<CombinatorFacts>,
    used_by_types: Vec<Vec<usize>>,
    used_by_constructors: Vec<Vec<usize>>,
}

/// From how many functions on [`TypeFacts::callers`] are no longer counted: what that many return is common in a schema.
pub const MAX_CALLERS: u32 = 32;

/// Returns whether a combinator can contain a call. A call can be that of any function, so that it can contain what contains it; and
/// an `Object` can be a call.
fn holds_call(combinator: &Combinator) -> bool {
    let mut found = false;
    for field in &combinator.fields {
        field.ty.walk(&mut |ty| found |= matches!(ty, ValueType::Call(_) | ValueType::Function | ValueType::Object));
    }
    found
}

/// Facts about a type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TypeFacts {
    /// Least number of bytes on the wire, id included.
    pub least_length: u32,
    /// Number of bytes on the wire, id included, if it is the same for every value.
    pub fixed_length: Option<u32>,
    /// Whether a value can contain another value of the type, vectors included.
    pub recursive: bool,
    /// How many functions have results that can hold a value of the type, counted up to [`MAX_CALLERS`].
    pub callers: u32,
    /// The constructor with which a value ends soonest, the one that a decoder puts in place of what it cannot read; none if
    /// the type has no constructor that is sure to end.
    pub simplest: Option<ConstructorId>,
}

/// Facts about a constructor or a function.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CombinatorFacts {
    /// Least number of bytes of the fields on the wire, without the id.
    pub least_length: u32,
    /// Number of bytes of the fields on the wire, without the id, if it is the same for every value.
    pub fixed_length: Option<u32>,
    /// Whether a value can contain another value of the same constructor or function, vectors and calls included.
    pub recursive: bool,
    /// How many levels the simplest value has that contains neither an `Object` nor a call; none if there is no such value.
    pub height: Option<u32>,
}

impl Facts {
    /// Computes all facts, in time linear in the size of the schema but for the depth of its types.
    #[must_use]
    pub fn new(schema: &Schema) -> Self {
        let order = settle::Order::new(schema);
        let usage = usage::Usage::new(schema, &order);
        let required = Rc::new(required::Required::new(schema, &order));
        let least = lengths::Lengths::least(schema, &order, Rc::clone(&required));
        let fixed = lengths::Lengths::fixed(schema, &order, required);
        let recursion = Recursion::new(schema);
        let heights = heights::Heights::new(schema);
        let callers = callers::callers(schema, MAX_CALLERS);
        let types = (0..schema.types.len()).map(|index| TypeFacts {
            least_length: least.types[index].unwrap_or(4),
            fixed_length: fixed.types[index],
            recursive: recursion.types[index],
            callers: callers[index],
            simplest: heights.simplest[index],
        });
        let constructors = (0..schema.constructors.len()).map(|index| CombinatorFacts {
            least_length: least.constructors[index].unwrap_or(0),
            fixed_length: fixed.constructors[index],
            recursive: recursion.constructors[index] || holds_call(&schema.constructors[index].combinator),
            height: heights.constructors[index],
        });
        let function = |(index, combinator): (usize, &Combinator)| CombinatorFacts {
            least_length: least.of_fields(combinator).unwrap_or(0),
            fixed_length: fixed.of_fields(combinator),
            recursive: holds_call(combinator),
            height: heights.functions[index],
        };
        Self {
            types: types.collect(),
            constructors: constructors.collect(),
            functions: schema.functions.iter().map(|it| &it.combinator).enumerate().map(function).collect(),
            used_by_types: usage.types.iter().map(|used| usage::positions(used)).collect(),
            used_by_constructors: usage.constructors.iter().map(|used| usage::positions(used)).collect(),
        }
    }

    /// Facts about a type.
    #[must_use]
    pub fn ty(&self, id: TypeId) -> &TypeFacts {
        &self.types[id.index()]
    }

    /// Facts about a constructor.
    #[must_use]
    pub fn constructor(&self, id: ConstructorId) -> &CombinatorFacts {
        &self.constructors[id.index()]
    }

    /// Facts about a function.
    #[must_use]
    pub fn function(&self, id: FunctionId) -> &CombinatorFacts {
        &self.functions[id.index()]
    }

    /// The parameters of a type that make a difference to its values, by position.
    #[must_use]
    pub fn used_by_type(&self, id: TypeId) -> &[usize] {
        &self.used_by_types[id.index()]
    }

    /// The parameters of a constructor that make a difference to its values, by position.
    #[must_use]
    pub fn used_by_constructor(&self, id: ConstructorId) -> &[usize] {
        &self.used_by_constructors[id.index()]
    }
}
