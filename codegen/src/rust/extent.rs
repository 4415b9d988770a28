//! The most memory that values take by themselves, whatever their type arguments are, and what therefore goes on the heap.
//!
//! The sizes of [`layout`](super::layout) are typical ones: a type parameter is as large as a string. Here a type argument
//! counts as what it is, so that types which double with each level of parameters, arrays of arrays and structs within structs
//! have their true size. Three rules bound it:
//!
//! - an array of more than [`MAX_BY_VALUE`] bytes is a vector;
//! - a field whose value has more is behind a pointer;
//! - a type argument of more than [`MAX_ARGUMENT`] bytes is behind a pointer. So a parameter is at most that large, and the
//!   rules for arrays and fields hold within types with parameters, too.

use std::collections::{BTreeMap, BTreeSet};

use typelang_ir::graph::Node;
use typelang_ir::{Argument, Combinator, ConstructorId, Nat, Schema, TypeId, ValueType};

use crate::rust::builtin::Representation;
use crate::rust::constant_length;

/// The most bytes of an array, and of the value of a field that is not behind a pointer.
pub(crate) const MAX_BY_VALUE: u32 = 4096;

/// The most bytes of a type argument that is not behind a pointer.
pub(crate) const MAX_ARGUMENT: u32 = 1000;

const POINTER: u32 = 8;
const HEAP: u32 = 24;
/// A type that is not in the schema.
const UNKNOWN: u32 = 64;

/// A size in bytes that depends on those of type arguments: a constant, and how often it contains each of the parameters that it
/// contains, by position.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Extent {
    constant: u32,
    parameters: BTreeMap<usize, u32>,
}

impl Extent {
    fn of(constant: u32) -> Self {
        Self { constant, parameters: BTreeMap::new() }
    }

    fn of_parameter(position: usize) -> Self {
        Self { constant: 0, parameters: BTreeMap::from([(position, 1)]) }
    }

    /// The size where every argument is as large as it may be.
    fn most(&self) -> u32 {
        let parameters = self.parameters.values().fold(0_u32, |sum, it| sum.saturating_add(*it));
        parameters.saturating_mul(MAX_ARGUMENT).saturating_add(self.constant)
    }

    fn combine(&mut self, other: &Self, combine: impl Fn(u32, u32) -> u32) {
        self.constant = combine(self.constant, other.constant);
        for (&position, &count) in &other.parameters {
            let own = self.parameters.entry(position).or_default();
            *own = combine(*own, count);
        }
    }

    fn add(&mut self, other: &Self) {
        self.combine(other, u32::saturating_add);
    }

    fn times(&self, count: u32) -> Self {
        let parameters = self.parameters.iter().map(|(&position, it)| (position, it.saturating_mul(count))).collect();
        Self { constant: self.constant.saturating_mul(count), parameters }
    }
}

/// The extents of all types and constructors of a schema.
#[derive(Default)]
pub(crate) struct Extents {
    types: Vec<Extent>,
    constructors: Vec<Extent>,
}

impl Extents {
    /// Computes all extents, and adds the fields that go behind a pointer to those that do so for another reason. `order` has
    /// each type and constructor after what it contains as far as it does not contain itself.
    pub(crate) fn new(
        schema: &Schema,
        order: &[Node],
        is_boxed_variant: impl Fn(ConstructorId) -> bool,
        boxed_fields: &mut BTreeSet<(ConstructorId, usize)>,
    ) -> Self {
        let mut extents = Self {
            types: vec![Extent::default(); schema.types.len()],
            constructors: vec![Extent::default(); schema.constructors.len()],
        };
        let mut changed = true;
        while changed {
            changed = false;
            for &node in order {
                let (extent, place) = match node {
                    Node::Type(id) => (extents.of_type(schema, id, &is_boxed_variant), &mut extents.types[id.index()]),
                    Node::Constructor(id) if schema[id].external => {
                        (Extent::of(UNKNOWN), &mut extents.constructors[id.index()])
                    }
                    Node::Constructor(id) => {
                        let extent = extents.of_fields(&schema[id].combinator, |field, is_large| {
                            is_large && boxed_fields.insert((id, field)) || boxed_fields.contains(&(id, field))
                        });
                        (extent, &mut extents.constructors[id.index()])
                    }
                };
                changed |= *place != extent;
                *place = extent;
            }
        }
        extents
    }

    /// The length of the array that a tuple is, unless it is a vector.
    pub(crate) fn array_length(&self, element: &ValueType, count: Nat) -> Option<u32> {
        self.of_array(element, count).and_then(|_| constant_length(count))
    }

    /// Returns whether a type argument is behind a pointer.
    pub(crate) fn is_boxed_argument(&self, ty: &ValueType) -> bool {
        self.of_value(ty).most() > MAX_ARGUMENT
    }

    /// Returns whether the value of a field is too large to be in its struct.
    pub(crate) fn is_large(&self, ty: &ValueType) -> bool {
        self.of_value(ty).most() > MAX_BY_VALUE
    }

    /// The most bytes of a value of a constructor.
    pub(crate) fn constructor(&self, id: ConstructorId) -> u32 {
        self.constructors[id.index()].most()
    }

    /// The most bytes of a value of a type.
    pub(crate) fn value(&self, ty: &ValueType) -> u32 {
        self.of_value(ty).most()
    }

    /// The most bytes of a struct alone with these fields.
    pub(crate) fn fields(&self, combinator: &Combinator) -> u32 {
        self.of_fields(combinator, |_, is_large| is_large).most()
    }

    /// `is_boxed` is asked for each field by its position, with whether it is large.
    fn of_fields(&self, combinator: &Combinator, mut is_boxed: impl FnMut(usize, bool) -> bool) -> Extent {
        // A struct without fields counts, too: it may be repeated.
        let mut sum = Extent::of(1);
        for (position, field) in combinator.fields.iter().enumerate().filter(|(_, field)| !field.is_computed()) {
            let value = self.of_value(&field.ty);
            if is_boxed(position, value.most() > MAX_BY_VALUE) {
                sum.add(&Extent::of(POINTER));
            } else {
                sum.add(&value);
            }
            if field.condition.is_some() && !field.is_flag() {
                sum.add(&Extent::of(8));
            }
        }
        sum
    }

    fn of_type(&self, schema: &Schema, id: TypeId, is_boxed_variant: impl Fn(ConstructorId) -> bool) -> Extent {
        if schema[id].external {
            return Extent::of(UNKNOWN);
        }
        if let Some(only) = schema.only_constructor(id) {
            return self.constructors[only.index()].clone();
        }
        let mut most = Extent::default();
        for &variant in &schema[id].constructors {
            if is_boxed_variant(variant) {
                most.combine(&Extent::of(POINTER), u32::max);
            } else {
                most.combine(&self.constructors[variant.index()], u32::max);
            }
        }
        most.add(&Extent::of(8));
        most
    }

    fn of_value(&self, ty: &ValueType) -> Extent {
        match ty {
            ValueType::Builtin(builtin) | ValueType::BoxedBuiltin(builtin, _) => {
                Extent::of(match Representation::from(*builtin) {
                    Representation::Integer(_) | Representation::Float(_) => builtin.least_length(),
                    Representation::Bool | Representation::Presence => 1,
                    Representation::Array(bytes) => bytes,
                    Representation::Text | Representation::Bytes => HEAP,
                })
            }
            ValueType::Tuple { element, count, .. } => self.of_array(element, *count).unwrap_or(Extent::of(HEAP)),
            ValueType::Vector { .. } => Extent::of(HEAP),
            ValueType::Parameter(position) => Extent::of_parameter(*position),
            ValueType::Boxed(id, arguments) => self.applied(&self.types[id.index()], arguments),
            ValueType::Bare(id, arguments) => self.applied(&self.constructors[id.index()], arguments),
            ValueType::Call(_) | ValueType::Output(_) => Extent::of(UNKNOWN),
            ValueType::Object | ValueType::Function => Extent::of(POINTER),
        }
    }

    /// The extent of a tuple, unless it is a vector. Looks at the element once: with each level of arrays in arrays twice would be
    /// twice the work.
    fn of_array(&self, element: &ValueType, count: Nat) -> Option<Extent> {
        let array = self.of_value(element).times(constant_length(count)?);
        (array.most() <= MAX_BY_VALUE).then_some(array)
    }

    /// The extent of a type with arguments.
    fn applied(&self, extent: &Extent, arguments: &[Argument]) -> Extent {
        let mut sum = Extent::of(extent.constant);
        for (&position, count) in &extent.parameters {
            let Some(Argument::Type(ty)) = arguments.get(position) else { continue };
            let argument = self.of_value(ty);
            let argument = if argument.most() > MAX_ARGUMENT { Extent::of(POINTER) } else { argument };
            sum.add(&argument.times(*count));
        }
        sum
    }
}
