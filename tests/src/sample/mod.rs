//! Bytes of values, made from a schema by the rules of the wire format alone: nothing here knows the generated code.
//!
//! What comes out is canonical, so that decoding and encoding give the same bytes.

mod ground;
mod numbers;
mod plan;
mod scalars;

use std::collections::BTreeSet;

use typelang_ir::{
    Argument, BoxedBuiltin, Builtin, Combinator, ConstructorId, ConstructorKind, FunctionId, NatRole, Schema, TypeId,
    ValueType,
};

use crate::random::Random;
use crate::scope::{Scope, any_arguments, constant};
use numbers::Use;
use plan::Plan;
pub use plan::stand_alone;

/// Id of a boxed vector.
const VECTOR: u32 = 0x1cb5_c415;
/// Values inside of one another below which only the shortest is written.
const MAX_DEPTH: u32 = 4;
/// Values inside of one another after which a value is given up: numbers that are handed on and on can ask for more.
const HOPELESS_DEPTH: u32 = 50;
/// Bytes after which only the shortest is written.
const MAX_BYTES: usize = 4096;
/// Attempts at a value before optional fields are left out, and all attempts.
const ATTEMPTS: [u32; 2] = [4, 16];

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
    plan: Plan,
    random: Random,
    optional: Optional,
    out: Vec<u8>,
    /// Whether the value nests deeper than one can go on.
    hopeless: bool,
    written: BTreeSet<ConstructorId>,
}

impl<'a> Sampler<'a> {
    /// A sampler whose values the seed decides.
    #[must_use]
    pub fn new(schema: &'a Schema, seed: u64) -> Self {
        Self {
            schema,
            plan: Plan::new(schema),
            random: Random::new(seed),
            optional: Optional::Random,
            out: Vec::new(),
            hopeless: false,
            written: BTreeSet::new(),
        }
    }

    /// Goes on as a new sampler with this seed would.
    pub fn restart(&mut self, seed: u64) {
        self.random = Random::new(seed);
    }

    /// Every constructor of which a value has been made, within other values too.
    #[must_use]
    pub fn written(&self) -> &BTreeSet<ConstructorId> {
        &self.written
    }

    /// Returns whether a constructor has a finite value.
    #[must_use]
    pub fn is_finite(&self, id: ConstructorId) -> bool {
        self.plan.is_finite(id)
    }

    /// The boxed form of a value of a constructor that [stands alone](stand_alone).
    pub fn constructor(&mut self, id: ConstructorId, optional: Optional) -> Vec<u8> {
        let arguments = any_arguments(self.schema, self.schema[id].result);
        self.make(optional, |this| this.put_constructor(id, &arguments, 0)).0
    }

    /// The same, or nothing if every attempt nests too deeply.
    pub fn try_constructor(&mut self, id: ConstructorId, optional: Optional) -> Option<Vec<u8>> {
        let arguments = any_arguments(self.schema, self.schema[id].result);
        self.attempt(optional, |this| this.put_constructor(id, &arguments, 0)).map(|(bytes, ())| bytes)
    }

    /// A call of a function, or nothing if every attempt nests too deeply: all functions can need another call.
    pub fn try_function(&mut self, id: FunctionId, optional: Optional) -> Option<Vec<u8>> {
        self.attempt(optional, |this| _ = this.put_function(id, 0)).map(|(bytes, ())| bytes)
    }

    /// A call of a function.
    pub fn function(&mut self, id: FunctionId, optional: Optional) -> Vec<u8> {
        self.make(optional, |this| _ = this.put_function(id, 0)).0
    }

    /// A call of a function, and what it can give. Nothing if that depends on a call within it.
    pub fn call_and_result(&mut self, id: FunctionId, optional: Optional) -> Option<(Vec<u8>, Vec<u8>)> {
        let schema = self.schema;
        if schema[id].call().is_some() {
            return None;
        }
        let (call, result) = self.make(optional, |this| this.put_function(id, 0).close(&schema[id].result));
        Some((call, self.value(&result, optional)))
    }

    /// A value of a closed type in the form in which a field or a result has it.
    pub fn value(&mut self, ty: &ValueType, optional: Optional) -> Vec<u8> {
        self.make(optional, |this| this.put(ty, 0)).0
    }

    /// A value of a closed type with as little in it as possible.
    pub fn least(&mut self, ty: &ValueType) -> Vec<u8> {
        self.make(Optional::Absent, |this| this.put(ty, MAX_DEPTH)).0
    }

    /// The same, or nothing if the type has no finite value.
    pub fn try_least(&mut self, ty: &ValueType) -> Option<Vec<u8>> {
        self.attempt(Optional::Absent, |this| this.put(ty, MAX_DEPTH)).map(|(bytes, ())| bytes)
    }

    /// The boxed form of a value of a constructor with as little in it as possible.
    pub fn least_constructor(&mut self, id: ConstructorId) -> Vec<u8> {
        let arguments = any_arguments(self.schema, self.schema[id].result);
        self.make(Optional::Absent, |this| this.put_constructor(id, &arguments, MAX_DEPTH)).0
    }

    /// The boxed form of a value of a constructor of a type with closed arguments, with as little in it as possible; nothing if the
    /// constructor has no finite value with these.
    pub fn least_applied(&mut self, id: ConstructorId, arguments: &[Argument]) -> Option<Vec<u8>> {
        self.attempt(Optional::Absent, |this| this.put_constructor(id, arguments, MAX_DEPTH)).map(|(bytes, ())| bytes)
    }

    /// Returns for each field of a constructor whether its number says how many values there are, there or where it is handed on to.
    #[must_use]
    pub fn counts_of_constructor(&self, id: ConstructorId) -> Vec<bool> {
        self.plan.numbers_of_constructor(id).iter().map(|it| it.counts).collect()
    }

    /// The same for a function.
    #[must_use]
    pub fn counts_of_function(&self, id: FunctionId) -> Vec<bool> {
        self.plan.numbers_of_function(id).iter().map(|it| it.counts).collect()
    }

    /// Tries until there is a value that is not too deep, in the end without optional fields.
    fn make<T>(&mut self, optional: Optional, write: impl Fn(&mut Self) -> T) -> (Vec<u8>, T) {
        self.attempt(optional, write).expect("an attempt at a value comes to an end")
    }

    fn attempt<T>(&mut self, optional: Optional, write: impl Fn(&mut Self) -> T) -> Option<(Vec<u8>, T)> {
        for attempt in 0..ATTEMPTS[1] {
            self.optional = if attempt < ATTEMPTS[0] { optional } else { Optional::Absent };
            self.out.clear();
            self.hopeless = false;
            let made = write(self);
            if !self.hopeless {
                return Some((std::mem::take(&mut self.out), made));
            }
        }
        None
    }

    fn is_enough(&self, depth: u32) -> bool {
        depth >= MAX_DEPTH || self.out.len() >= MAX_BYTES
    }

    /// The id, unless the constructor has none, and the fields.
    fn put_constructor(&mut self, id: ConstructorId, arguments: &[Argument], depth: u32) {
        if self.schema[id].kind == ConstructorKind::Named {
            self.put_u32(self.schema[id].combinator.id);
        }
        self.put_bare(id, arguments, depth);
    }

    fn put_bare(&mut self, id: ConstructorId, arguments: &[Argument], depth: u32) {
        let schema = self.schema;
        self.written.insert(id);
        let uses = self.plan.numbers_of_constructor(id).to_vec();
        self.put_fields(&schema[id].combinator, arguments, &uses, depth);
    }

    fn put_function(&mut self, id: FunctionId, depth: u32) -> Scope<'static> {
        let schema = self.schema;
        self.put_u32(schema[id].combinator.id);
        let uses = self.plan.numbers_of_function(id).to_vec();
        self.put_fields(&schema[id].combinator, &[], &uses, depth)
    }

    fn put_fields<'s>(
        &mut self,
        combinator: &Combinator,
        arguments: &'s [Argument],
        uses: &[Use],
        depth: u32,
    ) -> Scope<'s> {
        let mut scope = Scope::new(combinator, arguments);
        self.hopeless |= depth > HOPELESS_DEPTH;
        if self.hopeless {
            return scope;
        }
        for (position, field) in combinator.fields.iter().enumerate() {
            if field.condition.is_some_and(|condition| !scope.holds(condition)) {
                continue;
            }
            if let Some(role) = field.nat {
                let number = self.choose_number(role, uses[position], depth);
                scope.set(position, number);
                self.put_u32(number);
            } else {
                self.put(&scope.close(&field.ty), depth + 1);
            }
        }
        scope
    }

    /// A number that counts is small. One that is tested has the bits that optional fields need; its other bits are anything,
    /// unless they would mean nothing.
    fn choose_number(&mut self, role: NatRole, used: Use, depth: u32) -> u32 {
        let optional = if self.is_enough(depth) { Optional::Absent } else { self.optional };
        if used.counts {
            return match optional {
                Optional::Absent => 0,
                Optional::Present => 1 + self.random.below(3) as u32,
                Optional::Random => self.random.below(4) as u32,
            };
        }
        let wanted = match optional {
            Optional::Absent => 0,
            Optional::Present => u32::MAX,
            Optional::Random => self.random.number() as u32,
        };
        let free = if role == NatRole::Flags { 0 } else { self.number() as u32 };
        wanted & used.tested | free & !used.tested
    }

    fn put(&mut self, ty: &ValueType, depth: u32) {
        match ty {
            ValueType::Builtin(builtin) => self.put_builtin(*builtin, depth),
            ValueType::BoxedBuiltin(builtin, id) => {
                self.put_u32(*id);
                self.put_builtin(*builtin, depth);
            }
            ValueType::Vector { boxed, element } => self.put_vector(*boxed, element, depth),
            ValueType::Tuple { id, element, count } => {
                if let Some(id) = id {
                    self.put_u32(*id);
                }
                (0..constant(*count)).for_each(|_| self.put(element, depth + 1));
            }
            ValueType::Boxed(id, arguments) => self.put_boxed(*id, arguments, depth),
            ValueType::Bare(id, arguments) => self.put_bare(*id, arguments, depth),
            ValueType::Call(_) | ValueType::Function => self.put_call(depth),
            ValueType::Object => self.put_object(depth),
            ValueType::Parameter(_) | ValueType::Output(_) => panic!("{ty:?} in a closed type"),
        }
    }

    fn put_boxed(&mut self, ty: TypeId, arguments: &[Argument], depth: u32) {
        let schema = self.schema;
        let Some(constructor) = self.choose(ty, depth) else { return self.hopeless = true };
        let start = self.out.len();
        self.put_constructor(constructor, arguments, depth);
        if schema[constructor].kind != ConstructorKind::Default {
            return;
        }
        let named: Vec<ConstructorId> =
            schema[ty].constructors.iter().copied().filter(|&it| it != constructor).collect();
        // A value without an id must not begin as if it had one.
        if !named.is_empty() && self.may_begin_with_id(start, &named) {
            self.out.truncate(start);
            let other = named.into_iter().find(|&it| self.plan.is_finite(it)).unwrap_or(constructor);
            self.put_constructor(other, arguments, depth);
        }
    }

    /// Returns whether what was written from `start` on can be taken for one of these constructors. What is shorter than an id can,
    /// since nobody knows what follows.
    fn may_begin_with_id(&self, start: usize, named: &[ConstructorId]) -> bool {
        let first = self.out.get(start..).and_then(<[u8]>::first_chunk);
        first.is_none_or(|bytes| named.iter().any(|&it| self.schema[it].combinator.id == u32::from_le_bytes(*bytes)))
    }

    /// A constructor of a type; nothing if the type has no finite value.
    fn choose(&mut self, ty: TypeId, depth: u32) -> Option<ConstructorId> {
        let lowest = self.plan.lowest(ty)?;
        if self.is_enough(depth) {
            return Some(lowest);
        }
        let constructors = self.schema[ty].constructors.iter().copied();
        let finite: Vec<ConstructorId> = constructors.filter(|&it| self.plan.is_finite(it)).collect();
        Some(self.random.pick(&finite))
    }

    fn put_call(&mut self, depth: u32) {
        let id = match self.plan.lowest_function {
            Some(lowest) if self.is_enough(depth) => lowest,
            // No function, so no call.
            _ if self.plan.functions.is_empty() => return self.hopeless = true,
            _ => self.random.pick(&self.plan.functions),
        };
        self.put_function(id, depth);
    }

    /// A value of any constructor, or a call.
    fn put_object(&mut self, depth: u32) {
        let objects = self.plan.objects.len();
        let builtins = self.plan.builtins.len();
        if !self.is_enough(depth) && builtins > 0 && self.random.below(4) == 0 {
            let BoxedBuiltin { builtin, id, .. } = self.plan.builtins[self.random.below(builtins)];
            self.put_u32(id);
            if builtin != Builtin::Bool {
                self.put_builtin(builtin, depth);
            }
            return;
        }
        let id = match self.plan.lowest_object {
            Some(lowest) if self.is_enough(depth) => lowest,
            _ if objects + self.plan.functions.len() == 0 => return self.hopeless = true,
            _ => match self.random.below(objects + self.plan.functions.len()) {
                object if object < objects => self.plan.objects[object],
                _ => return self.put_call(depth),
            },
        };
        let arguments = any_arguments(self.schema, self.schema[id].result);
        self.put_constructor(id, &arguments, depth);
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
}
