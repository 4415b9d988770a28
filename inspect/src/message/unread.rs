//! Why bytes could not be read, and what a person can do about it.

use std::fmt;

use typelang::VECTOR_ID;
use typelang::reflect::{DecodeError, DecodeFault};

use super::place::Place;
use crate::schemas::Schemas;

/// Why bytes could not be read as a value.
#[derive(Clone, Debug)]
pub(super) enum Unread {
    /// No schema can read the value.
    Value(DecodeError),
    /// No schema has the id at the start of the value.
    Unknown { id: u32 },
    /// There are too few bytes for an id.
    NoId { left: usize },
    /// Bytes follow the value, which strict options refuse.
    Trailing { count: usize, place: Place },
    /// A message of the envelope ends before its fields do.
    Short { name: &'static str, needed: usize, left: usize },
    /// Something else than a message in a copy of one.
    NoMessage { found: u32 },
    /// A container cannot have so many messages.
    Count { count: i32 },
    /// Packed data is cut.
    Bytes(String),
    /// Messages in messages in messages.
    TooDeep,
}

/// How a value of any type is called in faults.
const ANY: &str = "constructor or function";

const VECTOR_IN_OBJECT: &str =
    "the elements of a vector have no type where a value of any type is: only a field or --type tells it";

impl fmt::Display for Unread {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(error) => error.fmt(formatter),
            Self::Unknown { id } => {
                write!(formatter, "unknown constructor {id:#010x} at byte 0; expected {ANY}")
            }
            Self::NoId { left } => {
                write!(formatter, "unexpected end of input at byte 0; 4 bytes needed, {left} left")
            }
            Self::Trailing { count, place } => write!(formatter, "{count} bytes after the value, from {place} on"),
            Self::Short { name, needed, left } => {
                write!(formatter, "{name}: unexpected end of input; {needed} bytes needed, {left} left")
            }
            Self::NoMessage { found } => {
                write!(formatter, "msg_copy.orig_message: unknown constructor {found:#010x}; expected message")
            }
            Self::Count { count } => write!(formatter, "msg_container.messages: there cannot be {count} messages"),
            Self::Bytes(error) => write!(formatter, "gzip_packed.packed_data: {error}"),
            Self::TooDeep => formatter.write_str("messages are nested too deeply"),
        }
    }
}

impl Unread {
    /// The id that nobody knows, wherever it is. That of a vector is known, and nothing but the type of its elements is missing.
    pub(super) fn unknown(&self) -> Option<u32> {
        let id = match self {
            Self::Value(error) => unknown(error),
            _ => self.unknown_at_start(),
        };
        id.filter(|id| *id != VECTOR_ID)
    }

    /// The id at the start of the value, if that is what nobody knows.
    pub(super) fn unknown_at_start(&self) -> Option<u32> {
        match self {
            Self::Value(error) if error.offset() == 0 => unknown(error),
            Self::Unknown { id } => Some(*id),
            _ => None,
        }
    }

    /// What a person can do about it.
    pub(super) fn help(&self, schemas: &Schemas<'_>, is_typed: bool) -> Vec<String> {
        if let Some(id) = self.unknown_at_start() {
            let help =
                "specify the type of the vector, such as --type 'Vector<long>', or the function that returned it";
            let is_vector = id == VECTOR_ID && !is_typed;
            let is_object = matches!(self, Self::Value(error) if is_of_any_type(error));
            return if is_vector {
                vec![help.to_owned()]
            } else if id == VECTOR_ID && is_object {
                vec![VECTOR_IN_OBJECT.to_owned()]
            } else {
                swapped(id, schemas).or_else(|| elsewhere(id, schemas)).into_iter().collect()
            };
        }
        let Self::Value(error) = self else { return Vec::new() };
        if unknown(error) == Some(VECTOR_ID) && is_of_any_type(error) {
            return vec![VECTOR_IN_OBJECT.to_owned()];
        }
        if let DecodeFault::AmbiguousId { .. } = error.fault() {
            let help = "specify which one: --type Function for a call, --type TYPE for a value of a type";
            return vec![help.to_owned()];
        }
        unknown(error).and_then(|id| elsewhere(id, schemas)).into_iter().collect()
    }
}

/// Returns whether a value of any type was expected, which its id alone tells.
fn is_of_any_type(error: &DecodeError) -> bool {
    matches!(error.fault(), DecodeFault::UnknownConstructor { expected, .. } if expected == ANY)
}

fn unknown(error: &DecodeError) -> Option<u32> {
    match error.fault() {
        DecodeFault::UnknownConstructor { found, .. } => Some(*found),
        _ => None,
    }
}

/// A remark if the bytes of an id are in the reverse order.
pub(super) fn swapped(id: u32, schemas: &Schemas<'_>) -> Option<String> {
    let swapped = id.swap_bytes();
    let name = super::ids::name_of(swapped).or_else(|| Some(schemas.name_of(swapped)?.0))?;
    Some(format!("with its bytes reversed, the first word is {swapped:#010x}, the id of `{name}`; TL is little-endian"))
}

/// A remark if a schema other than the one that was read by has an id.
fn elsewhere(id: u32, schemas: &Schemas<'_>) -> Option<String> {
    let entry = schemas.that_know(id).find(|entry| !schemas.is_first(entry))?;
    let name = entry.table.name_of(id)?;
    Some(format!("{id:#010x} is `{name}` of {}", entry.name.as_deref()?))
}
