//! Constructors and functions: what has an id.

use crate::{Decode, DecodeBare, Encode, EncodeBare, Reader, Writer};

/// A constructor or a function of a schema: something with an id.
///
/// With [`EncodeBare`] it gets [`Encode`], with [`DecodeBare`] it gets [`Decode`], both in the boxed form.
pub trait Combinator {
    /// The id that stands in front of the fields in the boxed form.
    const ID: u32;
    /// The name in the schema, namespace included, such as `messages.sendEncrypted`.
    const NAME: &'static str;
    /// The table of the schema, if the generated code has it.
    #[cfg(feature = "reflect")]
    #[doc(hidden)]
    const TABLE: Option<&'static crate::reflect::Table<'static>> = None;
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

/// Where a combinator stands in the table of its schema.
#[cfg(feature = "reflect")]
#[inline]
fn reflected<T: Combinator>() -> Option<crate::reflect::Reflected> {
    T::TABLE.map(|table| crate::reflect::Reflected::combinator(table, T::ID))
}

impl<T: Combinator + EncodeBare> Encode for T {
    #[inline]
    fn encode(&self, writer: &mut Writer<'_>) {
        self.encode_fields(Some(T::ID), writer);
    }

    #[cfg(feature = "reflect")]
    #[inline]
    fn reflected() -> Option<crate::reflect::Reflected> {
        reflected::<T>()
    }
}

impl<'a, T: Combinator + DecodeBare<'a>> Decode<'a> for T {
    const MIN_LEN: usize = 4 + T::MIN_BARE_LEN;
    const IDS: &'static [u32] = &[T::ID];

    #[inline]
    fn decode(reader: &mut Reader<'a>) -> Self {
        reader.expect_id(T::ID, T::NAME, Self::IDS);
        reader.decode_bare()
    }

    #[cfg(feature = "reflect")]
    #[inline]
    fn reflected() -> Option<crate::reflect::Reflected> {
        reflected::<T>()
    }
}
