//! What is known of a schema before the first value is made.

use std::collections::BTreeMap;

use typelang_ir::{
    BoxedBuiltin, Combinator, ConstructorId, ConstructorKind, Facts, FunctionId, Schema, TypeId, ValueType,
};

use super::ground::Ground;
use super::numbers::{Numbers, Use};

/// What is known of a schema before the first value is made.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    ground: Ground,
    /// By constructor and position of the field.
    constructor_numbers: Vec<Vec<Use>>,
    /// By function and position of the field.
    function_numbers: Vec<Vec<Use>>,
    /// The constructors that an `Object` can be; it can be a call, too.
    pub(super) objects: Vec<ConstructorId>,
    /// The built-in types that an `Object` can be.
    pub(super) builtins: Vec<BoxedBuiltin>,
    /// The constructor among these with the least in it.
    pub(super) lowest_object: Option<ConstructorId>,
    /// The calls that can be made.
    pub(super) functions: Vec<FunctionId>,
    /// The one of these that needs no other call and has the least in it.
    pub(super) lowest_function: Option<FunctionId>,
}

impl Plan {
    pub(super) fn new(schema: &Schema) -> Self {
        let ground = Ground::new(schema);
        let numbers = Numbers::new(schema);
        let objects: Vec<ConstructorId> = stand_alone(schema).into_iter().filter(|&id| ground.is_finite(id)).collect();
        let is_finite = |id: &FunctionId| ground.needs_of_fields(schema, &schema[*id].combinator).is_some();
        let functions: Vec<FunctionId> = schema.function_ids().filter(is_finite).collect();
        let weight = |combinator: &Combinator| {
            combinator
                .fields
                .iter()
                .filter(|field| field.condition.is_none())
                .map(|field| weight(&field.ty))
                .sum::<u32>()
        };
        let calls_nothing = |id: &FunctionId| {
            let fields = &schema[*id].combinator.fields;
            !fields.iter().any(|field| matches!(field.ty, ValueType::Call(_) | ValueType::Function))
        };
        let constructors = schema.constructors.iter().map(|it| numbers.of_fields(schema, &it.combinator, None));
        let calls = schema.functions.iter().map(|it| numbers.of_fields(schema, &it.combinator, Some(&it.result)));
        Self {
            constructor_numbers: constructors.collect(),
            function_numbers: calls.collect(),
            lowest_object: objects.iter().copied().min_by_key(|&id| weight(&schema[id].combinator)),
            lowest_function: functions
                .iter()
                .copied()
                .filter(calls_nothing)
                .min_by_key(|&id| weight(&schema[id].combinator)),
            builtins: schema.boxed_builtins(),
            objects,
            functions,
            ground,
        }
    }

    pub(super) fn lowest(&self, ty: TypeId) -> Option<ConstructorId> {
        self.ground.lowest(ty)
    }

    pub(super) fn is_finite(&self, id: ConstructorId) -> bool {
        self.ground.is_finite(id)
    }

    pub(super) fn numbers_of_constructor(&self, id: ConstructorId) -> &[Use] {
        &self.constructor_numbers[id.index()]
    }

    pub(super) fn numbers_of_function(&self, id: FunctionId) -> &[Use] {
        &self.function_numbers[id.index()]
    }
}

/// About how much a value of a type holds.
fn weight(ty: &ValueType) -> u32 {
    match ty {
        ValueType::Builtin(_) | ValueType::BoxedBuiltin(..) | ValueType::Vector { .. } => 1,
        ValueType::Tuple { .. } => 10,
        ValueType::Boxed(..) | ValueType::Bare(..) | ValueType::Parameter(_) => 100,
        ValueType::Object | ValueType::Function | ValueType::Call(_) | ValueType::Output(_) => 1000,
    }
}

/// The constructors whose values are known by their ids alone: named ones whose parameters, if there are any, make no
/// difference.
#[must_use]
pub fn stand_alone(schema: &Schema) -> Vec<ConstructorId> {
    let facts = Facts::new(schema);
    let is_alone =
        |id: &ConstructorId| schema[*id].kind == ConstructorKind::Named && facts.used_by_constructor(*id).is_empty();
    let alone: Vec<ConstructorId> = schema.constructor_ids().filter(is_alone).collect();
    // An id that constructors of several types have does not tell which is meant.
    let mut ids: BTreeMap<u32, usize> = BTreeMap::new();
    alone.iter().for_each(|&id| *ids.entry(schema[id].combinator.id).or_default() += 1);
    alone.into_iter().filter(|&id| ids[&schema[id].combinator.id] == 1).collect()
}
