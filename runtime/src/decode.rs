//! The traits of values that can be read.

use crate::{DecodeError, ReadOptions, Reader};
use alloc::vec::Vec;

/// A value that can be read in its default form: boxed, that is with its id in front, where the type has an id, else the
/// only form that there is (`int`, `string`, …).
///
/// Constructors and functions get this trait from [`Combinator`](crate::Combinator) and [`DecodeBare`]. For the other
/// forms of a value see [`codec`](crate::codec).
pub trait Decode: Sized {
    /// Least number of bytes that a value takes. It bounds how many elements a vector can hold, so it must not be too
    /// great; 0 is right only for a type that can be empty on the wire.
    const MIN_LEN: usize;
    /// The ids that a value can begin with; none for a type whose values have no id, such as `int`.
    const IDS: &'static [u32] = &[];

    /// Reads one value.
    ///
    /// # Errors
    ///
    /// The bytes are none of this type. The reader is then somewhere inside the value and of no further use.
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError>;

    /// Reads a value from the start of `bytes`, leniently: bytes after it are ignored, see [`ReadOptions`].
    ///
    /// # Errors
    ///
    /// The bytes are none of this type.
    #[inline]
    fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        Self::from_bytes_with(bytes, ReadOptions::new())
    }

    /// The same as [`from_bytes`](Self::from_bytes) with other options.
    ///
    /// # Errors
    ///
    /// The bytes are none of this type, or the options refuse them.
    #[inline]
    fn from_bytes_with(bytes: &[u8], options: ReadOptions) -> Result<Self, DecodeError> {
        let mut reader = Reader::with_options(bytes, options);
        let value = match Self::decode(&mut reader) {
            Ok(value) => value,
            Err(error) => return Err(error.located_in::<Self>(bytes, options)),
        };
        match reader.finish() {
            Ok(()) => Ok(value),
            Err(error) => Err(error.located_in::<Self>(bytes, options)),
        }
    }

    /// Where the type stands in the table of its schema. Generated code says so if it has the table.
    #[cfg(feature = "reflect")]
    #[doc(hidden)]
    #[inline]
    fn reflected() -> Option<crate::reflect::Reflected> {
        None
    }

    /// Reads the elements of a vector whose `count` [`Reader::read_vector_len`] returned. Numbers do it in bulk.
    #[doc(hidden)]
    fn decode_vec(count: usize, reader: &mut Reader<'_>) -> Result<Vec<Self>, DecodeError> {
        let mut values = reader.new_vector::<Self>(count)?;
        for _ in 0..count {
            values.push(Self::decode(reader)?);
        }
        Ok(values)
    }
}

/// A combinator whose fields can be read without its id.
pub trait DecodeBare: Sized {
    /// Least number of bytes that the fields take together; see [`Decode::MIN_LEN`].
    const MIN_BARE_LEN: usize;

    /// Reads the fields.
    ///
    /// # Errors
    ///
    /// The bytes are not those of the fields. The reader is then somewhere inside them and of no further use.
    fn decode_bare(reader: &mut Reader<'_>) -> Result<Self, DecodeError>;
}
