//! Reading and writing values by a table of the schema, without generated types.
//!
//! A [`Table`] is the schema as bytes: generated beside the code of a schema (`TABLE` in its root module), or built at run
//! time by `typelang_ir::table`. One walker reads and writes by it: [`Table::decode`] gives a [`Value`], [`Table::encode`] takes
//! one, [`Table::json`] and [`Table::dump`] give text, [`Table::check`] only says what is wrong with bytes and on which path
//! through the value, and [`Table::walk`] tells a [`Visitor`] of one's own. The limits are those of generated code: depth,
//! numbers of elements, and memory in proportion to the input.
//!
//! # The format
//!
//! Words have four bytes, little endian. A *number* takes seven bits a byte, the lowest first, and every byte but the last
//! has its highest bit set. Texts are UTF-8 after their length as a number; each stands once among the texts, and is
//! spoken of by its offset there, a number.
//!
//! | part | content |
//! |---|---|
//! | header, 8 words | `TLTB`; version 1; layer, or 0; flags (bit 0: strings of 2²⁴ bytes and more are allowed); how many types; how many combinators; how many of them have an id; offset of the texts |
//! | types | for each the offset of its record, a word |
//! | combinators | for each its id and the offset of its record, two words: constructors in the order of the schema, functions, and the declarations of types that the runtime knows |
//! | order of ids | the positions of combinators that have an id, a word each, by id |
//! | order of names | the positions of all combinators, a word each, by name |
//! | records | one after another |
//! | texts | one after another |
//!
//! Record of a type: name, least number of bytes of a boxed value, parameters (how many; for each a byte, 0 for a type and 1
//! for a number, and its name), constructors (how many; the position of each).
//!
//! Record of a combinator: a byte (lowest three bits: 0 constructor, 1 default constructor, 2 group of repeated fields,
//! 3 function, 4 built-in type, whose record ends after the name; bit 3: depth is counted; bit 4: known by its id alone),
//! name, least number of bytes of the fields, parameters as above, the position of the type that is constructed or the type
//! of the result, fields (how many; each as follows).
//!
//! Field: a byte (bit 0: has a condition; bit 1: on a parameter rather than a field; bit 2: without a bit, on any number but
//! 0; bits 3 and 4: 0 no `#`, 1 a number, 2 flags, 3 flags with bits of the user's own), name, the position of what the
//! condition tests and a byte with the bit, where there is such a thing, and the type.
//!
//! Type: a byte and what follows it.
//!
//! | byte | type | what follows |
//! |---|---|---|
//! | 0 to 11 | `#`, `int`, `long`, `double`, `float`, `int128`, `int256`, `int512`, `string`, `bytes`, `Bool`, `true` | |
//! | 16 | such a type with its id | its byte, the id as a word |
//! | 17, 18 | bare and boxed vector | element |
//! | 19 | tuple | natural number, element |
//! | 20 | boxed tuple | id as a word, natural number, element |
//! | 21 | boxed value | position of the type, arguments |
//! | 22 | bare value | position of the constructor, arguments |
//! | 23 | type parameter | position |
//! | 24, 25 | call `!X`, and what it gives | position of the parameter |
//! | 26, 27 | `Object`, `Function` | |
//!
//! Arguments: how many, each a byte 0 and a type, or a byte 1 and a natural number. Natural number: a byte 0 and a constant;
//! or a byte 1 for a field or 2 for a parameter, its position, and a constant that is added.

mod builtin;
mod bytes_text;
mod check;
mod codes;
mod combinator;
mod cursor;
mod decode;
mod dump;
mod encode;
mod error;
mod events;
mod given;
mod index;
mod json;
mod operations;
mod output;
mod path;
mod place;
mod record;
mod sample;
mod scalar;
mod scope;
mod skip;
mod table;
mod text;
mod value;
mod visitor;
mod walk;

pub use bytes_text::BytesText;
pub use combinator::{Combinator, Field};
pub use error::{DecodeError, DecodeFault, EncodeError, EncodeFault};
pub use json::JsonLayout;
pub use record::Type;
pub use table::{Table, TableError};
#[cfg(feature = "serde")]
pub(crate) use text::NotFinite;
pub use value::{MEMORY_FACTOR, Object, Value};
pub use visitor::{Event, Scalar, Visitor};
#[cfg(feature = "serde")]
pub(crate) use walk::levels;
