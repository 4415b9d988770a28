//! Functions, and what they return.

use crate::codec::{Boxed, DecodeAs};
use crate::{Combinator, Decode, DecodeError, DecodeOwned, Encode, ReadOptions, Reader};

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
        read_with(self.output_form(), Reader::with_options(bytes, options), located)
    }

    /// The same as [`read_output_with`](Self::read_output_with) for an answer that byte strings of the result can share; see
    /// [`Reader::shared`].
    ///
    /// # Errors
    ///
    /// The bytes are none of that type, or the options refuse them.
    #[cfg(feature = "bytes")]
    #[inline]
    fn read_shared_output(&self, answer: &bytes::Bytes, options: ReadOptions) -> Result<Self::Output, DecodeError> {
        let located = |error: DecodeError| error.located_in_output_of(Some(self), answer, options);
        read_with(self.output_form(), Reader::shared(answer, options), located)
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
        read_with(Self::OutputForm::default(), Reader::with_options(bytes, options), located)
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

/// A function of a schema whose result may borrow from the bytes of the answer, which live for `'a`. Implemented by way of
/// [`ReturnsBorrowed`] if the result is a boxed value.
///
/// Generated code has it for every function where the Rust type of `string` or `bytes` borrows, and [`Function`] as well for
/// those whose results happen not to. What is generic over all functions of such a schema asks for
/// `F: for<'a> FunctionBorrowed<'a>`.
///
/// ```
/// use typelang::prelude::*;
///
/// /// `help.getNotice#1b2c3d4e = help.Notice;`
/// struct GetNotice;
///
/// impl Combinator for GetNotice {
///     const ID: u32 = 0x1b2c3d4e;
///     const NAME: &'static str = "help.getNotice";
/// }
///
/// impl EncodeBare for GetNotice {
///     fn encode_fields(&self, id: Option<u32>, writer: &mut Writer<'_>) {
///         writer.write_head(id);
///     }
/// }
///
/// /// `help.notice#1a2b3c4d text:string = help.Notice;`
/// struct Notice<'a> {
///     text: &'a str,
/// }
///
/// impl Combinator for Notice<'_> {
///     const ID: u32 = 0x1a2b3c4d;
///     const NAME: &'static str = "help.notice";
/// }
///
/// impl<'a> DecodeBare<'a> for Notice<'a> {
///     const MIN_BARE_LEN: usize = 4;
///
///     fn decode_fields(reader: &mut Reader<'a>) -> Self {
///         Notice { text: reader.read_str() }
///     }
/// }
///
/// impl<'a> ReturnsBorrowed<'a> for GetNotice {
///     type Value = Notice<'a>;
/// }
///
/// let answer = *b"\x4d\x3c\x2b\x1a\x02ok\0";
/// let notice = GetNotice.read_borrowed(&answer)?;
/// assert_eq!(notice.text.as_ptr(), answer[5..].as_ptr());
/// # Ok::<(), typelang::DecodeError>(())
/// ```
pub trait FunctionBorrowed<'a>: Combinator + Encode {
    /// What the function returns.
    type Output;
    /// The form in which it is sent.
    type OutputForm: DecodeAs<'a, Self::Output>;

    /// The form of what this call returns; see [`Function::output_form`].
    fn output_form(&self) -> Self::OutputForm;

    /// Reads what this call returns from the start of `bytes`, leniently, and may keep references to them; see
    /// [`Function::read_output`].
    ///
    /// # Errors
    ///
    /// The bytes are none of that type.
    #[inline]
    fn read_borrowed(&self, bytes: &'a [u8]) -> Result<Self::Output, DecodeError> {
        self.read_borrowed_with(bytes, ReadOptions::new())
    }

    /// The same as [`read_borrowed`](Self::read_borrowed) with other options.
    ///
    /// # Errors
    ///
    /// The bytes are none of that type, or the options refuse them.
    #[inline]
    fn read_borrowed_with(&self, bytes: &'a [u8], options: ReadOptions) -> Result<Self::Output, DecodeError> {
        let located = |error: DecodeError| error.located_in_output_of(Some(self), bytes, options);
        read_with(self.output_form(), Reader::with_options(bytes, options), located)
    }

    /// The same as [`read_borrowed`](Self::read_borrowed) without a call at hand, for the functions whose results do not depend
    /// on their arguments.
    ///
    /// # Errors
    ///
    /// The bytes are none of that type.
    #[inline]
    fn borrowed_from_bytes(bytes: &'a [u8]) -> Result<Self::Output, DecodeError>
    where
        Self::OutputForm: Default,
    {
        Self::borrowed_from_bytes_with(bytes, ReadOptions::new())
    }

    /// The same as [`borrowed_from_bytes`](Self::borrowed_from_bytes) with other options.
    ///
    /// # Errors
    ///
    /// The bytes are none of that type, or the options refuse them.
    #[inline]
    fn borrowed_from_bytes_with(bytes: &'a [u8], options: ReadOptions) -> Result<Self::Output, DecodeError>
    where
        Self::OutputForm: Default,
    {
        let located = |error: DecodeError| error.located_in_output_of::<Self>(None, bytes, options);
        read_with(Self::OutputForm::default(), Reader::with_options(bytes, options), located)
    }
}

/// A function that returns a boxed value which may borrow from the answer. It gets [`FunctionBorrowed`] from this.
pub trait ReturnsBorrowed<'a>: Combinator + Encode {
    /// What the function returns.
    type Value: Decode<'a>;
}

impl<'a, T: ReturnsBorrowed<'a>> FunctionBorrowed<'a> for T {
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
    mut reader: Reader<'a>,
    located: impl Fn(DecodeError) -> DecodeError,
) -> Result<T, DecodeError> {
    reader.read_whole(|reader| form.decode_as(reader)).map_err(located)
}
