//! Files of encodings made by other software: one JSON object a line.

use std::fs;
use std::path::Path;

use serde_json::Value;

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
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let read = lines.map(|(index, line)| {
        let place = format!("{}:{}", path.file_name().unwrap_or_default().display(), index + 1);
        encoding(&place, line).ok_or_else(|| format!("{place}: not an encoding"))
    });
    read.collect()
}

fn encoding(place: &str, line: &str) -> Option<Encoding> {
    let mut line: Value = serde_json::from_str(line).ok()?;
    Some(Encoding {
        place: place.to_owned(),
        name: line.get("name")?.as_str()?.to_owned(),
        is_function: line.get("kind")?.as_str()? == "function",
        bytes: hexadecimal::decode(line.get("hex")?.as_str()?)?,
        value: line.get_mut("value")?.take(),
    })
}
