//! The schema as a table of bytes, for the walker of the runtime.

use std::fmt::Write as _;

use crate::model::Model;

/// Columns of a line of bytes.
const WIDTH: usize = 100;

/// The text of the item. It is no tokens, since a formatter would put all bytes on one line.
///
/// Expands to:
///
/// ```text
/// pub static TABLE: typelang::reflect::Table<'static> = typelang::reflect::Table::generated(b"\
///     TLTB\x01\0\0\0\xe6\0\0\0\
///     ");
/// ```
pub(crate) fn table(model: &Model<'_>) -> String {
    let bytes = typelang_ir::table(model.schema, model.has_long_strings());
    let ty = format!("{}::reflect::Table", model.options.runtime_path);
    let docs = if model.options.documentation {
        "/// The schema as a table: for values without generated types, text, JSON, and errors with paths.\n"
    } else {
        ""
    };
    let mut text = format!("{docs}pub static TABLE: {ty}<'static> = {ty}::generated(b\"");
    write_bytes(&bytes, &mut text);
    text.push_str("\");");
    text
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
    use super::write_bytes;

    #[test]
    fn rust_reads_the_bytes_back() {
        let bytes: Vec<u8> = (0..=255).chain(b"        0    ".iter().copied().cycle().take(500)).collect();
        let mut text = "b\"".to_owned();
        write_bytes(&bytes, &mut text);
        text.push('"');
        assert!(text.lines().all(|line| line.len() <= 101), "{text}");
        let literal: syn::LitByteStr = syn::parse_str(&text).unwrap();
        assert_eq!(literal.value(), bytes);
    }
}
