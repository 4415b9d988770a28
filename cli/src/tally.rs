//! Counts of findings in words.

use typelang_parser::Tally;

/// A number and what is counted: `1 error`, `2 errors`.
pub(crate) fn plural(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// The counts in words, `2 errors, 1 note`; nothing if all are zero.
pub(crate) fn in_words(tally: Tally) -> Option<String> {
    let counts = [(tally.errors, "error"), (tally.warnings, "warning"), (tally.notes, "note")];
    let parts: Vec<String> =
        counts.iter().filter(|(count, _)| *count > 0).map(|&(count, what)| plural(count, what)).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}
