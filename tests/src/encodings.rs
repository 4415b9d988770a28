//! Files of encodings made by other software: one JSON object a line.

use std::fs;
use std::path::Path;

use serde_json::Value;
use typelang::serde::Deserialize;

use crate::hexadecimal;

/// One line of a file of encodings.
#[derive(Clone, Debug)]
pub struct Encoding {
    /// File and line, for messages.
    pub place: String,
    /// The constructor or function.
    pub name: String,
    /// Whether it is a function.
    pub is_function: bool,
    /// The value, as [`crate::reader`] gives it.
    pub value: Value,
    /// The bytes of the value.
    pub bytes: Vec<u8>,
}

/// The lines of a file of encodings.
///
/// # Panics
///
/// The file cannot be read, or a line is no encoding.
#[must_use]
pub fn encodings(path: &Path) -> Vec<Encoding> {
    read(path).unwrap_or_else(|error| panic!("{error}"))
}

/// The lines of a file of encodings.
///
/// # Errors
///
/// The file cannot be read, or a line is no encoding.
pub fn read(path: &Path) -> Result<Vec<Encoding>, String> {
    read_lines(path)?.into_iter().collect()
}

/// The lines of a file of encodings, each by itself: a line that is no encoding is an error of its own, which begins with its place.
///
/// # Errors
///
/// The file cannot be read.
pub fn read_lines(path: &Path) -> Result<Vec<Result<Encoding, String>>, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let read = lines.map(|(index, line)| {
        let place = format!("{}:{}", path.file_name().unwrap_or_default().display(), index + 1);
        let value = json(line).map_err(|error| format!("{place}: {error}"))?;
        encoding(&place, value).ok_or_else(|| format!("{place}: not an encoding"))
    });
    Ok(read.collect())
}

/// How deep JSON can be nested here: as deep as every value that a decoder accepts, and far from the end of the stack.
const MAX_DEPTH: usize = 1000;

/// The JSON of a text.
///
/// # Errors
///
/// The text is not JSON, or is nested deeper than can be read.
pub fn json(text: &str) -> Result<Value, String> {
    if depth(text) > MAX_DEPTH {
        return Err(format!("nested deeper than {MAX_DEPTH} levels"));
    }
    let mut reader = serde_json::Deserializer::from_str(text);
    reader.disable_recursion_limit();
    let value = Deserialize::deserialize(&mut reader).map_err(|error: serde_json::Error| error.to_string())?;
    reader.end().map_err(|error| error.to_string())?;
    Ok(value)
}

/// How deep brackets are nested, those in texts aside.
fn depth(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let (mut in_text, mut escaped) = (false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'{' | b'[' if !in_text => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' if !in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

fn encoding(place: &str, mut line: Value) -> Option<Encoding> {
    Some(Encoding {
        place: place.to_owned(),
        name: line.get("name")?.as_str()?.to_owned(),
        is_function: line.get("kind")?.as_str()? == "function",
        bytes: hexadecimal::decode(line.get("hex")?.as_str()?)?,
        value: line.get_mut("value")?.take(),
    })
}
