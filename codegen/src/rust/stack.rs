//! The stack that reading a value takes, and how many levels of depth a value therefore counts as.
//!
//! Values of types that can contain themselves count as one level, so that a limit bounds the stack. That holds only if no level
//! takes more than its share: a value of hundreds of fields counts as several levels, and so does one of a type that cannot
//! contain itself but leads to so many others that all of them together take more than a level may.
//!
//! What a level takes was measured in code without optimisation, where every copy of a value on its way has a place of its own;
//! optimised code takes about half. The estimates here are a little above.

use typelang_ir::graph::{Node, Order};
use typelang_ir::{Argument, Combinator, ConstructorId, Facts, FunctionId, Schema, TableLevels, TypeId, ValueType};

use crate::rust::layout::Layout;

/// Bytes of the stack for each level. So many for each of the levels that are allowed by default are three quarters of an
/// ordinary stack of 2 MiB.
const LEVEL: u64 = 12 * 1024;

/// Bytes of the stack that may be taken without counting, before the first level and after the last one.
const UNCOUNTED: u64 = 128 * 1024;

/// Bytes of a call beside the values that it returns.
const CALL: u64 = 512;

/// Bytes for each byte of a struct: the places of its fields and of itself in the functions that hand it on.
const STRUCT: (u64, u64) = (9, 2);
/// What a struct larger than this takes in addition where it is the whole value, since it is handed on more often.
const LARGE: u64 = 16 * 1024;
const WHOLE: u64 = 8;
/// Bytes for each byte of an element: the functions that fill a vector hand it on.
const ELEMENT: (u64, u64) = (3, 2);
/// Bytes for each byte of an array.
const ARRAY: u64 = 6;

/// How many levels each constructor and function counts as.
pub(crate) struct Levels {
    constructors: Vec<u32>,
    functions: Vec<u32>,
}

impl Levels {
    /// Computes all levels, in time linear in the size of the schema.
    pub(crate) fn new(schema: &Schema, facts: &Facts, layout: &Layout) -> Self {
        let mut stack = Stack {
            schema,
            facts,
            layout,
            types: vec![Cost::default(); schema.types.len()],
            constructors: vec![Cost::default(); schema.constructors.len()],
            object: Cost::default(),
            call: Cost::default(),
        };
        stack.settle();
        let constructors = schema.constructor_ids().map(|id| {
            let cost = stack.of_combinator(&schema[id].combinator, layout.most_of_constructor(id));
            cost.levels(facts.constructor(id).recursive)
        });
        let constructors = constructors.collect();
        let functions = schema.function_ids().map(|id| stack.of_function(id).levels(facts.function(id).recursive));
        Self { constructors, functions: functions.collect() }
    }

    /// All levels, for the table of the schema.
    pub(crate) fn in_table(&self) -> TableLevels<'_> {
        TableLevels { constructors: &self.constructors, functions: &self.functions }
    }

    /// The levels of a value of a constructor.
    pub(crate) fn constructor(&self, id: ConstructorId) -> u32 {
        self.constructors[id.index()]
    }

    /// The levels of a call of a function.
    pub(crate) fn function(&self, id: FunctionId) -> u32 {
        self.functions[id.index()]
    }
}

/// Bytes of the stack from the beginning of a value on.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Cost {
    /// To the deepest value inside that counts as no level.
    all: u64,
    /// To the deepest value inside that counts as a level, if there is one.
    to_level: Option<u64>,
}

impl Cost {
    /// What counts as a level takes nothing but that.
    const LEVEL: Self = Self { all: 0, to_level: Some(0) };

    fn of(bytes: u64) -> Self {
        Self { all: bytes, to_level: None }
    }

    fn plus(self, bytes: u64) -> Self {
        let to_level = self.to_level.map(|it| it.saturating_add(bytes));
        Self { all: self.all.saturating_add(bytes), to_level }
    }

    /// One or the other.
    fn or(self, other: Self) -> Self {
        Self { all: self.all.max(other.all), to_level: self.to_level.max(other.to_level) }
    }

    fn most(costs: impl Iterator<Item = Self>) -> Self {
        costs.fold(Self::default(), Self::or)
    }

    /// None for what cannot contain itself and takes little enough.
    fn levels(self, recursive: bool) -> u32 {
        let bytes = match recursive {
            true => self.to_level.unwrap_or_default(),
            false if self.all > UNCOUNTED => self.all,
            false => return 0,
        };
        u32::try_from(bytes.div_ceil(LEVEL)).unwrap_or(u32::MAX).max(1)
    }

    /// The cost for what is around.
    fn counted(self, recursive: bool) -> Self {
        if self.levels(recursive) > 0 { Self::LEVEL } else { self }
    }
}

struct Stack<'a> {
    schema: &'a Schema,
    facts: &'a Facts,
    layout: &'a Layout,
    types: Vec<Cost>,
    constructors: Vec<Cost>,
    /// A value of any type.
    object: Cost,
    /// A call of any function.
    call: Cost,
}

impl Stack<'_> {
    /// Starts with nothing and repeats until nothing changes. What can contain itself counts as a level, so this ends.
    fn settle(&mut self) {
        let order = Order::new(self.schema);
        let mut changed = true;
        while changed {
            order.settle(|node| {
                let (cost, place) = match node {
                    Node::Type(id) => (self.of_type(id), &mut self.types[id.index()]),
                    Node::Constructor(id) => (self.of_constructor(id), &mut self.constructors[id.index()]),
                };
                std::mem::replace(place, cost) != cost
            });
            let anything = (self.of_any_object(), self.of_any_call());
            changed = anything != (self.object, self.call);
            (self.object, self.call) = anything;
        }
    }

    fn of_type(&self, id: TypeId) -> Cost {
        let schema = self.schema;
        if schema[id].external {
            return Cost::of(CALL);
        }
        if let Some(only) = schema.only_constructor(id) {
            return self.constructors[only.index()];
        }
        let variants = schema[id].constructors.iter().map(|&it| self.of_variant(it));
        let own = variants.fold(CALL + u64::from(self.layout.ty(id)) * 2, u64::saturating_add);
        Cost::most(schema[id].constructors.iter().map(|it| self.constructors[it.index()])).plus(own)
    }

    /// The place of a variant in the function that reads an enum.
    fn of_variant(&self, id: ConstructorId) -> u64 {
        if self.layout.is_boxed_variant(id) { 0 } else { self.layout.most_of_constructor(id).into() }
    }

    fn of_constructor(&self, id: ConstructorId) -> Cost {
        let cost = self.of_combinator(&self.schema[id].combinator, self.layout.most_of_constructor(id));
        cost.counted(self.facts.constructor(id).recursive)
    }

    fn of_function(&self, id: FunctionId) -> Cost {
        let combinator = &self.schema[id].combinator;
        self.of_combinator(combinator, self.layout.most_of_fields(combinator))
    }

    fn of_combinator(&self, combinator: &Combinator, bytes: u32) -> Cost {
        Cost::most(combinator.fields.iter().map(|field| self.of_value(&field.ty))).plus(of_struct(bytes))
    }

    fn of_value(&self, ty: &ValueType) -> Cost {
        let bytes = |ty: &ValueType| u64::from(self.layout.most_of_value(ty));
        match ty {
            ValueType::Builtin(_) | ValueType::BoxedBuiltin(..) => Cost::default(),
            ValueType::Parameter(_) | ValueType::Output(_) => Cost::LEVEL,
            ValueType::Tuple { element, count, .. } if self.layout.array_length(element, *count).is_some() => {
                self.of_value(element).plus(CALL * 2 + bytes(ty) * ARRAY)
            }
            ValueType::Vector { element, .. } | ValueType::Tuple { element, .. } => {
                self.of_value(element).plus(CALL * 2 + bytes(element) * ELEMENT.0 / ELEMENT.1)
            }
            ValueType::Boxed(id, arguments) => self.applied(self.types[id.index()], arguments),
            ValueType::Bare(id, arguments) => self.applied(self.constructors[id.index()], arguments),
            ValueType::Object => self.object,
            ValueType::Call(_) | ValueType::Function => self.call,
        }
    }

    /// A type with arguments takes what it takes with the largest that are possible, and what these take.
    fn applied(&self, own: Cost, arguments: &[Argument]) -> Cost {
        let inside = arguments.iter().filter_map(|argument| match argument {
            Argument::Type(ty) => Some(self.of_value(ty)),
            Argument::Nat(_) => None,
        });
        let with = |inside: Cost| Cost {
            all: own.all.saturating_add(inside.all),
            to_level: own.to_level.zip(inside.to_level).map(|(own, inside)| own.saturating_add(inside)),
        };
        match inside.reduce(Cost::or) {
            Some(inside) => own.or(with(inside)),
            None => own,
        }
    }

    fn of_any_object(&self) -> Cost {
        let ids = || self.schema.constructor_ids();
        let limit = self.layout.max_variant();
        let places = ids().map(|id| self.layout.constructor(id)).filter(|bytes| *bytes <= limit);
        let own = places.map(u64::from).fold(CALL, u64::saturating_add);
        Cost::most(ids().map(|id| self.constructors[id.index()])).plus(own)
    }

    fn of_any_call(&self) -> Cost {
        let ids = || self.schema.function_ids();
        let small = ids().filter(|&id| !self.layout.is_large(&self.schema[id].combinator));
        let places = small.map(|id| u64::from(self.layout.most_of_fields(&self.schema[id].combinator)));
        let own = places.fold(CALL, u64::saturating_add);
        Cost::most(ids().map(|id| self.of_function(id).counted(self.facts.function(id).recursive))).plus(own)
    }
}

fn of_struct(bytes: u32) -> u64 {
    let bytes = u64::from(bytes);
    CALL + bytes * STRUCT.0 / STRUCT.1 + bytes.saturating_sub(LARGE) * WHOLE
}
