//! What a reader accepts and what a writer may write.

/// Depth of recursive types that readers accept and writers write unless told otherwise, see [`ReadOptions::max_depth`] and
/// [`WriteOptions::max_depth`].
pub const DEFAULT_MAX_DEPTH: u32 = 128;

/// Bytes of memory for each byte of input unless told otherwise, see [`ReadOptions::max_memory_ratio`].
pub const DEFAULT_MAX_MEMORY_RATIO: u32 = 30;

/// What a [`Reader`](crate::Reader) accepts.
///
/// Other implementations send bytes that this crate would never write and that nevertheless have one clear meaning. The
/// default is lenient and accepts them; [`ReadOptions::strict`] accepts only what this crate writes. The difference is
/// exactly this:
///
/// | in the input | default | strict |
/// |---|---|---|
/// | padding after a string that is not zero | ignored | [`NonZeroPadding`] |
/// | a string length in a longer form than it needs | accepted | [`NonCanonicalLength`] |
/// | flag bits that the schema does not use | dropped | [`UnknownFlags`] |
/// | bytes after the value (seen by `from_bytes` and [`Reader::finish`]) | ignored | [`TrailingBytes`] |
///
/// Everything else is the same in both: a `string` must be UTF-8 unless [`lossy_strings`](Self::lossy_strings) is set,
/// and a string whose padding is missing is cut off.
///
/// ```
/// use typelang::{Decode, ReadOptions};
///
/// let padded_with_garbage = [1, b'a', 7, 7];
/// assert_eq!(String::from_bytes(&padded_with_garbage).unwrap(), "a");
/// assert!(String::from_bytes_with(&padded_with_garbage, ReadOptions::strict()).is_err());
/// ```
///
/// [`NonZeroPadding`]: crate::DecodeErrorKind::NonZeroPadding
/// [`NonCanonicalLength`]: crate::DecodeErrorKind::NonCanonicalLength
/// [`UnknownFlags`]: crate::DecodeErrorKind::UnknownFlags
/// [`TrailingBytes`]: crate::DecodeErrorKind::TrailingBytes
/// [`Reader::finish`]: crate::Reader::finish
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ReadOptions {
    /// Whether bytes that this crate would not write are errors; set by [`ReadOptions::strict`].
    pub strict: bool,
    /// Whether a `string` that is not UTF-8 is repaired instead of refused.
    pub lossy_strings: bool,
    /// Whether the length form of 56 bits is accepted where the schema does not ask for it.
    pub long_strings: bool,
    /// How many values of recursive types may contain one another.
    pub max_depth: u32,
    /// How many bytes of memory vectors and pointers may take for each byte of the input.
    pub max_memory_ratio: u32,
}

impl ReadOptions {
    /// The lenient default.
    pub const fn new() -> Self {
        Self {
            strict: false,
            lossy_strings: false,
            long_strings: false,
            max_depth: DEFAULT_MAX_DEPTH,
            max_memory_ratio: DEFAULT_MAX_MEMORY_RATIO,
        }
    }

    /// Options that accept only what this crate would write, as the table above says.
    pub const fn strict() -> Self {
        Self { strict: true, ..Self::new() }
    }

    /// Sets whether each malformed part of a `string` becomes U+FFFD instead of an error.
    pub const fn lossy_strings(self, lossy_strings: bool) -> Self {
        Self { lossy_strings, ..self }
    }

    /// Sets whether the length form that begins with 0xff and has 56 bits is accepted for every string. TDLib, TON and VK
    /// use it; Telegram's own documentation knows only the shorter forms.
    pub const fn long_strings(self, long_strings: bool) -> Self {
        Self { long_strings, ..self }
    }

    /// Sets how many values of recursive types may contain one another; a value that is nested deeper is an error. Types
    /// that cannot contain themselves are not counted, unless they take much of the stack. Each level takes a piece of the
    /// stack, so a number of several thousands needs a thread with a larger one. A value that takes more of the stack than a
    /// level may, since its type has hundreds of fields, counts as several levels:
    /// [`DecodeBare::LEVELS`](crate::DecodeBare::LEVELS).
    pub const fn max_depth(self, max_depth: u32) -> Self {
        Self { max_depth, ..self }
    }

    /// Sets how many bytes of memory vectors and pointers may take for each byte of the input, 64 KiB in any case; what takes
    /// more is an error. Strings come on top, byte by byte. Real messages stay far below the default: what exceeds it is a
    /// long vector of large objects all of whose fields are absent.
    pub const fn max_memory_ratio(self, max_memory_ratio: u32) -> Self {
        Self { max_memory_ratio, ..self }
    }
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self::new()
    }
}

/// What a [`Writer`](crate::Writer) may write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct WriteOptions {
    /// Whether strings of 2^24 bytes and more are written in the length form of 56 bits instead of refused.
    pub long_strings: bool,
    /// How many values of recursive types may contain one another.
    pub max_depth: u32,
}

impl WriteOptions {
    /// The default: what every implementation understands.
    pub const fn new() -> Self {
        Self { long_strings: false, max_depth: DEFAULT_MAX_DEPTH }
    }

    /// Sets whether strings of 2^24 bytes and more are written in the length form of 56 bits instead of refused.
    pub const fn long_strings(self, long_strings: bool) -> Self {
        Self { long_strings, ..self }
    }

    /// Sets how many values of recursive types may contain one another, counted as [`ReadOptions::max_depth`] does; a value that
    /// is nested deeper is an error. By default it is what readers accept by default, so that what is written can be read.
    pub const fn max_depth(self, max_depth: u32) -> Self {
        Self { max_depth, ..self }
    }
}

impl Default for WriteOptions {
    fn default() -> Self {
        Self::new()
    }
}
