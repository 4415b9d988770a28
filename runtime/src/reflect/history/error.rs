//! Why bytes of another layer could not be read.

use alloc::boxed::Box;
use alloc::string::String;
use core::fmt;

use super::super::error::DecodeError;
use super::{Layers, Parts};

/// Why a conversion ended.
#[derive(Debug)]
pub(super) struct Stop {
    pub(super) reason: Reason,
    pub(super) path: String,
    /// The old constructor.
    pub(super) combinator: Option<u32>,
}

/// A part of a value that cannot be converted, with the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// The type has no constructor of this name in the wanted layer, and no rule makes another one.
    NoConstructor {
        /// The name of the type.
        wanted: String,
    },
    /// The field is new or must be there now, and nothing tells its value.
    NewField,
    /// The field has another type, or a value that the new type does not have.
    TypeChanged,
    /// Values with parameters cannot be converted.
    Parameters,
    /// The result would be too large for the limits.
    TooMuch,
    /// The history is damaged.
    Damaged,
}

impl Reason {
    /// Returns whether a policy can do without the value.
    pub(super) fn is_about_value(&self) -> bool {
        matches!(self, Self::NoConstructor { .. } | Self::NewField | Self::TypeChanged)
    }
}

/// Why bytes were not read by a [`History`](super::History).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Error {
    /// The bytes are not a value of the type in any layer.
    Bytes(DecodeError),
    /// The value is one of an old layer, and part of it cannot be one of the wanted layer.
    NotConvertible(Box<NotConvertible>),
    /// The decoder of the newest layer refuses the bytes: those that it was given, for another reason than an id that it does not know,
    /// or those that the value was converted to.
    Value(crate::DecodeError),
    /// The type is not in the history.
    UnknownType,
    /// The layer is not in the history.
    UnknownLayer(u32),
}

/// A part of a value that cannot be one of another layer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NotConvertible {
    /// The old constructor with its id, `message#38116ee0`.
    pub constructor: String,
    /// The layers that have it.
    pub layers: Option<Layers>,
    /// The layer that is wanted.
    pub wanted: u32,
    /// The way to the part.
    pub path: String,
    /// The reason.
    pub reason: Reason,
}

impl Error {
    #[cold]
    pub(super) fn of(parts: &Parts<'static>, stop: Stop, wanted: u32) -> Self {
        let combinator = stop.combinator.and_then(|it| parts.table.combinator_at(it));
        let constructor =
            combinator.map_or_else(String::new, |it| alloc::format!("{}#{:08x}", it.name().unwrap_or("?"), it.id()));
        let layers = combinator.and_then(|it| Layers::of(parts, it.id()));
        let Stop { reason, path, .. } = stop;
        Self::NotConvertible(Box::new(NotConvertible { constructor, layers, wanted, path, reason }))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes(error) => error.fmt(formatter),
            Self::Value(error) => error.fmt(formatter),
            Self::UnknownType => formatter.write_str("the type is not in the history"),
            Self::UnknownLayer(layer) => write!(formatter, "layer {layer} is not in the history"),
            Self::NotConvertible(it) => it.fmt(formatter),
        }
    }
}

impl fmt::Display for NotConvertible {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(formatter, "{}: ", self.path)?;
        }
        match (&self.layers, self.constructor.is_empty()) {
            (Some(layers), false) => write!(formatter, "{layers} cannot be converted")?,
            (None, false) => write!(formatter, "`{}` cannot be converted", self.constructor)?,
            (_, true) => formatter.write_str("the value cannot be converted")?,
        }
        write!(formatter, " to layer {}: ", self.wanted)?;
        match &self.reason {
            Reason::NoConstructor { wanted } => {
                write!(formatter, "`{wanted}` has no such constructor there, and no rule converts it")
            }
            Reason::NewField => formatter.write_str("the value of this new field is unknown, and no rule gives it"),
            Reason::TypeChanged => formatter.write_str("the field has another type there, and no rule converts it"),
            Reason::Parameters => formatter.write_str("it has parameters"),
            Reason::TooMuch => formatter.write_str("the result would be too large"),
            Reason::Damaged => formatter.write_str("the history is damaged"),
        }
    }
}

impl core::error::Error for Error {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Bytes(error) => Some(error),
            Self::Value(error) => Some(error),
            _ => None,
        }
    }
}
