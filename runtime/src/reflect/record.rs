//! Records: the operations of a table, and the types that they are of.

use core::fmt;
use core::marker::PhantomData;

use super::builtin::Builtin;
use super::codes;

/// A record as it is in the table.
pub(super) type Bytes = [u8; codes::RECORD * codes::WORD];

/// An operation: what a value is on the wire, under which condition, and what a field is called. Two numbers, so that it is handed
/// on in registers.
#[derive(Clone, Copy)]
pub(super) struct Record {
    /// The code, flags, what a condition tests; above that the name of a field with the bit of its condition, or the least length
    /// of an element.
    head: u64,
    /// The two operands.
    operands: u64,
}

/// What the number in a field is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The field is no `#`.
    None,
    /// A number like any other.
    Number,
    /// Computed from the fields that it decides on.
    Flags,
    /// A number some of whose bits are computed.
    Mixed,
}

/// What decides whether a field is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Condition {
    pub(super) variable: Variable,
    /// The bits of which one must be set: one bit, or all.
    pub(super) mask: u32,
}

impl Condition {
    /// The bit that is tested; none if all are.
    pub(super) fn bit(self) -> u32 {
        if self.mask == u32::MAX { 0 } else { self.mask }
    }
}

/// A variable that holds a natural number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Variable {
    /// A field of the combinator, by its slot.
    Slot(u32),
    /// A parameter of the combinator, by position.
    Parameter(u32),
}

/// A natural number that a type depends on.
#[derive(Clone, Copy, Debug)]
pub(super) enum Nat {
    Constant(u32),
    Variable(Variable, u32),
}

impl Record {
    #[inline]
    pub(super) const fn read(bytes: &Bytes) -> Self {
        // In two pieces: what is put together from bytes is loaded byte by byte.
        match bytes.as_chunks() {
            ([head, operands], []) => Self { head: u64::from_le_bytes(*head), operands: u64::from_le_bytes(*operands) },
            _ => Self { head: 0, operands: 0 },
        }
    }

    pub(super) const fn new(code: u8, a: u32) -> Self {
        Self { head: code as u64, operands: a as u64 }
    }

    #[inline]
    pub(super) fn code(self) -> u8 {
        self.head as u8
    }

    #[inline]
    pub(super) fn flags(self) -> u8 {
        (self.head >> codes::FLAGS_SHIFT) as u8
    }

    /// What a condition tests: a slot or the position of a parameter.
    #[inline]
    pub(super) fn variable(self) -> u16 {
        (self.head >> codes::VARIABLE_SHIFT) as u16
    }

    #[inline]
    fn second(self) -> u32 {
        (self.head >> u32::BITS) as u32
    }

    /// The first operand.
    #[inline]
    pub(super) fn a(self) -> u32 {
        self.operands as u32
    }

    /// The second operand.
    #[inline]
    pub(super) fn b(self) -> u32 {
        (self.operands >> u32::BITS) as u32
    }

    /// Where the name of a field begins among the texts.
    pub(super) fn name(self) -> u32 {
        self.second() & ((1 << codes::BIT_SHIFT) - 1)
    }

    #[inline]
    pub(super) fn role(self) -> Role {
        match self.flags() & codes::ROLE {
            codes::ROLE_NUMBER => Role::Number,
            codes::ROLE_FLAGS => Role::Flags,
            codes::ROLE_MIXED => Role::Mixed,
            _ => Role::None,
        }
    }

    #[inline]
    pub(super) fn condition(self) -> Option<Condition> {
        if self.flags() & codes::CONDITION == 0 {
            return None;
        }
        let position = self.variable().into();
        let on_parameter = self.flags() & codes::CONDITION_ON_PARAMETER != 0;
        let variable = if on_parameter { Variable::Parameter(position) } else { Variable::Slot(position) };
        Some(Condition { variable, mask: self.mask() })
    }

    /// The bits of which a condition tests whether one is set.
    #[inline]
    pub(super) fn mask(self) -> u32 {
        let without_bit = self.flags() & codes::CONDITION_WITHOUT_BIT != 0;
        if without_bit { u32::MAX } else { 1 << (self.second() >> codes::BIT_SHIFT) }
    }

    /// The least number of bytes of an element, unless it depends on parameters or numbers.
    #[inline]
    pub(super) fn known_length(self) -> Option<usize> {
        (self.flags() & codes::KNOWN_LENGTH != 0).then_some(self.second() as usize)
    }

    /// Returns whether any bytes of the least length are a value of an element.
    #[inline]
    pub(super) fn is_any_bytes(self) -> bool {
        self.flags() & codes::ANY_BYTES != 0
    }

    /// A natural number, which is the count of a tuple or an argument.
    pub(super) fn nat(self) -> Option<Nat> {
        Some(match self.code() {
            codes::NAT_CONSTANT => Nat::Constant(self.a()),
            codes::NAT_FIELD => Nat::Variable(Variable::Slot(self.a()), self.b()),
            codes::NAT_PARAMETER => Nat::Variable(Variable::Parameter(self.a()), self.b()),
            _ => return None,
        })
    }

    /// A type that is not made of others.
    #[inline]
    pub(super) fn builtin(self) -> Option<Builtin> {
        Builtin::of_code(self.code())
    }
}

/// A type of a [`Table`](super::Table): what a field, an element or a result holds, with boxed and bare settled.
///
/// [`Table::type_named`](super::Table::type_named), [`Combinator::result`](super::Combinator::result) and
/// [`Field::ty`](super::Field::ty) give one; those that need no table are constants.
#[derive(Clone, Copy, Debug)]
pub struct Type<'t> {
    pub(super) record: Record,
    table: PhantomData<&'t ()>,
}

impl Type<'_> {
    /// A boxed value of any type, or a call of any function: what can be told by its id alone. Fields of the TL type `Object`
    /// have this type, since the messages of MTProto that wrap others wrap calls as well.
    pub const ANY: Self = Self::of(Record::new(codes::OBJECT, 0));
    /// A boxed value of any type, but no call.
    pub const OBJECT: Self = Self::of(Record::new(codes::CONSTRUCTOR, 0));
    /// A call of any function.
    pub const FUNCTION: Self = Self::of(Record::new(codes::FUNCTION, 0));

    pub(super) const fn of(record: Record) -> Self {
        Self { record, table: PhantomData }
    }

    /// Values of a type without arguments, by position.
    pub(super) const fn boxed(position: u32) -> Self {
        Self::of(Record::new(codes::BOXED, position))
    }

    /// Values of a constructor without arguments, by position.
    pub(super) const fn bare(position: u32) -> Self {
        Self::of(Record::new(codes::BARE, position))
    }

    /// Values of a constructor or function without arguments, with the id, by position.
    pub(super) const fn identified(position: u32) -> Self {
        Self::of(Record::new(codes::IDENTIFIED, position))
    }

    /// Returns whether this is the call `!X` whose result a function returns.
    pub(super) fn is_wrapped_call(self) -> bool {
        self.record.code() == codes::CALL
    }
}

impl fmt::Debug for Record {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Record({}, {}, {})", self.code(), self.a(), self.b())
    }
}
