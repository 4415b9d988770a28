//! Counts of lines, and what is to be said of some.

use std::fmt;

use super::{Difference, Outcome};
use crate::encodings::Encoding;

/// Differences that are shown in full.
const SHOWN: usize = 10;
/// Characters of a value that are shown.
const SHOWN_CHARACTERS: usize = 400;

/// What became of lines.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Lines that are equal.
    pub equal: usize,
    /// Lines that are different, without an explanation.
    pub different: Vec<(String, Difference)>,
    /// Lines whose constructor or function the schema does not have.
    pub not_covered: Vec<String>,
    /// Lines that are different for a reason that is known.
    pub explained: Vec<(String, Difference, String)>,
    /// Explanations of lines that are equal: they are out of date.
    pub needless: Vec<String>,
}

/// Why a line is different.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The name of the file and the number of the line: `mtproto.jsonl:7`.
    place: String,
    /// The constructor or function, so that a file whose lines have moved is noticed.
    name: String,
    reason: String,
}

impl Explanation {
    /// Returns whether it explains this line.
    #[must_use]
    pub fn is_of(&self, line: &Encoding) -> bool {
        self.place == line.place && self.name == line.name
    }
}

/// Reads explanations: lines of three columns, with tabs between them. The first is `FILE:LINE`, the second the constructor
/// or function, the third the reason. Lines that begin with `#` are comments.
///
/// # Errors
///
/// A line has other columns; the message says which.
pub fn explanations(text: &str) -> Result<Vec<Explanation>, String> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    let read = lines.map(|(index, line)| match line.split('\t').collect::<Vec<_>>()[..] {
        [place, name, reason] if !reason.trim().is_empty() => {
            let [place, name, reason] = [place, name, reason].map(str::to_owned);
            Ok(Explanation { place, name, reason })
        }
        _ => Err(format!("line {}: not a place, a name and a reason", index + 1)),
    });
    read.collect()
}

impl Report {
    /// Counts a line.
    pub fn add(&mut self, line: &Encoding, outcome: Outcome, explanations: &[Explanation]) {
        let what = format!("{} {}", line.place, line.name);
        let explanation = explanations.iter().find(|it| it.is_of(line));
        match (outcome, explanation) {
            (Outcome::Equal, None) => self.equal += 1,
            (Outcome::Equal, Some(_)) => {
                self.equal += 1;
                self.needless.push(what);
            }
            (Outcome::Different(difference), None) => self.different.push((what, difference)),
            (Outcome::Different(difference), Some(explanation)) => {
                self.explained.push((what, difference, explanation.reason.clone()));
            }
            (Outcome::NotCovered, _) => self.not_covered.push(what),
        }
    }

    /// How many lines there were.
    #[must_use]
    pub fn checked(&self) -> usize {
        self.equal + self.different.len() + self.not_covered.len() + self.explained.len()
    }

    /// Whether there was a line, and every line is equal or explained.
    #[must_use]
    pub fn is_fine(&self) -> bool {
        self.checked() > 0 && self.different.is_empty() && self.not_covered.is_empty() && self.needless.is_empty()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (what, difference, reason) in &self.explained {
            write!(formatter, "explained: {what}: {reason}\n{}", Shown(difference))?;
        }
        for (what, difference) in self.different.iter().take(SHOWN) {
            write!(formatter, "different: {what}\n{}", Shown(difference))?;
        }
        rest(self.different.len(), "different", formatter)?;
        for what in self.not_covered.iter().take(SHOWN) {
            writeln!(formatter, "not covered: {what}")?;
        }
        rest(self.not_covered.len(), "not covered", formatter)?;
        for what in &self.needless {
            writeln!(formatter, "equal in spite of an explanation: {what}")?;
        }
        write!(
            formatter,
            "{} lines checked: {} equal, {} different, {} not covered, {} different and explained",
            self.checked(),
            self.equal,
            self.different.len(),
            self.not_covered.len(),
            self.explained.len()
        )
    }
}

fn rest(count: usize, what: &str, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    match count.saturating_sub(SHOWN) {
        0 => Ok(()),
        more => writeln!(formatter, "… and {more} more {what}"),
    }
}

struct Shown<'a>(&'a Difference);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Difference { step, ours, theirs } = self.0;
        writeln!(formatter, "  {step}\n    ours:   {}\n    theirs: {}", short(ours), short(theirs))
    }
}

fn short(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN_CHARACTERS).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}
