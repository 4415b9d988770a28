//! Checking that bytes are UTF-8.

use alloc::string::String;
use core::str::Utf8Error;

/// From how many bytes on the crate `simdutf8` is quicker; it leaves fewer to the standard library itself.
#[cfg(feature = "simdutf8")]
const LONG: usize = 64;

/// The bytes as a text.
#[inline]
pub(crate) fn check(bytes: &[u8]) -> Result<&str, Utf8Error> {
    #[cfg(feature = "simdutf8")]
    if bytes.len() >= LONG
        && let Ok(text) = simdutf8::basic::from_utf8(bytes)
    {
        return Ok(text);
    }
    core::str::from_utf8(bytes)
}

/// A copy of the bytes as a text.
#[inline]
pub(crate) fn to_string(bytes: &[u8]) -> Result<String, Utf8Error> {
    #[cfg(feature = "simdutf8")]
    if bytes.len() >= LONG {
        return check(bytes).map(String::from);
    }
    // The copy is checked, and not the bytes themselves, since it is aligned: ASCII is then checked by words from its start.
    String::from_utf8(bytes.to_vec()).map_err(|error| error.utf8_error())
}
