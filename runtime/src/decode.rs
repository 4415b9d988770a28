//! The traits of values that can be read.

#[cfg(doc)]
use crate::InSchema;
use crate::{DecodeError, Named, ReadOptions, Reader, SchemaPlace};
use alloc::vec::Vec;

/// A value that can be read in its default form: boxed, that is with its id in front, where the type has an id, else the
/// only form that there is (`int`, `string`, …).
///
/// `'a` is the lifetime of the input, which a value may borrow from. Most values do not and implement the trait for every
/// lifetime; code that is generic over such values asks for [`DecodeOwned`].
///
/// Constructors and functions get this trait from [`Combinator`](crate::Combinator) and [`DecodeBare`]. For the other
/// forms of a value see [`codec`](crate::codec).
pub trait Decode<'a>: Sized {
    /// Least number of bytes that a value takes. It bounds how many elements a vector can hold, so it must not be too
    /// great; 0 is right only for a type that can be empty on the wire.
    const MIN_LEN: usize;
    /// The ids that a value can begin with; none for a type whose values have no id, such as `int`.
    const IDS: &'static [u32] = &[];
    /// The place of the type in its schema, for errors that name the path to a fault. Types that are [`InSchema`] have it.
    const IN_SCHEMA: SchemaPlace = SchemaPlace::UNKNOWN;

    /// Reads one value. If the bytes are none of this type, the [`Reader`] remembers why, and the value that is returned means
    /// nothing.
    fn decode(reader: &mut Reader<'a>) -> Self;

    /// Reads a value from the start of `bytes`, leniently: bytes after it are ignored, see [`ReadOptions`].
    ///
    /// # Errors
    ///
    /// The bytes are none of this type.
    #[inline]
    fn from_bytes(bytes: &'a [u8]) -> Result<Self, DecodeError> {
        Self::from_bytes_with(bytes, ReadOptions::new())
    }

    /// The same as [`from_bytes`](Self::from_bytes) with other options.
    ///
    /// # Errors
    ///
    /// The bytes are none of this type, or the options refuse them.
    #[inline]
    fn from_bytes_with(bytes: &'a [u8], options: ReadOptions) -> Result<Self, DecodeError> {
        let result = Reader::with_options(bytes, options).read_whole(Self::decode);
        result.map_err(|error| error.located_in::<Self>(bytes, options))
    }

    /// The same as [`from_bytes_with`](Self::from_bytes_with) for input that byte strings of the value can share; see
    /// [`Reader::shared`].
    ///
    /// # Errors
    ///
    /// The bytes are none of this type, or the options refuse them.
    #[cfg(feature = "bytes")]
    #[inline]
    fn from_shared(input: &'a bytes::Bytes, options: ReadOptions) -> Result<Self, DecodeError> {
        let mut reader = Reader::shared(input, options);
        let value = Self::decode(&mut reader);
        match reader.finish() {
            Ok(()) => Ok(value),
            Err(error) => Err(error.located_in::<Self>(input, options)),
        }
    }

    /// Reads the elements of a vector whose `count` [`Reader::read_vector_len`] returned. Numbers do it in bulk.
    #[doc(hidden)]
    fn decode_vec(count: usize, reader: &mut Reader<'a>) -> Vec<Self> {
        reader.read_elements(count, Self::decode)
    }
}

/// A value that borrows nothing from the bytes it is read from.
///
/// ```
/// use typelang::{DecodeError, DecodeOwned};
///
/// fn read_file<T: DecodeOwned>(path: &str) -> Result<T, Box<dyn std::error::Error>> {
///     Ok(T::from_bytes(&std::fs::read(path)?)?)
/// }
/// ```
pub trait DecodeOwned: for<'a> Decode<'a> {}

impl<T: for<'a> Decode<'a>> DecodeOwned for T {}

/// A combinator whose fields can be read without its id.
pub trait DecodeBare<'a>: Named + Sized {
    /// Least number of bytes that the fields take together; see [`Decode::MIN_LEN`].
    const MIN_BARE_LEN: usize;
    /// How many levels of depth a value counts as; see [`ReadOptions::max_depth`]. 0 for a type whose values cannot contain one
    /// another, unless reading them takes so much of the stack that they have to be counted all the same. More than 1 if reading a
    /// value takes more of the stack than a level may.
    const LEVELS: u32 = 0;

    /// Reads the fields. Called by [`Reader::decode_bare`] alone, which tells the reader where it is.
    fn decode_fields(reader: &mut Reader<'a>) -> Self;

    /// Reads the combinator without its id. If the bytes are not those of the fields, the [`Reader`] remembers why, and the value
    /// that is returned means nothing.
    #[inline]
    fn decode_bare(reader: &mut Reader<'a>) -> Self {
        reader.decode_bare()
    }
}
