//! The worst that can be done to the decoder of a type with so many bytes.

use std::collections::BTreeMap;

use typelang_ir::{ConstructorId, Schema, ValueType};

use super::{Cycle, Reached, Step, VectorField, along, around, cycles, vector_fields, vector_headers, wrappers};
use crate::sample::Sampler;

/// What bytes are read as.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A boxed value of the type of a name.
    Type(String),
    /// The fields of a constructor.
    Constructor(String),
    /// A call of a function.
    Function(String),
    /// What a function returns.
    Result(String),
}

/// Bytes that mean harm.
#[derive(Clone, Debug)]
pub struct WorstInput {
    /// What is done, and where.
    pub name: String,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The vector that is full, if there is one; its cost depends on little else.
    pub full_vector: Option<String>,
}

/// Makes the worst inputs for the types of a schema without parameters.
pub struct WorstInputs<'a> {
    schema: &'a Schema,
    sampler: Sampler<'a>,
    cycles: Vec<Cycle>,
    wrappers: Vec<Cycle>,
    /// Every vector, with its worst element and what that costs.
    vectors: Vec<(VectorField<'a>, Vec<u8>, f64)>,
    reached: BTreeMap<String, Reached>,
    size: usize,
}

/// Ways of nesting that are tried for each type, the nearest.
const CYCLES: usize = 4;

impl<'a> WorstInputs<'a> {
    /// For inputs of so many bytes. `cost` says how many times the input the memory of a boxed constructor is; vectors are
    /// compared by it.
    #[must_use]
    pub fn new(schema: &'a Schema, size: usize, cost: impl Fn(&[u8]) -> f64) -> Self {
        let mut sampler = Sampler::new(schema, 0);
        let vectors = vector_fields(schema).into_iter().map(|vector| {
            let elements = shortest_elements(schema, &mut sampler, vector.element);
            let costs = elements.into_iter().map(|element| {
                let cost = cost(&vector.bytes(ELEMENTS as i32, &element.repeat(ELEMENTS)));
                (element, cost)
            });
            let (element, cost) = costs.max_by(|one, other| one.1.total_cmp(&other.1)).unwrap_or_default();
            (vector, element, cost)
        });
        let vectors = vectors.collect();
        let (cycles, wrappers) = (cycles(schema), wrappers(schema));
        Self { schema, sampler, cycles, wrappers, vectors, reached: BTreeMap::new(), size }
    }

    /// The worst inputs for one type: nested as deep as it goes, full of the smallest elements (those of most memory, and those
    /// of most memory that cost at most `accepted_cost`, and so are not refused), and announcing more than there is.
    ///
    /// # Panics
    ///
    /// The schema has no such type.
    pub fn of(&mut self, subject: &Subject, accepted_cost: f64) -> Vec<WorstInput> {
        let mut inputs = Vec::new();
        for opening in self.openings(subject) {
            self.nested(&opening, &mut inputs);
            self.vectors(&opening, accepted_cost, &mut inputs);
            self.text(&opening, &mut inputs);
        }
        if let Subject::Function(name) = subject {
            let own = self.wrappers.iter().filter(|cycle| cycle.name == *name);
            let size = self.size;
            inputs.extend(own.map(|cycle| WorstInput {
                name: format!("calls in {}", cycle.name),
                bytes: filled(&[], &cycle.before, size),
                full_vector: None,
            }));
        }
        for byte in [0, 0xff] {
            inputs.push(WorstInput { name: format!("{byte:02x}"), bytes: vec![byte; self.size], full_vector: None });
        }
        inputs
    }

    /// The values that a subject is, or that stand in it.
    fn openings(&mut self, subject: &Subject) -> Vec<Opening> {
        let schema = self.schema;
        let find = |name: &str| schema.function_ids().find(|id| schema[*id].combinator.name.to_string() == name);
        match subject {
            Subject::Type(name) => {
                let id = schema.find_type(name).expect("a type of the schema");
                vec![Opening { head: Vec::new(), ty: ValueType::Boxed(id, Vec::new()) }]
            }
            Subject::Constructor(name) => {
                let id = schema.find_constructor(name).expect("a constructor of the schema");
                vec![Opening { head: Vec::new(), ty: ValueType::Bare(id, Vec::new()) }]
            }
            Subject::Result(name) => {
                let id = find(name).expect("a function of the schema");
                vec![Opening { head: Vec::new(), ty: schema[id].result.clone() }]
            }
            Subject::Function(name) => {
                let id = find(name).expect("a function of the schema");
                let combinator = &schema[id].combinator;
                let fields = combinator.fields.iter().enumerate().filter(|(_, field)| field.nat.is_none());
                let openings = fields.map(|(position, field)| {
                    let (before, _) = around(&mut self.sampler, combinator, position);
                    let head = [&combinator.id.to_le_bytes()[..], &before].concat();
                    let headers = vector_headers(&field.ty).len();
                    Opening { head: head[..head.len() - headers].to_vec(), ty: field.ty.clone() }
                });
                openings.collect()
            }
        }
    }

    fn reached(&mut self, ty: &ValueType) -> &Reached {
        let schema = self.schema;
        self.reached.entry(format!("{ty:?}")).or_insert_with(|| Reached::from(schema, ty))
    }

    /// What comes before the value of a constructor that an opening leads to.
    fn way(&mut self, opening: &Opening, constructor: ConstructorId) -> Option<(Vec<u8>, bool)> {
        let way = self.reached(&opening.ty).way_to(constructor)?;
        let (before, _) = along(self.schema, &mut self.sampler, &opening.ty, &way);
        let last = way.last().map_or(&opening.ty, |step| super::field_type(self.schema, *step));
        Some(([opening.head.clone(), vector_headers(&opening.ty), before].concat(), super::is_boxed(last)))
    }

    fn nested(&mut self, opening: &Opening, inputs: &mut Vec<WorstInput>) {
        let order = self.reached(&opening.ty).order.clone();
        let near = order.iter().flat_map(|id| self.cycles.iter().filter(|cycle| cycle.constructor == Some(*id)));
        let near: Vec<Cycle> = near.take(CYCLES).cloned().collect();
        for cycle in near {
            let Some((before, has_id)) = cycle.constructor.and_then(|id| self.way(opening, id)) else { continue };
            // Levels of a cycle of bare values have no ids; the first one has one if it stands boxed.
            let id = if has_id { cycle.head.clone() } else { Vec::new() };
            let level = if has_id || !cycle.head.is_empty() { &cycle.before[..] } else { &cycle.before[4..] };
            let begin = [before, id, level.to_vec()].concat();
            let bytes = filled(&begin, &cycle.before, self.size);
            inputs.push(WorstInput { name: format!("nested {}", cycle.name), bytes, full_vector: None });
        }
    }

    fn vectors(&mut self, opening: &Opening, accepted_cost: f64, inputs: &mut Vec<WorstInput>) {
        if let ValueType::Vector { boxed, element } = &opening.ty {
            let header = vector_headers(&opening.ty);
            let own = if *boxed { 4 } else { 0 };
            let begin = [&opening.head[..], &header[..own]].concat();
            for shortest in shortest_elements(self.schema, &mut self.sampler, element) {
                self.full("the value itself", &begin, &shortest, inputs);
            }
        }
        let reached = self.reached(&opening.ty).came_from.keys().copied().collect::<Vec<_>>();
        let here: Vec<usize> = (0..self.vectors.len())
            .filter(|index| reached.binary_search(&self.vectors[*index].0.step.constructor).is_ok())
            .collect();
        let worst = |limit: f64| {
            let cost = |index: &usize| self.vectors[*index].2;
            let allowed = here.iter().copied().filter(|index| cost(index) <= limit);
            allowed.max_by(|one, other| cost(one).total_cmp(&cost(other)))
        };
        let mut chosen = [worst(f64::INFINITY), worst(accepted_cost)].into_iter().flatten().collect::<Vec<_>>();
        chosen.dedup();
        for index in chosen {
            let (vector, element, _) = &self.vectors[index];
            let (name, element, step) = (vector.name.clone(), element.clone(), vector.step);
            let own = vector.before.clone();
            let Some((before, has_id)) = self.way(opening, step.constructor) else { continue };
            let begin = [before, if has_id { own } else { own[4..].to_vec() }].concat();
            self.full(&name, &begin, &element, inputs);
        }
    }

    /// A vector full of one element, and vectors that announce as many as could follow, and more.
    fn full(&self, name: &str, begin: &[u8], element: &[u8], inputs: &mut Vec<WorstInput>) {
        let room = self.size.saturating_sub(begin.len() + 4);
        let count = i32::try_from(room / element.len().max(1)).unwrap_or(i32::MAX);
        let input = |what: &str, count: i32, element: &[u8], full_vector| WorstInput {
            name: format!("{what} {name}"),
            bytes: filled(&[begin, &count.to_le_bytes()].concat(), element, self.size),
            full_vector,
        };
        inputs.push(input("full", count, element, Some(name.to_owned())));
        inputs.push(input("announced", count, &[0xee], None));
        inputs.push(input("too many", i32::MAX, element, None));
    }

    /// One text as long as the input.
    fn text(&mut self, opening: &Opening, inputs: &mut Vec<WorstInput>) {
        let schema = self.schema;
        let is_text = |ty: &ValueType| {
            matches!(ty, ValueType::Builtin(typelang_ir::Builtin::String | typelang_ir::Builtin::Bytes))
        };
        let order = self.reached(&opening.ty).order.clone();
        let step = order.into_iter().find_map(|constructor| {
            let field = schema[constructor].combinator.fields.iter().position(|field| is_text(&field.ty))?;
            Some(Step { constructor, field })
        });
        let begin = match step {
            Some(step) => {
                let Some((before, has_id)) = self.way(opening, step.constructor) else { return };
                let combinator = &schema[step.constructor].combinator;
                let id = if has_id { combinator.id.to_le_bytes().to_vec() } else { Vec::new() };
                [before, id, around(&mut self.sampler, combinator, step.field).0].concat()
            }
            None if is_text(&opening.ty) => opening.head.clone(),
            None => return,
        };
        let length = u32::try_from(self.size.saturating_sub(begin.len() + 8)).unwrap_or(0);
        let [low, middle, high, _] = length.to_le_bytes();
        let bytes = filled(&[&begin[..], &[0xfe, low, middle, high]].concat(), b"t", self.size);
        inputs.push(WorstInput { name: "one long text".to_owned(), bytes, full_vector: None });
    }
}

/// Where a subject begins to be a value of a type.
struct Opening {
    head: Vec<u8>,
    ty: ValueType,
}

/// Elements by which vectors are compared.
const ELEMENTS: usize = 512;

/// So many bytes: a beginning, and then one piece again and again.
fn filled(begin: &[u8], piece: &[u8], size: usize) -> Vec<u8> {
    let room = size.saturating_sub(begin.len());
    let mut bytes = [begin, &piece.repeat(room / piece.len().max(1) + 1)].concat();
    bytes.truncate(size);
    bytes
}

/// Forms of the elements of a vector that are as short as they can be.
#[must_use]
pub fn shortest_elements(schema: &Schema, sampler: &mut Sampler<'_>, element: &ValueType) -> Vec<Vec<u8>> {
    match element {
        ValueType::Boxed(id, _) => schema[*id].constructors.iter().map(|it| sampler.least_constructor(*it)).collect(),
        _ => vec![sampler.least(element)],
    }
}
