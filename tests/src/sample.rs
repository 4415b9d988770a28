//! Bytes of values, made from a schema by the rules of the wire format alone: nothing here knows the generated code.
//!
//! What comes out is canonical, so that decoding and encoding give the same bytes.

use tl_ir::{Builtin, Combinator, ConstructorId, FunctionId, Schema, TypeId, ValueType};

use crate::random::Random;

/// Id of a boxed vector.
const VECTOR: u32 = 0x1cb5_c415;
/// Ids of `boolTrue` and `boolFalse`.
const BOOLS: [u32; 2] = [0x9972_75b5, 0xbc79_9737];
/// Values inside of one another below which only the shortest is written.
const MAX_DEPTH: u32 = 4;
/// Bytes after which only the shortest is written.
const MAX_BYTES: usize = 4096;
/// Lengths around which headers and padding of strings change.
const LENGTHS: [usize; 16] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 15, 252, 253, 254, 255, 256, 257];
/// Characters of one to four bytes in UTF-8.
const CHARACTERS: [char; 8] = ['a', '\0', 'é', 'я', '€', '\u{fffd}', '🏽', '\u{10ffff}'];
const NUMBERS: [u64; 8] =
    [0, 1, u64::MAX, 0x7fff_ffff, 0x8000_0000, 0x7fff_ffff_ffff_ffff, 0x8000_0000_0000_0000, 0x0102_0304_0506_0708];
const DOUBLES: [f64; 8] = [0.0, -0.0, 1.5, f64::MIN_POSITIVE, f64::MAX, f64::INFINITY, f64::NAN, 5e-324];

/// Which optional fields are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Optional {
    /// None.
    Absent,
    /// All.
    Present,
    /// Some.
    Random,
}

/// Makes bytes of values of one schema.
#[derive(Clone, Debug)]
pub struct Sampler<'a> {
    schema: &'a Schema,
    /// Constructors by type, the one that needs the fewest values inside of one another first.
    lowest: Vec<ConstructorId>,
    /// A function that needs no other call and as little as possible.
    lowest_function: Option<FunctionId>,
    random: Random,
    optional: Optional,
    out: Vec<u8>,
}

impl<'a> Sampler<'a> {
    /// A sampler whose values the seed decides.
    #[must_use]
    pub fn new(schema: &'a Schema, seed: u64) -> Self {
        let heights = Heights::new(schema);
        let lowest = schema.types.iter().map(|ty| {
            let height = |id: &ConstructorId| heights.of_fields(&schema[*id].combinator);
            ty.constructors.iter().copied().min_by_key(height).expect("every type has a constructor")
        });
        let calls_nothing =
            |id: &FunctionId| schema[*id].combinator.fields.iter().all(|field| field.ty != ValueType::Parameter);
        let height =
            |id: &FunctionId| (heights.of_fields(&schema[*id].combinator), schema[*id].combinator.fields.len());
        Self {
            schema,
            lowest: lowest.collect(),
            lowest_function: schema.function_ids().filter(calls_nothing).min_by_key(height),
            random: Random::new(seed),
            optional: Optional::Random,
            out: Vec::new(),
        }
    }

    /// The boxed form of a value of a constructor.
    pub fn constructor(&mut self, id: ConstructorId, optional: Optional) -> Vec<u8> {
        let schema = self.schema;
        self.combinator(&schema[id].combinator, optional)
    }

    /// A call of a function.
    pub fn function(&mut self, id: FunctionId, optional: Optional) -> Vec<u8> {
        let schema = self.schema;
        self.combinator(&schema[id].combinator, optional)
    }

    /// A value of a type in the form in which a field or a result has it.
    pub fn value(&mut self, ty: &ValueType, optional: Optional) -> Vec<u8> {
        self.optional = optional;
        self.put(ty, 0);
        std::mem::take(&mut self.out)
    }

    /// A value of a type with as little in it as possible.
    pub fn least(&mut self, ty: &ValueType) -> Vec<u8> {
        self.optional = Optional::Absent;
        self.put(ty, MAX_DEPTH);
        std::mem::take(&mut self.out)
    }

    /// The boxed form of a value of a constructor with as little in it as possible.
    pub fn least_constructor(&mut self, id: ConstructorId) -> Vec<u8> {
        let schema = self.schema;
        self.optional = Optional::Absent;
        self.put_u32(schema[id].combinator.id);
        self.put_fields(&schema[id].combinator, MAX_DEPTH);
        std::mem::take(&mut self.out)
    }

    fn combinator(&mut self, combinator: &Combinator, optional: Optional) -> Vec<u8> {
        self.optional = optional;
        self.put_u32(combinator.id);
        self.put_fields(combinator, 0);
        std::mem::take(&mut self.out)
    }

    fn is_enough(&self, depth: u32) -> bool {
        depth >= MAX_DEPTH || self.out.len() >= MAX_BYTES
    }

    fn put_fields(&mut self, combinator: &Combinator, depth: u32) {
        let mut words = vec![0_u32; combinator.fields.len()];
        for (position, field) in combinator.fields.iter().enumerate() {
            if let Some(condition) = field.condition
                && words[condition.flags] >> condition.bit & 1 == 0
            {
                continue;
            }
            if field.computed_flags {
                words[position] = self.flags(combinator, position, depth);
                self.put_u32(words[position]);
            } else {
                self.put(&field.ty, depth + 1);
            }
        }
    }

    /// A word of flags with bits that fields need, and no others.
    fn flags(&mut self, combinator: &Combinator, flags: usize, depth: u32) -> u32 {
        let conditions = combinator.fields.iter().filter_map(|field| field.condition);
        let known = conditions.filter(|it| it.flags == flags).fold(0, |mask, it| mask | 1 << it.bit);
        match self.optional {
            _ if self.is_enough(depth) => 0,
            Optional::Absent => 0,
            Optional::Present => known,
            Optional::Random => known & self.random.number() as u32,
        }
    }

    fn put(&mut self, ty: &ValueType, depth: u32) {
        match ty {
            ValueType::Builtin(builtin) => self.put_builtin(*builtin, depth),
            ValueType::Vector { boxed, element } => self.put_vector(*boxed, element, depth),
            ValueType::Boxed(id) => {
                let constructor = self.choose(*id, depth);
                let schema = self.schema;
                self.put_u32(schema[constructor].combinator.id);
                self.put_fields(&schema[constructor].combinator, depth);
            }
            ValueType::Bare(id) => {
                let schema = self.schema;
                self.put_fields(&schema[*id].combinator, depth);
            }
            ValueType::Parameter => self.put_call(depth),
        }
    }

    fn choose(&mut self, ty: TypeId, depth: u32) -> ConstructorId {
        if self.is_enough(depth) {
            return self.lowest[ty.index()];
        }
        self.random.pick(&self.schema[ty].constructors)
    }

    fn put_call(&mut self, depth: u32) {
        let schema = self.schema;
        let functions: Vec<FunctionId> = schema.function_ids().collect();
        let id = match self.lowest_function {
            Some(lowest) if self.is_enough(depth) => lowest,
            _ => self.random.pick(&functions),
        };
        self.put_u32(schema[id].combinator.id);
        self.put_fields(&schema[id].combinator, depth);
    }

    fn put_vector(&mut self, boxed: bool, element: &ValueType, depth: u32) {
        let count = if self.is_enough(depth) { 0 } else { self.random.below(4) };
        if boxed {
            self.put_u32(VECTOR);
        }
        self.put_u32(count as u32);
        for _ in 0..count {
            self.put(element, depth + 1);
        }
    }

    fn put_builtin(&mut self, builtin: Builtin, depth: u32) {
        match builtin {
            Builtin::Nat | Builtin::Int => {
                let number = self.number() as u32;
                self.put_u32(number);
            }
            Builtin::Long => {
                let number = self.number();
                self.out.extend(number.to_le_bytes());
            }
            Builtin::Double => {
                let number = self.random.pick(&DOUBLES);
                self.out.extend(number.to_le_bytes());
            }
            Builtin::Int128 => self.put_raw(16),
            Builtin::Int256 => self.put_raw(32),
            Builtin::Int512 => self.put_raw(64),
            Builtin::String => {
                let length = self.length(depth);
                let text = self.text(length);
                self.put_string(text.as_bytes());
            }
            Builtin::Bytes => {
                let length = self.length(depth);
                let bytes = self.random.bytes(length);
                self.put_string(&bytes);
            }
            Builtin::Bool => {
                let id = self.random.pick(&BOOLS);
                self.put_u32(id);
            }
            Builtin::True => {}
        }
    }

    fn number(&mut self) -> u64 {
        if self.random.coin() { self.random.pick(&NUMBERS) } else { self.random.number() }
    }

    fn length(&mut self, depth: u32) -> usize {
        if self.is_enough(depth) { 0 } else { self.random.pick(&LENGTHS) }
    }

    /// A text of so many bytes.
    fn text(&mut self, length: usize) -> String {
        let mut text = String::new();
        while text.len() < length {
            let character = self.random.pick(&CHARACTERS);
            let fits = text.len() + character.len_utf8() <= length;
            text.push(if fits { character } else { 'a' });
        }
        text
    }

    fn put_raw(&mut self, length: usize) {
        let bytes = self.random.bytes(length);
        self.out.extend(bytes);
    }

    fn put_u32(&mut self, number: u32) {
        self.out.extend(number.to_le_bytes());
    }

    fn put_string(&mut self, content: &[u8]) {
        let start = self.out.len();
        match content.len() {
            length @ ..254 => self.out.push(length as u8),
            length => self.put_u32((length as u32) << 8 | 254),
        }
        self.out.extend(content);
        let written = self.out.len() - start;
        self.out.resize(start + written.next_multiple_of(4), 0);
    }
}

/// A height that is not known yet.
const UNKNOWN: u32 = u32::MAX;

/// How many values must be inside of one another, at least.
struct Heights {
    types: Vec<u32>,
    constructors: Vec<u32>,
}

impl Heights {
    /// Starts with nothing known and repeats until nothing changes.
    fn new(schema: &Schema) -> Self {
        let mut heights =
            Self { types: vec![UNKNOWN; schema.types.len()], constructors: vec![UNKNOWN; schema.constructors.len()] };
        let mut changed = true;
        while changed {
            changed = false;
            for id in schema.constructor_ids() {
                let height = heights.of_fields(&schema[id].combinator);
                let of_type = &mut heights.types[schema[id].result.index()];
                *of_type = height.min(*of_type);
                changed |= heights.constructors[id.index()] != height;
                heights.constructors[id.index()] = height;
            }
        }
        heights
    }

    fn of_fields(&self, combinator: &Combinator) -> u32 {
        let required = combinator.fields.iter().filter(|field| field.condition.is_none());
        let heights = required.map(|field| match &field.ty {
            ValueType::Builtin(_) | ValueType::Vector { .. } | ValueType::Parameter => 0,
            ValueType::Boxed(id) => self.types[id.index()],
            ValueType::Bare(id) => self.constructors[id.index()],
        });
        heights.max().map_or(0, |highest| highest.saturating_add(1))
    }
}
