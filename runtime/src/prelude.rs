//! The items that generated code imports with `use typelang::prelude::*;`.

pub use crate::codec::{self, DecodeAs, EncodeAs};
pub use crate::{
    Combinator, Decode, DecodeBare, Encode, EncodeBare, Function, FunctionBorrowed, InSchema, Reader, Returns,
    ReturnsBorrowed, SchemaPlace, SchemaRef, WithoutFields, Writer, debug_struct, flag, variant,
};
pub use alloc::boxed::Box;
pub use alloc::string::String;
pub use alloc::vec::Vec;
