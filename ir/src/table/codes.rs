//! The numbers of the schema table. `typelang-ir` writes them and `typelang` reads them; neither depends on the other, so each
//! has this file, and a test compares the two.

/// The first bytes of every table.
pub(crate) const MAGIC: u32 = u32::from_le_bytes(*b"TLTB");
/// The version of the format.
pub(crate) const VERSION: u32 = 1;
/// Bytes of the header: eight words.
pub(crate) const HEADER: usize = 32;

/// Bit of the table's flags: strings of 2²⁴ bytes and more are allowed.
pub(crate) const TABLE_LONG_STRINGS: u32 = 1;

/// Kinds of combinators, in the lowest three bits of a record's first byte: a constructor with a name and an id.
pub(crate) const KIND_NAMED: u8 = 0;
/// A default constructor: without an id.
pub(crate) const KIND_DEFAULT: u8 = 1;
/// A group of repeated fields: without an id.
pub(crate) const KIND_GROUP: u8 = 2;
/// A function.
pub(crate) const KIND_FUNCTION: u8 = 3;
/// A declaration of a type that the runtime knows: only its name and id.
pub(crate) const KIND_BUILTIN: u8 = 4;
/// A constructor with a name and an id whose values only code of their own can read: its record has no fields.
pub(crate) const KIND_OPAQUE: u8 = 5;
/// Bit of a record's first byte: values can contain values of their own kind, so that depth is counted.
pub(crate) const COUNTS_DEPTH: u8 = 1 << 3;
/// Bit of a record's first byte: a value is known by its id alone.
pub(crate) const STANDS_ALONE: u8 = 1 << 4;

/// Parameter that stands for a type.
pub(crate) const PARAMETER_TYPE: u8 = 0;
/// Parameter that stands for a natural number.
pub(crate) const PARAMETER_NAT: u8 = 1;

/// Bit of a field's first byte: it has a condition.
pub(crate) const CONDITION: u8 = 1 << 0;
/// Bit of a field's first byte: the condition tests a parameter, not a field.
pub(crate) const CONDITION_ON_PARAMETER: u8 = 1 << 1;
/// Bit of a field's first byte: the condition asks for any number but 0, not for a bit.
pub(crate) const CONDITION_WITHOUT_BIT: u8 = 1 << 2;
/// Where the role of a `#` begins in a field's first byte. It takes two bits.
pub(crate) const ROLE_SHIFT: u8 = 3;
/// Not a `#`.
pub(crate) const ROLE_NONE: u8 = 0;
/// A number like any other.
pub(crate) const ROLE_NUMBER: u8 = 1;
/// Flags: computed from what is there.
pub(crate) const ROLE_FLAGS: u8 = 2;
/// A number some of whose bits are computed.
pub(crate) const ROLE_MIXED: u8 = 3;

/// Built-in types, each the code of its own: `#`.
pub(crate) const NAT: u8 = 0;
/// `int`.
pub(crate) const INT: u8 = 1;
/// `long`.
pub(crate) const LONG: u8 = 2;
/// `double`.
pub(crate) const DOUBLE: u8 = 3;
/// `float`.
pub(crate) const FLOAT: u8 = 4;
/// `int128`.
pub(crate) const INT128: u8 = 5;
/// `int256`.
pub(crate) const INT256: u8 = 6;
/// `int512`.
pub(crate) const INT512: u8 = 7;
/// `string`.
pub(crate) const STRING: u8 = 8;
/// `bytes`.
pub(crate) const BYTES: u8 = 9;
/// `Bool`.
pub(crate) const BOOL: u8 = 10;
/// `true`.
pub(crate) const TRUE: u8 = 11;

/// A built-in type with an id before it: its code and the id follow.
pub(crate) const BOXED_BUILTIN: u8 = 16;
/// A vector without id: the element follows.
pub(crate) const BARE_VECTOR: u8 = 17;
/// A vector with its id: the element follows.
pub(crate) const BOXED_VECTOR: u8 = 18;
/// A number of values without a count: the number and the element follow.
pub(crate) const TUPLE: u8 = 19;
/// The same with an id before it: id, number and element follow.
pub(crate) const BOXED_TUPLE: u8 = 20;
/// A value of a type with its id: type and arguments follow.
pub(crate) const BOXED: u8 = 21;
/// A value of a constructor without its id: constructor and arguments follow.
pub(crate) const BARE: u8 = 22;
/// A parameter: its position follows.
pub(crate) const PARAMETER: u8 = 23;
/// A call whose result is a parameter: its position follows.
pub(crate) const CALL: u8 = 24;
/// What a call gives: the position of the parameter follows.
pub(crate) const OUTPUT: u8 = 25;
/// A value of any type.
pub(crate) const OBJECT: u8 = 26;
/// A call of any function.
pub(crate) const FUNCTION: u8 = 27;

/// Natural number: a constant follows.
pub(crate) const NAT_CONSTANT: u8 = 0;
/// Natural number: the position of a field and what is added to it follow.
pub(crate) const NAT_FIELD: u8 = 1;
/// Natural number: the position of a parameter and what is added to it follow.
pub(crate) const NAT_PARAMETER: u8 = 2;

/// Argument: a type follows.
pub(crate) const ARGUMENT_TYPE: u8 = 0;
/// Argument: a natural number follows.
pub(crate) const ARGUMENT_NAT: u8 = 1;
