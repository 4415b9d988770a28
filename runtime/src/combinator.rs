//! Constructors and functions.

use crate::codec::{Boxed, DecodeAs};
use crate::{Decode, DecodeBare, DecodeError, DecodeOwned, Encode, EncodeBare, ReadOptions, Reader, Writer};

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

/// Where a combinator stands in the table of its schema.
#[cfg(feature = "reflect")]
#[inline]
fn reflected<T: Combinator>() -> Option<crate::reflect::Reflected> {
    T::TABLE.map(|table| crate::reflect::Reflected::combinator(table, T::ID))
}

/// A function of a schema. What it returns travels with the request. Implemented by way of [`Returns`] if that is a boxed value.
pub trait Function: Combinator + Encode {
    /// What the function returns.
    type Output;
    /// The form in which it is sent: [`Boxed`](crate::codec::Boxed) for most functions.
    type OutputForm: for<'a> DecodeAs<'a, Self::Output>;

    /// The form of what this call returns. It can depend on the arguments, as in `getTuple n:# = Tuple int n`.
    fn output_form(&self) -> Self::OutputForm;

    /// Reads what this call returns from the start of `bytes`, leniently: bytes after it are ignored, see [`ReadOptions`].
    ///
    /// # Errors
    ///
    /// The bytes are none of that type.
    #[inline]
    fn read_output(&self, bytes: &[u8]) -> Result<Self::Output, DecodeError> {
        self.read_output_with(bytes, ReadOptions::new())
    }

    /// The same as [`read_output`](Self::read_output) with other options.
    ///
    /// # Errors
    ///
    /// The bytes are none of that type, or the options refuse them.
    #[inline]
    fn read_output_with(&self, bytes: &[u8], options: ReadOptions) -> Result<Self::Output, DecodeError> {
        let located = |error: DecodeError| error.located_in_output_of(Some(self), bytes, options);
        read_with(self.output_form(), bytes, options, located)
    }

    /// The same as [`read_output`](Self::read_output) without a call at hand, for the functions whose results do not depend
    /// on their arguments.
    ///
    /// # Errors
    ///
    /// The bytes are none of that type.
    #[inline]
    fn output_from_bytes(bytes: &[u8]) -> Result<Self::Output, DecodeError>
    where
        Self::OutputForm: Default,
    {
        Self::output_from_bytes_with(bytes, ReadOptions::new())
    }

    /// The same as [`output_from_bytes`](Self::output_from_bytes) with other options.
    ///
    /// # Errors
    ///
    /// The bytes are none of that type, or the options refuse them.
    #[inline]
    fn output_from_bytes_with(bytes: &[u8], options: ReadOptions) -> Result<Self::Output, DecodeError>
    where
        Self::OutputForm: Default,
    {
        let located = |error: DecodeError| error.located_in_output_of::<Self>(None, bytes, options);
        read_with(Self::OutputForm::default(), bytes, options, located)
    }
}

/// A function that returns a boxed value, as most do. It gets [`Function`] from this.
pub trait Returns: Combinator + Encode {
    /// What the function returns.
    type Value: DecodeOwned;
}

impl<T: Returns> Function for T {
    type Output = T::Value;
    type OutputForm = Boxed;

    #[inline]
    fn output_form(&self) -> Boxed {
        Boxed
    }
}

#[inline]
fn read_with<'a, T>(
    form: impl DecodeAs<'a, T>,
    bytes: &'a [u8],
    options: ReadOptions,
    located: impl Fn(DecodeError) -> DecodeError,
) -> Result<T, DecodeError> {
    Reader::with_options(bytes, options).read_whole(|reader| form.decode_as(reader)).map_err(located)
}

impl<T: Combinator + EncodeBare> Encode for T {
    #[inline]
    fn encode(&self, writer: &mut Writer<'_>) {
        writer.write_id(T::ID);
        self.encode_bare(writer);
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
        T::decode_bare(reader)
    }

    #[cfg(feature = "reflect")]
    #[inline]
    fn reflected() -> Option<crate::reflect::Reflected> {
        reflected::<T>()
    }
}
