//! Types that the runtime knows.

use super::codes;

/// Declares [`Builtin`] with the code in tables, the TL name and the least number of bytes of each type.
macro_rules! builtins {
    ($($variant:ident = $code:ident, $name:literal, $least_length:literal;)*) => {
        /// A type that the runtime knows.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Builtin {
            $($variant,)*
        }

        impl Builtin {
            /// The type of a code in a table.
            pub(super) fn of_code(code: u8) -> Option<Self> {
                match code {
                    $(codes::$code => Some(Self::$variant),)*
                    _ => None,
                }
            }

            /// The code in a table.
            pub(super) fn code(self) -> u8 {
                match self {
                    $(Self::$variant => codes::$code,)*
                }
            }

            /// The TL name.
            pub(super) fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// The least number of bytes.
            pub(super) fn least_length(self) -> usize {
                match self {
                    $(Self::$variant => $least_length,)*
                }
            }
        }
    };
}

builtins! {
    Nat = NAT, "#", 4;
    Int = INT, "int", 4;
    Long = LONG, "long", 8;
    Double = DOUBLE, "double", 8;
    Float = FLOAT, "float", 4;
    Int128 = INT128, "int128", 16;
    Int256 = INT256, "int256", 32;
    Int512 = INT512, "int512", 64;
    String = STRING, "string", 4;
    Bytes = BYTES, "bytes", 4;
    Bool = BOOL, "Bool", 4;
    True = TRUE, "true", 0;
}

impl Builtin {
    /// The type to which a declaration gives an id, by the name of its constructor.
    pub(super) fn declared(name: &str) -> Option<Self> {
        Some(match name {
            "int" | "int32" => Self::Int,
            "long" | "int53" | "int64" => Self::Long,
            "double" => Self::Double,
            "float" => Self::Float,
            "int128" => Self::Int128,
            "int256" => Self::Int256,
            "int512" => Self::Int512,
            "string" | "secureString" => Self::String,
            "bytes" | "secureBytes" => Self::Bytes,
            "boolTrue" | "boolFalse" => Self::Bool,
            _ => return None,
        })
    }
}
