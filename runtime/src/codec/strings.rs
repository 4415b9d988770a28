//! Forms of strings and byte strings.

use super::{DecodeAs, EncodeAs};
use crate::{Reader, Writer};
use alloc::vec::Vec;

/// Declares the form of a string or byte string: what a Rust type for it lends, how that is written, what the type is made
/// from, and how that is read.
macro_rules! string_form {
    ($(#[$documentation:meta])* $name:ident, $lent:ty, $write:ident, ($($from:tt)*), |$reader:ident| $read:expr) => {
        $(#[$documentation])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub struct $name;

        impl<T: AsRef<$lent> + ?Sized> EncodeAs<T> for $name {
            #[inline]
            fn encode_as(self, value: &T, writer: &mut Writer<'_>) {
                writer.$write(value.as_ref());
            }
        }

        impl<'a, T: $($from)*> DecodeAs<'a, T> for $name {
            #[inline]
            fn min_len(self) -> usize {
                4
            }

            #[inline]
            fn decode_as(self, $reader: &mut Reader<'a>) -> T {
                T::from($read)
            }
        }
    };
}

string_form! {
    /// A `string` in any Rust type that converts to and from a `str`.
    Text, str, write_string, (for<'t> From<&'t str>), |reader| &*reader.read_text()
}

string_form! {
    /// A `bytes` in any Rust type that converts to a slice and from a `Vec<u8>`.
    Bytes, [u8], write_bytes, (From<Vec<u8>>), |reader| reader.read_bytes()
}

string_form! {
    /// A `string` in a Rust type that borrows from the input, such as `&'a str`.
    BorrowedText, str, write_string, (From<&'a str>), |reader| reader.read_str()
}

string_form! {
    /// A `bytes` in a Rust type that borrows from the input, such as `&'a [u8]`.
    BorrowedBytes, [u8], write_bytes, (From<&'a [u8]>), |reader| reader.read_bytes_borrowed()
}

string_form! {
    /// A [`Text`] that may have the length form of 56 bits, whatever the options say.
    LongText, str, write_long_string, (for<'t> From<&'t str>), |reader| &*reader.read_long_text()
}

string_form! {
    /// A [`Bytes`] that may have the length form of 56 bits, whatever the options say.
    LongBytes, [u8], write_long_bytes, (From<Vec<u8>>), |reader| reader.read_long_bytes()
}

string_form! {
    /// A [`BorrowedText`] that may have the length form of 56 bits, whatever the options say.
    LongBorrowedText, str, write_long_string, (From<&'a str>), |reader| reader.read_long_str()
}

string_form! {
    /// A [`BorrowedBytes`] that may have the length form of 56 bits, whatever the options say.
    LongBorrowedBytes, [u8], write_long_bytes, (From<&'a [u8]>), |reader| reader.read_long_bytes_borrowed()
}

/// A `bytes` that may have the length form of 56 bits, whatever the options say, and shares the memory of the input; see
/// [`Reader::shared`].
#[cfg(feature = "bytes")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LongSharedBytes;

#[cfg(feature = "bytes")]
impl EncodeAs<bytes::Bytes> for LongSharedBytes {
    #[inline]
    fn encode_as(self, value: &bytes::Bytes, writer: &mut Writer<'_>) {
        writer.write_long_bytes(value);
    }
}

#[cfg(feature = "bytes")]
impl DecodeAs<'_, bytes::Bytes> for LongSharedBytes {
    #[inline]
    fn min_len(self) -> usize {
        4
    }

    #[inline]
    fn decode_as(self, reader: &mut Reader<'_>) -> bytes::Bytes {
        reader.read_long_shared()
    }
}
