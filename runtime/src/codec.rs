//! The forms of a value on the wire.
//!
//! [`Encode`] and [`Decode`] know one form of each type, the default. A schema can ask for another: `%Message` is a
//! message without its id, `vector<%Message>` a vector without its id of such messages. Each form is a type of this module
//! that is never built, only named; forms of vectors are made of the form of their elements.
//!
//! | in the schema | form |
//! |---|---|
//! | `T`, `int`, `string`, `Vector T`, … | [`Boxed`], the default |
//! | `%T`, `t` | [`Bare`] |
//! | `Vector %T` | [`Vector<Bare>`](Vector) |
//! | `vector T` | [`BareVector<Boxed>`](BareVector) |
//! | `vector %T` | [`BareVector<Bare>`](BareVector) |
//!
//! ```
//! use tl_runtime::codec::{BareVector, Boxed, DecodeAs, EncodeAs};
//! use tl_runtime::{Reader, Writer};
//!
//! let ids = vec![7_i64, 8];
//! let mut out = Vec::with_capacity(BareVector::<Boxed>::encoded_len_as(&ids));
//! let mut writer = Writer::new(&mut out);
//! BareVector::<Boxed>::encode_as(&ids, &mut writer);
//! writer.finish().unwrap();
//! assert_eq!(out.len(), 4 + 8 + 8);
//!
//! let read: Vec<i64> = BareVector::<Boxed>::decode_as(&mut Reader::new(&out)).unwrap();
//! assert_eq!(read, ids);
//! ```

use crate::{Decode, DecodeBare, DecodeError, Encode, EncodeBare, Reader, VECTOR_ID, Writer, bytes_len};
use alloc::string::String;
use alloc::vec::Vec;
use core::marker::PhantomData;

/// A form in which values of type `T` can be written.
pub trait EncodeAs<T: ?Sized> {
    /// Exact number of bytes that [`encode_as`](Self::encode_as) writes.
    fn encoded_len_as(value: &T) -> usize;

    /// Writes the value in this form. What cannot be written is remembered by the writer.
    fn encode_as(value: &T, writer: &mut Writer<'_>);

    /// Number of bytes that [`encode_slice_as`](Self::encode_slice_as) writes.
    #[doc(hidden)]
    #[inline]
    fn encoded_slice_len_as(values: &[T]) -> usize
    where
        T: Sized,
    {
        values.iter().map(Self::encoded_len_as).sum()
    }

    /// Writes the elements of a vector, without id and count.
    #[doc(hidden)]
    #[inline]
    fn encode_slice_as(values: &[T], writer: &mut Writer<'_>)
    where
        T: Sized,
    {
        for value in values {
            Self::encode_as(value, writer);
        }
    }
}

/// A form in which values of type `T` can be read.
pub trait DecodeAs<T> {
    /// Least number of bytes that a value takes in this form; see [`Decode::MIN_LEN`].
    const MIN_LEN: usize;

    /// Reads one value in this form.
    ///
    /// # Errors
    ///
    /// The bytes are none of this type in this form.
    fn decode_as(reader: &mut Reader<'_>) -> Result<T, DecodeError>;

    /// Reads the elements of a vector whose `count` [`Reader::read_vector_len`] returned.
    #[doc(hidden)]
    fn decode_vec_as(count: usize, reader: &mut Reader<'_>) -> Result<Vec<T>, DecodeError> {
        let mut values = Vec::with_capacity(reader.initial_capacity::<T>(count));
        for _ in 0..count {
            values.push(Self::decode_as(reader)?);
        }
        Ok(values)
    }
}

/// The default form, the one of [`Encode`] and [`Decode`]: with the id where there is one.
#[derive(Debug)]
pub enum Boxed {}

impl<T: Encode + ?Sized> EncodeAs<T> for Boxed {
    #[inline]
    fn encoded_len_as(value: &T) -> usize {
        value.encoded_len()
    }

    #[inline]
    fn encode_as(value: &T, writer: &mut Writer<'_>) {
        value.encode(writer);
    }

    #[inline]
    fn encoded_slice_len_as(values: &[T]) -> usize
    where
        T: Sized,
    {
        T::encoded_slice_len(values)
    }

    #[inline]
    fn encode_slice_as(values: &[T], writer: &mut Writer<'_>)
    where
        T: Sized,
    {
        T::encode_slice(values, writer);
    }
}

impl<T: Decode> DecodeAs<T> for Boxed {
    const MIN_LEN: usize = T::MIN_LEN;

    #[inline]
    fn decode_as(reader: &mut Reader<'_>) -> Result<T, DecodeError> {
        T::decode(reader)
    }

    #[inline]
    fn decode_vec_as(count: usize, reader: &mut Reader<'_>) -> Result<Vec<T>, DecodeError> {
        T::decode_vec(count, reader)
    }
}

/// The fields of a combinator without its id.
#[derive(Debug)]
pub enum Bare {}

impl<T: EncodeBare + ?Sized> EncodeAs<T> for Bare {
    #[inline]
    fn encoded_len_as(value: &T) -> usize {
        value.bare_len()
    }

    #[inline]
    fn encode_as(value: &T, writer: &mut Writer<'_>) {
        value.encode_bare(writer);
    }
}

impl<T: DecodeBare> DecodeAs<T> for Bare {
    const MIN_LEN: usize = T::MIN_BARE_LEN;

    #[inline]
    fn decode_as(reader: &mut Reader<'_>) -> Result<T, DecodeError> {
        T::decode_bare(reader)
    }
}

/// A boxed vector, `Vector`, whose elements have the form `C`.
#[derive(Debug)]
pub struct Vector<C>(PhantomData<C>);

impl<T, C: EncodeAs<T>> EncodeAs<Vec<T>> for Vector<C> {
    #[inline]
    fn encoded_len_as(value: &Vec<T>) -> usize {
        4 + BareVector::<C>::encoded_len_as(value)
    }

    #[inline]
    fn encode_as(value: &Vec<T>, writer: &mut Writer<'_>) {
        writer.write_id(VECTOR_ID);
        BareVector::<C>::encode_as(value, writer);
    }
}

impl<T, C: DecodeAs<T>> DecodeAs<Vec<T>> for Vector<C> {
    const MIN_LEN: usize = 8;

    #[inline]
    fn decode_as(reader: &mut Reader<'_>) -> Result<Vec<T>, DecodeError> {
        reader.read_vector_id()?;
        BareVector::<C>::decode_as(reader)
    }
}

/// A bare vector, `vector` or `%Vector`, whose elements have the form `C`.
#[derive(Debug)]
pub struct BareVector<C>(PhantomData<C>);

impl<T, C: EncodeAs<T>> EncodeAs<Vec<T>> for BareVector<C> {
    #[inline]
    fn encoded_len_as(value: &Vec<T>) -> usize {
        4 + C::encoded_slice_len_as(value)
    }

    #[inline]
    fn encode_as(value: &Vec<T>, writer: &mut Writer<'_>) {
        writer.write_vector_len(value.len());
        C::encode_slice_as(value, writer);
    }
}

impl<T, C: DecodeAs<T>> DecodeAs<Vec<T>> for BareVector<C> {
    const MIN_LEN: usize = 4;

    #[inline]
    fn decode_as(reader: &mut Reader<'_>) -> Result<Vec<T>, DecodeError> {
        let count = reader.read_vector_len(C::MIN_LEN)?;
        C::decode_vec_as(count, reader)
    }
}

/// Declares the form of a string or byte string; `$borrowed` and `$owned` are what a Rust type for it converts to and from.
macro_rules! string_form {
    ($(#[$documentation:meta])* $name:ident, $borrowed:ty, $owned:ty, $write:ident, $read:ident) => {
        $(#[$documentation])*
        #[derive(Debug)]
        pub enum $name {}

        impl<T: AsRef<$borrowed> + ?Sized> EncodeAs<T> for $name {
            #[inline]
            fn encoded_len_as(value: &T) -> usize {
                bytes_len(value.as_ref().len())
            }

            #[inline]
            fn encode_as(value: &T, writer: &mut Writer<'_>) {
                writer.$write(value.as_ref());
            }
        }

        impl<T: From<$owned>> DecodeAs<T> for $name {
            const MIN_LEN: usize = 4;

            #[inline]
            fn decode_as(reader: &mut Reader<'_>) -> Result<T, DecodeError> {
                reader.$read().map(T::from)
            }
        }
    };
}

string_form! {
    /// A `bytes` in any Rust type that converts to a slice and from a `Vec<u8>`.
    Bytes, [u8], Vec<u8>, write_bytes, read_bytes
}

string_form! {
    /// A `string` in any Rust type that converts to a `str` and from a `String`.
    Text, str, String, write_string, read_string
}

string_form! {
    /// A `bytes` that may have the length form of 56 bits, whatever the options say.
    LongBytes, [u8], Vec<u8>, write_long_bytes, read_long_bytes
}

string_form! {
    /// A `string` that may have the length form of 56 bits, whatever the options say.
    LongString, str, String, write_long_string, read_long_string
}
