//! How many findings a run shows.

use std::cell::Cell;

use typelang_parser::Diagnostic;

use crate::tally::Tally;

/// Counts the findings that are shown, up to a limit, and those that are not.
///
/// Errors come first: a finding is left out rather than a graver one, even if that is further behind.
#[derive(Debug)]
pub(crate) struct Limit {
    /// How many findings are shown at most; any number if nothing is said.
    most: Option<usize>,
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
    /// A limit; 0 is none.
    pub(crate) fn new(most: usize) -> Self {
        let most = Some(most).filter(|most| *most > 0);
        Self { most, left: Cell::new(Allowance::Any(most.unwrap_or(0))), hidden: Cell::default() }
    }

    /// Chooses among findings that are all known.
    pub(crate) fn expect(&self, all: Tally) {
        let Some(most) = self.most else { return };
        let errors = all.errors.min(most);
        let warnings = all.warnings.min(most - errors);
        let notes = all.notes.min(most - errors - warnings);
        self.left.set(Allowance::Each(Tally { errors, warnings, notes }));
    }

    /// Returns whether a finding is shown. Each is asked about once.
    pub(crate) fn allows(&self, diagnostic: &Diagnostic) -> bool {
        if self.most.is_none() {
            return true;
        }
        let severity = diagnostic.severity;
        let mut left = self.left.get();
        let count = match &mut left {
            Allowance::Any(count) => count,
            Allowance::Each(tally) => tally.of_severity(severity),
        };
        let is_shown = *count > 0;
        *count = count.saturating_sub(1);
        self.left.set(left);
        if !is_shown {
            let mut hidden = self.hidden.get();
            *hidden.of_severity(severity) += 1;
            self.hidden.set(hidden);
        }
        is_shown
    }

    /// How many findings were not shown so far.
    pub(crate) fn hidden(&self) -> Tally {
        self.hidden.get()
    }

    /// Returns the count of what was not shown, in words: `not shown: 12 errors, 1 note; --limit 0 shows all`.
    pub(crate) fn remark(&self) -> Option<String> {
        self.hidden().in_words().map(|hidden| format!("not shown: {hidden}; --limit 0 shows all"))
    }
}

#[cfg(test)]
mod tests {
    use typelang_parser::codes::{BAD_ID, ID_MISMATCH, PINNED_ID};
    use typelang_parser::{Label, SourceId, Span};

    use super::*;

    fn findings() -> Vec<Diagnostic> {
        let codes = [&PINNED_ID, &ID_MISMATCH, &PINNED_ID, &BAD_ID, &ID_MISMATCH, &BAD_ID];
        codes.map(|code| Diagnostic::new(code, "", Label::new(SourceId::default(), Span::default()))).to_vec()
    }

    fn shown(most: usize, expected: bool) -> (String, Option<String>) {
        let limit = Limit::new(most);
        let findings = findings();
        if expected {
            limit.expect(Tally::of(&findings));
        }
        let shown = findings.iter().map(|it| if limit.allows(it) { 'x' } else { '-' });
        (shown.collect(), limit.remark())
    }

    #[test]
    fn the_gravest_are_shown_in_their_order() {
        assert_eq!(shown(0, true), ("xxxxxx".to_owned(), None));
        assert_eq!(shown(6, true), ("xxxxxx".to_owned(), None));
        let remark = "not shown: 1 warning, 2 notes; --limit 0 shows all".to_owned();
        assert_eq!(shown(3, true), ("-x-x-x".to_owned(), Some(remark)));
        let remark = "not shown: 1 error, 2 warnings, 2 notes; --limit 0 shows all".to_owned();
        assert_eq!(shown(1, true), ("---x--".to_owned(), Some(remark)));
    }

    #[test]
    fn the_first_are_shown_where_the_others_are_not_known() {
        let remark = "not shown: 2 errors, 1 warning; --limit 0 shows all".to_owned();
        assert_eq!(shown(3, false), ("xxx---".to_owned(), Some(remark)));
        assert_eq!(shown(0, false), ("xxxxxx".to_owned(), None));
    }
}
