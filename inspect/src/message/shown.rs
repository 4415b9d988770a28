//! How messages are shown, and what comes of it.

use typelang::reflect::JsonLayout;

/// How a message is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// As JSON, one text for each object of the input.
    Json(JsonLayout),
    /// A line for each field, with the offset of its first byte. What is packed has offsets of its own.
    Dump,
}

/// The view of bytes that an [`Inspector`](super::Inspector) gives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// The objects, without a line end after the last one.
    pub text: String,
    /// Notes for the reader: bytes that were kept as they are, bytes after the last object.
    pub notes: Vec<String>,
    /// The ids of values that could not be read, since no schema has them. They may be of another layer.
    pub unknown: Vec<u32>,
    /// Why the showing ended early, if it did.
    pub error: Option<ShowError>,
}

/// Why bytes could not be shown as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShowError {
    /// The error, with its place.
    pub message: String,
    /// Advice on it.
    pub help: Vec<String>,
}
