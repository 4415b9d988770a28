//! Why bytes could not be decoded, and where.

use alloc::boxed::Box;
use core::fmt;

/// How many of the expected ids a message lists before it only counts the rest.
const LISTED_IDS: usize = 5;

/// Why bytes could not be decoded, at which byte, and as part of which type.
///
/// One pointer wide, so that a `Result` with it stays small; the details are behind the pointer.
///
/// ```
/// use typelang::{Decode, DecodeErrorKind};
///
/// let error = i64::from_bytes(&[1, 2, 3]).unwrap_err();
/// assert_eq!(*error.kind(), DecodeErrorKind::UnexpectedEnd { needed: 8, left: 3 });
/// assert_eq!(error.to_string(), "unexpected end of input at byte 0; 8 bytes needed, 3 left");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError(Box<Details>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Details {
    kind: DecodeErrorKind,
    offset: usize,
    type_name: &'static str,
    /// What the walk by the table of the schema says of the same bytes.
    #[cfg(feature = "reflect")]
    walked: Option<crate::reflect::DecodeError>,
}

impl DecodeError {
    #[cold]
    #[inline(never)]
    pub(crate) fn new(kind: DecodeErrorKind, offset: usize, type_name: &'static str) -> Self {
        Self(Box::new(Details {
            kind,
            offset,
            type_name,
            #[cfg(feature = "reflect")]
            walked: None,
        }))
    }

    /// What is wrong.
    pub fn kind(&self) -> &DecodeErrorKind {
        &self.0.kind
    }

    /// Where the faulty piece begins, in bytes from the start of the input.
    pub fn offset(&self) -> usize {
        self.0.offset
    }

    /// The TL name of the innermost type or combinator that was being read, such as `messages.Messages`; empty if the
    /// value has no name.
    pub fn type_name(&self) -> &'static str {
        self.0.type_name
    }

    /// The way to the faulty piece: the outermost constructor or function, and then fields and positions in vectors, such as
    /// `messages.messagesSlice.messages[3].media`. Empty if it is not known: the fast decoder carries no path. Generated code
    /// that has the table of its schema (feature `reflect` of the runtime and of the generated crate) finds it by a second walk
    /// through the bytes, once they are refused.
    pub fn path(&self) -> &str {
        #[cfg(feature = "reflect")]
        if let Some(walked) = &self.0.walked {
            return walked.path();
        }
        ""
    }

    /// What the walk by the table says of the same bytes: the path, and the name of an id that is known from another place.
    /// Its offset can be later than [`offset`](Self::offset), since generated code reads arrays at once.
    #[cfg(feature = "reflect")]
    pub fn walked(&self) -> Option<&crate::reflect::DecodeError> {
        self.0.walked.as_ref()
    }

    /// Adds what the walk says, unless it speaks of another fault.
    #[cfg(feature = "reflect")]
    fn with_walked(mut self, walked: Option<crate::reflect::DecodeError>) -> Self {
        self.0.walked = walked.filter(|walked| walked.is_about(&self));
        self
    }

    /// Adds the path to an error of the type `T`.
    #[cfg(feature = "reflect")]
    #[cold]
    pub(crate) fn located_in<'a, T: crate::Decode<'a>>(self, bytes: &[u8], options: crate::ReadOptions) -> Self {
        let walked = T::IN_SCHEMA.explain(&self, bytes, options);
        self.with_walked(walked)
    }

    #[cfg(not(feature = "reflect"))]
    #[expect(clippy::extra_unused_type_parameters, reason = "callers are the same with and without the table")]
    #[inline(always)]
    pub(crate) fn located_in<'a, T: crate::Decode<'a>>(self, _bytes: &[u8], _options: crate::ReadOptions) -> Self {
        self
    }

    /// Adds the path to an error in what a call returns.
    #[cfg(feature = "reflect")]
    #[cold]
    pub(crate) fn located_in_output_of<F>(self, call: Option<&F>, bytes: &[u8], options: crate::ReadOptions) -> Self
    where
        F: crate::Combinator + crate::Encode + ?Sized,
    {
        let Some(table) = F::SCHEMA.table else { return self };
        let walked = match call.map(|call| call.to_bytes()) {
            Some(Ok(call)) => table.check_output(&call, bytes, options).err(),
            Some(Err(_)) => None,
            None => {
                table.combinator_called(F::ID, F::NAME).and_then(|it| table.check(it.result(), bytes, options).err())
            }
        };
        self.with_walked(walked)
    }

    #[cfg(not(feature = "reflect"))]
    #[inline(always)]
    pub(crate) fn located_in_output_of<F: ?Sized>(
        self,
        _call: Option<&F>,
        _bytes: &[u8],
        _options: crate::ReadOptions,
    ) -> Self {
        self
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        #[cfg(feature = "reflect")]
        if let Some(walked) = &self.0.walked {
            return fmt::Display::fmt(walked, formatter);
        }
        self.kind().write_fault(formatter)?;
        write!(formatter, " at byte {}", self.offset())?;
        if !self.type_name().is_empty() {
            write!(formatter, " while reading {}", self.type_name())?;
        }
        self.kind().write_explanation(formatter)
    }
}

impl core::error::Error for DecodeError {}

/// What can be wrong with the bytes of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// The input ends before the value does. The offset is where the piece begins that does not fit.
    UnexpectedEnd {
        /// Bytes that the piece takes, header and padding of a string included; `usize::MAX` if they cannot be counted.
        needed: usize,
        /// Bytes of the input that are left from the offset on.
        left: usize,
    },
    /// An id is none of those that the type allows. The offset is where the id begins.
    UnknownConstructor {
        /// The id in the input.
        found: u32,
        /// The ids that the type allows.
        expected: &'static [u32],
    },
    /// A `string` is not UTF-8. The offset is that of the first byte that is wrong.
    InvalidUtf8 {
        /// Bytes of the string before the first wrong one.
        valid_up_to: usize,
    },
    /// The padding of a string is not zero (strict readers only). The offset is that of the first byte that is not.
    NonZeroPadding,
    /// The length of a string has a longer form than it needs (strict readers only). The offset is where the string begins.
    NonCanonicalLength {
        /// The length in bytes.
        length: usize,
    },
    /// A string begins with 0xff, the mark of the length form of 56 bits, where neither the schema nor
    /// [`ReadOptions::long_strings`](crate::ReadOptions::long_strings) allows it. The offset is where the string begins.
    LongStringNotAllowed,
    /// A vector has a negative number of elements. The offset is that of the number.
    NegativeVectorLength {
        /// The number in the input.
        length: i32,
    },
    /// A vector has more elements than can follow. The offset is that of the number of elements.
    TooManyElements {
        /// The number in the input.
        length: usize,
        /// The largest number that could be right here.
        limit: usize,
    },
    /// Values of recursive types are nested deeper than [`ReadOptions::max_depth`](crate::ReadOptions::max_depth) allows.
    /// The offset is where the first value begins that is too deep.
    DepthLimit {
        /// The number of levels that is allowed.
        limit: u32,
    },
    /// The value takes more memory than [`ReadOptions::max_memory_ratio`](crate::ReadOptions::max_memory_ratio) allows.
    MemoryLimit {
        /// Bytes of memory for each byte of input.
        ratio: u32,
    },
    /// Flag bits that the schema does not use are set (strict readers only). The offset is that of the flags.
    UnknownFlags {
        /// The bits that are unknown, and only those.
        bits: u32,
    },
    /// Bytes follow the value (strict readers only). The offset is where they begin.
    TrailingBytes {
        /// How many they are.
        count: usize,
    },
}

impl DecodeErrorKind {
    /// The part of the message before the place.
    pub(crate) fn write_fault(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::UnexpectedEnd { .. } => formatter.write_str("unexpected end of input"),
            Self::UnknownConstructor { found, .. } => write!(formatter, "unknown constructor {found:#010x}"),
            Self::InvalidUtf8 { .. } => formatter.write_str("invalid UTF-8 in a string"),
            Self::NonZeroPadding => formatter.write_str("non-zero padding after a string"),
            Self::NonCanonicalLength { length } => {
                write!(formatter, "string length {length} in a longer form than it needs")
            }
            Self::LongStringNotAllowed => formatter.write_str("string length in the 56-bit form"),
            Self::NegativeVectorLength { length } => write!(formatter, "negative vector length {length}"),
            Self::TooManyElements { length, .. } => write!(formatter, "vector of {}", Count(length, "element")),
            Self::DepthLimit { .. } => formatter.write_str("nested too deeply"),
            Self::MemoryLimit { .. } => formatter.write_str("too much memory for so few bytes"),
            Self::UnknownFlags { bits } => write!(formatter, "unknown flag bits {bits:#010x}"),
            Self::TrailingBytes { count } => write!(formatter, "{} after the value", Count(count, "byte")),
        }
    }

    /// The part of the message after the place, with its semicolon; often nothing.
    pub(crate) fn write_explanation(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::UnexpectedEnd { needed: usize::MAX, left } => {
                write!(formatter, "; more bytes needed than can be counted, {left} left")
            }
            Self::UnexpectedEnd { needed, left } => {
                write!(formatter, "; {} needed, {left} left", Count(needed, "byte"))
            }
            Self::UnknownConstructor { expected, .. } => write_expected(expected, formatter),
            Self::InvalidUtf8 { valid_up_to } => {
                write!(formatter, "; {} of it valid before that", Count(valid_up_to, "byte"))
            }
            Self::LongStringNotAllowed => formatter.write_str("; the option `long_strings` would accept it"),
            Self::TooManyElements { limit, .. } => write!(formatter, "; at most {limit} possible here"),
            Self::DepthLimit { limit } => write!(formatter, "; the limit is {}", Count(limit as usize, "level")),
            Self::MemoryLimit { ratio } => {
                write!(formatter, "; the limit is {} for each byte of input", Count(ratio as usize, "byte"))
            }
            Self::NonZeroPadding
            | Self::NonCanonicalLength { .. }
            | Self::NegativeVectorLength { .. }
            | Self::UnknownFlags { .. }
            | Self::TrailingBytes { .. } => Ok(()),
        }
    }
}

impl fmt::Display for DecodeErrorKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_fault(formatter)?;
        self.write_explanation(formatter)
    }
}

fn write_expected(expected: &[u32], formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (index, id) in expected.iter().take(LISTED_IDS).enumerate() {
        let before = if index == 0 { "; expected " } else { ", " };
        write!(formatter, "{before}{id:#010x}")?;
    }
    match expected.len().saturating_sub(LISTED_IDS) {
        0 => Ok(()),
        more => write!(formatter, " and {more} more"),
    }
}

/// A number with its noun, in the plural where that is due.
struct Count(usize, &'static str);

impl fmt::Display for Count {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ending = if self.0 == 1 { "" } else { "s" };
        write!(formatter, "{} {}{ending}", self.0, self.1)
    }
}
