//! Sizes in memory, and what must live behind a pointer.
//!
//! Sizes are estimates for a 64-bit machine, made the same way everywhere, so that generated code does not depend on the
//! machine that generates it.

use std::collections::BTreeSet;

use typelang_ir::graph::{Groups, Node, Nodes, innermost_first_by};
use typelang_ir::{Argument, Builtin, Combinator, ConstructorId, Field, Nat, Schema, TypeId, ValueType};

use crate::rust::builtin::Representation;
use crate::rust::constant_length;
use crate::rust::extent::Extents;

/// Choices for sizes in memory, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LayoutOptions {
    /// A variant of an enum that is larger goes behind a pointer. The default of 48 keeps every enum within 56 bytes.
    pub max_variant: u32,
    /// An optional field of a constructor goes behind a pointer if its value is larger, since most values do without it: the 1016
    /// bytes of Telegram's `message` become 504 by the default of 64.
    pub max_optional: u32,
    /// A value that is larger is not `Copy`, even where it could be.
    pub max_copy: u32,
}

impl Default for LayoutOptions {
    fn default() -> Self {
        Self { max_variant: 48, max_optional: 64, max_copy: 32 }
    }
}

/// Size and alignment of a value, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Size {
    bytes: u32,
    align: u32,
    /// Whether `Option` of it needs no more room.
    niche: bool,
}

const POINTER: Size = Size { bytes: 8, align: 8, niche: true };
const HEAP: Size = Size { bytes: 24, align: 8, niche: true };
/// A type that is not in the schema; most are on the large side.
const UNKNOWN: Size = Size { bytes: 64, align: 8, niche: false };

/// The sizes of all types and constructors of a schema, and what lives behind a pointer.
pub(crate) struct Layout {
    types: Vec<Size>,
    constructors: Vec<Size>,
    boxed_variants: BTreeSet<ConstructorId>,
    /// Fields by constructor and position.
    boxed_fields: BTreeSet<(ConstructorId, usize)>,
    max_variant: u32,
    /// All types and constructors, each after what it holds by value. No cycle by value is left, so that one round settles all sizes.
    order: Vec<Node>,
    /// None until sizes are known at all.
    extents: Option<Extents>,
}

impl Layout {
    /// Computes all sizes, in time linear in the size of the schema.
    pub(crate) fn new(schema: &Schema, options: LayoutOptions) -> Self {
        let nodes = Nodes::new(schema);
        let mut edges = nodes.edges_by(schema, |ty, found| held_by_value(nodes, ty, found));
        let boxed_variants = recursive_variants(schema, nodes, &mut edges);
        let boxed_fields = recursive_fields(schema, nodes, &mut edges);
        let mut layout = Self {
            types: vec![Size::default(); schema.types.len()],
            constructors: vec![Size::default(); schema.constructors.len()],
            boxed_variants,
            boxed_fields,
            max_variant: options.max_variant,
            order: innermost_first_by(schema, &edges),
            extents: None,
        };
        layout.grow(schema);
        // Without the variants and optional fields that go behind pointers, values look larger than they are.
        layout.bound(schema);
        layout.grow(schema);
        layout.box_optional_fields(schema, options.max_optional);
        layout.box_large_variants(schema);
        layout.bound(schema);
        layout.grow(schema);
        layout.box_large_variants(schema);
        layout.unbox_vectors(schema);
        layout
    }

    /// Estimated size of a value of a type, in bytes.
    pub(crate) fn ty(&self, id: TypeId) -> u32 {
        self.types[id.index()].bytes
    }

    /// Estimated size of a value of a constructor, in bytes.
    pub(crate) fn constructor(&self, id: ConstructorId) -> u32 {
        self.constructors[id.index()].bytes
    }

    /// Returns whether the enum of its type contains a value of the constructor behind a pointer.
    pub(crate) fn is_boxed_variant(&self, id: ConstructorId) -> bool {
        self.boxed_variants.contains(&id)
    }

    /// The length of the array that a tuple is in memory; none if it is a vector.
    pub(crate) fn array_length(&self, element: &ValueType, count: Nat) -> Option<u32> {
        match &self.extents {
            Some(extents) => extents.array_length(element, count),
            None => constant_length(count),
        }
    }

    /// Returns whether a type argument is behind a pointer.
    pub(crate) fn is_boxed_argument(&self, ty: &ValueType) -> bool {
        self.extents.as_ref().is_some_and(|it| it.is_boxed_argument(ty))
    }

    /// Returns whether the value of a field is so large that it is behind a pointer.
    pub(crate) fn is_large_value(&self, ty: &ValueType) -> bool {
        self.extents.as_ref().is_some_and(|it| it.is_large(ty))
    }

    /// The most bytes of a value, whatever its type arguments are.
    pub(crate) fn most_of_value(&self, ty: &ValueType) -> u32 {
        self.extents.as_ref().map_or(0, |it| it.value(ty))
    }

    /// The most bytes of a value of a constructor.
    pub(crate) fn most_of_constructor(&self, id: ConstructorId) -> u32 {
        self.extents.as_ref().map_or(0, |it| it.constructor(id))
    }

    /// The most bytes of a struct alone with these fields.
    pub(crate) fn most_of_fields(&self, combinator: &Combinator) -> u32 {
        self.extents.as_ref().map_or(0, |it| it.fields(combinator))
    }

    /// The most bytes of a variant that is not behind a pointer.
    pub(crate) fn max_variant(&self) -> u32 {
        self.max_variant
    }

    /// Returns whether a struct has a field behind a pointer.
    pub(crate) fn has_boxed_field(&self, id: ConstructorId) -> bool {
        self.boxed_fields.range((id, 0)..=(id, usize::MAX)).next().is_some()
    }

    /// Returns whether a struct alone is so large that a variant of an enum contains it behind a pointer.
    pub(crate) fn is_large(&self, combinator: &Combinator) -> bool {
        self.of_fields(combinator, |_| false).bytes > self.max_variant
    }

    /// Returns whether a field, by its position, is behind a pointer.
    pub(crate) fn is_boxed_field(&self, id: ConstructorId, field: usize) -> bool {
        self.boxed_fields.contains(&(id, field))
    }

    /// Finds what is too large to be held by value.
    fn bound(&mut self, schema: &Schema) {
        let is_boxed = |id: ConstructorId| self.of_variant(id) == POINTER;
        let mut boxed_fields = self.boxed_fields.clone();
        self.extents = Some(Extents::new(schema, &self.order, is_boxed, &mut boxed_fields));
        self.boxed_fields = boxed_fields;
    }

    fn box_large_variants(&mut self, schema: &Schema) {
        for id in schema.constructor_ids() {
            let alone = schema[schema[id].result].constructors.len() == 1;
            if !alone && self.constructors[id.index()].bytes > self.max_variant {
                self.boxed_variants.insert(id);
            }
        }
    }

    /// A vector needs no pointer of its own.
    fn unbox_vectors(&mut self, schema: &Schema) {
        let mut boxed_fields = std::mem::take(&mut self.boxed_fields);
        boxed_fields.retain(|&(id, field)| match &schema[id].combinator.fields[field].ty {
            ValueType::Tuple { element, count, .. } => self.array_length(element, *count).is_some(),
            _ => true,
        });
        self.boxed_fields = boxed_fields;
    }

    fn box_optional_fields(&mut self, schema: &Schema, max_optional: u32) {
        for id in schema.constructor_ids().filter(|&id| !schema[id].external) {
            for (index, field) in schema[id].combinator.fields.iter().enumerate() {
                if field.condition.is_some() && self.of_value(&field.ty).bytes > max_optional {
                    self.boxed_fields.insert((id, index));
                }
            }
        }
        self.grow(schema);
    }

    /// Starts with nothing and repeats until nothing changes, which the second round shows. Returns the number of rounds.
    fn grow(&mut self, schema: &Schema) -> usize {
        for id in schema.constructor_ids().filter(|&id| schema[id].external) {
            self.constructors[id.index()] = UNKNOWN;
        }
        let mut rounds = 0;
        let mut changed = true;
        while changed {
            changed = false;
            rounds += 1;
            for &node in &self.order {
                let (size, place) = match node {
                    Node::Type(id) => (self.of_type(schema, id), &mut self.types[id.index()]),
                    Node::Constructor(id) if schema[id].external => continue,
                    Node::Constructor(id) => {
                        let is_boxed = |field| self.boxed_fields.contains(&(id, field));
                        let size = self.of_fields(&schema[id].combinator, is_boxed);
                        (size, &mut self.constructors[id.index()])
                    }
                };
                changed |= *place != size;
                *place = size;
            }
        }
        rounds
    }

    fn of_fields(&self, combinator: &Combinator, is_boxed: impl Fn(usize) -> bool) -> Size {
        let fields = combinator.fields.iter().enumerate().filter(|(_, field)| !field.is_computed());
        let sizes = fields.map(|(index, field)| self.of_field(field, is_boxed(index)));
        let sum = sizes.fold(Size { align: 1, ..Size::default() }, |sum, size| Size {
            bytes: sum.bytes.saturating_add(size.bytes),
            align: sum.align.max(size.align),
            niche: sum.niche || size.niche,
        });
        Size { bytes: padded(sum.bytes, sum.align), ..sum }
    }

    fn of_field(&self, field: &Field, boxed: bool) -> Size {
        let size = if boxed { POINTER } else { self.of_value(&field.ty) };
        match field.condition {
            Some(_) if !field.is_flag() && !size.niche => {
                Size { bytes: size.bytes.saturating_add(size.align.max(1)), niche: true, ..size }
            }
            _ => size,
        }
    }

    fn of_type(&self, schema: &Schema, id: TypeId) -> Size {
        if schema[id].external {
            return UNKNOWN;
        }
        if let Some(only) = schema.only_constructor(id) {
            return self.constructors[only.index()];
        }
        let variants = schema[id].constructors.iter().map(|id| self.of_variant(*id));
        let (bytes, align) =
            variants.fold((0, 4), |(bytes, align), size| (size.bytes.max(bytes), size.align.max(align)));
        Size { bytes: padded(bytes.saturating_add(align), align), align, niche: true }
    }

    fn of_variant(&self, id: ConstructorId) -> Size {
        let size = self.constructors[id.index()];
        if self.boxed_variants.contains(&id) || size.bytes > self.max_variant { POINTER } else { size }
    }

    fn of_value(&self, ty: &ValueType) -> Size {
        match ty {
            ValueType::Builtin(builtin) => of_builtin(*builtin),
            ValueType::BoxedBuiltin(builtin, _) => of_builtin(*builtin),
            ValueType::Tuple { element, count, .. } => match self.array_length(element, *count) {
                Some(count) => {
                    let element = self.of_value(element);
                    Size { bytes: element.bytes.saturating_mul(count), niche: element.niche && count > 0, ..element }
                }
                None => HEAP,
            },
            // What stands for a parameter is mostly a string, a number, or a vector.
            ValueType::Vector { .. } | ValueType::Parameter(_) => HEAP,
            ValueType::Boxed(id, _) => self.types[id.index()],
            ValueType::Bare(id, _) => self.constructors[id.index()],
            ValueType::Call(_) | ValueType::Output(_) => UNKNOWN,
            ValueType::Object | ValueType::Function => POINTER,
        }
    }
}

/// A size with the room behind it that alignment asks for. Before fields are behind pointers, sizes may be as large as numbers go.
fn padded(bytes: u32, align: u32) -> u32 {
    bytes.checked_next_multiple_of(align).unwrap_or(u32::MAX)
}

fn of_builtin(builtin: Builtin) -> Size {
    match Representation::from(builtin) {
        Representation::Integer(_) | Representation::Float(_) => {
            let bytes = builtin.least_length();
            Size { bytes, align: bytes, niche: false }
        }
        Representation::Bool | Representation::Presence => Size { bytes: 1, align: 1, niche: true },
        Representation::Array(bytes) => Size { bytes, align: 1, niche: false },
        Representation::Text | Representation::Bytes => HEAP,
    }
}

/// Adds the nodes of what is held by value: vectors and `Object` hold what they do behind a pointer.
fn held_by_value(nodes: Nodes, ty: &ValueType, found: &mut Vec<usize>) {
    let arguments = match ty {
        ValueType::Boxed(id, arguments) => {
            found.push(nodes.ty(*id));
            arguments
        }
        ValueType::Bare(id, arguments) => {
            found.push(nodes.constructor(*id));
            arguments
        }
        ValueType::Tuple { element, count, .. } if constant_length(*count).is_some() => {
            return held_by_value(nodes, element, found);
        }
        _ => return,
    };
    for argument in arguments {
        if let Argument::Type(ty) = argument {
            held_by_value(nodes, ty, found);
        }
    }
}

/// Breaks cycles by value at the variants of enums, and takes these edges out of the graph.
fn recursive_variants(schema: &Schema, nodes: Nodes, edges: &mut [Vec<usize>]) -> BTreeSet<ConstructorId> {
    let groups = Groups::new(edges);
    let recursive: BTreeSet<ConstructorId> = schema
        .constructor_ids()
        .filter(|&id| {
            let ty = schema[id].result;
            schema[ty].constructors.len() > 1 && groups.same(nodes.constructor(id), nodes.ty(ty))
        })
        .collect();
    let targets: BTreeSet<usize> = recursive.iter().map(|&id| nodes.constructor(id)).collect();
    let types: BTreeSet<TypeId> = recursive.iter().map(|&id| schema[id].result).collect();
    for ty in types {
        edges[nodes.ty(ty)].retain(|target| !targets.contains(target));
    }
    recursive
}

/// Breaks the cycles that are left, which run through types of one constructor alone, at the fields, and takes these edges out of
/// the graph.
fn recursive_fields(schema: &Schema, nodes: Nodes, edges: &mut [Vec<usize>]) -> BTreeSet<(ConstructorId, usize)> {
    let groups = Groups::new(edges);
    let mut boxed = BTreeSet::new();
    for id in schema.constructor_ids() {
        let node = nodes.constructor(id);
        let mut others = Vec::new();
        for (index, field) in schema[id].combinator.fields.iter().enumerate() {
            let mut targets = Vec::new();
            held_by_value(nodes, &field.ty, &mut targets);
            if targets.iter().any(|&target| groups.same(node, target)) {
                boxed.insert((id, index));
            } else {
                others.extend(targets);
            }
        }
        if !schema[id].external {
            edges[node] = others;
        }
    }
    boxed
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use typelang_ir::{ResolveOptions, resolve};

    use super::*;

    #[test]
    fn sizes_are_settled_in_one_round_whatever_contains_whatever() {
        const TYPES: usize = 200;
        let next = |number: usize| (number + 1) % TYPES;
        let kinds: [&dyn Fn(usize) -> String; 5] = [
            &|number| format!("a{number} f:# x:f.0?A{} y:int = A{number};", next(number)),
            &|number| format!("a{number} f:# x:f.0?A{} y:int = A{number};", (number + TYPES - 1) % TYPES),
            &|number| format!("a{number} f:# x:f.0?A{} = A{number}; b{number} y:double = A{number};", next(number)),
            &|number| format!("a{number} x:(vector A{}) f:# y:f.0?A{} = A{number};", next(number), number / 2),
            &|number| format!("a{number} {{X:Type}} f:# x:f.0?(A{} X) y:X = A{number} X;", next(number)),
        ];
        for (index, declaration) in kinds.iter().enumerate() {
            let mut text = String::new();
            (0..TYPES).for_each(|number| _ = writeln!(text, "{}", declaration(number)));
            let file = typelang_parser::parse(Default::default(), &text).file;
            let schema = resolve(&[file], ResolveOptions::default()).schema;
            assert_eq!(schema.types.len(), TYPES, "{index}");
            let mut layout = Layout::new(&schema, LayoutOptions::default());
            layout.types.fill(Size::default());
            layout.constructors.fill(Size::default());
            assert!(layout.grow(&schema) <= 2, "{index}");
        }
    }
}
