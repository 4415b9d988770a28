//! Reading `string` and `bytes`.

use crate::byte_string::{LONG_MARK, MEDIUM_MARK, MEDIUM_MAX, TINY_MAX, padded};
use crate::{DecodeError, DecodeErrorKind, Reader};
use alloc::borrow::ToOwned;
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
    /// Reads a `bytes`.
    ///
    /// # Errors
    ///
    /// The input ends too early, or the options refuse the form of the length or the padding.
    #[inline]
    pub fn read_bytes(&mut self) -> Result<Vec<u8>, DecodeError> {
        self.read_bytes_borrowed().map(<[u8]>::to_vec)
    }

    /// Reads a `bytes` without copying it.
    ///
    /// # Errors
    ///
    /// The same as those of [`read_bytes`](Self::read_bytes).
    #[inline]
    pub fn read_bytes_borrowed(&mut self) -> Result<&'a [u8], DecodeError> {
        let long_form = self.options().long_strings;
        self.read_content(long_form).map(|(_, content)| content)
    }

    /// Reads a `string`.
    ///
    /// # Errors
    ///
    /// The same as those of [`read_bytes`](Self::read_bytes), and bytes that are not UTF-8 unless the options repair them.
    #[inline]
    pub fn read_string(&mut self) -> Result<String, DecodeError> {
        let long_form = self.options().long_strings;
        self.read_text(long_form)
    }

    /// Reads a `bytes` that the schema allows to have the length form of 56 bits.
    ///
    /// # Errors
    ///
    /// The same as those of [`read_bytes`](Self::read_bytes).
    #[inline]
    pub fn read_long_bytes(&mut self) -> Result<Vec<u8>, DecodeError> {
        self.read_content(true).map(|(_, content)| content.to_vec())
    }

    /// Reads a `string` that the schema allows to have the length form of 56 bits.
    ///
    /// # Errors
    ///
    /// The same as those of [`read_string`](Self::read_string).
    #[inline]
    pub fn read_long_string(&mut self) -> Result<String, DecodeError> {
        self.read_text(true)
    }

    fn read_text(&mut self, long_form: bool) -> Result<String, DecodeError> {
        let (offset, content) = self.read_content(long_form)?;
        match core::str::from_utf8(content) {
            Ok(text) => Ok(text.to_owned()),
            Err(_) if self.options().lossy_strings => Ok(String::from_utf8_lossy(content).into_owned()),
            Err(error) => Err(self.invalid_utf8(offset, error.valid_up_to())),
        }
    }

    /// Reads header, content and padding; returns the content and where it begins in the input.
    #[inline]
    fn read_content(&mut self, long_form: bool) -> Result<(usize, &'a [u8]), DecodeError> {
        let header = self.peek_header(long_form)?;
        if self.options().strict && !header.is_canonical() {
            return Err(self.error(DecodeErrorKind::NonCanonicalLength { length: header.length }));
        }
        let content_end = header.size.saturating_add(header.length);
        let end = padded(header.size, header.length);
        let content = self.rest.get(header.size..content_end);
        let padding = self.rest.get(content_end..end);
        let rest = self.rest.get(end..);
        let (Some(content), Some(padding), Some(rest)) = (content, padding, rest) else {
            return Err(self.unexpected_end(end.max(content_end)));
        };
        let offset = self.position() + header.size;
        self.rest = rest;
        if self.options().strict
            && let Some(index) = padding.iter().position(|byte| *byte != 0)
        {
            return Err(self.error_before(padding.len() - index, DecodeErrorKind::NonZeroPadding));
        }
        Ok((offset, content))
    }

    #[inline]
    fn peek_header(&self, long_form: bool) -> Result<Header, DecodeError> {
        match self.rest.first() {
            None => Err(self.unexpected_end(4)),
            Some(&MEDIUM_MARK) => match self.rest.first_chunk() {
                Some(header) => Ok(Header { size: 4, length: (u32::from_le_bytes(*header) >> 8) as usize }),
                None => Err(self.unexpected_end(4)),
            },
            Some(&LONG_MARK) => self.peek_long_header(long_form),
            Some(&length) => Ok(Header { size: 1, length: usize::from(length) }),
        }
    }

    #[cold]
    fn peek_long_header(&self, long_form: bool) -> Result<Header, DecodeError> {
        if !long_form {
            return Err(self.error(DecodeErrorKind::LongStringNotAllowed));
        }
        let Some(header) = self.rest.first_chunk() else {
            return Err(self.unexpected_end(8));
        };
        // Where a pointer has 32 bits, a length that does not fit into one cannot be in the input either.
        let length = usize::try_from(u64::from_le_bytes(*header) >> 8).unwrap_or(usize::MAX);
        Ok(Header { size: 8, length })
    }

    #[cold]
    fn invalid_utf8(&self, content_offset: usize, valid_up_to: usize) -> DecodeError {
        let distance = self.position().saturating_sub(content_offset.saturating_add(valid_up_to));
        self.error_before(distance, DecodeErrorKind::InvalidUtf8 { valid_up_to })
    }
}
