//! [`Serialize`] and [`Deserialize`] of generated types, through the table of the schema.
//!
//! No type has code of its own for it: a value is encoded, and the walker of [`reflect`] tells the serializer what
//! the bytes contain; on the way back the bytes are written as the format gives the values, and the generated code decodes them. That
//! takes about as long as derived code, and next to nothing to compile.
//!
//! | TL | human-readable formats (JSON, YAML, …) | binary formats (CBOR, MessagePack, …) |
//! |---|---|---|
//! | `int`, `#` | number | number |
//! | `long` | text of decimal digits, since JavaScript's numbers are too short | number |
//! | `double`, `float` | number; `"NaN"`, `"Infinity"`, `"-Infinity"` are texts | number |
//! | `string` | text | text |
//! | `bytes`, `int128`, `int256`, `int512` | text of hexadecimal digits in the order of the wire | bytes |
//! | `Bool` | `true`, `false` | the same |
//! | `flags.0?true` | `true`, or absent | the same |
//! | an optional field | its value, or absent | the same |
//! | vectors and tuples | array | array |
//! | a constructor, a call | object whose field `"_"` is the name | map |
//!
//! [`JsonOptions`] select other forms: base 64, numbers for a `long`, the key `"@type"`. Impls of traits have no place for
//! options, so [`with`] wraps a value for a serializer, and [`seed`] reads one:
//!
//! ```ignore
//! let text = serde_json::to_string(&typelang::serde::with(JsonOptions::tdlib(), &message))?;
//! let mut deserializer = serde_json::Deserializer::from_str(&text);
//! let message = typelang::serde::seed::<Message>(JsonOptions::tdlib()).deserialize(&mut deserializer)?;
//! ```
//!
//! [`Base64`] is a type of its own for fields of a user's structs. [`Encoded`] and [`EncodedSeed`] need no generated type, only bytes
//! and a table.
//!
//! A `#` that is computed from the fields that are there is left out. On input every form that can be told apart is accepted in every
//! format: a number or a text for a `long`, bytes or a text for `bytes`, `"_"` or `"@type"`; `null` for a field means that it is
//! absent. Fields may come in any order, and the name anywhere among them; it can be left out where only one constructor is possible.
//! In the order of the schema, and with the name first, they are read without being kept. Unknown fields, missing fields and values
//! of a wrong kind are errors that name the path: `messages.sendMessage.peer.user_id: expected long, found a Bool`.
//!
//! Formats must describe themselves; those that do not, such as bincode and postcard, can be written but not read. For these,
//! [`Encode::to_bytes`] is shorter and faster anyhow.
//!
//! A type with parameters of the schema (`Pair<X, Y>`) has no impls of its own: its form on the wire is known only within
//! a value. A call that wraps another (`InvokeWithLayer<X>`) has them if `X` is of the same schema.

mod base64;
mod encoded;
mod with;

use alloc::vec::Vec;

pub use self::base64::{Base64, Base64Ref};
pub use self::encoded::{Encoded, EncodedSeed};
pub use self::with::{Seed, With, seed, with};
pub use ::serde::de::DeserializeSeed;
pub use ::serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::reflect::{self, JsonOptions};
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
    serialize_with(value, JsonOptions::new(), serializer)
}

/// Deserializes a value of a generated type: what its `Deserialize` does.
///
/// # Errors
///
/// Those of the deserializer; what it gives is no value of the type; or the type has no table.
#[inline(never)]
pub fn deserialize<'de, T: DecodeOwned + InSchema, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserialize_with(JsonOptions::new(), deserializer)
}

fn serialize_with<T: Encode + InSchema, S: Serializer>(
    value: &T,
    json: JsonOptions,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let encoded = value.to_bytes_with(WRITE).map_err(ser::Error::custom)?;
    serialize_bytes(T::PLACE, &encoded, json, serializer)
}

fn serialize_bytes<S: Serializer>(
    place: SchemaPlace,
    bytes: &[u8],
    json: JsonOptions,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let (table, ty) = place.in_table().ok_or_else(|| ser::Error::custom(NO_TABLE))?;
    reflect::serialize(&table, ty, bytes, (READ, json), serializer)
}

fn deserialize_with<'de, T: DecodeOwned + InSchema, D: Deserializer<'de>>(
    json: JsonOptions,
    deserializer: D,
) -> Result<T, D::Error> {
    let bytes = deserialize_bytes(T::PLACE, json, deserializer)?;
    T::from_bytes_with(&bytes, READ).map_err(de::Error::custom)
}

fn deserialize_bytes<'de, D: Deserializer<'de>>(
    place: SchemaPlace,
    json: JsonOptions,
    deserializer: D,
) -> Result<Vec<u8>, D::Error> {
    let (table, ty) = place.in_table().ok_or_else(|| de::Error::custom(NO_TABLE))?;
    reflect::bytes_of(table, ty, json, WRITE, deserializer)
}

/// What is written was built here, so that its memory need not be bounded by its length.
const READ: ReadOptions = ReadOptions::new().max_memory_ratio(u32::MAX).long_strings(true);
const WRITE: WriteOptions = WriteOptions::new().long_strings(true);

const NO_TABLE: &str = "the type has no table of its schema";

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
