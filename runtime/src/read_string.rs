//! Reading `string` and `bytes`.

#![expect(improper_ctypes_definitions, reason = "only Rust calls it; see `Reader` on why")]

use crate::byte_string::{LONG_MARK, MEDIUM_MARK, MEDIUM_MAX, TINY_MAX, padded};
use crate::{DecodeErrorKind, Reader, utf8};
use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

/// The header of a string: how many bytes it takes, and how many the content has.
struct Header {
    size: usize,
    length: usize,
}

impl Header {
    /// Whether a shorter header could have announced the length.
    fn is_canonical(&self) -> bool {
        match self.size {
            1 => true,
            4 => self.length > TINY_MAX,
            _ => self.length as u64 > MEDIUM_MAX,
        }
    }
}

impl<'a> Reader<'a> {
    /// Reads a `bytes`. An input that ends too early, and a form of the length or a padding that the options refuse, are
    /// failures.
    pub extern "C" fn read_bytes(&mut self) -> Vec<u8> {
        self.read_bytes_borrowed().to_vec()
    }

    /// Reads a `bytes` without copying it.
    #[inline]
    pub extern "C" fn read_bytes_borrowed(&mut self) -> &'a [u8] {
        let long_form = self.options().long_strings;
        self.read_content(long_form)
    }

    /// Reads a `string`. Bytes that are not UTF-8 are a failure as well, unless the options repair them.
    pub extern "C" fn read_string(&mut self) -> String {
        let long_form = self.options().long_strings;
        self.read_string_up_to(long_form)
    }

    /// Reads a `string` without copying it, unless it has to be repaired.
    pub extern "C" fn read_text(&mut self) -> Cow<'a, str> {
        let long_form = self.options().long_strings;
        self.read_text_up_to(long_form)
    }

    /// Reads a `string` without copying it. Bytes that are not UTF-8 are a failure whatever the options say, since what is
    /// repaired is not in the input.
    pub extern "C" fn read_str(&mut self) -> &'a str {
        let long_form = self.options().long_strings;
        self.read_str_up_to(long_form)
    }

    /// Reads a `bytes` that the schema allows to have the length form of 56 bits.
    #[inline]
    pub extern "C" fn read_long_bytes(&mut self) -> Vec<u8> {
        self.read_long_bytes_borrowed().to_vec()
    }

    /// Reads a `bytes` that the schema allows to have the length form of 56 bits, without copying it.
    #[inline]
    pub extern "C" fn read_long_bytes_borrowed(&mut self) -> &'a [u8] {
        self.read_content(true)
    }

    /// Reads a `string` that the schema allows to have the length form of 56 bits.
    #[inline]
    pub extern "C" fn read_long_string(&mut self) -> String {
        self.read_string_up_to(true)
    }

    /// Reads a `string` that the schema allows to have the length form of 56 bits, without copying it, unless it has to be
    /// repaired.
    #[inline]
    pub extern "C" fn read_long_text(&mut self) -> Cow<'a, str> {
        self.read_text_up_to(true)
    }

    /// The same as [`read_str`](Self::read_str) where the schema allows the length form of 56 bits.
    #[inline]
    pub extern "C" fn read_long_str(&mut self) -> &'a str {
        self.read_str_up_to(true)
    }

    fn read_string_up_to(&mut self, long_form: bool) -> String {
        let content = self.read_content(long_form);
        match utf8::to_string(content) {
            Ok(text) => text,
            Err(error) => self.repaired(content, error.valid_up_to()).into_owned(),
        }
    }

    fn read_text_up_to(&mut self, long_form: bool) -> Cow<'a, str> {
        let content = self.read_content(long_form);
        match utf8::check(content) {
            Ok(text) => Cow::Borrowed(text),
            Err(error) => self.repaired(content, error.valid_up_to()),
        }
    }

    fn read_str_up_to(&mut self, long_form: bool) -> &'a str {
        let content = self.read_content(long_form);
        match utf8::check(content) {
            Ok(text) => text,
            Err(error) => self.fail_with_text(content, error.valid_up_to()),
        }
    }

    /// Reads header, content and padding; returns the content. A call of its own, which returns in registers what callers copy.
    #[inline(never)]
    fn read_content(&mut self, long_form: bool) -> &'a [u8] {
        if let Some(&length) = self.rest.first()
            && usize::from(length) <= TINY_MAX
            && !self.options().strict
            && let Some((whole, rest)) = self.rest.split_at_checked(padded(1, length.into()))
            && let Some(content) = whole.get(1..=length.into())
        {
            self.rest = rest;
            return content;
        }
        self.read_any_content(long_form)
    }

    /// What [`read_content`](Self::read_content) does, in all cases: of all sizes, and with all options.
    fn read_any_content(&mut self, long_form: bool) -> &'a [u8] {
        let Some(header) = self.peek_header(long_form) else { return &[] };
        if self.options().strict && !header.is_canonical() {
            self.fail(DecodeErrorKind::NonCanonicalLength { length: header.length });
            return &[];
        }
        let content_end = header.size.saturating_add(header.length);
        let end = padded(header.size, header.length);
        let content = self.rest.get(header.size..content_end);
        let padding = self.rest.get(content_end..end);
        let rest = self.rest.get(end..);
        let (Some(content), Some(padding), Some(rest)) = (content, padding, rest) else {
            self.fail_at_end(end.max(content_end));
            return &[];
        };
        self.rest = rest;
        if self.options().strict
            && let Some(index) = padding.iter().position(|byte| *byte != 0)
        {
            self.fail_before(padding.len() - index, DecodeErrorKind::NonZeroPadding);
        }
        content
    }

    #[inline]
    fn peek_header(&mut self, long_form: bool) -> Option<Header> {
        match self.rest.first() {
            None => self.without_header(4),
            Some(&MEDIUM_MARK) => match self.rest.first_chunk() {
                Some(header) => Some(Header { size: 4, length: (u32::from_le_bytes(*header) >> 8) as usize }),
                None => self.without_header(4),
            },
            Some(&LONG_MARK) => self.peek_long_header(long_form),
            Some(&length) => Some(Header { size: 1, length: usize::from(length) }),
        }
    }

    #[cold]
    fn peek_long_header(&mut self, long_form: bool) -> Option<Header> {
        if !long_form {
            self.fail(DecodeErrorKind::LongStringNotAllowed);
            return None;
        }
        let Some(header) = self.rest.first_chunk() else {
            return self.without_header(8);
        };
        // Where a pointer has 32 bits, a length that does not fit into one cannot be in the input either.
        let length = usize::try_from(u64::from_le_bytes(*header) >> 8).unwrap_or(usize::MAX);
        Some(Header { size: 8, length })
    }

    #[cold]
    fn without_header(&mut self, needed: usize) -> Option<Header> {
        self.fail_at_end(needed);
        None
    }

    /// What a string that is not UTF-8 becomes.
    #[cold]
    fn repaired(&mut self, content: &'a [u8], valid_up_to: usize) -> Cow<'a, str> {
        if self.options().lossy_strings {
            String::from_utf8_lossy(content)
        } else {
            Cow::Borrowed(self.fail_with_text(content, valid_up_to))
        }
    }

    /// Remembers that the content that was read last is not UTF-8.
    #[cfg(feature = "reflect")]
    pub(crate) fn refuse_text(&mut self, content: &'a [u8]) {
        if let Err(error) = utf8::check(content) {
            self.fail_with_text(content, error.valid_up_to());
        }
    }

    /// Remembers that the content that was read last is not UTF-8.
    #[cold]
    fn fail_with_text(&mut self, content: &[u8], valid_up_to: usize) -> &'static str {
        let end = self.rest.as_ptr().addr();
        let distance = end.saturating_sub(content.as_ptr().addr()).saturating_sub(valid_up_to);
        self.fail_before(distance, DecodeErrorKind::InvalidUtf8 { valid_up_to });
        ""
    }
}
