//! Typed answers of servers.

use alloc::vec::Vec;
use core::fmt;

use crate::codec::EncodeAs;
use crate::{DecodeError, EncodeError, WriteOptions, Writer};

/// Reads a call by its id and gives it to the arm of its function, which must return what that function returns. Evaluates to
/// the bytes of the answer, or a [`ServeError`](crate::serve::ServeError).
///
/// ```
/// use typelang::prelude::*;
/// use typelang::serve;
/// use typelang::serve::ServeError;
///
/// /// `double#00000001 number:int = Int`
/// struct Double {
///     number: i32,
/// }
///
/// /// `greet#00000002 = String`
/// #[derive(Default)]
/// struct Greet;
/// # impl Combinator for Double { const ID: u32 = 1; const NAME: &'static str = "double"; }
/// # impl EncodeBare for Double {
/// #     fn encode_fields(&self, id: Option<u32>, writer: &mut Writer<'_>) { writer.write_with_head(id, self.number) }
/// # }
/// # impl DecodeBare<'_> for Double {
/// #     const MIN_BARE_LEN: usize = 4;
/// #     fn decode_fields(reader: &mut Reader<'_>) -> Self { Double { number: reader.read_i32() } }
/// # }
/// # impl Returns for Double { type Value = i32; }
/// # impl Combinator for Greet { const ID: u32 = 2; const NAME: &'static str = "greet"; }
/// # impl WithoutFields for Greet {}
/// # impl Returns for Greet { type Value = String; }
///
/// fn answer(call: &[u8]) -> Result<Vec<u8>, ServeError> {
///     serve!(call, {
///         call: Double => call.number * 2,
///         _: Greet => "hello".to_string(),
///     })
/// }
///
/// assert_eq!(answer(&[1, 0, 0, 0, 21, 0, 0, 0])?, [42, 0, 0, 0]);
/// assert_eq!(answer(&[2, 0, 0, 0])?, b"\x05hello\0\0");
/// assert_eq!(answer(&[3, 0, 0, 0]).unwrap_err().to_string(), "unknown function 0x00000003");
/// # Ok::<(), ServeError>(())
/// ```
///
/// The arms are part of the function around them: `?`, `return` and `.await` do there what they always do.
///
/// An arm of another type does not compile:
///
/// ```compile_fail
/// # use typelang::prelude::*;
/// # #[derive(Default)]
/// # struct Greet;
/// # impl Combinator for Greet { const ID: u32 = 2; const NAME: &'static str = "greet"; }
/// # impl WithoutFields for Greet {}
/// # impl Returns for Greet { type Value = String; }
/// typelang::serve!(&[2, 0, 0, 0], { _: Greet => 5 });
/// ```
#[macro_export]
macro_rules! serve {
    ($bytes:expr, { $($name:tt : $function:ty => $answer:expr),+ $(,)? }) => {{
        let bytes: &[u8] = $bytes;
        match $crate::serve::id_of(bytes) {
            $(
                Some(<$function as $crate::Combinator>::ID) => match <$function as $crate::Decode<'_>>::from_bytes(bytes) {
                    Ok(call) => {
                        let form = $crate::Function::output_form(&call);
                        let $name = call;
                        let answer: <$function as $crate::Function>::Output = $answer;
                        $crate::serve::answer(form, &answer)
                    }
                    Err(error) => Err($crate::serve::ServeError::Call(error)),
                },
            )+
            id => Err($crate::serve::ServeError::UnknownFunction { id }),
        }
    }};
}

/// Why a call has no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ServeError {
    /// No arm is of the function.
    UnknownFunction {
        /// The word with which the call begins, if it has one.
        id: Option<u32>,
    },
    /// The bytes are not a valid call of the function.
    Call(DecodeError),
    /// The answer cannot be encoded.
    Answer(EncodeError),
}

impl fmt::Display for ServeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownFunction { id: Some(id) } => write!(formatter, "unknown function {id:#010x}"),
            Self::UnknownFunction { id: None } => formatter.write_str("the call has no id"),
            Self::Call(error) => error.fmt(formatter),
            Self::Answer(error) => error.fmt(formatter),
        }
    }
}

impl core::error::Error for ServeError {}

/// The word with which a call begins.
#[doc(hidden)]
#[must_use]
pub fn id_of(bytes: &[u8]) -> Option<u32> {
    crate::RawRef(bytes).id()
}

/// The bytes of an answer.
#[doc(hidden)]
pub fn answer<T>(form: impl EncodeAs<T>, value: &T) -> Result<Vec<u8>, ServeError> {
    let mut bytes = Vec::new();
    let mut writer = Writer::with_options(&mut bytes, WriteOptions::new());
    form.encode_as(value, &mut writer);
    writer.finish().map(|()| bytes).map_err(ServeError::Answer)
}
