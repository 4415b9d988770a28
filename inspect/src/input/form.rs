//! The forms in which bytes are written down.

use std::fmt;

/// Bytes that were read from a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The form in which they were written.
    pub form: Form,
}

/// A form in which bytes are written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Form {
    /// Hexadecimal digits in pairs, with anything between them that is neither a letter nor a digit: `157afa44`, `15:7a:fa:44`,
    /// `15-7A-FA-44`, `%15%7a`.
    Hexadecimal,
    /// Hexadecimal digits after `0x` or `\x`: `0x15, 0x7a`, `0x157afa44`, `\x15\x7a`.
    PrefixedHexadecimal,
    /// The output of `xxd`, `hexdump`, `od`, `tcpdump -x`, Wireshark or a debugger: lines that begin with an offset.
    Dump,
    /// The numbers of an array: `[21, 122]`, `{0x15, 0x7a}`, `<<21,122>>`, `<Buffer 15 7a>`.
    Array,
    /// A text with escapes as in C, Rust, Python or JavaScript: `b'\x15z'`, `"\25z"`.
    Escapes,
    /// Base64.
    Base64,
    /// Base64 with `-` and `_` for `+` and `/`.
    Base64Url,
}

impl fmt::Display for Form {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Hexadecimal => "hexadecimal digits",
            Self::PrefixedHexadecimal => "hexadecimal digits with prefixes",
            Self::Dump => "a hexadecimal dump",
            Self::Array => "an array of numbers",
            Self::Escapes => "a string literal",
            Self::Base64 => "base64",
            Self::Base64Url => "URL-safe base64",
        })
    }
}
