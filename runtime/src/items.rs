//! Everything that generated code refers to by a short name, for places where a name of the schema hides that:
//! `::typelang::items::Option`.

pub use crate::prelude::*;
pub use core::prelude::rust_2021::*;
pub use core::primitive::*;
