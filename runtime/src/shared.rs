//! Byte strings that share the memory of the input.

use crate::{Decode, Encode, ReadOptions, Reader, Writer};
use bytes::Bytes;

impl<'a> Reader<'a> {
    /// A reader of `input` with the given options. A [`Bytes`] that is read from it is a part of `input`, which is not copied and
    /// is kept as long as one of its parts is.
    ///
    /// ```
    /// use typelang::bytes::Bytes;
    /// use typelang::{ReadOptions, Reader};
    ///
    /// let input = Bytes::from_static(b"\x03abc");
    /// let content: Bytes = Reader::shared(&input, ReadOptions::new()).decode();
    /// assert_eq!(content.as_ptr(), input[1..].as_ptr());
    /// ```
    #[inline]
    pub fn shared(input: &'a Bytes, options: ReadOptions) -> Self {
        let mut reader = Self::with_options(input, options);
        reader.owner = Some(input);
        reader
    }

    /// Reads a `bytes` as a part of the input that [`shared`](Self::shared) was given; a reader of other input copies it.
    #[inline]
    pub fn read_shared(&mut self) -> Bytes {
        let content = self.read_bytes_borrowed();
        self.share(content)
    }

    /// The same as [`read_shared`](Self::read_shared) where the schema allows the length form of 56 bits.
    #[inline]
    pub fn read_long_shared(&mut self) -> Bytes {
        let content = self.read_long_bytes_borrowed();
        self.share(content)
    }

    /// `content` is a part of the input, or empty.
    fn share(&self, content: &[u8]) -> Bytes {
        match self.owner {
            Some(owner) => owner.slice_ref(content),
            None => Bytes::copy_from_slice(content),
        }
    }
}

impl Encode for Bytes {
    #[inline]
    fn encode(&self, writer: &mut Writer<'_>) {
        writer.write_bytes(self);
    }
}

impl Decode<'_> for Bytes {
    const MIN_LEN: usize = 4;

    #[inline]
    fn decode(reader: &mut Reader<'_>) -> Self {
        reader.read_shared()
    }
}
