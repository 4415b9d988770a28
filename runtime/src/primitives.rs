//! The types that every schema has without declaring them.

use crate::codec::{Boxed, DecodeAs, EncodeAs, Vector};
use crate::{BOOL_FALSE_ID, BOOL_TRUE_ID, Decode, DecodeError, Encode, Reader, VECTOR_ID, Writer, bytes_len};
use alloc::string::String;
use alloc::vec::Vec;

/// Implements both traits for a number type that is its little-endian bytes on the wire.
macro_rules! number {
    ($type:ty, $size:literal, $write:ident, $read:ident) => {
        impl Encode for $type {
            #[inline]
            fn encoded_len(&self) -> usize {
                $size
            }

            #[inline]
            fn encode(&self, writer: &mut Writer<'_>) {
                writer.$write(*self);
            }

            #[inline]
            fn encoded_slice_len(values: &[Self]) -> usize {
                values.len() * $size
            }

            #[inline]
            fn encode_slice(values: &[Self], writer: &mut Writer<'_>) {
                writer.write_array_slice(values, <$type>::to_le_bytes);
            }
        }

        impl Decode for $type {
            const MIN_LEN: usize = $size;

            #[inline]
            fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                reader.$read()
            }

            #[inline]
            fn decode_vec(count: usize, reader: &mut Reader<'_>) -> Result<Vec<Self>, DecodeError> {
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
            fn encoded_len(&self) -> usize {
                $size
            }

            #[inline]
            fn encode(&self, writer: &mut Writer<'_>) {
                writer.write_raw(self);
            }

            #[inline]
            fn encoded_slice_len(values: &[Self]) -> usize {
                values.len() * $size
            }

            #[inline]
            fn encode_slice(values: &[Self], writer: &mut Writer<'_>) {
                writer.write_raw(values.as_flattened());
            }
        }

        impl Decode for [u8; $size] {
            const MIN_LEN: usize = $size;

            #[inline]
            fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                reader.read_array()
            }

            #[inline]
            fn decode_vec(count: usize, reader: &mut Reader<'_>) -> Result<Vec<Self>, DecodeError> {
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
    fn encoded_len(&self) -> usize {
        4
    }

    #[inline]
    fn encode(&self, writer: &mut Writer<'_>) {
        writer.write_bool(*self);
    }

    #[inline]
    fn encoded_slice_len(values: &[Self]) -> usize {
        values.len() * 4
    }
}

impl Decode for bool {
    const MIN_LEN: usize = 4;
    const IDS: &'static [u32] = &[BOOL_TRUE_ID, BOOL_FALSE_ID];

    #[inline]
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.read_bool()
    }
}

impl Encode for str {
    #[inline]
    fn encoded_len(&self) -> usize {
        bytes_len(self.len())
    }

    #[inline]
    fn encode(&self, writer: &mut Writer<'_>) {
        writer.write_string(self);
    }
}

impl Encode for String {
    #[inline]
    fn encoded_len(&self) -> usize {
        self.as_str().encoded_len()
    }

    #[inline]
    fn encode(&self, writer: &mut Writer<'_>) {
        self.as_str().encode(writer);
    }
}

impl Decode for String {
    const MIN_LEN: usize = 4;

    #[inline]
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.read_string()
    }
}

impl Encode for [u8] {
    #[inline]
    fn encoded_len(&self) -> usize {
        bytes_len(self.len())
    }

    #[inline]
    fn encode(&self, writer: &mut Writer<'_>) {
        writer.write_bytes(self);
    }
}

impl Encode for Vec<u8> {
    #[inline]
    fn encoded_len(&self) -> usize {
        self.as_slice().encoded_len()
    }

    #[inline]
    fn encode(&self, writer: &mut Writer<'_>) {
        self.as_slice().encode(writer);
    }
}

impl Decode for Vec<u8> {
    const MIN_LEN: usize = 4;

    #[inline]
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.read_bytes()
    }
}

/// `Vector T`: boxed, with elements in their default form.
impl<T: Encode> Encode for Vec<T> {
    #[inline]
    fn encoded_len(&self) -> usize {
        Vector(Boxed).encoded_len_as(self)
    }

    #[inline]
    fn encode(&self, writer: &mut Writer<'_>) {
        Vector(Boxed).encode_as(self, writer);
    }
}

/// `Vector T`: boxed, with elements in their default form.
impl<T: Decode> Decode for Vec<T> {
    const MIN_LEN: usize = 8;
    const IDS: &'static [u32] = &[VECTOR_ID];

    #[inline]
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Vector(Boxed).decode_as(reader)
    }
}
