//! Values with options.

use core::fmt;
use core::marker::PhantomData;

use ::serde::de::DeserializeSeed;
use ::serde::{Deserializer, Serialize, Serializer};

use super::{deserialize_with, serialize_with};
use crate::reflect::{self, JsonOptions, Value};
use crate::{DecodeOwned, Encode, InSchema};

/// A value that is serialized with options; [`with`] returns it.
#[derive(Clone, Copy, Debug)]
pub struct With<'v, T: ?Sized> {
    options: JsonOptions,
    value: &'v T,
}

/// Wraps a value of a generated type, or a [`Value`](crate::reflect::Value), so that it is serialized with options:
/// `serde_json::to_string(&with(JsonOptions::tdlib(), &message))`.
#[must_use]
pub const fn with<T: ?Sized>(options: JsonOptions, value: &T) -> With<'_, T> {
    With { options, value }
}

impl<T: Encode + InSchema> Serialize for With<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize_with(self.value, self.options, serializer)
    }
}

impl Serialize for With<'_, Value<'_>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        reflect::serialize_value(self.value, self.options, serializer)
    }
}

/// As [the module](super) describes, with default options.
impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        with(JsonOptions::new(), self).serialize(serializer)
    }
}

/// Deserializes a value with options; [`seed`] returns it.
pub struct Seed<T> {
    options: JsonOptions,
    value: PhantomData<fn() -> T>,
}

/// Returns what deserializes a value of a generated type with options:
/// `seed::<Message>(JsonOptions::tdlib()).deserialize(&mut deserializer)`.
#[must_use]
pub const fn seed<T>(options: JsonOptions) -> Seed<T> {
    Seed { options, value: PhantomData }
}

impl<T> Clone for Seed<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Seed<T> {}

impl<T> fmt::Debug for Seed<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Seed").field("options", &self.options).finish()
    }
}

impl<'de, T: DecodeOwned + InSchema> DeserializeSeed<'de> for Seed<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserialize_with(self.options, deserializer)
    }
}
