//! [`Serialize`] and [`Deserialize`] of generated types, through the table of the schema.
//!
//! No type has code of its own for it: a value is encoded, the walker of [`reflect`](crate::reflect) reads the bytes and
//! tells the serializer what it meets; on the way back the walker writes the bytes that the generated code decodes. That
//! costs a walk more than derived code would, and next to nothing to compile.
//!
//! | TL | human-readable formats (JSON, YAML, …) | binary formats (CBOR, MessagePack, …) |
//! |---|---|---|
//! | `int`, `#` | number | number |
//! | `long` | text of decimal digits, since JavaScript's numbers are too short | number |
//! | `double`, `float` | number; `"NaN"`, `"Infinity"`, `"-Infinity"` are texts | number |
//! | `string` | text | text |
//! | `bytes`, `int128`, `int256`, `int512` | text of hexadecimal digits in the order of the wire, or base 64 with [`Base64`] | bytes |
//! | `Bool` | `true`, `false` | the same |
//! | `flags.0?true` | `true`, or absent | the same |
//! | an optional field | its value, or absent | the same |
//! | vectors and tuples | array | array |
//! | a constructor, a call | object whose field `"_"` is the name | map |
//!
//! A `#` that is computed from what is there is left out. On input every form is taken in every format: a number or a text
//! for a `long`, bytes or a text for `bytes`; `null` for a field means that it is absent, and `"_"` may stand anywhere in its
//! object, or be left out where only one constructor is possible. Unknown fields, missing fields and values of a wrong kind
//! are errors that name the path: `messages.sendMessage.peer.user_id: expected long, found a Bool`.
//!
//! Formats must describe themselves; those that do not, such as bincode and postcard, can be written but not read. For these,
//! [`Encode::to_bytes`] is shorter and faster anyhow.
//!
//! A type with parameters of the schema (`Pair<X, Y>`) has no impls of its own: how it stands on the wire is known only within
//! a value. A call that wraps another (`InvokeWithLayer<X>`) has them if `X` is of the same schema.

mod base64;
mod tree;
mod value;

use alloc::vec::Vec;
use core::fmt;

pub use self::base64::{Base64, Base64Ref};
pub use ::serde::{Deserialize, Deserializer, Serialize, Serializer};

use self::tree::Tree;
use self::value::Shown;
use crate::reflect::{BytesText, DecodeError, EncodeError, Value};
use crate::{DecodeOwned, Encode, InSchema, ReadOptions, SchemaPlace, WriteOptions};
use ::serde::{de, ser};

/// Serializes a value of a generated type: what its `Serialize` does.
///
/// # Errors
///
/// Those of the serializer; the value cannot be encoded, or is nested deeper than
/// [`DEFAULT_MAX_DEPTH`](crate::DEFAULT_MAX_DEPTH); or its type has no table.
// Inlined into none of the thousands of impls, whose bodies are then one call.
#[inline(never)]
pub fn serialize<T: Encode + InSchema, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serialize_with(value, BytesText::Hexadecimal, serializer)
}

/// Deserializes a value of a generated type: what its `Deserialize` does.
///
/// # Errors
///
/// Those of the deserializer; what it gives is no value of the type; or the type has no table.
#[inline(never)]
pub fn deserialize<'de, T: DecodeOwned + InSchema, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserialize_with(BytesText::Hexadecimal, deserializer)
}

fn serialize_with<T: Encode + InSchema, S: Serializer>(
    value: &T,
    text: BytesText,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let encoded = value.to_bytes_with(WRITE).map_err(ser::Error::custom)?;
    let value = walked(T::PLACE, &encoded).map_err(ser::Error::custom)?;
    Shown { value: &value, text }.serialize(serializer)
}

fn deserialize_with<'de, T: DecodeOwned + InSchema, D: Deserializer<'de>>(
    text: BytesText,
    deserializer: D,
) -> Result<T, D::Error> {
    let tree = Tree::deserialize(deserializer)?;
    let bytes = encoded(T::PLACE, tree, text).map_err(de::Error::custom)?;
    T::from_bytes_with(&bytes, READ).map_err(de::Error::custom)
}

/// What is written was built here, so that its memory need not be bounded by its length.
const READ: ReadOptions = ReadOptions::new().max_memory_ratio(u32::MAX).long_strings(true);
const WRITE: WriteOptions = WriteOptions::new().long_strings(true);

/// Why a value cannot be turned into another form.
enum Fault {
    NoTable,
    Decode(DecodeError),
    Encode(EncodeError),
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoTable => formatter.write_str("the type has no table of its schema"),
            Self::Decode(error) => error.fmt(formatter),
            Self::Encode(error) => error.fmt(formatter),
        }
    }
}

fn walked(place: SchemaPlace, bytes: &[u8]) -> Result<Value<'static>, Fault> {
    let (table, ty) = place.in_table().ok_or(Fault::NoTable)?;
    table.decode_as(ty, bytes, READ).map_err(Fault::Decode)
}

fn encoded(place: SchemaPlace, tree: Tree, text: BytesText) -> Result<Vec<u8>, Fault> {
    let (table, ty) = place.in_table().ok_or(Fault::NoTable)?;
    let Tree { names, root } = tree;
    let value = root.into_value(&names);
    table.encode_with(ty, &value, WRITE, text).map_err(Fault::Encode)
}

/// `Serialize` for generated types. Names of type parameters are those of a schema, which have no underscores.
#[doc(hidden)]
#[macro_export]
macro_rules! serialize {
    ($($(<$generic:ident>)? $($segment:ident)::+),* $(,)?) => {$(
        impl $(<$generic: $crate::Encode>)? $crate::serde::Serialize for $($segment)::+ $(<$generic>)? {
            fn serialize<__Serializer: $crate::serde::Serializer>(
                &self,
                serializer: __Serializer,
            ) -> ::core::result::Result<__Serializer::Ok, __Serializer::Error> {
                $crate::serde::serialize(self, serializer)
            }
        }
    )*};
}

/// `Deserialize` for generated types.
#[doc(hidden)]
#[macro_export]
macro_rules! deserialize {
    ($($(<$generic:ident>)? $($segment:ident)::+),* $(,)?) => {$(
        impl<'de $(, $generic: $crate::DecodeOwned)?> $crate::serde::Deserialize<'de> for $($segment)::+ $(<$generic>)? {
            fn deserialize<__Deserializer: $crate::serde::Deserializer<'de>>(
                deserializer: __Deserializer,
            ) -> ::core::result::Result<Self, __Deserializer::Error> {
                $crate::serde::deserialize(deserializer)
            }
        }
    )*};
}
