//! The rest of an input as it is.

use alloc::vec::Vec;

use crate::{Decode, DecodeError, Encode, ReadOptions, Reader, Writer};

/// The rest of the input as it is: a value of a type that is not known, or is read later.
///
/// It reads everything up to the end of the input, or of the frame around it, so that it is the last thing in either: the call in
/// a wrapper (`InvokeWithLayer<Raw>`), the body of a message, the result of a request. [`RawRef`] borrows the bytes instead.
///
/// ```
/// use typelang::{Encode, Decode, Raw};
///
/// let raw = Raw::from_bytes(&[5, 0, 0, 0, 1, 2, 3, 4]).unwrap();
/// assert_eq!(raw.id(), Some(5));
/// assert_eq!(raw.read::<i32>().unwrap(), 5);
/// assert_eq!(raw.to_bytes().unwrap(), [5, 0, 0, 0, 1, 2, 3, 4]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Raw(
    /// The bytes.
    pub Vec<u8>,
);

/// The rest of the input as it is, borrowed; see [`Raw`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RawRef<'a>(
    /// The bytes.
    pub &'a [u8],
);

impl Raw {
    /// Returns the bytes of a value.
    ///
    /// # Errors
    ///
    /// Returns an error if the value cannot be encoded.
    pub fn of<T: Encode + ?Sized>(value: &T) -> Result<Self, crate::EncodeError> {
        value.to_bytes().map(Self)
    }

    /// Returns the word with which the bytes begin: the id of a boxed value.
    #[must_use]
    pub fn id(&self) -> Option<u32> {
        RawRef(&self.0).id()
    }

    /// Reads the bytes as a value, leniently; see [`ReadOptions`].
    ///
    /// # Errors
    ///
    /// Returns an error if the bytes are not a valid encoding of the type.
    pub fn read<'a, T: Decode<'a>>(&'a self) -> Result<T, DecodeError> {
        RawRef(&self.0).read()
    }

    /// Reads the bytes as a value with other options.
    ///
    /// # Errors
    ///
    /// Returns an error if the bytes are not a valid encoding of the type, or if the options refuse them.
    pub fn read_with<'a, T: Decode<'a>>(&'a self, options: ReadOptions) -> Result<T, DecodeError> {
        RawRef(&self.0).read_with(options)
    }
}

impl<'a> RawRef<'a> {
    /// Returns the word with which the bytes begin: the id of a boxed value.
    #[must_use]
    pub fn id(self) -> Option<u32> {
        self.0.first_chunk().copied().map(u32::from_le_bytes)
    }

    /// Reads the bytes as a value, leniently; see [`ReadOptions`].
    ///
    /// # Errors
    ///
    /// Returns an error if the bytes are not a valid encoding of the type.
    pub fn read<T: Decode<'a>>(self) -> Result<T, DecodeError> {
        T::from_bytes(self.0)
    }

    /// Reads the bytes as a value with other options.
    ///
    /// # Errors
    ///
    /// Returns an error if the bytes are not a valid encoding of the type, or if the options refuse them.
    pub fn read_with<T: Decode<'a>>(self, options: ReadOptions) -> Result<T, DecodeError> {
        T::from_bytes_with(self.0, options)
    }
}

impl AsRef<[u8]> for Raw {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl AsRef<[u8]> for RawRef<'_> {
    fn as_ref(&self) -> &[u8] {
        self.0
    }
}

impl Encode for Raw {
    fn encode(&self, writer: &mut Writer<'_>) {
        writer.write_raw(&self.0);
    }

    #[inline]
    fn may_be_empty() -> bool {
        true
    }
}

impl Encode for RawRef<'_> {
    fn encode(&self, writer: &mut Writer<'_>) {
        writer.write_raw(self.0);
    }

    #[inline]
    fn may_be_empty() -> bool {
        true
    }
}

impl<'a> Decode<'a> for Raw {
    const MIN_LEN: usize = 0;

    fn decode(reader: &mut Reader<'a>) -> Self {
        Self(RawRef::decode(reader).0.to_vec())
    }
}

impl<'a> Decode<'a> for RawRef<'a> {
    const MIN_LEN: usize = 0;

    fn decode(reader: &mut Reader<'a>) -> Self {
        Self(reader.read_raw(reader.remaining().len()))
    }
}
