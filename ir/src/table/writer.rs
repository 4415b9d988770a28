//! The pieces that a table is made of.

use std::collections::BTreeMap;

use super::codes;
use crate::schema::{
    Argument, Combinator, Condition, Constructor, ConstructorKind, Field, Nat, NatRole, NatVariable, Schema, ValueType,
};
use crate::{Builtin, Facts};

/// Texts, each once: a length and UTF-8.
#[derive(Default)]
pub(super) struct Texts {
    offsets: BTreeMap<String, u32>,
    pub(super) bytes: Vec<u8>,
}

impl Texts {
    /// Where a text begins.
    pub(super) fn offset(&mut self, text: &str) -> u32 {
        if let Some(&offset) = self.offsets.get(text) {
            return offset;
        }
        let offset = word(self.bytes.len());
        varint(&mut self.bytes, text.len());
        self.bytes.extend(text.as_bytes());
        self.offsets.insert(text.to_owned(), offset);
        offset
    }
}

/// A record: what a value is on the wire, and under which condition.
#[derive(Clone, Copy, Default)]
pub(super) struct Record {
    code: u8,
    flags: u8,
    /// What a condition tests: a slot or a parameter.
    variable: u16,
    /// The name of a field with the bit of its condition; the least length of an element.
    name: u32,
    first: u32,
    second: u32,
}

impl Record {
    fn of(code: u8, first: u32, second: u32) -> Self {
        Self { code, first, second, ..Self::default() }
    }

    /// The record as it is in the table.
    pub(super) fn words(self) -> [u32; codes::RECORD] {
        let head = u32::from(self.code)
            | u32::from(self.flags) << codes::FLAGS_SHIFT
            | u32::from(self.variable) << codes::VARIABLE_SHIFT;
        [head, self.name, self.first, self.second]
    }
}

/// The fields of a combinator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Block {
    /// The first record.
    pub(super) first: u32,
    pub(super) count: u32,
    /// How many of the fields are numbers that are remembered.
    pub(super) slots: u32,
}

/// All records.
pub(super) struct Records<'a> {
    schema: &'a Schema,
    facts: &'a Facts,
    /// By constructor, which can be long and used often.
    lengths_of_numbers: Vec<Option<u32>>,
    pub(super) all: Vec<Record>,
    pub(super) texts: Texts,
}

impl<'a> Records<'a> {
    /// The first record is the list of no arguments.
    pub(super) fn new(schema: &'a Schema, facts: &'a Facts) -> Self {
        let lengths_of_numbers = schema.constructors.iter().map(length_of_numbers).collect();
        Self { schema, facts, lengths_of_numbers, all: vec![Record::of(codes::LIST, 0, 0)], texts: Texts::default() }
    }

    /// Adds records that follow one another, and returns the position of the first.
    fn add(&mut self, records: &[Record]) -> u32 {
        let first = word(self.all.len());
        self.all.extend(records);
        first
    }

    /// Adds the result of a function.
    pub(super) fn result(&mut self, ty: &ValueType, function: &Combinator) -> u32 {
        let record = self.record(ty, &slots(function));
        self.add(&[record])
    }

    /// Adds the fields of a combinator.
    pub(super) fn fields(&mut self, combinator: &Combinator) -> Block {
        let (slots, tested) = (slots(combinator), tested_bits(combinator));
        let mut block = Vec::new();
        for (position, field) in combinator.fields.iter().enumerate() {
            // A run begins where the field before is none of it.
            let before = position.checked_sub(1).and_then(|it| combinator.fields.get(it));
            if before.and_then(bytes_in_run).is_none() {
                block.extend(run(&combinator.fields[position..]));
            }
            block.push(self.field(field, slots[position].unwrap_or_default(), tested[position], &slots));
        }
        let count = word(block.len());
        let used = slots.iter().filter(|slot| slot.is_some()).count();
        Block { first: self.add(&block), count, slots: word(used) }
    }

    /// A field, with the slot that it has and the bits of it that conditions test if it is a number.
    fn field(&mut self, field: &Field, slot: u32, tested: u32, slots: &[Option<u32>]) -> Record {
        let mut record = self.record(&field.ty, slots);
        record.name = self.texts.offset(&field.name);
        if let Some(role) = field.nat {
            record.flags |= match role {
                NatRole::Number => codes::ROLE_NUMBER,
                NatRole::Flags => codes::ROLE_FLAGS,
                NatRole::Mask => codes::ROLE_MIXED,
            };
            record.first = slot;
            record.second = tested;
        }
        if let Some(condition) = &field.condition {
            record.flags |= condition_bits(condition);
            record.variable = variable(condition.variable, slots).try_into().unwrap_or(u16::MAX);
            record.name |= u32::from(condition.bit.unwrap_or_default()) << codes::BIT_SHIFT;
        }
        record
    }

    fn record(&mut self, ty: &ValueType, slots: &[Option<u32>]) -> Record {
        match ty {
            ValueType::Builtin(builtin) => Record::of(builtin.code(), 0, 0),
            ValueType::BoxedBuiltin(builtin, id) => Record::of(codes::BOXED_BUILTIN, builtin.code().into(), *id),
            ValueType::Vector { boxed, element } => {
                let element = self.element(element, slots);
                let code = if *boxed { codes::BOXED_VECTOR } else { codes::BARE_VECTOR };
                Record::of(code, self.add(&[element]), 0)
            }
            ValueType::Tuple { id, element, count } => {
                let element = self.element(element, slots);
                let code = if id.is_some() { codes::BOXED_TUPLE } else { codes::TUPLE };
                Record::of(code, self.add(&[nat(count, slots), element]), id.unwrap_or_default())
            }
            ValueType::Boxed(id, arguments) => {
                Record::of(codes::BOXED, word(id.index()), self.arguments(arguments, slots))
            }
            ValueType::Bare(id, arguments) => {
                Record::of(codes::BARE, word(id.index()), self.arguments(arguments, slots))
            }
            ValueType::Parameter(position) => Record::of(codes::PARAMETER, word(*position), 0),
            ValueType::Call(position) => Record::of(codes::CALL, word(*position), 0),
            ValueType::Output(position) => Record::of(codes::OUTPUT, word(*position), 0),
            ValueType::Object => Record::of(codes::OBJECT, 0, 0),
            ValueType::Function => Record::of(codes::FUNCTION, 0, 0),
        }
    }

    fn element(&mut self, ty: &ValueType, slots: &[Option<u32>]) -> Record {
        let mut record = self.record(ty, slots);
        if let Some(length) = self.least_length(ty) {
            record.flags |= codes::KNOWN_LENGTH;
            record.name = length;
        }
        if let Some(length) = self.length_of_any_bytes(ty) {
            record.flags |= codes::ANY_BYTES | codes::KNOWN_LENGTH;
            record.name = length;
        }
        record
    }

    /// Adds a list of arguments; the first record is that of none.
    fn arguments(&mut self, arguments: &[Argument], slots: &[Option<u32>]) -> u32 {
        if arguments.is_empty() {
            return 0;
        }
        let mut list = vec![Record::of(codes::LIST, word(arguments.len()), 0)];
        for argument in arguments {
            list.push(match argument {
                Argument::Type(ty) => self.record(ty, slots),
                Argument::Nat(it) => nat(it, slots),
            });
        }
        self.add(&list)
    }

    /// The least number of bytes of a value, unless it depends on parameters or numbers.
    fn least_length(&self, ty: &ValueType) -> Option<u32> {
        Some(match ty {
            ValueType::Builtin(builtin) => builtin.least_length(),
            ValueType::BoxedBuiltin(builtin, _) => 4 + builtin.least_length(),
            ValueType::Vector { boxed, .. } => {
                if *boxed {
                    8
                } else {
                    4
                }
            }
            ValueType::Tuple { id, element, count: Nat::Constant(count) } => {
                let elements = self.least_length(element)?.saturating_mul(*count);
                elements.saturating_add(if id.is_some() { 4 } else { 0 })
            }
            ValueType::Boxed(id, arguments) if arguments.is_empty() || self.schema[*id].constructors.len() != 1 => {
                self.facts.ty(*id).least_length
            }
            ValueType::Bare(id, arguments) if arguments.is_empty() || self.facts.constructor(*id).recursive => {
                self.facts.constructor(*id).least_length
            }
            ValueType::Call(_) | ValueType::Object | ValueType::Function => 4,
            ValueType::Tuple { .. } | ValueType::Boxed(..) | ValueType::Bare(..) => return None,
            ValueType::Parameter(_) | ValueType::Output(_) => return None,
        })
    }

    /// The number of bytes of a value, if any bytes are one: that of numbers, and of bare values of only numbers.
    fn length_of_any_bytes(&self, ty: &ValueType) -> Option<u32> {
        match ty {
            ValueType::Builtin(builtin) => bytes_of_number(*builtin),
            ValueType::Bare(id, arguments) if arguments.is_empty() => self.lengths_of_numbers[id.index()],
            _ => None,
        }
    }
}

/// The number of bytes of a constructor that has numbers alone.
fn length_of_numbers(constructor: &Constructor) -> Option<u32> {
    let is_plain = !constructor.external && constructor.kind != ConstructorKind::Opaque;
    let fields = Some(&constructor.combinator.fields).filter(|_| is_plain)?;
    let length = fields.iter().try_fold(0_u32, |sum, field| sum.checked_add(bytes_in_run(field)?));
    length.filter(|length| *length > 0)
}

/// The slot of each field that is a number with a role.
fn slots(combinator: &Combinator) -> Vec<Option<u32>> {
    let mut next = 0;
    let slot = |field: &Field| {
        field.nat.map(|_| {
            next += 1;
            next - 1
        })
    };
    combinator.fields.iter().map(slot).collect()
}

/// For each field the bits of it that conditions test.
fn tested_bits(combinator: &Combinator) -> Vec<u32> {
    let mut tested = vec![0; combinator.fields.len()];
    for condition in combinator.fields.iter().filter_map(|field| field.condition.as_ref()) {
        if let (NatVariable::Field(position), Some(bit)) = (condition.variable, condition.bit) {
            tested[position] |= 1_u32.checked_shl(bit.into()).unwrap_or_default();
        }
    }
    tested
}

/// What a variable is found by: the slot of a field, or the position of a parameter.
fn variable(variable: NatVariable, slots: &[Option<u32>]) -> u32 {
    match variable {
        NatVariable::Field(position) => slots.get(position).copied().flatten().unwrap_or(u32::MAX),
        NatVariable::Parameter(position) => word(position),
    }
}

fn nat(nat: &Nat, slots: &[Option<u32>]) -> Record {
    match *nat {
        Nat::Constant(value) => Record::of(codes::NAT_CONSTANT, value, 0),
        Nat::Variable(it @ NatVariable::Field(_), plus) => Record::of(codes::NAT_FIELD, variable(it, slots), plus),
        Nat::Variable(it @ NatVariable::Parameter(_), plus) => {
            Record::of(codes::NAT_PARAMETER, variable(it, slots), plus)
        }
    }
}

fn condition_bits(condition: &Condition) -> u8 {
    let on_parameter = match condition.variable {
        NatVariable::Field(_) => 0,
        NatVariable::Parameter(_) => codes::CONDITION_ON_PARAMETER,
    };
    let without_bit = if condition.bit.is_none() { codes::CONDITION_WITHOUT_BIT } else { 0 };
    codes::CONDITION | on_parameter | without_bit
}

/// The record before the fields that follow, if the first ones take the same number of bytes in every value.
fn run(fields: &[Field]) -> Option<Record> {
    let lengths: Vec<u32> = fields.iter().map_while(bytes_in_run).collect();
    let bytes = lengths.iter().fold(0_u32, |sum, length| sum.saturating_add(*length));
    (lengths.len() > 1).then(|| Record::of(codes::RUN, bytes, word(lengths.len())))
}

/// The bytes of a field that has the same number of them in every value, any of which are valid.
fn bytes_in_run(field: &Field) -> Option<u32> {
    match (&field.ty, &field.condition) {
        (ValueType::Builtin(Builtin::True), None) => Some(0),
        (ValueType::Builtin(Builtin::True), Some(it)) => matches!(it.variable, NatVariable::Field(_)).then_some(0),
        (ValueType::Builtin(builtin), None) if field.nat.is_none() => bytes_of_number(*builtin),
        _ => None,
    }
}

fn bytes_of_number(builtin: Builtin) -> Option<u32> {
    match builtin {
        Builtin::Bool | Builtin::True => None,
        _ => builtin.fixed_length(),
    }
}

/// A position as four bytes. A schema of four gigabytes is no schema.
pub(super) fn word(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Appends a number, seven bits a byte, the lowest first; every byte but the last has its highest bit set.
fn varint(out: &mut Vec<u8>, number: usize) {
    let mut left = number;
    while left >= 0x80 {
        out.push((left & 0x7f) as u8 | 0x80);
        left >>= 7;
    }
    out.push(left as u8);
}

#[cfg(test)]
mod tests {
    use super::{Texts, varint};

    #[test]
    fn numbers_take_seven_bits_a_byte() {
        let written = |number| {
            let mut out = Vec::new();
            varint(&mut out, number);
            out
        };
        assert_eq!(written(0), [0]);
        assert_eq!(written(127), [127]);
        assert_eq!(written(128), [0x80, 1]);
        assert_eq!(written(0xffff_ffff), [0xff, 0xff, 0xff, 0xff, 0x0f]);
    }

    #[test]
    fn a_text_is_written_once() {
        let mut texts = Texts::default();
        let (first, second) = (texts.offset("flags"), texts.offset("id"));
        assert_eq!((first, second, texts.offset("flags")), (0, 6, 0));
        assert_eq!(texts.bytes, b"\x05flags\x02id");
    }
}
