//! The types that every schema has without declaring them.

use crate::codec::{Boxed, EncodeAs, Vector};
use crate::{BOOL_FALSE_ID, BOOL_TRUE_ID, Decode, Encode, Reader, VECTOR_ID, Writer};
use alloc::string::String;
use alloc::vec::Vec;

/// Implements both traits for a number type that is its little-endian bytes on the wire.
macro_rules! number {
    ($type:ty, $size:literal, $write:ident, $read:ident) => {
        impl Encode for $type {
            #[inline]
            fn encode(&self, writer: &mut Writer<'_>) {
                writer.$write(*self);
            }

            #[inline]
            fn encode_slice(values: &[Self], writer: &mut Writer<'_>) {
                writer.write_array_slice(values, <$type>::to_le_bytes);
            }
        }

        impl Decode<'_> for $type {
            const MIN_LEN: usize = $size;

            #[inline]
            fn decode(reader: &mut Reader<'_>) -> Self {
                reader.$read()
            }

            #[inline]
            fn decode_vec(count: usize, reader: &mut Reader<'_>) -> Vec<Self> {
                reader.read_array_vec(count, <$type>::from_le_bytes)
            }
        }
    };
}

number!(u32, 4, write_u32, read_u32);
number!(i32, 4, write_i32, read_i32);
number!(i64, 8, write_i64, read_i64);
number!(f32, 4, write_f32, read_f32);
number!(f64, 8, write_f64, read_f64);

/// Implements both traits for an array that is its own bytes on the wire.
macro_rules! raw_array {
    ($size:literal) => {
        impl Encode for [u8; $size] {
            #[inline]
            fn encode(&self, writer: &mut Writer<'_>) {
                writer.write_raw(self);
            }

            #[inline]
            fn encode_slice(values: &[Self], writer: &mut Writer<'_>) {
                writer.write_raw(values.as_flattened());
            }
        }

        impl Decode<'_> for [u8; $size] {
            const MIN_LEN: usize = $size;

            #[inline]
            fn decode(reader: &mut Reader<'_>) -> Self {
                reader.read_array()
            }

            #[inline]
            fn decode_vec(count: usize, reader: &mut Reader<'_>) -> Vec<Self> {
                reader.read_array_vec(count, |array| array)
            }
        }
    };
}

// `int128`, `int256` and `int512`.
raw_array!(16);
raw_array!(32);
raw_array!(64);

impl Encode for bool {
    #[inline]
    fn encode(&self, writer: &mut Writer<'_>) {
        writer.write_bool(*self);
    }
}

impl Decode<'_> for bool {
    const MIN_LEN: usize = 4;
    const IDS: &'static [u32] = &[BOOL_TRUE_ID, BOOL_FALSE_ID];

    #[inline]
    fn decode(reader: &mut Reader<'_>) -> Self {
        reader.read_bool()
    }
}

impl Encode for str {
    #[inline]
    fn encode(&self, writer: &mut Writer<'_>) {
        writer.write_string(self);
    }
}

impl Encode for String {
    #[inline]
    fn encode(&self, writer: &mut Writer<'_>) {
        self.as_str().encode(writer);
    }
}

impl Decode<'_> for String {
    const MIN_LEN: usize = 4;

    #[inline]
    fn decode(reader: &mut Reader<'_>) -> Self {
        reader.read_string()
    }
}

impl Encode for &str {
    #[inline]
    fn encode(&self, writer: &mut Writer<'_>) {
        <str>::encode(self, writer);
    }
}

impl<'a> Decode<'a> for &'a str {
    const MIN_LEN: usize = 4;

    #[inline]
    fn decode(reader: &mut Reader<'a>) -> Self {
        reader.read_str()
    }
}

impl Encode for [u8] {
    #[inline]
    fn encode(&self, writer: &mut Writer<'_>) {
        writer.write_bytes(self);
    }
}

impl Encode for Vec<u8> {
    #[inline]
    fn encode(&self, writer: &mut Writer<'_>) {
        self.as_slice().encode(writer);
    }
}

impl Encode for &[u8] {
    #[inline]
    fn encode(&self, writer: &mut Writer<'_>) {
        <[u8]>::encode(self, writer);
    }
}

impl<'a> Decode<'a> for &'a [u8] {
    const MIN_LEN: usize = 4;

    #[inline]
    fn decode(reader: &mut Reader<'a>) -> Self {
        reader.read_bytes_borrowed()
    }
}

impl Decode<'_> for Vec<u8> {
    const MIN_LEN: usize = 4;

    #[inline]
    fn decode(reader: &mut Reader<'_>) -> Self {
        reader.read_bytes()
    }
}

/// `Vector T`: boxed, with elements in their default form.
impl<T: Encode> Encode for Vec<T> {
    #[inline]
    fn encode(&self, writer: &mut Writer<'_>) {
        Vector(Boxed).encode_as(self, writer);
    }
}

/// `Vector T`: boxed, with elements in their default form.
impl<'a, T: Decode<'a>> Decode<'a> for Vec<T> {
    const MIN_LEN: usize = 8;
    const IDS: &'static [u32] = &[VECTOR_ID];

    #[inline]
    fn decode(reader: &mut Reader<'a>) -> Self {
        reader.read_vector_id();
        let count = reader.read_vector_len(T::MIN_LEN);
        T::decode_vec(count, reader)
    }
}
