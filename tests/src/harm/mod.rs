//! Inputs that mean harm for any schema, with parameters or without: nested deeper than is allowed and as deep as is allowed,
//! vectors full of the smallest elements, counts without elements, and long texts. A seed decides the way through the types.
//!
//! [`nest`](crate::nest) finds every way of nesting of a schema without parameters; this tries some ways of any schema.

use typelang_ir::{
    Argument, Combinator, ConstructorId, ConstructorKind, Facts, FunctionId, Nat, NatVariable, Schema, ValueType,
};

use crate::random::Random;
use crate::sample::{Sampler, stand_alone};
use crate::scope::{Scope, any_arguments};

/// Bytes that mean harm: a beginning, and then one piece again and again.
#[derive(Clone, Debug)]
pub struct Harm {
    /// What is done.
    pub name: &'static str,
    /// The first bytes.
    pub begin: Vec<u8>,
    /// What fills the rest; nothing if the beginning is all.
    pub piece: Vec<u8>,
}

/// What is read.
#[derive(Clone, Debug)]
pub enum Root {
    /// A value of a closed type.
    Value(ValueType),
    /// A call of a function.
    Call(FunctionId),
}

/// What is done at the end of a way through the types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deed {
    /// It goes on until it is deeper than any limit.
    Deep,
    /// It ends after so many levels, and is a value.
    Levels(u32),
    /// A vector is full of the smallest elements.
    Full,
    /// A vector announces so many elements.
    Announced(u32),
    /// A text is as long as the input.
    Text,
}

const DEEDS: [(&str, Deed); 8] = [
    ("nested too deeply", Deed::Deep),
    ("nested", Deed::Levels(100)),
    ("nested less", Deed::Levels(30)),
    ("full of the smallest", Deed::Full),
    ("announcing 65,536", Deed::Announced(0x1_0000)),
    ("announcing a million", Deed::Announced(1_000_000)),
    ("announcing all", Deed::Announced(i32::MAX as u32)),
    ("one long text", Deed::Text),
];

/// Values of recursive types inside of one another that no limit allows.
const TOO_DEEP: u32 = 500;
/// Values inside of one another before a vector or a text is looked for no longer.
const FAR: u32 = 24;
/// Bytes of a beginning; what has more is given up.
const MAX_BYTES: usize = 1 << 17;

/// Makes such inputs for one schema.
pub struct Harms<'a> {
    schema: &'a Schema,
    facts: Facts,
    sampler: Sampler<'a>,
    objects: Vec<ConstructorId>,
    random: Random,
    /// The bytes that are written so far.
    out: Vec<u8>,
    /// What fills the rest.
    piece: Vec<u8>,
    /// Bytes of an input.
    size: usize,
}

/// Whether the writing goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    Goes,
    /// The input to come is the rest of the input, or would have no end.
    Ends,
}

impl<'a> Harms<'a> {
    /// For inputs of so many bytes.
    #[must_use]
    pub fn new(schema: &'a Schema, size: usize) -> Self {
        let sampler = Sampler::new(schema, 0);
        let objects = stand_alone(schema).into_iter().filter(|&id| sampler.is_finite(id)).collect();
        let facts = Facts::new(schema);
        Self { schema, facts, sampler, objects, random: Random::new(0), out: Vec::new(), piece: Vec::new(), size }
    }

    /// Inputs for one root, `ways` of each kind. Needs a large stack.
    pub fn of(&mut self, root: &Root, seed: u64, ways: usize) -> Vec<Harm> {
        self.random = Random::new(seed);
        let mut harms = Vec::new();
        for (name, deed) in DEEDS {
            for _ in 0..ways {
                if let Some(harm) = self.harm(name, root, deed)
                    && !harms.iter().any(|it: &Harm| it.begin == harm.begin && it.piece == harm.piece)
                {
                    harms.push(harm);
                }
            }
        }
        for (name, byte) in [("zeros", 0), ("ff", 0xff)] {
            harms.push(Harm { name, begin: Vec::new(), piece: vec![byte] });
        }
        harms
    }

    fn harm(&mut self, name: &'static str, root: &Root, deed: Deed) -> Option<Harm> {
        self.out.clear();
        self.piece.clear();
        let levels = match deed {
            Deed::Deep => TOO_DEEP,
            Deed::Levels(levels) => levels,
            _ => FAR,
        };
        let next = match root {
            Root::Value(ty) => self.value(ty, deed, levels),
            Root::Call(id) => self.call(*id, deed, levels),
        };
        // A nested value is all; a vector or a text that was found ends the way.
        let is_value = matches!(deed, Deed::Levels(_));
        if next == Next::Goes && !is_value && deed != Deed::Deep || self.out.len() > MAX_BYTES {
            return None;
        }
        if self.piece.is_empty() && !is_value {
            self.piece.push(0);
        }
        Some(Harm { name, begin: self.out.clone(), piece: self.piece.clone() })
    }

    fn word(&mut self, word: u32) {
        self.out.extend(word.to_le_bytes());
    }

    /// A value on the way, with so many levels left.
    fn value(&mut self, ty: &ValueType, deed: Deed, left: u32) -> Next {
        if self.out.len() > MAX_BYTES {
            return Next::Ends;
        }
        if left == 0 {
            return self.least(ty);
        }
        match ty {
            ValueType::Builtin(typelang_ir::Builtin::String | typelang_ir::Builtin::Bytes) if deed == Deed::Text => {
                let length = self.size.saturating_sub(self.out.len() + 8) as u32;
                self.word(length << 8 | 0xfe);
                self.piece = b"t".to_vec();
                Next::Ends
            }
            ValueType::Vector { boxed, element } => self.vector(*boxed, element, deed, left),
            ValueType::Tuple { id, element, count } => self.tuple(*id, element, *count, deed, left),
            ValueType::Boxed(id, arguments) => {
                let constructors: Vec<ConstructorId> =
                    self.schema[*id].constructors.iter().copied().filter(|&it| self.sampler.is_finite(it)).collect();
                let deep: Vec<ConstructorId> = constructors.iter().copied().filter(|&it| self.leads_on(it)).collect();
                let Some(&chosen) = self.some(if deep.is_empty() { &constructors } else { &deep }) else {
                    return Next::Ends;
                };
                self.constructor(chosen, arguments, deed, left)
            }
            ValueType::Bare(id, arguments) => {
                let schema = self.schema;
                let uses = self.sampler.counts_of_constructor(*id);
                self.fields(&schema[*id].combinator, arguments, &uses, deed, left)
            }
            ValueType::Object => {
                let objects = self.objects.clone();
                let deep: Vec<ConstructorId> = objects.iter().copied().filter(|&it| self.leads_on(it)).collect();
                let Some(&chosen) = self.some(if deep.is_empty() { &objects } else { &deep }) else {
                    return Next::Ends;
                };
                let arguments = any_arguments(self.schema, self.schema[chosen].result);
                self.constructor(chosen, &arguments, deed, left)
            }
            ValueType::Call(_) | ValueType::Function => {
                let ids: Vec<FunctionId> = self.schema.function_ids().collect();
                let deep: Vec<FunctionId> =
                    ids.iter().copied().filter(|id| self.facts.function(*id).recursive).collect();
                match self.some(if deep.is_empty() { &ids } else { &deep }) {
                    Some(&id) => self.call(id, deed, left),
                    None => Next::Ends,
                }
            }
            _ => self.least(ty),
        }
    }

    /// A value with as little in it as possible. Behind a type without finite values nothing can come.
    fn least(&mut self, ty: &ValueType) -> Next {
        match self.sampler.try_least(ty) {
            Some(least) => {
                self.out.extend(least);
                Next::Goes
            }
            None => Next::Ends,
        }
    }

    fn some<'i, T>(&mut self, items: &'i [T]) -> Option<&'i T> {
        if items.is_empty() { None } else { items.get(self.random.below(items.len())) }
    }

    /// Returns whether the way goes on by a constructor.
    fn leads_on(&self, id: ConstructorId) -> bool {
        let fields = &self.schema[id].combinator.fields;
        self.facts.constructor(id).recursive || fields.iter().any(|field| leads_on(&field.ty))
    }

    fn constructor(&mut self, id: ConstructorId, arguments: &[Argument], deed: Deed, left: u32) -> Next {
        let schema = self.schema;
        if schema[id].kind == ConstructorKind::Named {
            self.word(schema[id].combinator.id);
        }
        let uses = self.sampler.counts_of_constructor(id);
        self.fields(&schema[id].combinator, arguments, &uses, deed, left)
    }

    fn call(&mut self, id: FunctionId, deed: Deed, left: u32) -> Next {
        let schema = self.schema;
        self.word(schema[id].combinator.id);
        let uses = self.sampler.counts_of_function(id);
        self.fields(&schema[id].combinator, &[], &uses, deed, left)
    }

    fn vector(&mut self, boxed: bool, element: &ValueType, deed: Deed, left: u32) -> Next {
        if boxed {
            self.word(0x1cb5_c415);
        }
        // A vector within the vector may be the one.
        let is_last = left < FAR / 2 || self.random.coin();
        match deed {
            Deed::Full if is_last => {
                let Some(piece) = self.smallest(element) else { return Next::Ends };
                let room = self.size.saturating_sub(self.out.len() + 4);
                let count = if piece.is_empty() { 65_536 } else { room / piece.len() };
                self.word(count as u32);
                self.piece = piece;
                Next::Ends
            }
            Deed::Announced(count) if is_last => {
                self.word(count);
                Next::Ends
            }
            _ => {
                self.word(1);
                self.value(element, deed, left - 1)
            }
        }
    }

    /// One of the smallest elements of a vector; nothing if its type has no finite value.
    fn smallest(&mut self, element: &ValueType) -> Option<Vec<u8>> {
        if let ValueType::Boxed(id, arguments) = element {
            let schema = self.schema;
            let constructors: Vec<ConstructorId> =
                schema[*id].constructors.iter().copied().filter(|&it| self.sampler.is_finite(it)).collect();
            if let Some(&chosen) = self.some(&constructors) {
                return self.sampler.least_applied(chosen, arguments);
            }
        }
        self.sampler.try_least(element)
    }

    fn tuple(&mut self, id: Option<u32>, element: &ValueType, count: Nat, deed: Deed, left: u32) -> Next {
        if let Some(id) = id {
            self.word(id);
        }
        for position in 0..crate::scope::constant(count) {
            let left = if position == 0 { left - 1 } else { 0 };
            if self.value(element, deed, left) == Next::Ends {
                return Next::Ends;
            }
        }
        Next::Goes
    }

    /// The fields of a combinator, one of which leads on.
    fn fields(
        &mut self,
        combinator: &Combinator,
        arguments: &[Argument],
        counts: &[bool],
        deed: Deed,
        left: u32,
    ) -> Next {
        let mut scope = Scope::new(combinator, arguments);
        let on: Vec<usize> = (0..combinator.fields.len())
            .filter(|&it| {
                let field = &combinator.fields[it];
                let can_be = field.condition.is_none_or(|condition| match condition.variable {
                    NatVariable::Field(_) => true,
                    NatVariable::Parameter(_) => scope.holds(condition),
                });
                let is_text = deed == Deed::Text && matches!(field.ty, ValueType::Builtin(_));
                field.nat.is_none() && can_be && (leads_on(&field.ty) || is_text)
            })
            .collect();
        let wanted = self.some(&on).copied();
        let condition = wanted.and_then(|it| combinator.fields[it].condition);
        for (position, field) in combinator.fields.iter().enumerate() {
            if field.condition.is_some_and(|it| !scope.holds(it)) {
                continue;
            }
            if field.nat.is_some() {
                let is_counted = counts.get(position).copied().unwrap_or_default();
                let decisive = condition.filter(|it| it.variable == NatVariable::Field(position));
                let number = match decisive {
                    Some(condition) => 1_u32 << condition.bit.unwrap_or(0),
                    // What counts something may announce much, with nothing behind it.
                    None if is_counted && matches!(deed, Deed::Announced(_)) && self.random.coin() => {
                        let Deed::Announced(count) = deed else { return Next::Ends };
                        self.word(count);
                        return Next::Ends;
                    }
                    None if is_counted => self.random.below(2) as u32,
                    None if field.condition.is_none() && self.random.coin() => 0,
                    // All bits of a mask that is handed on; what it decides on here is written.
                    None => u32::MAX >> self.random.below(32),
                };
                let number = if is_tested(combinator, position) { decisive.map_or(0, |_| number) } else { number };
                scope.set(position, number);
                self.word(number);
                continue;
            }
            let ty = scope.close(&field.ty);
            let left = if Some(position) == wanted { left - 1 } else { 0 };
            if self.value(&ty, deed, left) == Next::Ends {
                return Next::Ends;
            }
        }
        Next::Goes
    }
}

/// Returns whether fields of the same combinator depend on a number.
fn is_tested(combinator: &Combinator, position: usize) -> bool {
    let of_field = |it: typelang_ir::Condition| it.variable == NatVariable::Field(position);
    combinator.fields.iter().any(|field| field.condition.is_some_and(of_field))
}

/// Returns whether there is more within a value of a type than bytes.
fn leads_on(ty: &ValueType) -> bool {
    !matches!(ty, ValueType::Builtin(_) | ValueType::BoxedBuiltin(..))
}

#[cfg(test)]
mod tests {
    use super::{Harms, Root};
    use crate::schemas::load_text;
    use typelang_ir::ValueType;

    /// Types that no value can have are no reason to try nothing.
    #[test]
    fn types_without_values_have_inputs() {
        let schema = load_text(
            "int ? = Int; vector {t:Type} # [ t ] = Vector t; Empty Nothing;
             some flags:# none:flags.0?Nothing left:flags.1?int = Some; many all:(vector Nothing) = Many;
             within some:Some all:(vector %Some) = Within; maybe {X:Type} flags:# x:flags.0?X = Maybe X;
             maybes all:(vector %(Maybe Nothing)) = Maybes;",
        );
        let mut harms = Harms::new(&schema, 1 << 12);
        for id in schema.type_ids().filter(|&id| schema[id].parameters.is_empty()) {
            for seed in 0..20 {
                let made = harms.of(&Root::Value(ValueType::Boxed(id, Vec::new())), seed, 4);
                assert!(made.iter().any(|it| it.name == "nested"), "{}", schema[id].name);
            }
        }
    }
}
