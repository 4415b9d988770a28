//! What is wrong with a schema, as data. Rendering is in [`render`](crate::render).

use crate::{SourceId, Span};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Surely a mistake, but the schema still has a meaning.
    Warning,
    /// The schema has no meaning.
    Error,
}

/// One finding, with every place that it speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// A stable name of the kind of finding, in kebab case: `unknown-type`.
    pub code: &'static str,
    /// One sentence without a full stop.
    pub message: String,
    /// Where it is.
    pub primary: Label,
    /// Other places that explain it.
    pub secondary: Vec<Label>,
    /// Facts that explain it.
    pub notes: Vec<String>,
    /// What to do about it: "did you mean `string`?".
    pub help: Option<String>,
}

/// A place and what to say there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The text that the span points into.
    pub source: SourceId,
    /// The place.
    pub span: Span,
    /// What to say there; may be empty.
    pub message: String,
}

impl Label {
    /// A label without a message.
    #[must_use]
    pub fn new(source: SourceId, span: Span) -> Self {
        Self { source, span, message: String::new() }
    }

    /// The same label with a message.
    #[must_use]
    pub fn with_message(mut self, message: impl Into<String>) -> Self {
        self.message = message.into();
        self
    }
}

impl Diagnostic {
    /// An error.
    #[must_use]
    pub fn error(code: &'static str, message: impl Into<String>, primary: Label) -> Self {
        Self::new(Severity::Error, code, message, primary)
    }

    /// A warning.
    #[must_use]
    pub fn warning(code: &'static str, message: impl Into<String>, primary: Label) -> Self {
        Self::new(Severity::Warning, code, message, primary)
    }

    /// A note.
    #[must_use]
    pub fn note(code: &'static str, message: impl Into<String>, primary: Label) -> Self {
        Self::new(Severity::Note, code, message, primary)
    }

    fn new(severity: Severity, code: &'static str, message: impl Into<String>, primary: Label) -> Self {
        Self { severity, code, message: message.into(), primary, secondary: Vec::new(), notes: Vec::new(), help: None }
    }

    /// Adds a place that explains the finding.
    #[must_use]
    pub fn with_secondary(mut self, label: Label) -> Self {
        self.secondary.push(label);
        self
    }

    /// Adds a fact that explains the finding.
    #[must_use]
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Says what to do about it.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
