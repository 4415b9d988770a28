//! Bytes from text: digits, dumps of other programs, literals of programming languages.

mod base64;
mod dump;
mod escapes;
mod form;
mod hexadecimal;
mod list;

pub use form::{Form, Input};

/// Reads the bytes of a text, whose form is found out: see [`Form`].
///
/// ```
/// use typelang_inspect::input::{Form, read};
///
/// for text in ["157afa44", "0x15, 0x7a, 0xfa, 0x44", r"b'\x15z\xfaD'", "[21, 122, 250, 68]", "FXr6RA=="] {
///     assert_eq!(read(text).unwrap().bytes, [0x15, 0x7a, 0xfa, 0x44]);
/// }
/// let dump = "00000000: 157a fa44                                .z.D";
/// assert_eq!(read(dump).unwrap().form, Form::Dump);
/// ```
///
/// A text of hexadecimal digits is read as such even if it is base64 as well.
///
/// # Errors
///
/// Returns a description of the fault if the text is in none of the forms, or if the offsets of a dump contradict its bytes.
pub fn read(text: &str) -> Result<Input, String> {
    // A byte order mark is not part of the text.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).trim();
    if let Some(dump) = dump::read(text) {
        return dump.map(|bytes| Input { bytes, form: Form::Dump });
    }
    let found = list::read(text).or_else(|| escapes::read(text)).or_else(|| quoted(text));
    if let Some(input) = found {
        return Ok(input);
    }
    match hexadecimal::read(text) {
        Ok(input) => Ok(input),
        // Digits of which one is missing are not base64.
        Err(fault) if text.chars().all(|it| it.is_ascii_hexdigit() || it.is_whitespace()) => Err(fault),
        Err(fault) => list::unbracketed(text).or_else(|| base64::read(text)).ok_or(fault),
    }
}

/// The bytes of digits or base64 within quotation marks: `bytes.fromhex("157afa44")`, `hex!("157a" "fa44")`.
fn quoted(text: &str) -> Option<Input> {
    let content = escapes::quoted(text)?;
    hexadecimal::read(&content).ok().or_else(|| base64::read(&content))
}
