//! Reading and writing values by a table of the schema, without generated types.
//!
//! A [`Table`] is the schema as bytes: generated beside the code of a schema (`TABLE` in its root module), or built at run
//! time by `typelang_ir::table`. One walker reads and writes by it: [`Table::decode`] gives a [`Value`], [`Table::encode`] takes
//! one, [`Table::json`] and [`Table::dump`] give text, [`Table::check`] only says what is wrong with bytes and on which path
//! through the value, [`Table::walk`] tells a [`Visitor`] of one's own, and a [`Path`] selects parts of a value and reads no
//! others. The limits are those of generated code: depth, numbers of elements, and memory in proportion to the input.
//!
//! # The format
//!
//! A table is a program: its records are the operations that a walk runs, at places that are known, so that nothing has to be
//! built before the first value is read. Words have four bytes, little endian. Texts are UTF-8 after their length, seven bits a byte,
//! the lowest first; each is there once, and is referred to by its offset among the texts.
//!
//! | part | content |
//! |---|---|
//! | header, 10 words | `TLTB`; version 2; layer, or 0; flags (bit 0: strings of 2²⁴ bytes and more are allowed); how many types; how many combinators; how many of them have an id; the first words of lists, records and texts |
//! | types, 6 words each | name; least number of bytes of a boxed value; how many parameters; its first constructor among the lists; how many constructors; the default constructor and 1, or 0 |
//! | combinators, 8 words each | id; name; head; least number of bytes of the fields; the type that is constructed, or the record of the result; the first record of the fields; how many records; how many numbers among the fields |
//! | indexes of ids, of the names of combinators, of the names of types | for each bucket of keys with the same first bits its first entry, and one more; entries of two words: a key (an id, or FNV-1a of a name) and a position, by key |
//! | lists | positions of constructors, a word each |
//! | records, 4 words each | see below |
//! | texts | one after another |
//!
//! Combinators are constructors in the order of the schema, functions, and the declarations of types that the runtime knows. A head
//! has the kind in its lowest three bits (0 constructor, 1 default constructor, 2 group of repeated fields, 3 function, 4 built-in
//! type, 5 constructor without a known layout), bits for what is recursive, known by its id alone, different by its parameters, or
//! dependent on variables, and above the lowest byte the levels of depth that a value counts as.
//!
//! A record is a field, an element, an argument or a result. Its first word has the code of a type; flags: the role of a `#`, whether
//! there is a condition and on what, whether the least length of an element is known, and whether any bytes are one; and what the
//! condition tests, the slot of a number or a parameter. The second word is the name of a field and, above it, the bit of the
//! condition; or the least length of an element. The other two depend on the code:
//!
//! | code | type | operands |
//! |---|---|---|
//! | 0 to 11 | `#`, `int`, `long`, `double`, `float`, `int128`, `int256`, `int512`, `string`, `bytes`, `Bool`, `true` | for a `#` with a role: its slot, and the bits that conditions test |
//! | 16 | such a type with its id | its code, the id |
//! | 17, 18 | bare and boxed vector | the record of the element |
//! | 19, 20 | tuple and boxed tuple | the record of the number, before that of the element; the id |
//! | 21, 22 | boxed value, bare value | the type or the constructor; the list of arguments |
//! | 23 | type parameter | position |
//! | 24, 25 | call `!X`, and its result | position of the parameter |
//! | 26, 27 | `Object`, `Function` | |
//! | 28, 29, 30 | natural number: constant, slot, parameter | the number, slot or position; what is added |
//! | 31 | list of arguments | how many records follow |
//! | 32 | a run of fields with the same number of bytes in every value, all of them valid | that number; how many records follow for the fields |

mod builtin;
mod bytes_text;
mod check;
mod codes;
mod combinator;
mod cursor;
mod decode;
#[cfg(feature = "serde")]
mod deserialize;
mod dump;
mod encode;
mod error;
#[cfg(feature = "serde")]
mod fields;
mod given;
#[cfg(feature = "history")]
pub mod history;
mod index;
mod json;
mod json_options;
mod operations;
mod output;
mod path;
mod place;
mod record;
mod sample;
mod scalar;
mod scope;
mod select;
#[cfg(feature = "serde")]
mod serialize;
mod skip;
mod skip_value;
mod table;
mod tell;
mod text;
#[cfg(feature = "serde")]
mod tree;
mod value;
mod visitor;
mod walk;

pub use bytes_text::BytesText;
pub use combinator::{Combinator, Field};
#[cfg(feature = "serde")]
pub(crate) use deserialize::bytes_of;
pub use error::{DecodeError, DecodeFault, EncodeError, EncodeFault};
pub use json_options::{JsonLayout, JsonOptions, LongForm, NameKey};
pub use record::Type;
pub use select::{Part, Path, PathError, PathFault, Selection};
#[cfg(feature = "serde")]
pub(crate) use serialize::{serialize, serialize_value};
pub use skip_value::Skip;
pub use table::{Table, TableError};
pub use value::{MEMORY_FACTOR, Object, Value};
pub use visitor::{Event, Scalar, Visitor};
