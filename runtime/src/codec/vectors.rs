//! Forms of vectors, with and without a count, and of tuples.

use super::{DecodeAs, EncodeAs};
use crate::{Reader, VECTOR_ID, Writer};
use alloc::vec::Vec;

/// Counts elements that may take no bytes, as a reader counts them. For all others, this is nothing.
#[inline]
fn count_empty<T, C: EncodeAs<T>>(form: C, elements: &[T], writer: &mut Writer<'_>) {
    if form.may_be_empty() {
        writer.count_empty(elements.len());
    }
}

/// A boxed vector, `Vector`, whose elements have the form `C`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Vector<C>(pub C);

impl<T, C: EncodeAs<T>> EncodeAs<Vec<T>> for Vector<C> {
    #[inline]
    fn encode_as(self, value: &Vec<T>, writer: &mut Writer<'_>) {
        writer.write_vector_len_after(Some(VECTOR_ID), value.len());
        count_empty(self.0, value, writer);
        self.0.encode_slice_as(value, writer);
    }
}

impl<'a, T, C: DecodeAs<'a, T>> DecodeAs<'a, Vec<T>> for Vector<C> {
    #[inline]
    fn min_len(self) -> usize {
        8
    }

    #[inline]
    fn decode_as(self, reader: &mut Reader<'a>) -> Vec<T> {
        reader.read_vector_id();
        BareVector(self.0).decode_as(reader)
    }
}

/// A bare vector, `vector` or `%Vector`, whose elements have the form `C`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BareVector<C>(pub C);

impl<T, C: EncodeAs<T>> EncodeAs<Vec<T>> for BareVector<C> {
    #[inline]
    fn encode_as(self, value: &Vec<T>, writer: &mut Writer<'_>) {
        writer.write_vector_len(value.len());
        count_empty(self.0, value, writer);
        self.0.encode_slice_as(value, writer);
    }
}

impl<'a, T, C: DecodeAs<'a, T>> DecodeAs<'a, Vec<T>> for BareVector<C> {
    #[inline]
    fn min_len(self) -> usize {
        4
    }

    #[inline]
    fn decode_as(self, reader: &mut Reader<'a>) -> Vec<T> {
        let count = reader.read_vector_len(self.0.min_len());
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
    fn encode_as(self, value: &Vec<T>, writer: &mut Writer<'_>) {
        writer.check_count(self.count, value.len());
        count_empty(self.element, value, writer);
        self.element.encode_slice_as(value, writer);
    }

    #[inline]
    fn may_be_empty(self) -> bool {
        self.count == 0 || self.element.may_be_empty()
    }
}

impl<'a, T, C: DecodeAs<'a, T>> DecodeAs<'a, Vec<T>> for Tuple<C> {
    #[inline]
    fn min_len(self) -> usize {
        let count = usize::try_from(self.count).unwrap_or(usize::MAX);
        self.element.min_len().saturating_mul(count)
    }

    #[inline]
    fn decode_as(self, reader: &mut Reader<'a>) -> Vec<T> {
        let count = reader.check_count(self.count, self.element.min_len());
        self.element.decode_vec_as(count, reader)
    }
}

/// A constant number of values: `tuple T 3`, `3*[ T ]`. The elements have the form `C`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Array<C>(pub C);

impl<T, const N: usize, C: EncodeAs<T>> EncodeAs<[T; N]> for Array<C> {
    #[inline]
    fn encode_as(self, value: &[T; N], writer: &mut Writer<'_>) {
        count_empty(self.0, value, writer);
        self.0.encode_slice_as(value, writer);
    }

    #[inline]
    fn may_be_empty(self) -> bool {
        N == 0 || self.0.may_be_empty()
    }
}

impl<'a, T, const N: usize, C: DecodeAs<'a, T>> DecodeAs<'a, [T; N]> for Array<C> {
    #[inline]
    fn min_len(self) -> usize {
        self.0.min_len().saturating_mul(N)
    }

    #[inline]
    fn decode_as(self, reader: &mut Reader<'a>) -> [T; N] {
        reader.check_count(const { N as u32 }, self.0.min_len());
        core::array::from_fn(|_| self.0.decode_as(reader))
    }
}
