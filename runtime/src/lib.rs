//! What Rust code generated from TL (Type Language) schemas calls: the traits of values that can be encoded and decoded,
//! the reader and the writer beneath them, errors and limits.
//!
//! Users of generated code need four things from here: [`Encode::to_bytes`], [`Decode::from_bytes`], [`Function`] for the
//! result of a request, and [`ReadOptions`] for how much a reader forgives. The rest is for the generated code, and for a
//! type that is written by hand:
//!
//! ```
//! use typelang::prelude::*;
//!
//! /// `point#1a2b3c4d x:int label:string = Point;`
//! #[derive(Debug, PartialEq)]
//! struct Point {
//!     x: i32,
//!     label: String,
//! }
//!
//! impl Combinator for Point {
//!     const ID: u32 = 0x1a2b3c4d;
//!     const NAME: &'static str = "point";
//! }
//!
//! impl EncodeBare for Point {
//!     fn encode_fields(&self, id: Option<u32>, writer: &mut Writer<'_>) {
//!         writer.write_head(id);
//!         writer.write_i32(self.x);
//!         writer.write_string(&self.label);
//!     }
//! }
//!
//! impl DecodeBare<'_> for Point {
//!     const MIN_BARE_LEN: usize = 8;
//!
//!     fn decode_fields(reader: &mut Reader<'_>) -> Self {
//!         Point { x: reader.read_i32(), label: reader.read_string() }
//!     }
//! }
//!
//! let point = Point { x: 1, label: "here".into() };
//! let bytes = point.to_bytes()?;
//! assert_eq!(bytes, b"\x4d\x3c\x2b\x1a\x01\0\0\0\x04here\0\0\0");
//! assert_eq!(Point::from_bytes(&bytes)?, point);
//!
//! let error = Point::from_bytes(&bytes[..11]).unwrap_err();
//! assert_eq!(error.to_string(), "unexpected end of input at byte 8 while reading point; 8 bytes needed, 3 left");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What is accepted
//!
//! Decoding is lenient by default and strict on request; [`ReadOptions`] lists the difference. In both cases decoding
//! never panics, never needs more stack than [`ReadOptions::max_depth`] allows, and never allocates more than a fixed
//! multiple of the input.
//!
//! # What is written
//!
//! One form for each value: the shortest length, zeros as padding. A string or a vector that is too long for the wire is
//! an [`EncodeError`], never a shortened length.

#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

#[cfg(feature = "arbitrary")]
pub mod arbitrary;
mod byte_string;
pub mod catalog;
pub mod codec;
mod combinator;
mod debug;
mod decode;
mod decode_error;
mod encode;
mod encode_error;
mod fixed;
mod framed;
mod function;
mod ids;
mod invoke;
#[doc(hidden)]
pub mod items;
mod options;
pub mod prelude;
mod primitives;
mod raw;
mod read_string;
mod reader;
#[cfg(feature = "reflect")]
pub mod reflect;
pub mod rpc;
mod schema;
#[cfg(feature = "serde")]
pub mod serde;
pub mod serve;
#[cfg(feature = "bytes")]
mod shared;
#[cfg(feature = "unpack")]
pub mod unpack;
mod utf8;
mod variant;
mod writer;

#[cfg(feature = "bytes")]
pub use ::bytes;
pub use byte_string::bytes_len;
pub use combinator::{Combinator, Named, WithoutFields};
#[doc(hidden)]
pub use debug::format_struct;
pub use decode::{Decode, DecodeBare, DecodeOwned};
pub use decode_error::{DecodeError, DecodeErrorKind};
pub use encode::{Encode, EncodeBare};
pub use encode_error::{EncodeError, EncodeErrorKind};
pub use fixed::Fixed;
pub use framed::DecodedOrRaw;
pub use function::{Function, FunctionBorrowed, Returns, ReturnsBorrowed};
pub use ids::{BOOL_FALSE_ID, BOOL_TRUE_ID, VECTOR_ID};
pub use invoke::Invoke;
pub use options::{DEFAULT_MAX_DEPTH, DEFAULT_MAX_MEMORY_RATIO, ReadOptions, WriteOptions};
pub use raw::{Raw, RawRef};
pub use reader::{EnclosingType, FREE_MEMORY, MAX_EMPTY_ELEMENTS, Reader};
#[cfg(feature = "history")]
pub use reflect::history;
pub use schema::{InSchema, SchemaPlace, SchemaRef};
pub use writer::{Flags, Writer, flag};
