//! Reading the pieces of a table. Nothing here trusts the bytes: what is not there is `None`.

use super::codes;

/// A word of an entry.
#[inline]
pub(super) fn word<const N: usize>(entry: &[u8; N], position: usize) -> u32 {
    let (words, _) = entry.as_chunks::<{ codes::WORD }>();
    words.get(position).map_or(0, |word| u32::from_le_bytes(*word))
}

/// A length, seven bits a byte, the lowest first, and as many bytes of UTF-8.
#[inline]
pub(super) fn text(texts: &[u8], offset: u32) -> Option<&str> {
    core::str::from_utf8(text_bytes(texts, offset)?).ok()
}

/// The bytes of a text.
#[inline]
pub(super) fn text_bytes(texts: &[u8], offset: u32) -> Option<&[u8]> {
    let (&first, rest) = texts.get(offset as usize..)?.split_first()?;
    if first < 0x80 {
        return rest.get(..first.into());
    }
    long_text(usize::from(first & 0x7f), rest)
}

fn long_text(first: usize, mut rest: &[u8]) -> Option<&[u8]> {
    let mut length = first;
    for shift in [7, 14, 21] {
        let (&byte, behind) = rest.split_first()?;
        rest = behind;
        length |= usize::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return rest.get(..length);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn texts_end_where_they_say() {
        assert_eq!(text(b"\x02id!", 0), Some("id"));
        assert_eq!(text(b"\x03id", 0), None);
        assert_eq!(text(b"\x01\xff", 0), None);
        assert_eq!(text(b"", 0), None);
        let long = [&[0x81, 1][..], &[b'a'; 129]].concat();
        assert_eq!(text(&long, 0).map(str::len), Some(129));
        assert_eq!(text(&[0x80, 0x80, 0x80, 0x80, 0], 0), None);
    }
}
