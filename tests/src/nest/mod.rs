//! Values inside of one another, as deep as one likes, and vectors, as long as one likes: bytes that would overflow the
//! stack or the memory of a careless decoder. For schemas whose types have no parameters.

use std::collections::{BTreeMap, VecDeque};

use typelang_ir::{Combinator, ConstructorId, Facts, NatVariable, Schema, ValueType};

use crate::sample::Sampler;
use crate::scope::Scope;

mod worst;

pub use worst::{Subject, WorstInput, WorstInputs, shortest_elements};

/// Id of a boxed vector.
const VECTOR: u32 = 0x1cb5_c415;

/// A way in which a value can contain another one of its own kind.
#[derive(Clone, Debug)]
pub struct Cycle {
    /// The constructors and fields on the way, for messages: `textBold.text`.
    pub name: String,
    /// The constructor that the first level is; none for a call.
    constructor: Option<ConstructorId>,
    /// What comes before the first level.
    head: Vec<u8>,
    before: Vec<u8>,
    innermost: Vec<u8>,
    after: Vec<u8>,
}

impl Cycle {
    /// Bytes of a boxed value with so many levels.
    #[must_use]
    pub fn bytes(&self, levels: usize) -> Vec<u8> {
        let mut bytes = self.head.clone();
        bytes.extend(self.before.repeat(levels));
        bytes.extend(&self.innermost);
        bytes.extend(self.after.repeat(levels));
        bytes
    }
}

/// One step of a cycle: a constructor, and the field of it that leads on.
#[derive(Clone, Copy, Debug)]
struct Step {
    constructor: ConstructorId,
    field: usize,
}

/// Every field of the schema that leads back to its own constructor, each with its shortest way back.
#[must_use]
pub fn cycles(schema: &Schema) -> Vec<Cycle> {
    let facts = Facts::new(schema);
    let mut sampler = Sampler::new(schema, 0);
    let recursive = schema.constructor_ids().filter(|id| facts.constructor(*id).recursive);
    let steps = recursive.flat_map(|constructor| {
        (0..schema[constructor].combinator.fields.len()).map(move |field| Step { constructor, field })
    });
    steps.filter_map(|step| Some(cycle(schema, &mut sampler, &way_back(schema, step)?))).collect()
}

/// The functions that hold another call, in the same form.
#[must_use]
pub fn wrappers(schema: &Schema) -> Vec<Cycle> {
    let mut sampler = Sampler::new(schema, 0);
    let functions = schema.function_ids().filter_map(|id| {
        let combinator = &schema[id].combinator;
        let field = schema[id].call()?;
        let (before, after) = around(&mut sampler, combinator, field);
        let before = [combinator.id.to_le_bytes().to_vec(), before].concat();
        let innermost = sampler.least(&ValueType::Function);
        Some(Cycle { name: combinator.name.to_string(), constructor: None, head: Vec::new(), before, innermost, after })
    });
    functions.collect()
}

/// A vector in a field of a constructor.
#[derive(Clone, Debug)]
pub struct VectorField<'a> {
    /// Constructor and field, for messages: `messageMediaPoll.results`.
    pub name: String,
    /// What the vector holds.
    pub element: &'a ValueType,
    step: Step,
    before: Vec<u8>,
    after: Vec<u8>,
}

impl VectorField<'_> {
    /// Bytes of the boxed constructor, with as little as possible beside the vector.
    #[must_use]
    pub fn bytes(&self, count: i32, elements: &[u8]) -> Vec<u8> {
        [&self.before, &count.to_le_bytes()[..], elements, &self.after].concat()
    }
}

/// Every vector of the schema that stands in a field of a constructor.
#[must_use]
pub fn vector_fields(schema: &Schema) -> Vec<VectorField<'_>> {
    let mut vectors = Vec::new();
    let mut sampler = Sampler::new(schema, 0);
    for constructor in schema.constructor_ids() {
        let combinator = &schema[constructor].combinator;
        for (position, field) in combinator.fields.iter().enumerate() {
            let ValueType::Vector { element, .. } = &field.ty else { continue };
            let (mut before, after) = around(&mut sampler, combinator, position);
            before.splice(0..0, combinator.id.to_le_bytes());
            // The headers of vectors in the vector, and the count of its one element.
            before.truncate(before.len() - vector_headers(element).len() - 4);
            let name = format!("{}.{}", combinator.name, field.name);
            let step = Step { constructor, field: position };
            vectors.push(VectorField { name, element, step, before, after });
        }
    }
    vectors
}

/// The steps from a field back to its constructor, the field itself first.
fn way_back(schema: &Schema, first: Step) -> Option<Vec<Step>> {
    let reached = Reached::from(schema, field_type(schema, first));
    let way = reached.way_to(first.constructor)?;
    Some(std::iter::once(first).chain(way).collect())
}

/// The constructors that a value of a type can contain, and the shortest way to each.
#[derive(Debug)]
struct Reached {
    /// The step that leads to a constructor; none where it is the value itself.
    came_from: BTreeMap<ConstructorId, Option<Step>>,
    /// The constructors, the nearest first.
    order: Vec<ConstructorId>,
}

impl Reached {
    fn from(schema: &Schema, ty: &ValueType) -> Self {
        let mut reached = Self { came_from: BTreeMap::new(), order: Vec::new() };
        let mut open = VecDeque::new();
        reached.add(targets(schema, ty), None, &mut open);
        while let Some(constructor) = open.pop_front() {
            for field in 0..schema[constructor].combinator.fields.len() {
                let step = Step { constructor, field };
                reached.add(targets(schema, field_type(schema, step)), Some(step), &mut open);
            }
        }
        reached
    }

    fn add(&mut self, found: &[ConstructorId], by: Option<Step>, open: &mut VecDeque<ConstructorId>) {
        for constructor in found {
            if !self.came_from.contains_key(constructor) {
                self.came_from.insert(*constructor, by);
                self.order.push(*constructor);
                open.push_back(*constructor);
            }
        }
    }

    /// The steps to a constructor, if it is among those reached.
    fn way_to(&self, constructor: ConstructorId) -> Option<Vec<Step>> {
        let mut way = Vec::new();
        let mut step = *self.came_from.get(&constructor)?;
        while let Some(taken) = step {
            way.push(taken);
            step = self.came_from[&taken.constructor];
        }
        way.reverse();
        Some(way)
    }
}

/// The constructors that a value of a type can be, in vectors too.
fn targets<'a>(schema: &'a Schema, ty: &'a ValueType) -> &'a [ConstructorId] {
    match innermost(ty) {
        ValueType::Boxed(id, _) => &schema[*id].constructors,
        ValueType::Bare(id, _) => std::slice::from_ref(id),
        _ => &[],
    }
}

fn field_type(schema: &Schema, step: Step) -> &ValueType {
    &schema[step.constructor].combinator.fields[step.field].ty
}

fn innermost(ty: &ValueType) -> &ValueType {
    match ty {
        ValueType::Vector { element, .. } => innermost(element),
        _ => ty,
    }
}

fn cycle(schema: &Schema, sampler: &mut Sampler<'_>, way: &[Step]) -> Cycle {
    let last = field_type(schema, way[way.len() - 1]);
    let first = &schema[way[0].constructor].combinator;
    let head = if is_boxed(last) { Vec::new() } else { first.id.to_le_bytes().to_vec() };
    let (before, after) = along(schema, sampler, last, way);
    let name = |step: &Step| {
        let combinator = &schema[step.constructor].combinator;
        format!("{}.{}", combinator.name, combinator.fields[step.field].name)
    };
    let names: Vec<String> = way.iter().map(name).collect();
    let innermost = sampler.least(innermost(last));
    Cycle { name: names.join(" → "), constructor: Some(way[0].constructor), head, before, innermost, after }
}

/// Whether a value, or the innermost element of a vector, has its id in front.
fn is_boxed(ty: &ValueType) -> bool {
    matches!(innermost(ty), ValueType::Boxed(..))
}

/// What comes before and after the value that some steps lead to, from a value of a type on. The headers of vectors around the
/// first value are not among it.
fn along(schema: &Schema, sampler: &mut Sampler<'_>, from: &ValueType, way: &[Step]) -> (Vec<u8>, Vec<u8>) {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    let mut has_id = is_boxed(from);
    for step in way {
        let combinator = &schema[step.constructor].combinator;
        if has_id {
            before.extend(combinator.id.to_le_bytes());
        }
        let (prefix, suffix) = around(sampler, combinator, step.field);
        before.extend(prefix);
        after.splice(0..0, suffix);
        has_id = is_boxed(field_type(schema, *step));
    }
    (before, after)
}

/// The fields before and after one field, with as little in them as possible, and the headers of vectors around it.
fn around(sampler: &mut Sampler<'_>, combinator: &Combinator, wanted: usize) -> (Vec<u8>, Vec<u8>) {
    let condition = combinator.fields[wanted].condition;
    let mut scope = Scope::new(combinator, &[]);
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for (position, field) in combinator.fields.iter().enumerate() {
        let bytes = if field.condition.is_some_and(|it| !scope.holds(it)) {
            Vec::new()
        } else if field.nat.is_some() {
            let decisive = condition.filter(|it| it.variable == NatVariable::Field(position));
            let number = decisive.map_or(0, |it| 1_u32 << it.bit.unwrap_or(0));
            scope.set(position, number);
            number.to_le_bytes().to_vec()
        } else if position == wanted {
            vector_headers(&field.ty)
        } else {
            sampler.least(&scope.close(&field.ty))
        };
        if position <= wanted { before.extend(bytes) } else { after.extend(bytes) }
    }
    (before, after)
}

/// The beginnings of vectors of one element.
fn vector_headers(ty: &ValueType) -> Vec<u8> {
    let ValueType::Vector { boxed, element } = ty else { return Vec::new() };
    let mut bytes = if *boxed { VECTOR.to_le_bytes().to_vec() } else { Vec::new() };
    bytes.extend(1_u32.to_le_bytes());
    bytes.extend(vector_headers(element));
    bytes
}
