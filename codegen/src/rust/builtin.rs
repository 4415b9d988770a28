//! The Rust types of built-in types.

use typelang_ir::Builtin;

/// The form of a value of a built-in type in Rust.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Representation {
    /// An integer type. `Reader::read_…` and `Writer::write_…` have its name.
    Integer(&'static str),
    /// A floating-point type, with such methods as well.
    Float(&'static str),
    /// A `bool` that is one of two ids on the wire.
    Bool,
    /// A `bool` without bytes of its own.
    Presence,
    /// An array of so many bytes.
    Array(u32),
    /// A `String`, or the type of the options.
    Text,
    /// A `Vec<u8>`, or the type of the options.
    Bytes,
}

impl From<Builtin> for Representation {
    fn from(builtin: Builtin) -> Self {
        match builtin {
            Builtin::Nat => Self::Integer("u32"),
            Builtin::Int => Self::Integer("i32"),
            Builtin::Long => Self::Integer("i64"),
            Builtin::Double => Self::Float("f64"),
            Builtin::Float => Self::Float("f32"),
            Builtin::Int128 | Builtin::Int256 | Builtin::Int512 => Self::Array(builtin.least_length()),
            Builtin::String => Self::Text,
            Builtin::Bytes => Self::Bytes,
            Builtin::Bool => Self::Bool,
            Builtin::True => Self::Presence,
        }
    }
}

impl Representation {
    /// Returns whether values are so small and plain that methods return copies of them.
    pub(crate) fn is_number(self) -> bool {
        match self {
            Self::Integer(_) | Self::Float(_) | Self::Bool | Self::Presence => true,
            Self::Array(_) | Self::Text | Self::Bytes => false,
        }
    }
}
