//! Facts about a schema that generators need, computed once: sizes on the wire and in memory, recursion, what can be
//! `Copy`, `Eq`, `Default`, and where a value must live behind a pointer.

mod callers;
mod graph;
mod heights;
mod layout;
mod lengths;
mod required;
mod traits;
mod usage;

use std::collections::BTreeSet;

use crate::{Combinator, ConstructorId, FunctionId, Schema, TypeId, ValueType};

pub(crate) use graph::{Groups, Nodes};
pub use layout::LayoutOptions;
pub(crate) use lengths::least_lengths;

/// Facts about every type, constructor and function of one [`Schema`].
#[derive(Clone, Debug)]
pub struct Facts {
    types: Vec<TypeFacts>,
    constructors: Vec<CombinatorFacts>,
    functions: Vec<CombinatorFacts>,
    /// Fields, by constructor and position, that must live behind a pointer.
    boxed_fields: BTreeSet<(ConstructorId, usize)>,
    used_by_types: Vec<Vec<usize>>,
    used_by_constructors: Vec<Vec<usize>>,
}

/// From how many functions on [`TypeFacts::callers`] are no longer counted: what that many return is common in a schema.
pub const MAX_CALLERS: u32 = 32;

/// Whether a combinator can contain a call. A call can be that of any function, so that it can contain what contains it; and
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
    /// Estimated size in memory on a 64-bit machine, in bytes.
    pub memory: u32,
    /// Whether a value can contain another value of the type, vectors included.
    pub recursive: bool,
    /// How many functions have results that can hold a value of the type, counted up to [`MAX_CALLERS`].
    pub callers: u32,
    /// The constructor with which a value ends soonest, the one that a decoder puts in place of what it cannot read; none if
    /// the type has no constructor that is sure to end.
    pub simplest: Option<ConstructorId>,
    /// Which traits hold.
    pub traits: Traits,
}

/// Facts about a constructor or a function.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CombinatorFacts {
    /// Least number of bytes of the fields on the wire, without the id.
    pub least_length: u32,
    /// Number of bytes of the fields on the wire, without the id, if it is the same for every value.
    pub fixed_length: Option<u32>,
    /// Estimated size in memory on a 64-bit machine, in bytes.
    pub memory: u32,
    /// Whether a value can contain another value of the same constructor or function, vectors and calls included.
    pub recursive: bool,
    /// How many levels the simplest value has that contains neither an `Object` nor a call; none if there is no such value.
    pub height: Option<u32>,
    /// Whether an enum variant of this constructor should hold it behind a pointer.
    pub boxed_variant: bool,
    /// Which traits hold.
    pub traits: Traits,
}

/// Rust traits that a type can have beside `Debug`, `Clone` and `PartialEq`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traits {
    /// No heap memory, and at most [`LayoutOptions::max_copy`] bytes.
    pub copy: bool,
    /// No floating-point number inside.
    pub eq: bool,
    /// Equality and copying are cheap enough that values make good keys.
    pub hash: bool,
    /// Every field has a natural empty value.
    pub default: bool,
}

impl Facts {
    /// Computes all facts, in time linear in the size of the schema but for the depth of its types.
    #[must_use]
    pub fn new(schema: &Schema, options: LayoutOptions) -> Self {
        let usage = usage::Usage::new(schema);
        let least = lengths::least_lengths(schema);
        let fixed = lengths::fixed_lengths(schema);
        let recursion = graph::Recursion::new(schema);
        let layout = layout::Layout::new(schema, options);
        let traits = traits::AllTraits::new(schema, &layout, options);
        let heights = heights::Heights::new(schema);
        let callers = callers::callers(schema, MAX_CALLERS);
        let types = (0..schema.types.len()).map(|index| TypeFacts {
            least_length: least.types[index].unwrap_or(4),
            fixed_length: fixed.types[index],
            memory: layout.types[index].bytes,
            recursive: recursion.types[index],
            callers: callers[index],
            simplest: heights.simplest[index],
            traits: traits.types[index],
        });
        let constructors = (0..schema.constructors.len()).map(|index| CombinatorFacts {
            least_length: least.constructors[index].unwrap_or(0),
            fixed_length: fixed.constructors[index],
            memory: layout.constructors[index].bytes,
            recursive: recursion.constructors[index] || holds_call(&schema.constructors[index].combinator),
            height: heights.constructors[index],
            boxed_variant: layout.boxed_variants.contains(&ConstructorId::new(index)),
            traits: traits.constructors[index],
        });
        let function = |(index, combinator): (usize, &Combinator)| CombinatorFacts {
            least_length: least.of_fields(combinator).unwrap_or(0),
            fixed_length: fixed.of_fields(combinator),
            memory: layout.of_combinator(combinator).bytes,
            recursive: holds_call(combinator),
            height: heights.functions[index],
            boxed_variant: layout.of_combinator(combinator).bytes > options.max_variant,
            traits: traits.of_combinator(combinator),
        };
        Self {
            types: types.collect(),
            constructors: constructors.collect(),
            functions: schema.functions.iter().map(|it| &it.combinator).enumerate().map(function).collect(),
            boxed_fields: layout.boxed_fields,
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

    /// Whether a field, by its position, must live behind a pointer because its constructor contains itself through it.
    #[must_use]
    pub fn is_boxed_field(&self, id: ConstructorId, field: usize) -> bool {
        self.boxed_fields.contains(&(id, field))
    }
}
