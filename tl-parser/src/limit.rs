//! How many findings a run shows.

use std::cell::Cell;

use crate::{Diagnostic, Severity};

/// How many findings of each severity there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// The number of errors.
    pub errors: usize,
    /// The number of warnings.
    pub warnings: usize,
    /// The number of notes.
    pub notes: usize,
}

impl Tally {
    /// Counts findings.
    #[must_use]
    pub fn of<'d>(diagnostics: impl IntoIterator<Item = &'d Diagnostic>) -> Self {
        let mut tally = Self::default();
        for diagnostic in diagnostics {
            *tally.of_severity(diagnostic.severity) += 1;
        }
        tally
    }

    /// The number of all findings.
    #[must_use]
    pub fn total(self) -> usize {
        self.errors + self.warnings + self.notes
    }

    fn of_severity(&mut self, severity: Severity) -> &mut usize {
        match severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
            Severity::Note => &mut self.notes,
        }
    }
}

/// Counts the findings that a run shows, up to a limit, and those that it does not.
///
/// Errors come first: a finding is left out rather than a graver one, even if that is further behind.
#[derive(Debug)]
pub struct Limit {
    /// How many findings are shown at most; any number if there is none.
    most: Option<usize>,
    shown: Cell<usize>,
    left: Cell<Allowance>,
    hidden: Cell<Tally>,
}

/// How many findings of each severity can still be shown.
#[derive(Clone, Copy, Debug)]
enum Allowance {
    /// So many of any severity.
    Any(usize),
    /// So many of each.
    Each(Tally),
}

impl Limit {
    /// How many findings are shown where nobody chooses otherwise.
    pub const DEFAULT: usize = 100;

    /// A limit; 0 is none.
    #[must_use]
    pub fn new(most: usize) -> Self {
        let most = Some(most).filter(|most| *most > 0);
        let left = Cell::new(Allowance::Any(most.unwrap_or(0)));
        Self { most, shown: Cell::default(), left, hidden: Cell::default() }
    }

    /// Returns a limit of the same number, for what is counted by itself.
    #[must_use]
    pub fn another(&self) -> Self {
        Self::new(self.most.unwrap_or(0))
    }

    /// Chooses among findings that are all known: those that can still be shown are the gravest of them.
    pub fn expect(&self, all: Tally) {
        let left = self.most.unwrap_or(0).saturating_sub(self.shown.get());
        let errors = all.errors.min(left);
        let warnings = all.warnings.min(left - errors);
        let notes = all.notes.min(left - errors - warnings);
        self.left.set(Allowance::Each(Tally { errors, warnings, notes }));
    }

    /// Returns whether a finding of this severity is shown. Each is asked about once.
    pub fn allows(&self, severity: Severity) -> bool {
        if self.most.is_none() {
            return true;
        }
        let mut left = self.left.get();
        let count = match &mut left {
            Allowance::Any(count) => count,
            Allowance::Each(tally) => tally.of_severity(severity),
        };
        let is_shown = *count > 0;
        *count = count.saturating_sub(1);
        self.left.set(left);
        self.shown.set(self.shown.get() + usize::from(is_shown));
        if !is_shown {
            let mut hidden = self.hidden.get();
            *hidden.of_severity(severity) += 1;
            self.hidden.set(hidden);
        }
        is_shown
    }

    /// How many findings were not shown so far.
    #[must_use]
    pub fn hidden(&self) -> Tally {
        self.hidden.get()
    }
}

#[cfg(test)]
mod tests {
    use super::{Limit, Tally};
    use crate::Severity::{Error, Note, Warning};

    const FINDINGS: [crate::Severity; 6] = [Note, Warning, Note, Error, Warning, Error];
    const ALL: Tally = Tally { errors: 2, warnings: 2, notes: 2 };

    fn shown(limit: &Limit) -> String {
        FINDINGS.iter().map(|severity| if limit.allows(*severity) { 'x' } else { '-' }).collect()
    }

    fn shown_and_hidden(most: usize, is_expected: bool) -> (String, Tally) {
        let limit = Limit::new(most);
        if is_expected {
            limit.expect(ALL);
        }
        (shown(&limit), limit.hidden())
    }

    #[test]
    fn the_gravest_are_shown_in_their_order() {
        assert_eq!(shown_and_hidden(0, true), ("xxxxxx".to_owned(), Tally::default()));
        assert_eq!(shown_and_hidden(6, true), ("xxxxxx".to_owned(), Tally::default()));
        assert_eq!(shown_and_hidden(3, true), ("-x-x-x".to_owned(), Tally { errors: 0, warnings: 1, notes: 2 }));
        assert_eq!(shown_and_hidden(1, true), ("---x--".to_owned(), Tally { errors: 1, warnings: 2, notes: 2 }));
    }

    #[test]
    fn the_first_are_shown_where_the_others_are_not_known() {
        assert_eq!(shown_and_hidden(3, false), ("xxx---".to_owned(), Tally { errors: 2, warnings: 1, notes: 0 }));
        assert_eq!(shown_and_hidden(0, false), ("xxxxxx".to_owned(), Tally::default()));
    }

    #[test]
    fn findings_that_come_later_have_the_rest_of_the_limit() {
        let limit = Limit::new(8);
        limit.expect(ALL);
        assert_eq!(shown(&limit), "xxxxxx");
        limit.expect(ALL);
        assert_eq!(shown(&limit), "---x-x");
        let limit = Limit::new(7);
        assert_eq!(shown(&limit), "xxxxxx");
        limit.expect(ALL);
        assert_eq!(shown(&limit), "---x--");
    }
}
