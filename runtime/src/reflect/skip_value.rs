//! Going past values of generated types.

use super::record::Type;
use super::scope::OUTERMOST;
use super::table::Table;
use super::walk::Walk;
use crate::{Decode, DecodeError, ReadOptions, Reader};

/// A value that can be gone past without being built: every type of generated code, by the table of its schema.
///
/// The same bytes are refused as by decoding, with the same errors, except that nothing takes memory: limits of memory do not
/// apply. With [`ReadOptions::lossy_strings`] strings are not looked at, which saves about a third of the time.
///
/// A type that no table has, such as `Vec<T>`, is decoded and dropped.
///
/// ```
/// use typelang::Reader;
/// use typelang::reflect::Skip;
///
/// let mut reader = Reader::new(&[3, b'a', b'b', b'c', 5, 0, 0, 0]);
/// String::skip(&mut reader);
/// assert_eq!(reader.read_i32(), 5);
/// ```
pub trait Skip<'a>: Decode<'a> {
    /// Goes past one value. If the bytes are not one, the [`Reader`] remembers why.
    fn skip(reader: &mut Reader<'a>) {
        let skipped = Self::IN_SCHEMA.in_table().and_then(|(table, ty)| table.skip(ty, reader));
        match skipped {
            Some(length) => _ = reader.read_raw(length),
            // Decoding finds the reason, and leaves it with the reader.
            None => _ = Self::decode(reader),
        }
    }

    /// Returns how many bytes a value at the start of `bytes` takes.
    ///
    /// # Errors
    ///
    /// Returns an error if the bytes do not begin with a valid encoding of the type, or if the options refuse them.
    fn length_in(bytes: &'a [u8], options: ReadOptions) -> Result<usize, DecodeError> {
        let mut reader = Reader::with_options(bytes, options);
        Self::skip(&mut reader);
        match reader.take_error() {
            Ok(()) => Ok(reader.position()),
            Err(error) => Err(error.located_in::<Self>(bytes, options)),
        }
    }
}

impl<'a, T: Decode<'a>> Skip<'a> for T {}

impl<'t> Table<'t> {
    /// The length of a value that a reader comes to next, if it is one.
    fn skip(&self, ty: Type<'t>, reader: &Reader<'_>) -> Option<usize> {
        let mut walk = Walk::new(self, reader.remaining(), reader.options_here());
        walk.skip(ty.record, OUTERMOST).ok()?;
        Some(walk.reader.position())
    }
}
