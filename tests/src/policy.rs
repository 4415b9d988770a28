//! How unusual bytes are treated: accepted as they are, accepted and written in the canonical way, or refused.

use typelang::{DecodeError, DecodeErrorKind, ReadOptions};
use typelang_tests_layer::api;

use crate::recode::{Recoded, recode as recode_as};

/// The outcome that our documented policy gives to a class of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// Accepted, and written in the same way.
    Canonical,
    /// Accepted unless the reader is strict, and written in the one canonical way.
    Normalised,
    /// Never accepted.
    Refused,
}

/// Decodes a constructor or a function of the layer that the bytes belong to, whichever the id is of.
fn recode(bytes: &[u8], options: ReadOptions) -> Result<Recoded, DecodeError> {
    match recode_as::<api::AnyConstructor>(bytes, options) {
        Err(error) if error.offset() == 0 && matches!(error.kind(), DecodeErrorKind::UnknownConstructor { .. }) => {
            recode_as::<api::AnyFunction>(bytes, options)
        }
        result => result,
    }
}

/// The treatment of bytes that the API reads.
///
/// # Panics
///
/// The rules that hold for all bytes are broken.
#[must_use]
pub fn judge(name: &str, bytes: &[u8]) -> Policy {
    let lenient = recode(bytes, ReadOptions::new());
    let strict = recode(bytes, ReadOptions::strict());
    match (lenient, strict) {
        (Ok(lenient), Ok(strict)) => {
            assert_eq!(lenient, strict, "{name}");
            assert_eq!(strict.bytes, bytes, "{name}: strict accepts only what is written");
            Policy::Canonical
        }
        (Ok(lenient), Err(error)) => {
            assert_ne!(lenient.bytes, bytes, "{name}: {error}");
            let documented = matches!(
                error.kind(),
                DecodeErrorKind::NonZeroPadding
                    | DecodeErrorKind::NonCanonicalLength { .. }
                    | DecodeErrorKind::UnknownFlags { .. }
                    | DecodeErrorKind::TrailingBytes { .. }
            );
            assert!(documented, "{name}: {error}");
            assert_eq!(recode(&lenient.bytes, ReadOptions::strict()), Ok(lenient), "{name}");
            Policy::Normalised
        }
        (Err(lenient), Err(strict)) => {
            assert!(lenient.offset() <= bytes.len() && strict.offset() <= bytes.len(), "{name}: {lenient}");
            Policy::Refused
        }
        (Err(error), Ok(_)) => panic!("{name}: accepted only by the strict reader; the lenient one says {error}"),
    }
}
