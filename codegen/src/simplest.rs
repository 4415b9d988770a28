//! The simplest values of types, which examples are made of.

use typelang_ir::graph::{Node, Order};
use typelang_ir::{ConstructorId, FunctionId, Schema, ValueType};

/// The simplest values of a schema, found once for all examples.
pub(crate) struct Simplest {
    pub(crate) of_types: Vec<SimplestOfType>,
    /// The first function that needs no arguments, else the first that wraps no call itself.
    pub(crate) call: Option<FunctionId>,
}

/// The constructors of a type with the least values inside of each other.
pub(crate) struct SimplestOfType {
    /// One with something in it, unless an empty one is less deep, since it shows more.
    pub(crate) shown: Option<ConstructorId>,
    /// The first of them.
    pub(crate) deep: Option<ConstructorId>,
}

impl Simplest {
    /// `is_empty` and `is_simple` tell which constructors and functions have no arguments.
    pub(crate) fn of(
        schema: &Schema,
        is_empty: impl Fn(ConstructorId) -> bool,
        is_simple: impl Fn(FunctionId) -> bool,
    ) -> Self {
        let heights = heights(schema);
        let of_types = schema.type_ids().map(|ty| {
            let constructors = || schema[ty].constructors.iter().copied();
            let height = |id: ConstructorId| heights.get(id.index()).copied().flatten().unwrap_or(usize::MAX);
            SimplestOfType {
                shown: constructors().min_by_key(|&id| (height(id), is_empty(id))),
                deep: constructors().min_by_key(|&id| height(id)),
            }
        });
        let of_types = of_types.collect();
        let simple = schema.function_ids().find(|&id| is_simple(id));
        let wraps_none = |id: &FunctionId| schema[*id].call().is_none();
        Self { of_types, call: simple.or_else(|| schema.function_ids().find(wraps_none)) }
    }
}

/// For each constructor, how many values are at least inside of each other; `None` if the values would be infinite.
pub(crate) fn heights(schema: &Schema) -> Vec<Option<usize>> {
    let mut types: Vec<Option<usize>> = vec![None; schema.types.len()];
    let mut constructors: Vec<Option<usize>> = vec![None; schema.constructors.len()];
    Order::new(schema).settle(|node| match node {
        Node::Type(id) => {
            let known = schema[id].constructors.iter().filter_map(|it| constructors.get(it.index()).copied().flatten());
            let least = known.min();
            std::mem::replace(&mut types[id.index()], least) != least
        }
        Node::Constructor(id) => {
            let fields = schema[id].combinator.fields.iter().filter(|field| field.condition.is_none());
            let mut inside = fields.map(|field| height(&types, &constructors, &field.ty));
            let height = inside.try_fold(0, |most, it| Some(most.max(it?))).map(|inside| inside + 1);
            std::mem::replace(&mut constructors[id.index()], height) != height
        }
    });
    constructors
}

fn height(types: &[Option<usize>], constructors: &[Option<usize>], ty: &ValueType) -> Option<usize> {
    match ty {
        ValueType::Boxed(id, _) => types.get(id.index()).copied().flatten(),
        ValueType::Bare(id, _) => constructors.get(id.index()).copied().flatten(),
        ValueType::Tuple { element, .. } => height(types, constructors, element),
        _ => Some(0),
    }
}
