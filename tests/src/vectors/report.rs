//! Counts of lines, and what is to be said of some.

use std::fmt;

use super::{Difference, Outcome};
use crate::encodings::Encoding;

/// How many lines of each kind are shown unless somebody asks for more.
pub(super) const LIMIT: usize = 100;
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
    /// Lines that are no encodings, with their places and what is wrong.
    pub unreadable: Vec<String>,
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
        self.equal + self.different.len() + self.not_covered.len() + self.explained.len() + self.unreadable.len()
    }

    /// Returns whether there was a line, and every line is equal or explained.
    #[must_use]
    pub fn is_fine(&self) -> bool {
        let faults = [self.different.len(), self.not_covered.len(), self.needless.len(), self.unreadable.len()];
        self.checked() > 0 && faults == [0; 4]
    }

    /// The report with so many lines of each kind at most; 0 for all.
    #[must_use]
    pub fn shown(&self, limit: usize) -> impl fmt::Display {
        ShownReport { report: self, limit: if limit == 0 { usize::MAX } else { limit } }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.shown(LIMIT).fmt(formatter)
    }
}

/// A report and how much of it is shown.
struct ShownReport<'r> {
    report: &'r Report,
    limit: usize,
}

impl fmt::Display for ShownReport<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { report, limit } = *self;
        for (what, difference, reason) in report.explained.iter().take(limit) {
            write!(formatter, "explained: {what}: {reason}\n{}", Shown(difference))?;
        }
        rest(report.explained.len(), limit, "explained", formatter)?;
        for (what, difference) in report.different.iter().take(limit) {
            write!(formatter, "different: {what}\n{}", Shown(difference))?;
        }
        rest(report.different.len(), limit, "different", formatter)?;
        for (lines, what) in [
            (&report.not_covered, "not covered"),
            (&report.unreadable, "not read"),
            (&report.needless, "equal in spite of an explanation"),
        ] {
            for line in lines.iter().take(limit) {
                writeln!(formatter, "{what}: {line}")?;
            }
            rest(lines.len(), limit, what, formatter)?;
        }
        write!(
            formatter,
            "{} lines checked: {} equal, {} different, {} not covered, {} different and explained",
            report.checked(),
            report.equal,
            report.different.len(),
            report.not_covered.len(),
            report.explained.len()
        )?;
        match report.unreadable.len() {
            0 => Ok(()),
            count => write!(formatter, ", {count} not read"),
        }
    }
}

fn rest(count: usize, limit: usize, what: &str, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    match count.saturating_sub(limit) {
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
