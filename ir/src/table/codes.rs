//! The numbers of the schema table. `typelang-ir` writes them and `typelang` reads them; neither depends on the other, so each
//! has this file, and a test compares the two.

#![allow(dead_code, reason = "the writer has no use for some of the numbers, the reader none for others")]

/// The first bytes of every table.
pub(crate) const MAGIC: u32 = u32::from_le_bytes(*b"TLTB");
/// The version of the format.
pub(crate) const VERSION: u32 = 2;
/// Bytes of a word.
pub(crate) const WORD: usize = 4;
/// Words of the header.
pub(crate) const HEADER: usize = 10;
/// Words of a type.
pub(crate) const TYPE: usize = 6;
/// Words of a combinator.
pub(crate) const COMBINATOR: usize = 8;
/// Words of an entry of an index: a key and a position.
pub(crate) const ENTRY: usize = 2;
/// Words of a record.
pub(crate) const RECORD: usize = 4;

/// Bit of the table's flags: strings of 2²⁴ bytes and more are allowed.
pub(crate) const TABLE_LONG_STRINGS: u32 = 1;

/// Kinds of combinators, in the lowest bits of a combinator's head: a constructor with a name and an id.
pub(crate) const KIND_NAMED: u32 = 0;
/// A default constructor: without an id.
pub(crate) const KIND_DEFAULT: u32 = 1;
/// A group of repeated fields: without an id.
pub(crate) const KIND_GROUP: u32 = 2;
/// A function.
pub(crate) const KIND_FUNCTION: u32 = 3;
/// A declaration of a type that the runtime knows: only its name and id.
pub(crate) const KIND_BUILTIN: u32 = 4;
/// A constructor with a name and an id whose values only code of their own can read: it has no fields.
pub(crate) const KIND_OPAQUE: u32 = 5;
/// Bits of the kind.
pub(crate) const KIND: u32 = 0b111;
/// Bit of a combinator's head: values can contain values of their own kind.
pub(crate) const RECURSIVE: u32 = 1 << 3;
/// Bit of a combinator's head: a value is known by its id alone.
pub(crate) const STANDS_ALONE: u32 = 1 << 4;
/// Bit of a combinator's head: parameters make a difference to the value, so that generated code has a form for it.
pub(crate) const HAS_FORM: u32 = 1 << 5;
/// Bit of a combinator's head: types of fields depend on variables, or more numbers are remembered than [`FEW_SLOTS`].
pub(crate) const HAS_SCOPE: u32 = 1 << 6;
/// So many numbers are remembered with the value itself.
pub(crate) const FEW_SLOTS: usize = 4;
/// Where the levels of depth that a value counts as begin in a combinator's head.
pub(crate) const LEVELS_SHIFT: u32 = 8;

/// The role of a `#`, in the lowest two bits of a record's flags.
pub(crate) const ROLE: u8 = 0b11;
/// Not a `#`.
pub(crate) const ROLE_NONE: u8 = 0;
/// A number like any other.
pub(crate) const ROLE_NUMBER: u8 = 1;
/// Flags: computed from what is there.
pub(crate) const ROLE_FLAGS: u8 = 2;
/// A number some of whose bits are computed.
pub(crate) const ROLE_MIXED: u8 = 3;
/// Bit of a record's flags: it has a condition.
pub(crate) const CONDITION: u8 = 1 << 2;
/// Bit of a record's flags: the condition tests a parameter, not a field.
pub(crate) const CONDITION_ON_PARAMETER: u8 = 1 << 3;
/// Bit of a record's flags: the condition asks for any number but 0, not for a bit.
pub(crate) const CONDITION_WITHOUT_BIT: u8 = 1 << 4;
/// Bit of the flags of an element: its least length does not depend on parameters or numbers.
pub(crate) const KNOWN_LENGTH: u8 = 1 << 5;
/// Bit of the flags of an element: a value is its least length of bytes, any of which are valid.
pub(crate) const ANY_BYTES: u8 = 1 << 6;

/// Where the bit of a condition begins in the second word of a record; below it is the offset of the name.
pub(crate) const BIT_SHIFT: u32 = 27;
/// Where the second byte of a record's first word begins.
pub(crate) const FLAGS_SHIFT: u32 = 8;
/// Where the upper half of a record's first word begins.
pub(crate) const VARIABLE_SHIFT: u32 = 16;

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

/// A built-in type with an id before it: its code, the id.
pub(crate) const BOXED_BUILTIN: u8 = 16;
/// A vector without id: the record of the element.
pub(crate) const BARE_VECTOR: u8 = 17;
/// A vector with its id: the record of the element.
pub(crate) const BOXED_VECTOR: u8 = 18;
/// A number of values without a count: the record of the number, which is followed by that of the element.
pub(crate) const TUPLE: u8 = 19;
/// The same with an id before it: the record of the number, the id.
pub(crate) const BOXED_TUPLE: u8 = 20;
/// A value of a type with its id: the type, the list of arguments.
pub(crate) const BOXED: u8 = 21;
/// A value of a constructor without its id: the constructor, the list of arguments.
pub(crate) const BARE: u8 = 22;
/// A parameter: its position.
pub(crate) const PARAMETER: u8 = 23;
/// A call whose result is a parameter: its position.
pub(crate) const CALL: u8 = 24;
/// The result of a call: the position of the parameter.
pub(crate) const OUTPUT: u8 = 25;
/// A value of any type.
pub(crate) const OBJECT: u8 = 26;
/// A call of any function.
pub(crate) const FUNCTION: u8 = 27;
/// A natural number: a constant.
pub(crate) const NAT_CONSTANT: u8 = 28;
/// A natural number: the slot of a field, and a constant that is added to it.
pub(crate) const NAT_FIELD: u8 = 29;
/// A natural number: the position of a parameter, and a constant that is added to it.
pub(crate) const NAT_PARAMETER: u8 = 30;
/// The head of a list of arguments: how many follow.
pub(crate) const LIST: u8 = 31;
/// Fields that together take the same number of bytes in every value, any of which are valid: that number, and how many records
/// follow for them.
pub(crate) const RUN: u8 = 32;
/// A constructor or function with its id, by position. Only in memory.
pub(crate) const IDENTIFIED: u8 = 33;
/// A value of any type, but no call. Only in memory.
pub(crate) const CONSTRUCTOR: u8 = 34;

/// The number of bits of a key that choose the bucket of an index of so many entries.
pub(crate) const fn bucket_bits(entries: usize) -> u32 {
    usize::BITS - entries.leading_zeros()
}

/// The bucket of a key: its first bits.
pub(crate) const fn bucket(key: u32, bits: u32) -> usize {
    ((key as u64) << bits >> 32) as usize
}

/// The key of a name in an index (FNV-1a).
pub(crate) const fn name_key(name: &str) -> u32 {
    let bytes = name.as_bytes();
    let mut key = 0x811c_9dc5_u32;
    let mut position = 0;
    while position < bytes.len() {
        key = (key ^ bytes[position] as u32).wrapping_mul(0x0100_0193);
        position += 1;
    }
    key
}
