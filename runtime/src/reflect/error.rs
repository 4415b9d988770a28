//! Why a walk through bytes or a value ended early, and at which place.

use alloc::boxed::Box;
use alloc::string::String;
use core::fmt;

use crate::{DecodeErrorKind, EncodeErrorKind};

/// Why bytes could not be decoded, at which byte, and on which path through the value.
///
/// ```text
/// updates.updates[3].message.media: unknown constructor 0x1234abcd at byte 412; expected MessageMedia
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError(Box<DecodeDetails>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct DecodeDetails {
    fault: DecodeFault,
    offset: usize,
    path: String,
}

/// What can be wrong with bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeFault {
    /// What any reader finds. An unknown constructor is never among it.
    Bytes(DecodeErrorKind),
    /// An id is none of those that the type allows. The offset is where the id begins.
    UnknownConstructor {
        /// The id in the input.
        found: u32,
        /// What the schema calls the id, if it is known from another place: `messageMediaStory, a MessageMedia`.
        known_as: Option<String>,
        /// What is allowed: the name of a type.
        expected: String,
    },
    /// An id is that of a constructor and of a function, or of constructors of several types, and nothing tells which is meant. The
    /// offset is where the id begins.
    AmbiguousId {
        /// The id in the input.
        found: u32,
        /// The name of the first constructor or function that has it.
        first: String,
        /// The name of the second one.
        second: String,
    },
    /// A value of a type that the schema declares as built in, and that the runtime does not know: its layout is not in the
    /// schema.
    Opaque {
        /// The name of the constructor.
        name: String,
    },
    /// The value has more parts than its bytes can mean.
    TooManyValues,
    /// The type is no whole type by itself: it lacks arguments, or is the result of a call that is not known.
    IncompleteType,
    /// The table is damaged.
    DamagedTable,
}

impl DecodeError {
    pub(super) fn new(fault: DecodeFault, offset: usize, path: String) -> Self {
        Self(Box::new(DecodeDetails { fault, offset, path }))
    }

    /// Returns whether this speaks of the same fault as an error of generated code, which can notice the end of the input earlier.
    pub(crate) fn is_about(&self, other: &crate::DecodeError) -> bool {
        match (self.fault(), other.kind()) {
            (DecodeFault::Bytes(DecodeErrorKind::UnexpectedEnd { .. }), DecodeErrorKind::UnexpectedEnd { .. }) => {
                self.offset() >= other.offset()
            }
            (DecodeFault::Bytes(DecodeErrorKind::MemoryLimit { .. }), DecodeErrorKind::MemoryLimit { .. }) => true,
            (DecodeFault::Bytes(kind), other_kind) => kind == other_kind && self.offset() == other.offset(),
            (
                DecodeFault::UnknownConstructor { found, .. } | DecodeFault::AmbiguousId { found, .. },
                DecodeErrorKind::UnknownConstructor { found: other_id, .. },
            ) => found == other_id && self.offset() == other.offset(),
            _ => false,
        }
    }

    /// What is wrong.
    #[must_use]
    pub fn fault(&self) -> &DecodeFault {
        &self.0.fault
    }

    /// Where the faulty piece begins, in bytes from the start of the input.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.0.offset
    }

    /// The way to the faulty piece: the outermost constructor or function, and then fields and positions in vectors, such as
    /// `updates.updates[3].message.media`. Empty if the outermost value itself is wrong.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.0.path
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path().is_empty() {
            write!(formatter, "{}: ", self.path())?;
        }
        let offset = self.offset();
        match self.fault() {
            DecodeFault::Bytes(kind) => {
                kind.write_fault(formatter)?;
                write!(formatter, " at byte {offset}")?;
                kind.write_explanation(formatter)
            }
            DecodeFault::UnknownConstructor { found, known_as, expected } => {
                write!(formatter, "unknown constructor {found:#010x} at byte {offset}; expected {expected}")?;
                match known_as {
                    Some(name) => write!(formatter, ", but the id is {name}"),
                    None => Ok(()),
                }
            }
            DecodeFault::AmbiguousId { found, first, second } => {
                write!(formatter, "the id {found:#010x} at byte {offset} is that of `{first}` and of `{second}`")
            }
            DecodeFault::Opaque { name } => write!(
                formatter,
                "cannot read `{name}` at byte {offset}: the schema declares it as built in, without its layout"
            ),
            DecodeFault::TooManyValues => write!(formatter, "too many values without bytes at byte {offset}"),
            DecodeFault::IncompleteType => write!(formatter, "the type at byte {offset} is not complete"),
            DecodeFault::DamagedTable => write!(formatter, "damaged schema table, noticed at byte {offset}"),
        }
    }
}

impl core::error::Error for DecodeError {}

/// Why a value could not be encoded, and on which path through it.
///
/// ```text
/// messages.sendMessage.peer.user_id: expected long, found a Bool
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodeError(Box<EncodeDetails>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct EncodeDetails {
    fault: EncodeFault,
    path: String,
}

/// What can be wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EncodeFault {
    /// What the wire format cannot say.
    Bytes(EncodeErrorKind),
    /// A value is of another kind than the schema says.
    Mismatch {
        /// What the schema says: the name of a type.
        expected: String,
        /// What the value is.
        found: &'static str,
    },
    /// A number is too large or too small for its type, or a text says no number or bytes of it.
    Unrepresentable {
        /// What the schema says: the name of a type.
        expected: String,
        /// The number or text.
        found: String,
    },
    /// No constructor or function of the name is allowed here.
    UnknownName {
        /// The name in the value.
        found: String,
        /// What is allowed: the name of a type.
        expected: String,
    },
    /// An object does not say which constructor it is, and there are several.
    NoName {
        /// What is allowed: the name of a type.
        expected: String,
    },
    /// An object has a field that the schema does not have there.
    UnknownField {
        /// The name of the field.
        name: String,
        /// The constructor or function.
        combinator: String,
    },
    /// An object has two fields of one name.
    RepeatedField {
        /// The name of the fields.
        name: String,
    },
    /// A field is not there although it must be.
    MissingField {
        /// The name of the field.
        name: String,
        /// The field that is there and shares its bit, or the number whose bit asks for it.
        because_of: Option<String>,
    },
    /// A field is there although its bit, which is given, is not set.
    UnexpectedField {
        /// The name of the field.
        name: String,
    },
    /// A number that is computed was given, and is something else.
    WrongFlags {
        /// The name of the field.
        name: String,
        /// The number that was computed.
        computed: u32,
        /// The number that was given.
        found: u32,
    },
    /// A value of a type that the schema declares as built in, and that the runtime does not know.
    Opaque {
        /// The name of the constructor.
        name: String,
    },
    /// More values are nested in one another, vectors included, than four times what
    /// [`WriteOptions::max_depth`](crate::WriteOptions::max_depth) allows of recursive ones, and 64.
    TooDeep,
    /// The type is no whole type by itself: it lacks arguments, or is the result of a call that is not known.
    IncompleteType,
    /// The table is damaged.
    DamagedTable,
}

impl EncodeError {
    pub(super) fn new(fault: EncodeFault, path: String) -> Self {
        Self(Box::new(EncodeDetails { fault, path }))
    }

    /// What is wrong.
    #[must_use]
    pub fn fault(&self) -> &EncodeFault {
        &self.0.fault
    }

    /// The way to the faulty value, as in [`DecodeError::path`].
    #[must_use]
    pub fn path(&self) -> &str {
        &self.0.path
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path().is_empty() {
            write!(formatter, "{}: ", self.path())?;
        }
        write!(formatter, "{}", self.fault())
    }
}

impl fmt::Display for EncodeFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes(kind) => write!(formatter, "{kind}"),
            Self::Mismatch { expected, found } => write!(formatter, "expected {expected}, found {found}"),
            Self::Unrepresentable { expected, found } => write!(formatter, "{found} is not a valid {expected}"),
            Self::UnknownName { found, expected } => write!(formatter, "`{found}` is not a valid {expected}"),
            Self::NoName { expected } => {
                write!(formatter, "the object does not name its constructor (\"_\"); expected {expected}")
            }
            Self::UnknownField { name, combinator } => write!(formatter, "`{combinator}` has no field `{name}`"),
            Self::RepeatedField { name } => write!(formatter, "the field `{name}` is there twice"),
            Self::MissingField { name, because_of: None } => write!(formatter, "the field `{name}` is missing"),
            Self::MissingField { name, because_of: Some(other) } => {
                write!(formatter, "the field `{name}` is missing, which `{other}` asks for")
            }
            Self::UnexpectedField { name } => {
                write!(formatter, "the field `{name}` is there although its bit is not set")
            }
            Self::WrongFlags { name, computed, found } => {
                write!(formatter, "`{name}` is {found}, where the other fields make it {computed}")
            }
            Self::Opaque { name } => {
                write!(formatter, "cannot write `{name}`: the schema declares it as built in, without its layout")
            }
            Self::TooDeep => formatter.write_str("nested too deeply"),
            Self::IncompleteType => formatter.write_str("the type is not complete"),
            Self::DamagedTable => formatter.write_str("damaged schema table"),
        }
    }
}

impl core::error::Error for EncodeError {}
