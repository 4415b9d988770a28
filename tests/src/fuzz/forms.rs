//! Texts that say bytes: whatever they are, reading ends, and bytes that are written in a form come back.

use std::fmt::Write;

use typelang_inspect::input::read;

use crate::hexadecimal;

/// Bytes that are written in every form.
const MOST_WRITTEN: usize = 400;
/// Bytes that a dump may add to those that it shows, by repeating a line.
const REPEATED: usize = 1 << 24;

/// Reads a text, and the bytes themselves written in every form.
pub(super) fn forms(data: &[u8]) -> bool {
    let text = String::from_utf8_lossy(data);
    let found = read(&text);
    if let Ok(found) = &found {
        assert!(found.bytes.len() <= text.len() + REPEATED, "{} bytes from {}", found.bytes.len(), text.len());
    }
    let bytes = data.get(..MOST_WRITTEN).unwrap_or(data);
    for (form, written) in written(bytes) {
        let found = read(&written).unwrap_or_else(|error| panic!("{form}: {error}: {written:?}"));
        assert_eq!(hexadecimal::encode(&found.bytes), hexadecimal::encode(bytes), "{form}: {written:?}");
    }
    found.is_ok()
}

/// Bytes in the forms of many programs.
#[must_use]
pub(super) fn written(bytes: &[u8]) -> Vec<(&'static str, String)> {
    let digits = hexadecimal::encode(bytes);
    let each = |separator: &str, show: fn(&u8) -> String| bytes.iter().map(show).collect::<Vec<_>>().join(separator);
    let mut forms = vec![
        ("digits", digits.clone()),
        ("upper case", digits.to_uppercase()),
        ("colons", each(":", |byte| format!("{byte:02x}"))),
        ("blanks", each(" ", |byte| format!("{byte:02X}"))),
        ("prefixes", each(", ", |byte| format!("{byte:#04x}"))),
        ("escapes", each("", |byte| format!("\\x{byte:02x}"))),
        ("Python", format!("b'{}'", bytes.escape_ascii())),
        ("Rust", format!("b\"{}\"", each("", |byte| format!("\\x{byte:02x}")))),
        ("C", format!("char x[] = \"{}\\\n\";", each("", |byte| format!("\\{byte:03o}")))),
    ];
    if bytes.is_empty() {
        return forms;
    }
    forms.extend([
        ("array", format!("[{},]", each(", ", |byte| byte.to_string()))),
        ("C array", format!("unsigned char x[] = {{ {} }};", each(", ", |byte| format!("{byte:#x}")))),
        ("xxd", xxd(bytes)),
        ("hexdump -C", canonical(bytes)),
        ("hexdump", words(bytes, 16, |word| format!("{word:04x}"))),
        ("od", words(bytes, 8, |word| format!("{word:06o}"))),
        ("od -t x1", lines(bytes, |offset| format!("{offset:07o}"), spaced) + &end(bytes, 8)),
        ("Wireshark", lines(bytes, |offset| format!("{offset:04x}  "), |line| padded(&spaced(line), line))),
    ]);
    let base64 = base64(bytes);
    // Digits come first.
    if base64.bytes().any(|byte| byte.is_ascii_alphanumeric() && !byte.is_ascii_hexdigit()) {
        forms.push(("base64", base64.clone()));
        forms.push(("URL-safe base64", base64.replace('+', "-").replace('/', "_").replace('=', "")));
    }
    forms
}

/// Lines of 16 bytes.
fn lines(bytes: &[u8], label: impl Fn(usize) -> String, show: impl Fn(&[u8]) -> String) -> String {
    let lines = bytes.chunks(16).enumerate().map(|(index, line)| format!("{} {}\n", label(16 * index), show(line)));
    lines.collect()
}

/// The last line, which is the number of bytes.
fn end(bytes: &[u8], radix: u32) -> String {
    if radix == 8 { format!("{:07o}\n", bytes.len()) } else { format!("{:07x}\n", bytes.len()) }
}

fn spaced(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(" ")
}

fn characters(line: &[u8]) -> String {
    line.iter().map(|byte| if matches!(byte, b' '..=b'~') { char::from(*byte) } else { '.' }).collect()
}

fn padded(digits: &str, line: &[u8]) -> String {
    format!("{digits:47}   {}", characters(line))
}

fn xxd(bytes: &[u8]) -> String {
    let groups = |line: &[u8]| line.chunks(2).map(hexadecimal::encode).collect::<Vec<_>>().join(" ");
    lines(bytes, |offset| format!("{offset:08x}:"), |line| format!("{:39}  {}", groups(line), characters(line)))
}

fn canonical(bytes: &[u8]) -> String {
    let halves = |line: &[u8]| line.chunks(8).map(spaced).collect::<Vec<_>>().join("  ");
    let line = |line: &[u8]| format!(" {:48}  |{}|", halves(line), characters(line));
    lines(bytes, |offset| format!("{offset:08x}"), line) + &format!("{:08x}\n", bytes.len())
}

/// Words of two bytes as small machines order them.
fn words(bytes: &[u8], radix: u32, show: fn(u16) -> String) -> String {
    let word = |pair: &[u8]| u16::from_le_bytes([pair[0], pair.get(1).copied().unwrap_or_default()]);
    let label = |offset: usize| if radix == 8 { format!("{offset:07o}") } else { format!("{offset:07x}") };
    let line = |line: &[u8]| line.chunks(2).map(|pair| show(word(pair))).collect::<Vec<_>>().join(" ");
    lines(bytes, label, line) + &end(bytes, radix)
}

fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let bits = group.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - group.len()));
        for place in 0..4 {
            let index = (bits >> (18 - 6 * place) & 63) as usize;
            let character = if place <= group.len() { char::from(ALPHABET[index]) } else { '=' };
            write!(text, "{character}").expect("a text");
        }
    }
    text
}
