//! Encoded values, with a table in place of a generated type.

use alloc::vec::Vec;

use ::serde::de::DeserializeSeed;
use ::serde::{Deserializer, Serialize, Serializer};

use super::WRITE;
use crate::reflect::{self, JsonOptions, Table, Type};
use crate::{ReadOptions, WriteOptions};

/// The bytes of a value of a type, which is serialized as a value of the generated type would be:
/// `serde_json::to_string(&Encoded::new(TABLE, ty, bytes))`. Nothing is decoded into memory first.
///
/// Bytes that are not a valid encoding of the type are an error of the serializer, and so is a value that is nested deeper than the
/// options allow. What was written before that remains.
#[derive(Clone, Copy, Debug)]
pub struct Encoded<'t, 'b> {
    table: Table<'t>,
    ty: Type<'t>,
    bytes: &'b [u8],
    read: ReadOptions,
    json: JsonOptions,
}

impl<'t, 'b> Encoded<'t, 'b> {
    /// The value of a type at the start of `bytes`, with default options.
    #[must_use]
    pub const fn new(table: Table<'t>, ty: Type<'t>, bytes: &'b [u8]) -> Self {
        Self { table, ty, bytes, read: ReadOptions::new(), json: JsonOptions::new() }
    }

    /// Sets how the value is written.
    #[must_use]
    pub const fn json_options(self, json: JsonOptions) -> Self {
        Self { json, ..self }
    }

    /// Sets what of the bytes is accepted.
    #[must_use]
    pub const fn read_options(self, read: ReadOptions) -> Self {
        Self { read, ..self }
    }
}

impl Serialize for Encoded<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        reflect::serialize(&self.table, self.ty, self.bytes, (self.read, self.json), serializer)
    }
}

/// Deserializes a value of a type into its bytes, as a value of the generated type would be read:
/// `EncodedSeed::new(TABLE, ty).deserialize(&mut deserializer)`.
#[derive(Clone, Copy, Debug)]
pub struct EncodedSeed<'t> {
    table: Table<'t>,
    ty: Type<'t>,
    write: WriteOptions,
    json: JsonOptions,
}

impl<'t> EncodedSeed<'t> {
    /// Values of a type, with default options; strings may be long.
    #[must_use]
    pub const fn new(table: Table<'t>, ty: Type<'t>) -> Self {
        Self { table, ty, write: WRITE, json: JsonOptions::new() }
    }

    /// Sets how the value is read.
    #[must_use]
    pub const fn json_options(self, json: JsonOptions) -> Self {
        Self { json, ..self }
    }

    /// Sets what of values may be written.
    #[must_use]
    pub const fn write_options(self, write: WriteOptions) -> Self {
        Self { write, ..self }
    }
}

impl<'de> DeserializeSeed<'de> for EncodedSeed<'_> {
    type Value = Vec<u8>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Vec<u8>, D::Error> {
        reflect::bytes_of(self.table, self.ty, self.json, self.write, deserializer)
    }
}
