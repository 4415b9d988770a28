//! Why a value could not be encoded.

use alloc::boxed::Box;
use core::fmt;

/// Why a value could not be encoded: a part of it is longer than the wire format can say, or contradicts another part.
///
/// One pointer wide, so that a `Result` with it stays small; the details are behind the pointer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodeError(Box<Details>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Details {
    kind: EncodeErrorKind,
    offset: usize,
}

impl EncodeError {
    #[cold]
    #[inline(never)]
    pub(crate) fn new(kind: EncodeErrorKind, offset: usize) -> Self {
        Self(Box::new(Details { kind, offset }))
    }

    /// What is wrong.
    pub fn kind(&self) -> &EncodeErrorKind {
        &self.0.kind
    }

    /// How many bytes of the value were written before the part that does not fit.
    pub fn offset(&self) -> usize {
        self.0.offset
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}, after {} encoded bytes", self.kind(), self.offset())
    }
}

impl core::error::Error for EncodeError {}

/// What the wire format cannot say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EncodeErrorKind {
    /// A string or byte string is too long for the length forms that are allowed, see
    /// [`WriteOptions::long_strings`](crate::WriteOptions::long_strings).
    StringTooLong {
        /// Its length in bytes.
        length: usize,
        /// The greatest length that can be written.
        limit: u64,
    },
    /// A vector has more than 2^31 - 1 elements.
    VectorTooLong {
        /// The number of its elements.
        length: usize,
    },
    /// There are more values that may take no bytes than a reader accepts: [`MAX_EMPTY_ELEMENTS`](crate::MAX_EMPTY_ELEMENTS), and
    /// one more for each four bytes that are written.
    TooManyElements {
        /// The number of such values, those within others as well.
        length: usize,
        /// The greatest number that can be read.
        limit: usize,
    },
    /// Values of recursive types are nested deeper than [`WriteOptions::max_depth`](crate::WriteOptions::max_depth) allows.
    DepthLimit {
        /// The number of levels that is allowed.
        limit: u32,
    },
    /// A tuple has another number of elements than the `#` that counts them says.
    CountMismatch {
        /// What the `#` says.
        expected: u32,
        /// The number of elements.
        found: usize,
    },
    /// The value is what a decoder returned with an error, of a type that has no value to return in its place.
    NoValue {
        /// The name of the type in the schema.
        type_name: &'static str,
    },
    /// A field is there although its bit, which stands elsewhere, is not set, or the other way round.
    PresenceMismatch {
        /// Whether the bit is set.
        expected: bool,
    },
}

impl fmt::Display for EncodeErrorKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::StringTooLong { length, limit } => {
                write!(formatter, "string of {length} bytes where at most {limit} can be written")
            }
            Self::VectorTooLong { length } => {
                write!(formatter, "vector of {length} elements where at most {} can be written", i32::MAX)
            }
            Self::TooManyElements { length, limit } => {
                write!(formatter, "{length} elements that may take no bytes where at most {limit} can be read")
            }
            Self::DepthLimit { limit } => write!(formatter, "more than {limit} values nested in one another"),
            Self::CountMismatch { expected, found } => {
                write!(formatter, "{found} elements where the number that counts them says {expected}")
            }
            Self::NoValue { type_name } => write!(formatter, "no value of type {type_name}"),
            Self::PresenceMismatch { expected: true } => {
                formatter.write_str("a field is absent although its bit is set")
            }
            Self::PresenceMismatch { expected: false } => {
                formatter.write_str("a field is there although its bit is not set")
            }
        }
    }
}
