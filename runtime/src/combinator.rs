//! Constructors and functions: what has an id.

use crate::{Decode, DecodeBare, Encode, EncodeBare, InSchema, Reader, SchemaPlace, SchemaRef, Writer};

/// A constructor or a function of a schema: something with an id.
///
/// With [`EncodeBare`] it gets [`Encode`], with [`DecodeBare`] it gets [`Decode`], both in the boxed form.
pub trait Combinator {
    /// The id that stands in front of the fields in the boxed form.
    const ID: u32;
    /// The name in the schema, namespace included, such as `messages.sendEncrypted`.
    const NAME: &'static str;
    /// The schema, which leads to its table where the generated code has one.
    const SCHEMA: SchemaRef = SchemaRef::WITHOUT_TABLE;
}

/// What has a name in a schema, which errors mention: every [`Combinator`], and constructors that never have an id, which say it
/// themselves.
pub trait Named {
    /// The name in the schema.
    const TYPE_NAME: &'static str;
}

impl<T: Combinator> Named for T {
    const TYPE_NAME: &'static str = T::NAME;
}

/// A combinator without fields, which is its id alone. It gets [`EncodeBare`] and [`DecodeBare`] from this.
pub trait WithoutFields: Named + Default {}

impl<T: WithoutFields> EncodeBare for T {
    #[inline]
    fn encode_fields(&self, id: Option<u32>, writer: &mut Writer<'_>) {
        writer.write_head(id);
    }

    #[inline]
    fn may_be_empty_bare() -> bool {
        true
    }
}

impl<T: WithoutFields> DecodeBare<'_> for T {
    const MIN_BARE_LEN: usize = 0;

    #[inline]
    fn decode_fields(_reader: &mut Reader<'_>) -> Self {
        Self::default()
    }
}

impl<T: Combinator + EncodeBare> Encode for T {
    #[inline]
    fn encode(&self, writer: &mut Writer<'_>) {
        self.encode_fields(Some(T::ID), writer);
    }
}

impl<'a, T: Combinator + DecodeBare<'a>> Decode<'a> for T {
    const MIN_LEN: usize = 4 + T::MIN_BARE_LEN;
    const IDS: &'static [u32] = &[T::ID];
    const IN_SCHEMA: SchemaPlace = T::PLACE;

    #[inline]
    fn decode(reader: &mut Reader<'a>) -> Self {
        reader.expect_id(T::ID, T::NAME, Self::IDS);
        reader.decode_bare()
    }
}
