//! Values whose bytes are texts in base 64.

use ::serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{deserialize_with, serialize_with};
use crate::reflect::{BytesText, JsonOptions};
use crate::{DecodeOwned, Encode, InSchema};

const OPTIONS: JsonOptions = JsonOptions::new().bytes(BytesText::Base64);

/// A value of a generated type whose `bytes`, `int128`, `int256` and `int512` are texts in base 64 in human-readable formats,
/// instead of hexadecimal digits: `serde_json::from_str::<Base64<Message>>(text)?.0`. The alphabet is the standard one, with
/// padding; without padding it is read, too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Base64<T>(pub T);

/// The same for a value that is only borrowed: `serde_json::to_string(&Base64Ref(&message))`.
#[derive(Debug)]
pub struct Base64Ref<'a, T>(pub &'a T);

impl<T: Encode + InSchema> Serialize for Base64<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_with(&self.0, OPTIONS, serializer)
    }
}

impl<T: Encode + InSchema> Serialize for Base64Ref<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_with(self.0, OPTIONS, serializer)
    }
}

impl<'de, T: DecodeOwned + InSchema> Deserialize<'de> for Base64<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_with(OPTIONS, deserializer).map(Self)
    }
}
