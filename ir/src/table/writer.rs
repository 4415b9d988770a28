//! The pieces that a table is made of.

use std::collections::BTreeMap;

use super::codes;
use crate::schema::{Argument, Condition, Field, Nat, NatRole, NatVariable, Parameter, ParameterKind, ValueType};

/// Texts, each once: a length and UTF-8.
#[derive(Default)]
pub(super) struct Texts {
    offsets: BTreeMap<String, usize>,
    pub(super) bytes: Vec<u8>,
}

impl Texts {
    /// Where a text begins.
    fn offset(&mut self, text: &str) -> usize {
        if let Some(&offset) = self.offsets.get(text) {
            return offset;
        }
        let offset = self.bytes.len();
        varint(&mut self.bytes, text.len());
        self.bytes.extend(text.as_bytes());
        self.offsets.insert(text.to_owned(), offset);
        offset
    }
}

/// One record, written from front to back.
pub(super) struct Record<'a> {
    pub(super) out: &'a mut Vec<u8>,
    pub(super) texts: &'a mut Texts,
}

impl Record<'_> {
    pub(super) fn byte(&mut self, byte: u8) {
        self.out.push(byte);
    }

    pub(super) fn number(&mut self, number: usize) {
        varint(self.out, number);
    }

    pub(super) fn word(&mut self, word: u32) {
        self.out.extend(word.to_le_bytes());
    }

    pub(super) fn name(&mut self, name: &str) {
        let offset = self.texts.offset(name);
        self.number(offset);
    }

    pub(super) fn parameters(&mut self, parameters: &[Parameter]) {
        self.number(parameters.len());
        for parameter in parameters {
            self.byte(match parameter.kind {
                ParameterKind::Type => codes::PARAMETER_TYPE,
                ParameterKind::Nat => codes::PARAMETER_NAT,
            });
            self.name(&parameter.name);
        }
    }

    pub(super) fn field(&mut self, field: &Field) {
        let role = match field.nat {
            None => codes::ROLE_NONE,
            Some(NatRole::Number) => codes::ROLE_NUMBER,
            Some(NatRole::Flags) => codes::ROLE_FLAGS,
            Some(NatRole::Mask) => codes::ROLE_MIXED,
        };
        self.byte(field.condition.as_ref().map_or(0, condition_bits) | role << codes::ROLE_SHIFT);
        self.name(&field.name);
        if let Some(Condition { variable, bit }) = field.condition {
            let (NatVariable::Field(position) | NatVariable::Parameter(position)) = variable;
            self.number(position);
            if let Some(bit) = bit {
                self.byte(bit);
            }
        }
        self.value_type(&field.ty);
    }

    pub(super) fn value_type(&mut self, ty: &ValueType) {
        match ty {
            ValueType::Builtin(builtin) => self.byte(builtin.code()),
            ValueType::BoxedBuiltin(builtin, id) => {
                self.byte(codes::BOXED_BUILTIN);
                self.byte(builtin.code());
                self.word(*id);
            }
            ValueType::Vector { boxed, element } => {
                self.byte(if *boxed { codes::BOXED_VECTOR } else { codes::BARE_VECTOR });
                self.value_type(element);
            }
            ValueType::Tuple { id, element, count } => {
                match id {
                    Some(id) => {
                        self.byte(codes::BOXED_TUPLE);
                        self.word(*id);
                    }
                    None => self.byte(codes::TUPLE),
                }
                self.nat(count);
                self.value_type(element);
            }
            ValueType::Boxed(id, arguments) => {
                self.byte(codes::BOXED);
                self.number(id.index());
                self.arguments(arguments);
            }
            ValueType::Bare(id, arguments) => {
                self.byte(codes::BARE);
                self.number(id.index());
                self.arguments(arguments);
            }
            ValueType::Parameter(position) => self.positioned(codes::PARAMETER, *position),
            ValueType::Call(position) => self.positioned(codes::CALL, *position),
            ValueType::Output(position) => self.positioned(codes::OUTPUT, *position),
            ValueType::Object => self.byte(codes::OBJECT),
            ValueType::Function => self.byte(codes::FUNCTION),
        }
    }

    fn positioned(&mut self, code: u8, position: usize) {
        self.byte(code);
        self.number(position);
    }

    fn arguments(&mut self, arguments: &[Argument]) {
        self.number(arguments.len());
        for argument in arguments {
            match argument {
                Argument::Type(ty) => {
                    self.byte(codes::ARGUMENT_TYPE);
                    self.value_type(ty);
                }
                Argument::Nat(nat) => {
                    self.byte(codes::ARGUMENT_NAT);
                    self.nat(nat);
                }
            }
        }
    }

    fn nat(&mut self, nat: &Nat) {
        match *nat {
            Nat::Constant(value) => self.positioned(codes::NAT_CONSTANT, value as usize),
            Nat::Variable(NatVariable::Field(position), plus) => {
                self.positioned(codes::NAT_FIELD, position);
                self.number(plus as usize);
            }
            Nat::Variable(NatVariable::Parameter(position), plus) => {
                self.positioned(codes::NAT_PARAMETER, position);
                self.number(plus as usize);
            }
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
