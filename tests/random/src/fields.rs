//! Fields: types, numbers, flags, conditions, groups on one bit, repetitions.

use std::collections::BTreeSet;

use super::generator::Generator;
use super::model::{Condition, Field, FieldKind, Nat, Type};
use super::plan::Weight;
use super::types::{Position, Scope, constant};

/// Usual names of numbers.
const NUMBERS: &[&str] = &["flags", "flags2", "mode", "fields_mask", "n", "count", "m"];
/// Repetitions inside of one another.
const MAX_NESTING: usize = 3;

/// The fields of one pair of brackets, as they grow.
pub(super) struct Growing {
    pub(super) scope: Scope,
    /// Names of variables around the fields and of the fields.
    pub(super) taken: BTreeSet<String>,
    pub(super) fields: Vec<Field>,
    pub(super) weight: Weight,
    /// Whether a `#` is among these fields, or a number among the parameters: something counts by itself.
    counts: bool,
    /// The bits in use, to share some of them.
    bits: Vec<Condition>,
    nesting: usize,
}

impl Growing {
    pub(super) fn new(scope: Scope, taken: BTreeSet<String>) -> Self {
        let counts = !scope.nats.is_empty();
        Self { scope, taken, fields: Vec::new(), weight: Weight::default(), counts, bits: Vec::new(), nesting: 0 }
    }

    fn push(&mut self, field: Field) {
        self.taken.extend(field.name.clone());
        self.fields.push(field);
    }
}

impl Generator<'_, '_> {
    /// Fills in fields.
    pub(super) fn fields(&mut self, growing: &mut Growing) {
        let count = match self.choices.below(10) {
            0 => 0,
            1..4 => 1 + self.choices.below(2),
            9 if growing.nesting == 0 => 8 + self.choices.below(12),
            _ => 2 + self.choices.below(4),
        };
        if growing.nesting == 0 && self.choices.chance(1, 60) {
            self.all_bits(growing);
        }
        for _ in 0..count {
            match self.choices.below(10) {
                0..4 => self.plain(growing),
                4..5 => self.number(growing),
                5..8 => self.conditional(growing),
                _ if growing.nesting < MAX_NESTING => self.repetition(growing),
                _ => self.plain(growing),
            }
        }
    }

    fn name(&mut self, growing: &Growing) -> Option<String> {
        match self.choices.below(25) {
            23 => None,
            24 => Some("_".to_owned()),
            _ => Some(self.names.field(self.choices, &growing.taken)),
        }
    }

    fn plain(&mut self, growing: &mut Growing) {
        let (ty, weight) = self.ty(&growing.scope, Position::Required, 0);
        let ty = if weight.is_small(1 + growing.weight.own / 16) { ty } else { Type::named("int") };
        growing.weight.add(&weight, 1);
        let name = self.name(growing);
        growing.push(Field { name, condition: None, kind: FieldKind::Type(ty) });
    }

    /// A `#`, of which some depend on another.
    fn number(&mut self, growing: &mut Growing) {
        let condition = if self.choices.chance(1, 6) { self.condition(growing) } else { None };
        self.named_number(growing, condition);
    }

    fn named_number(&mut self, growing: &mut Growing, condition: Option<Condition>) -> String {
        let name = self.names.variable(self.choices, NUMBERS, &growing.taken);
        growing.scope.nats.push(name.clone());
        growing.counts = true;
        growing.push(Field { name: Some(name.clone()), condition, kind: FieldKind::Type(Type::Nat) });
        name
    }

    /// A condition on a number that is there, if there is one.
    fn condition(&mut self, growing: &mut Growing) -> Option<Condition> {
        if !growing.bits.is_empty() && self.choices.chance(1, 3) {
            return Some(self.choices.pick(&growing.bits));
        }
        if growing.scope.nats.is_empty() {
            return None;
        }
        let variable = self.choices.pick(&growing.scope.nats);
        let bit = match self.choices.below(16) {
            15 => None,
            14 => Some(31),
            8..14 => Some(self.choices.below(32) as u8),
            low => Some(low as u8),
        };
        let condition = Condition { variable, bit };
        growing.bits.push(condition.clone());
        Some(condition)
    }

    fn conditional(&mut self, growing: &mut Growing) {
        if growing.scope.nats.is_empty() || self.choices.chance(1, 12) {
            self.named_number(growing, None);
        }
        let condition = self.condition(growing);
        if self.choices.chance(1, 3) {
            let name = Some(self.names.field(self.choices, &growing.taken));
            growing.push(Field { name, condition, kind: FieldKind::Type(Type::named("true")) });
            return;
        }
        if growing.nesting < MAX_NESTING && self.choices.chance(1, 8) {
            return self.repeated(growing, condition);
        }
        let (ty, weight) = self.ty(&growing.scope, Position::Guarded, 0);
        let ty = if weight.is_small(1 + growing.weight.own / 16) { ty } else { Type::named("int") };
        growing.weight.add(&weight, 1);
        let name = self.name(growing);
        growing.push(Field { name, condition, kind: FieldKind::Type(ty) });
    }

    /// A number every bit of which is tested.
    fn all_bits(&mut self, growing: &mut Growing) {
        let variable = self.named_number(growing, None);
        for bit in 0..32 {
            let condition = Some(Condition { variable: variable.clone(), bit: Some(bit) });
            let name = Some(self.names.field(self.choices, &growing.taken));
            let ty = Type::named(if bit % 8 == 7 { "int" } else { "true" });
            growing.push(Field { name, condition, kind: FieldKind::Type(ty) });
        }
    }

    fn repetition(&mut self, growing: &mut Growing) {
        // `# [ t ]`.
        if self.choices.chance(1, 6) {
            growing.push(Field { name: None, condition: None, kind: FieldKind::Type(Type::Nat) });
            // The number counts what follows, and with another one after it is a field of its own.
            growing.counts = true;
            let fields = self.repeated_fields(growing, Position::Guarded);
            let name = self.name(growing);
            growing.weight.add(&Weight::of(3), 1);
            return growing.push(Field { name, condition: None, kind: FieldKind::Repetition(None, fields) });
        }
        self.repeated(growing, None);
    }

    fn repeated(&mut self, growing: &mut Growing, condition: Option<Condition>) {
        let is_implied = growing.counts && growing.nesting == 0 && self.choices.chance(1, 6);
        let count = (!is_implied).then(|| self.nat(&growing.scope, growing.nesting == 0));
        let constant = count.as_ref().and_then(constant);
        let can_be_empty = matches!(count, None | Some(Nat::Variable(_)));
        let position = if can_be_empty || condition.is_some() { Position::Guarded } else { Position::Required };
        let before = growing.weight.clone();
        let fields = self.repeated_fields(growing, position);
        if constant.is_none() {
            growing.weight = before;
            growing.weight.add(&Weight::of(3), 1);
        }
        let name = self.name(growing);
        growing.push(Field { name, condition, kind: FieldKind::Repetition(count, fields) });
    }

    /// What is repeated: one value without a name, or several fields.
    fn repeated_fields(&mut self, growing: &mut Growing, position: Position) -> Vec<Field> {
        let scope = Scope { can_repeat: false, ..growing.scope.clone() };
        match self.choices.below(4) {
            0..2 => {
                let (ty, weight) = self.ty(&scope, position, 1);
                growing.weight.add(&weight, 2);
                vec![Field { name: None, condition: None, kind: FieldKind::Type(ty) }]
            }
            2 if growing.nesting + 1 < MAX_NESTING => {
                let count = Some(self.nat(&scope, false));
                growing.nesting += 1;
                let fields = self.repeated_fields(growing, position);
                growing.nesting -= 1;
                vec![Field { name: None, condition: None, kind: FieldKind::Repetition(count, fields) }]
            }
            _ => {
                let nesting = growing.nesting + 1;
                let mut inner = Growing { nesting, counts: false, ..Growing::new(scope, growing.taken.clone()) };
                self.fields(&mut inner);
                if inner.fields.is_empty() {
                    self.plain(&mut inner);
                }
                growing.weight.add(&inner.weight, 2);
                // A name inside that is used again outside would mean two things.
                growing.taken.extend(inner.taken);
                inner.fields
            }
        }
    }

    /// The variable that counts, for a result.
    pub(super) fn counting(scope: &Scope) -> Option<Nat> {
        scope.nats.last().map(|name| Nat::Variable(name.clone()))
    }
}
