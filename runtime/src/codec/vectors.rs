//! Forms of vectors, with and without a count, and of tuples.

use super::{DecodeAs, EncodeAs};
use crate::{DecodeError, DecodeErrorKind, Reader, VECTOR_ID, Writer};
use alloc::vec::Vec;

/// A boxed vector, `Vector`, whose elements have the form `C`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Vector<C>(pub C);

impl<T, C: EncodeAs<T>> EncodeAs<Vec<T>> for Vector<C> {
    #[inline]
    fn encoded_len_as(self, value: &Vec<T>) -> usize {
        4 + BareVector(self.0).encoded_len_as(value)
    }

    #[inline]
    fn encode_as(self, value: &Vec<T>, writer: &mut Writer<'_>) {
        writer.write_id(VECTOR_ID);
        BareVector(self.0).encode_as(value, writer);
    }
}

impl<T, C: DecodeAs<T>> DecodeAs<Vec<T>> for Vector<C> {
    #[inline]
    fn min_len(self) -> usize {
        8
    }

    #[inline]
    fn decode_as(self, reader: &mut Reader<'_>) -> Result<Vec<T>, DecodeError> {
        reader.read_vector_id()?;
        BareVector(self.0).decode_as(reader)
    }
}

/// A bare vector, `vector` or `%Vector`, whose elements have the form `C`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BareVector<C>(pub C);

impl<T, C: EncodeAs<T>> EncodeAs<Vec<T>> for BareVector<C> {
    #[inline]
    fn encoded_len_as(self, value: &Vec<T>) -> usize {
        4 + self.0.encoded_slice_len_as(value)
    }

    #[inline]
    fn encode_as(self, value: &Vec<T>, writer: &mut Writer<'_>) {
        writer.write_vector_len(value.len());
        self.0.encode_slice_as(value, writer);
    }
}

impl<T, C: DecodeAs<T>> DecodeAs<Vec<T>> for BareVector<C> {
    #[inline]
    fn min_len(self) -> usize {
        4
    }

    #[inline]
    fn decode_as(self, reader: &mut Reader<'_>) -> Result<Vec<T>, DecodeError> {
        let count = reader.read_vector_len(self.0.min_len())?;
        self.0.decode_vec_as(count, reader)
    }
}

/// A number of values that is said elsewhere: `tuple T n`, `n*[ T ]`. The elements have the form `element`.
///
/// A vector of another length cannot be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tuple<C> {
    /// The form of the elements.
    pub element: C,
    /// The number of elements.
    pub count: u32,
}

impl<C> Tuple<C> {
    /// The form of `count` elements of the form `element`.
    #[inline]
    #[must_use]
    pub const fn new(element: C, count: u32) -> Self {
        Self { element, count }
    }
}

impl<T, C: EncodeAs<T>> EncodeAs<Vec<T>> for Tuple<C> {
    #[inline]
    fn encoded_len_as(self, value: &Vec<T>) -> usize {
        self.element.encoded_slice_len_as(value)
    }

    #[inline]
    fn encode_as(self, value: &Vec<T>, writer: &mut Writer<'_>) {
        writer.check_count(self.count, value.len());
        self.element.encode_slice_as(value, writer);
    }
}

impl<T, C: DecodeAs<T>> DecodeAs<Vec<T>> for Tuple<C> {
    #[inline]
    fn min_len(self) -> usize {
        let count = usize::try_from(self.count).unwrap_or(usize::MAX);
        self.element.min_len().saturating_mul(count)
    }

    #[inline]
    fn decode_as(self, reader: &mut Reader<'_>) -> Result<Vec<T>, DecodeError> {
        let count = reader.check_count(self.count, self.element.min_len())?;
        self.element.decode_vec_as(count, reader)
    }
}

/// A constant number of values: `tuple T 3`, `3*[ T ]`. The elements have the form `C`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Array<C>(pub C);

impl<T, const N: usize, C: EncodeAs<T>> EncodeAs<[T; N]> for Array<C> {
    #[inline]
    fn encoded_len_as(self, value: &[T; N]) -> usize {
        self.0.encoded_slice_len_as(value)
    }

    #[inline]
    fn encode_as(self, value: &[T; N], writer: &mut Writer<'_>) {
        self.0.encode_slice_as(value, writer);
    }
}

impl<T, const N: usize, C: DecodeAs<T>> DecodeAs<[T; N]> for Array<C> {
    #[inline]
    fn min_len(self) -> usize {
        self.0.min_len().saturating_mul(N)
    }

    fn decode_as(self, reader: &mut Reader<'_>) -> Result<[T; N], DecodeError> {
        let needed = DecodeAs::<[T; N]>::min_len(self);
        let left = reader.remaining().len();
        let values = self.0.decode_vec_as(N, reader)?;
        // The vector always has `N` elements; an error says so if a form breaks that rule.
        values.try_into().map_err(|_| reader.error(DecodeErrorKind::UnexpectedEnd { needed, left }))
    }
}
