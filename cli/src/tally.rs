//! Counts of findings, and how they are written.

use typelang_parser::{Diagnostic, Severity};

/// A number and what is counted: `1 error`, `2 errors`.
pub(crate) fn plural(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// How many diagnostics of each severity there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
    pub(crate) notes: usize,
}

impl Tally {
    pub(crate) fn of<'d>(diagnostics: impl IntoIterator<Item = &'d Diagnostic>) -> Self {
        let mut tally = Self::default();
        for diagnostic in diagnostics {
            *tally.of_severity(diagnostic.severity) += 1;
        }
        tally
    }

    /// The count of one severity.
    pub(crate) fn of_severity(&mut self, severity: Severity) -> &mut usize {
        match severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
            Severity::Note => &mut self.notes,
        }
    }

    /// The counts in words, `2 errors, 1 note`; nothing if all are zero.
    pub(crate) fn in_words(self) -> Option<String> {
        let counts = [(self.errors, "error"), (self.warnings, "warning"), (self.notes, "note")];
        let parts: Vec<String> =
            counts.iter().filter(|(count, _)| *count > 0).map(|&(count, what)| plural(count, what)).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}
