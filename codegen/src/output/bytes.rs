//! An item made of many bytes, which no formatter has to see.

use std::fmt::Write as _;

/// Columns of a line of bytes.
const WIDTH: usize = 100;

/// An item that contains bytes, as its text before and after them.
pub(crate) struct BytesItem {
    pub(crate) before: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) after: String,
}

impl BytesItem {
    /// The item with the bytes in place.
    pub(crate) fn in_place(&self) -> String {
        format!("{}{}{}", self.before, byte_string(&self.bytes), self.after)
    }

    /// The item with the bytes in a file beside its own.
    pub(crate) fn included(&self, file: &str) -> String {
        format!("{}include_bytes!({file:?}){}", self.before, self.after)
    }
}

/// Bytes as an expression of several lines. A formatter would put all of them on one.
fn byte_string(bytes: &[u8]) -> String {
    let mut text = "b\"".to_owned();
    write_bytes(bytes, &mut text);
    text + "\""
}

/// Writes the inside of a byte string. Each line ends with a backslash, after which Rust skips line end and indentation.
fn write_bytes(bytes: &[u8], text: &mut String) {
    const LINE: &str = "\\\n    ";
    let mut column = WIDTH;
    for (index, &byte) in bytes.iter().enumerate() {
        let begins_line = column + 4 >= WIDTH;
        if begins_line {
            text.push_str(LINE);
            column = 4;
        }
        let start = text.len();
        // A digit after `\0` would look like an octal number.
        let is_before_digit = bytes.get(index + 1).is_some_and(u8::is_ascii_digit);
        match byte {
            0 if is_before_digit => text.push_str("\\x00"),
            _ => write_byte(byte, begins_line, text),
        }
        column += text.len() - start;
    }
    text.push_str(LINE);
}

fn write_byte(byte: u8, begins_line: bool, text: &mut String) {
    match byte {
        0 => text.push_str("\\0"),
        b'\n' => text.push_str("\\n"),
        b'\r' => text.push_str("\\r"),
        b'\t' => text.push_str("\\t"),
        b'"' | b'\\' => text.extend(['\\', char::from(byte)]),
        // A blank at the beginning of a line would count as indentation.
        b' ' if !begins_line => text.push(' '),
        b'!'..=b'~' => text.push(char::from(byte)),
        // Writing to a string never fails.
        _ => _ = write!(text, "\\x{byte:02x}"),
    }
}

#[cfg(test)]
mod tests {
    use super::byte_string;

    #[test]
    fn rust_reads_the_bytes_back() {
        let bytes: Vec<u8> = (0..=255).chain(b"        0    ".iter().copied().cycle().take(500)).collect();
        let text = byte_string(&bytes);
        assert!(text.lines().all(|line| line.len() <= 101), "{text}");
        let literal: syn::LitByteStr = syn::parse_str(&text).unwrap();
        assert_eq!(literal.value(), bytes);
    }
}
