//! Changes in a value that was read from another layer.

use alloc::string::String;
use core::fmt;

/// A part of a value that is not as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Loss {
    /// The way to it through the old value: `messages.messagesSlice.messages[3].media.caption`.
    pub path: String,
    /// The kind of change.
    pub kind: LossKind,
}

/// The kinds of changes of a part of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum LossKind {
    /// The old value has the part and the new one has no place for it.
    Dropped,
    /// The old value does not have it and the new one must: it is 0, empty, or false.
    MadeUp,
    /// A rule of the history, or of the program, made it from other parts.
    Rule,
    /// The same, and the rule is a guess; or one of several meanings of the bytes was chosen without knowing the layer.
    Guess,
    /// The wanted layer does not know the value, and another one is in its place: only [`transcode`](super::History::transcode)
    /// does that.
    Substituted,
}

impl fmt::Display for Loss {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            LossKind::Dropped => "dropped",
            LossKind::MadeUp => "made up",
            LossKind::Rule => "by a rule",
            LossKind::Guess => "guessed",
            LossKind::Substituted => "substituted",
        };
        write!(formatter, "{}: {kind}", self.path)
    }
}

/// The treatment by [`transcode`](super::History::transcode) of a value that the wanted layer does not know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Policy {
    /// Puts a constructor of the same type in its place whose name ends in `Unsupported`, `Empty`, `Unknown` or `Other`.
    pub substitute: bool,
    /// Leaves out the optional field or the element that the value is, if there is no substitute.
    pub leave_out: bool,
}

impl Policy {
    /// Refuses the whole value.
    #[must_use]
    pub const fn refuse() -> Self {
        Self { substitute: false, leave_out: false }
    }

    /// Puts another value in its place, if there is one.
    #[must_use]
    pub const fn substitute(self) -> Self {
        Self { substitute: true, ..self }
    }

    /// Leaves out the field or the element, if that is possible.
    #[must_use]
    pub const fn leave_out(self) -> Self {
        Self { leave_out: true, ..self }
    }
}
