//! The forms of a value on the wire.
//!
//! [`Encode`] and [`Decode`] know one form of each type, the default. A schema can ask for another: `%Message` is a
//! message without its id, `vector<%Message>` a vector without its id of such messages. Each form is a small value: that of
//! a vector holds the form of its elements, that of a tuple its length as well. Types with parameters have forms of their own
//! in generated code, which hold the forms of their type arguments and the values of their natural arguments.
//!
//! | in the schema | form |
//! |---|---|
//! | `T`, `int`, `string`, `Vector T`, … | [`Boxed`], the default |
//! | `%T`, `t` | [`Bare`] |
//! | `Vector %T` | [`Vector<Bare>`](Vector) |
//! | `vector T` | [`BareVector<Boxed>`](BareVector) |
//! | `vector %T` | [`BareVector<Bare>`](BareVector) |
//! | `tuple T n`, `n*[ T ]` | [`Tuple<Boxed>`](Tuple) for a `Vec`, [`Array<Boxed>`](Array) for an array |
//! | `Tuple T n`, `Int`, … | [`Identified`], the id and then another form |
//! | a large type argument, which is behind a pointer | [`OnHeap`] |
//!
//! ```
//! use typelang::codec::{BareVector, Boxed, DecodeAs, EncodeAs};
//! use typelang::{Reader, Writer};
//!
//! let ids = vec![7_i64, 8];
//! let mut out = Vec::new();
//! let mut writer = Writer::new(&mut out);
//! BareVector(Boxed).encode_as(&ids, &mut writer);
//! writer.finish().unwrap();
//! assert_eq!(out.len(), 4 + 8 + 8);
//!
//! let read: Vec<i64> = BareVector(Boxed).decode_as(&mut Reader::new(&out));
//! assert_eq!(read, ids);
//! ```

mod strings;
mod vectors;

use crate::{Decode, DecodeBare, Encode, EncodeBare, Reader, Writer};
use alloc::boxed::Box;
use alloc::vec::Vec;

#[cfg(feature = "bytes")]
pub use strings::LongSharedBytes;
pub use strings::{BorrowedBytes, BorrowedText, Bytes, LongBorrowedBytes, LongBorrowedText, LongBytes, LongText, Text};
pub use vectors::{Array, BareVector, Tuple, Vector};

/// A form in which values of type `T` can be written.
pub trait EncodeAs<T: ?Sized>: Copy {
    /// Writes the value in this form. What cannot be written is remembered by the writer.
    fn encode_as(self, value: &T, writer: &mut Writer<'_>);

    /// Returns whether a value may take no bytes in this form; as [`DecodeAs::min_len`], which is 0 then.
    #[inline]
    fn may_be_empty(self) -> bool
    where
        T: Sized,
    {
        false
    }

    /// Writes the elements of a vector, without id and count.
    #[doc(hidden)]
    #[inline]
    fn encode_slice_as(self, values: &[T], writer: &mut Writer<'_>)
    where
        T: Sized,
    {
        writer.write_elements(values, |writer, value| self.encode_as(value, writer));
    }
}

/// A form in which values of type `T` can be read from an input of the lifetime `'a`.
pub trait DecodeAs<'a, T>: Copy {
    /// Least number of bytes that a value takes in this form; see [`Decode::MIN_LEN`]. A form that knows how many elements
    /// there are counts them in.
    fn min_len(self) -> usize;

    /// Reads one value in this form. If the bytes are none, the [`Reader`] remembers why, and the value that is returned means
    /// nothing.
    fn decode_as(self, reader: &mut Reader<'a>) -> T;

    /// Reads the elements of a vector whose `count` [`Reader::read_vector_len`] returned.
    #[doc(hidden)]
    fn decode_vec_as(self, count: usize, reader: &mut Reader<'a>) -> Vec<T> {
        reader.read_elements(count, |reader| self.decode_as(reader))
    }
}

/// The default form, the one of [`Encode`] and [`Decode`]: with the id where there is one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Boxed;

impl<T: Encode + ?Sized> EncodeAs<T> for Boxed {
    #[inline]
    fn encode_as(self, value: &T, writer: &mut Writer<'_>) {
        value.encode(writer);
    }

    #[inline]
    fn may_be_empty(self) -> bool
    where
        T: Sized,
    {
        T::may_be_empty()
    }

    #[inline]
    fn encode_slice_as(self, values: &[T], writer: &mut Writer<'_>)
    where
        T: Sized,
    {
        T::encode_slice(values, writer);
    }
}

impl<'a, T: Decode<'a>> DecodeAs<'a, T> for Boxed {
    #[inline]
    fn min_len(self) -> usize {
        T::MIN_LEN
    }

    #[inline]
    fn decode_as(self, reader: &mut Reader<'a>) -> T {
        T::decode(reader)
    }

    #[inline]
    fn decode_vec_as(self, count: usize, reader: &mut Reader<'a>) -> Vec<T> {
        T::decode_vec(count, reader)
    }
}

/// The fields of a combinator without its id.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bare;

impl<T: EncodeBare + ?Sized> EncodeAs<T> for Bare {
    #[inline]
    fn encode_as(self, value: &T, writer: &mut Writer<'_>) {
        value.encode_bare(writer);
    }

    #[inline]
    fn may_be_empty(self) -> bool
    where
        T: Sized,
    {
        T::may_be_empty_bare()
    }
}

impl<'a, T: DecodeBare<'a>> DecodeAs<'a, T> for Bare {
    #[inline]
    fn min_len(self) -> usize {
        T::MIN_BARE_LEN
    }

    #[inline]
    fn decode_as(self, reader: &mut Reader<'a>) -> T {
        reader.decode_bare()
    }
}

/// The form `C` of a value behind a pointer: a type argument that is large.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OnHeap<C>(pub C);

impl<T, C: EncodeAs<T>> EncodeAs<Box<T>> for OnHeap<C> {
    #[inline]
    fn encode_as(self, value: &Box<T>, writer: &mut Writer<'_>) {
        self.0.encode_as(value, writer);
    }

    #[inline]
    fn may_be_empty(self) -> bool {
        EncodeAs::<T>::may_be_empty(self.0)
    }
}

impl<'a, T, C: DecodeAs<'a, T>> DecodeAs<'a, Box<T>> for OnHeap<C> {
    #[inline]
    fn min_len(self) -> usize {
        self.0.min_len()
    }

    #[inline]
    fn decode_as(self, reader: &mut Reader<'a>) -> Box<T> {
        reader.boxed(|reader| self.0.decode_as(reader))
    }
}

/// An id, and then the value in the form `C`: `Tuple int 3`, `Int`, or a boxed type with parameters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Identified<const ID: u32, C>(pub C);

impl<const ID: u32, T: ?Sized, C: EncodeAs<T>> EncodeAs<T> for Identified<ID, C> {
    #[inline]
    fn encode_as(self, value: &T, writer: &mut Writer<'_>) {
        writer.write_id(ID);
        self.0.encode_as(value, writer);
    }
}

impl<'a, const ID: u32, T, C: DecodeAs<'a, T>> DecodeAs<'a, T> for Identified<ID, C> {
    #[inline]
    fn min_len(self) -> usize {
        self.0.min_len().saturating_add(4)
    }

    #[inline]
    fn decode_as(self, reader: &mut Reader<'a>) -> T {
        reader.expect_identifier(ID, const { &[ID] });
        self.0.decode_as(reader)
    }
}
