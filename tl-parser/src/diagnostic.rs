//! What is wrong with a schema, as data. Rendering is in [`render`](crate::render).

use crate::{Code, Fix, Severity, SourceId, Span};

/// One finding, with every place that it speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// The kind of finding.
    pub code: &'static Code,
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
    /// Edits that do so, where they are known.
    pub fix: Option<Fix>,
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
    /// A finding of a kind, with the severity that the kind has by default.
    #[must_use]
    pub fn new(code: &'static Code, message: impl Into<String>, primary: Label) -> Self {
        Self {
            severity: code.level.severity(),
            code,
            message: message.into(),
            primary,
            secondary: Vec::new(),
            notes: Vec::new(),
            help: None,
            fix: None,
        }
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

    /// Adds the edits that mend it.
    #[must_use]
    pub fn with_fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }

    /// Asks whether `name` was meant at a place in the same text, and adds the edit that writes it there.
    #[must_use]
    pub fn with_suggestion(self, place: Span, name: &str) -> Self {
        let fix = Fix::write(self.primary.source, place, name);
        self.with_help(format!("did you mean `{name}`?")).with_fix(fix)
    }
}
