//! Reading the pieces of a table. Nothing here trusts the bytes: what is not there is `None`.

use super::codes;

/// A place in the bytes of a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'t> {
    rest: &'t [u8],
}

impl<'t> Cursor<'t> {
    pub(super) const fn new(bytes: &'t [u8]) -> Self {
        Self { rest: bytes }
    }

    /// The bytes from here on.
    pub(super) fn rest(&self) -> &'t [u8] {
        self.rest
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        let (&byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(byte)
    }

    pub(super) fn word(&mut self) -> Option<u32> {
        let (word, rest) = self.rest.split_first_chunk()?;
        self.rest = rest;
        Some(u32::from_le_bytes(*word))
    }

    /// A number of up to 32 bits, seven bits a byte, the lowest first.
    pub(super) fn number(&mut self) -> Option<u32> {
        let mut number = 0_u64;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return u32::try_from(number).ok();
            }
        }
        None
    }

    /// A number as a position in memory.
    pub(super) fn position(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    /// A length and as many bytes of UTF-8.
    pub(super) fn text(&mut self) -> Option<&'t str> {
        let length = self.position()?;
        let (text, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        core::str::from_utf8(text).ok()
    }
}

impl Cursor<'_> {
    /// Goes past parameters and says how many they are.
    pub(super) fn parameters(&mut self) -> Option<u32> {
        let count = self.number()?;
        for _ in 0..count {
            match self.byte()? {
                codes::PARAMETER_TYPE | codes::PARAMETER_NAT => self.number()?,
                _ => return None,
            };
        }
        Some(count)
    }
}

#[cfg(test)]
mod tests {
    use super::Cursor;

    #[test]
    fn numbers_take_seven_bits_a_byte() {
        assert_eq!(Cursor::new(&[0x80, 1]).number(), Some(128));
        assert_eq!(Cursor::new(&[0xff, 0xff, 0xff, 0xff, 0x0f]).number(), Some(u32::MAX));
        assert_eq!(Cursor::new(&[0xff, 0xff, 0xff, 0xff, 0x1f]).number(), None);
        assert_eq!(Cursor::new(&[0x80; 8]).number(), None);
        assert_eq!(Cursor::new(&[0x80]).number(), None);
    }

    #[test]
    fn texts_end_where_they_say() {
        assert_eq!(Cursor::new(b"\x02id!").text(), Some("id"));
        assert_eq!(Cursor::new(b"\x03id").text(), None);
        assert_eq!(Cursor::new(b"\x01\xff").text(), None);
    }
}
