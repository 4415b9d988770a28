//! The items that generated code imports with `use typelang::prelude::*;`.

pub use crate::codec::{self, DecodeAs, EncodeAs};
pub use crate::{
    Combinator, Decode, DecodeBare, Encode, EncodeBare, Function, FunctionBorrowed, InSchema, Reader, Returns,
    ReturnsBorrowed, SchemaPlace, SchemaRef, WithoutFields, Writer, debug_struct, flag, variant,
};
pub use alloc::boxed::Box;
pub use alloc::string::String;
pub use alloc::vec::Vec;

// Methods of these traits can be called where a type of the same name hides the trait.
#[doc(no_inline)]
pub use crate::codec::{DecodeAs as _, EncodeAs as _};
#[doc(no_inline)]
pub use crate::{
    Combinator as _, Decode as _, DecodeBare as _, Encode as _, EncodeBare as _, Function as _, FunctionBorrowed as _,
    InSchema as _, Returns as _, ReturnsBorrowed as _,
};
