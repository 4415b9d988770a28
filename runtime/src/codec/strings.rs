//! Forms of strings and byte strings.

use super::{DecodeAs, EncodeAs};
use crate::{DecodeError, Reader, Writer, bytes_len};
use alloc::string::String;
use alloc::vec::Vec;

/// Declares the form of a string or byte string; `$borrowed` and `$owned` are what a Rust type for it converts to and from.
macro_rules! string_form {
    ($(#[$documentation:meta])* $name:ident, $borrowed:ty, $owned:ty, $write:ident, $read:ident) => {
        $(#[$documentation])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct $name;

        impl<T: AsRef<$borrowed> + ?Sized> EncodeAs<T> for $name {
            #[inline]
            fn encoded_len_as(self, value: &T) -> usize {
                bytes_len(value.as_ref().len())
            }

            #[inline]
            fn encode_as(self, value: &T, writer: &mut Writer<'_>) {
                writer.$write(value.as_ref());
            }
        }

        impl<T: From<$owned>> DecodeAs<T> for $name {
            #[inline]
            fn min_len(self) -> usize {
                4
            }

            #[inline]
            fn decode_as(self, reader: &mut Reader<'_>) -> Result<T, DecodeError> {
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
