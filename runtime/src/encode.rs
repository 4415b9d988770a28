//! The traits of values that can be written.

use crate::{EncodeError, WriteOptions, Writer};
use alloc::vec::Vec;

/// A value that can be written in its default form: boxed, that is with its id in front, where the type has an id, else
/// the only form that there is (`int`, `string`, …).
///
/// Constructors and functions get this trait from [`Combinator`](crate::Combinator) and [`EncodeBare`]. For the other
/// forms of a value see [`codec`](crate::codec).
pub trait Encode {
    /// Writes the value. What cannot be written is remembered by the writer and reported by [`Writer::finish`].
    fn encode(&self, writer: &mut Writer<'_>);

    /// The number of bytes that the value takes. It costs as much as writing them, since that is how it is found; what cannot be
    /// written does not count. To write a length in front of a value, see [`Writer::write_frame`].
    #[must_use]
    fn encoded_len(&self) -> usize {
        let mut out = Vec::new();
        let mut writer = Writer::new(&mut out);
        self.encode(&mut writer);
        writer.position()
    }

    /// The bytes of the value.
    ///
    /// # Errors
    ///
    /// A string or a vector in the value is too long for the wire format.
    #[inline]
    fn to_bytes(&self) -> Result<Vec<u8>, EncodeError> {
        self.to_bytes_with(WriteOptions::new())
    }

    /// The same as [`to_bytes`](Self::to_bytes) with other options.
    ///
    /// # Errors
    ///
    /// A string or a vector in the value is longer than the wire format and the options allow.
    #[inline]
    fn to_bytes_with(&self, options: WriteOptions) -> Result<Vec<u8>, EncodeError> {
        let mut out = Vec::new();
        self.append_to_with(&mut out, options)?;
        Ok(out)
    }

    /// Writes the bytes of the value after those that `out` holds. On an error `out` holds what it held before.
    ///
    /// # Errors
    ///
    /// A string or a vector in the value is too long for the wire format.
    #[inline]
    fn append_to(&self, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        self.append_to_with(out, WriteOptions::new())
    }

    /// The same as [`append_to`](Self::append_to) with other options.
    ///
    /// # Errors
    ///
    /// A string or a vector in the value is longer than the wire format and the options allow.
    fn append_to_with(&self, out: &mut Vec<u8>, options: WriteOptions) -> Result<(), EncodeError> {
        let mut writer = Writer::with_options(out, options);
        self.encode(&mut writer);
        writer.finish()
    }

    /// Returns whether a value may take no bytes, so that nothing in an input bounds how many of them there are; as
    /// [`Decode::MIN_LEN`](crate::Decode::MIN_LEN), which is 0 then.
    /// Such values are counted where a vector contains them: no more are written than can be read.
    #[inline]
    fn may_be_empty() -> bool
    where
        Self: Sized,
    {
        false
    }

    /// Writes the elements of a vector, without id and count. Numbers do it in bulk.
    #[doc(hidden)]
    #[inline]
    fn encode_slice(values: &[Self], writer: &mut Writer<'_>)
    where
        Self: Sized,
    {
        writer.write_elements(values, |writer, value| value.encode(writer));
    }
}

/// A combinator whose fields can be written without its id.
pub trait EncodeBare {
    /// Writes the id, which only a boxed value has, and then the fields. The id is written here since that takes less time together
    /// with the first fields. What cannot be written is remembered by the writer and reported by [`Writer::finish`].
    fn encode_fields(&self, id: Option<u32>, writer: &mut Writer<'_>);

    /// Writes the combinator without its id. What cannot be written is remembered by the writer and reported by
    /// [`Writer::finish`].
    #[inline]
    fn encode_bare(&self, writer: &mut Writer<'_>) {
        self.encode_fields(None, writer);
    }

    /// Returns whether the fields may take no bytes; as [`Encode::may_be_empty`].
    #[inline]
    fn may_be_empty_bare() -> bool
    where
        Self: Sized,
    {
        false
    }
}
