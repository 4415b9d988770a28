//! Values and their bytes.

use std::fmt::Debug;

use typelang::{Combinator, DecodeOwned, Encode, EncodeErrorKind, Function, ReadOptions};

/// Checks that a value has these bytes, and they that value.
#[track_caller]
pub(crate) fn check<T: Encode + DecodeOwned + PartialEq + Debug>(value: &T, expected: &[&[u8]]) {
    let expected = expected.concat();
    assert_eq!(value.to_bytes().unwrap(), expected);
    assert_eq!(&T::from_bytes_with(&expected, ReadOptions::strict()).unwrap(), value);
    for length in 0..expected.len() {
        assert!(T::from_bytes(&expected[..length]).is_err(), "the first {length} bytes");
    }
}

pub(crate) fn id<T: Combinator>() -> [u8; 4] {
    T::ID.to_le_bytes()
}

pub(crate) fn int(number: i32) -> [u8; 4] {
    number.to_le_bytes()
}

pub(crate) fn long(number: i64) -> [u8; 8] {
    number.to_le_bytes()
}

/// Checks that a value cannot be encoded, and why.
#[track_caller]
pub(crate) fn refused(value: &impl Encode, expected: EncodeErrorKind) {
    assert_eq!(*value.to_bytes().unwrap_err().kind(), expected);
}

/// Another number of elements than the `#` says.
pub(crate) fn count_mismatch(expected: u32, found: usize) -> EncodeErrorKind {
    EncodeErrorKind::CountMismatch { expected, found }
}

/// A field is there, or not, and its bit says the contrary.
pub(crate) fn presence_mismatch(expected: bool) -> EncodeErrorKind {
    EncodeErrorKind::PresenceMismatch { expected }
}

/// Checks what a call makes of the bytes of its result.
#[track_caller]
pub(crate) fn returns<F: Function<Output: PartialEq + Debug>>(call: &F, bytes: &[&[u8]], expected: &F::Output) {
    let bytes = bytes.concat();
    assert_eq!(&call.read_output_with(&bytes, ReadOptions::strict()).unwrap(), expected);
    for length in 0..bytes.len() {
        assert!(call.read_output(&bytes[..length]).is_err(), "the first {length} bytes");
    }
}
