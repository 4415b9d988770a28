//! Why a text is not a path through values of a type.

use alloc::string::String;
use core::fmt;

/// Why a text is not a path through values of a type, and where in the text.
///
/// ```text
/// at character 12 of the path: `mesage` is not a field of Update; did you mean `message`?
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathError {
    fault: PathFault,
    offset: usize,
    suggestion: Option<String>,
}

/// The errors that a path can have.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PathFault {
    /// The text does not go on as a path does.
    Syntax {
        /// The steps that can follow.
        expected: &'static str,
    },
    /// No constructor of the type has the field.
    UnknownField {
        /// The name of the field.
        name: String,
        /// The type.
        ty: String,
    },
    /// The type has no such constructor.
    UnknownConstructor {
        /// The name of the constructor.
        name: String,
        /// The type.
        ty: String,
    },
    /// A field is asked of a value without fields.
    NoFields {
        /// The name of the field.
        name: String,
        /// The type.
        ty: String,
    },
    /// An element is asked of a value that is not a vector.
    NotAVector {
        /// The type.
        ty: String,
    },
    /// The generated code has no table: it was generated without, or the crate's feature is off.
    NoTable,
}

impl PathError {
    pub(super) fn new(fault: PathFault, offset: usize) -> Self {
        Self { fault, offset, suggestion: None }
    }

    pub(super) fn suggest(self, suggestion: Option<String>) -> Self {
        Self { suggestion, ..self }
    }

    /// The kind of error.
    #[must_use]
    pub fn fault(&self) -> &PathFault {
        &self.fault
    }

    /// Where the faulty piece begins, in bytes from the start of the text.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// Text that was probably meant in place of the faulty piece.
    #[must_use]
    pub fn suggestion(&self) -> Option<&str> {
        self.suggestion.as_deref()
    }
}

impl fmt::Display for PathError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.fault == PathFault::NoTable {
            return formatter.write_str("the schema of the type has no table");
        }
        write!(formatter, "at character {} of the path: ", self.offset + 1)?;
        match &self.fault {
            PathFault::Syntax { expected } => write!(formatter, "expected {expected}")?,
            PathFault::UnknownField { name, ty } => write!(formatter, "`{name}` is not a field of {ty}")?,
            PathFault::UnknownConstructor { name, ty } => write!(formatter, "`{name}` is not a constructor of {ty}")?,
            PathFault::NoFields { name, ty } => write!(formatter, "no field `{name}`: {ty} has no fields")?,
            PathFault::NotAVector { ty } => write!(formatter, "{ty} is not a vector")?,
            PathFault::NoTable => {}
        }
        match &self.suggestion {
            Some(suggestion) => write!(formatter, "; did you mean `{suggestion}`?"),
            None => Ok(()),
        }
    }
}

impl core::error::Error for PathError {}
