//! "Did you mean …?"

use std::cell::Cell;

/// The candidate that is most like `name`, if one is like enough to be what was meant.
///
/// Letters that differ only in case count as equal at first; one insertion, deletion, replacement or exchange of
/// neighbours is allowed for every three characters of `name`, and always one. Of equally good candidates it is the
/// first in alphabetical order, whatever the order in which they come. `name` itself is never suggested, and for a name of more
/// than a hundred characters nothing is.
///
/// For many names, [`Suggestions`] bounds the work.
#[must_use]
pub fn suggest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    Suggestions::new().suggest(name, candidates)
}

/// Suggestions for the names of one run, with bounded work: a text of any number of unknown names beside any number of known
/// ones is looked through in time linear in its length.
///
/// Comparing two names costs as many steps as it looks at letters. Once [`STEPS`](Self::STEPS) are taken, nothing is suggested
/// any more. That is far beyond what a schema with a few slips takes, and it does not depend on the machine.
#[derive(Debug)]
pub struct Suggestions {
    left: Cell<usize>,
}

impl Default for Suggestions {
    fn default() -> Self {
        Self::new()
    }
}

impl Suggestions {
    /// How many steps there are for all names together.
    pub const STEPS: usize = 30_000_000;

    /// No names were looked for yet.
    #[must_use]
    pub fn new() -> Self {
        Self { left: Cell::new(Self::STEPS) }
    }

    /// How many steps were taken.
    #[must_use]
    pub fn steps(&self) -> usize {
        Self::STEPS - self.left.get()
    }

    /// Returns whether nothing is suggested any more, so that candidates need not be gathered.
    #[must_use]
    pub fn are_spent(&self) -> bool {
        self.left.get() == 0
    }

    /// Returns the candidate that is most like `name`, as [`suggest`] does.
    #[must_use]
    pub fn suggest<'a>(&self, name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
        const LONGEST: usize = 100;
        if self.are_spent() || name.len() > 4 * LONGEST {
            return None;
        }
        let wanted: Vec<char> = name.chars().collect();
        if wanted.len() > LONGEST {
            return None;
        }
        let limit = (wanted.len() / 3).max(1);
        let mut letters: Vec<char> = Vec::new();
        let mut best: Option<(usize, usize, &'a str)> = None;
        for candidate in candidates {
            // Something must be left of the name: one replacement makes any letter of any other.
            let is_near = candidate != name && candidate.len() <= 4 * (wanted.len() + limit);
            self.take(1)?;
            if !is_near {
                continue;
            }
            letters.clear();
            letters.extend(candidate.chars());
            let longest = wanted.len().max(letters.len());
            if wanted.len().abs_diff(letters.len()) > limit {
                continue;
            }
            self.take(longest)?;
            if unlike(&wanted, &letters) > limit {
                continue;
            }
            self.take(wanted.len() * (2 * limit + 1))?;
            let fold = |a: char, b: char| a.eq_ignore_ascii_case(&b);
            let allowed = best.map_or(limit, |(distance, ..)| distance);
            let Some(distance) = edit_distance(&wanted, &letters, allowed, fold).filter(|it| *it < longest) else {
                continue;
            };
            let exact = edit_distance(&wanted, &letters, longest, |a, b| a == b).unwrap_or(longest);
            let rated = (distance, exact, candidate);
            if best.is_none_or(|best| rated < best) {
                best = Some(rated);
            }
        }
        best.map(|(_, _, candidate)| candidate)
    }

    /// Takes some steps, or all that are left, if those do not suffice.
    fn take(&self, steps: usize) -> Option<()> {
        let left = self.left.get().checked_sub(steps);
        self.left.set(left.unwrap_or(0));
        left.map(drop)
    }
}

/// A number of letters that differ in any case: those that one of the two has more often than the other. No order of edits takes
/// fewer.
fn unlike(a: &[char], b: &[char]) -> usize {
    let mut counts = [0_i32; 64];
    let slot = |letter: char| usize::try_from(u32::from(letter.to_ascii_lowercase()) % 64).unwrap_or(0);
    a.iter().for_each(|letter| counts[slot(*letter)] += 1);
    b.iter().for_each(|letter| counts[slot(*letter)] -= 1);
    let sum = |of: fn(i32) -> bool| -> u32 {
        counts.iter().filter(|count| of(**count)).map(|count| count.unsigned_abs()).sum()
    };
    usize::try_from(sum(i32::is_positive).max(sum(i32::is_negative))).unwrap_or(usize::MAX)
}

/// The number of insertions, deletions, replacements and exchanges of neighbours that make `b` of `a`, if it is at most `limit`.
///
/// Only what is within `limit` of the diagonal is computed.
fn edit_distance(a: &[char], b: &[char], limit: usize, equal: impl Fn(char, char) -> bool) -> Option<usize> {
    const FAR: usize = usize::MAX / 2;
    let mut before_last: Vec<usize> = vec![FAR; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let mut current: Vec<usize> = vec![FAR; b.len() + 1];
    for (row, &letter) in a.iter().enumerate() {
        let from = (row + 1).saturating_sub(limit);
        let to = (row + 1 + limit).min(b.len());
        if from > to {
            return None;
        }
        current[from] = if from == 0 { row + 1 } else { FAR };
        for column in from.max(1)..=to {
            let other = b[column - 1];
            let left = if column > from { current[column - 1] } else { FAR };
            let replaced = last[column - 1] + usize::from(!equal(letter, other));
            let mut best = replaced.min(last[column] + 1).min(left + 1);
            let is_exchanged = row > 0 && column > 1 && equal(a[row - 1], other) && equal(letter, b[column - 2]);
            if is_exchanged {
                best = best.min(before_last[column - 2] + 1);
            }
            current[column] = best.min(FAR);
        }
        if let Some(beyond) = current.get_mut(to + 1) {
            *beyond = FAR;
        }
        std::mem::swap(&mut before_last, &mut last);
        std::mem::swap(&mut last, &mut current);
    }
    last.last().copied().filter(|distance| *distance <= limit)
}

#[cfg(test)]
mod tests {
    use super::{Suggestions, edit_distance, suggest};

    #[test]
    fn one_slip_of_each_kind() {
        let types = ["int", "long", "String", "Vector"];
        for slip in ["Strng", "Stringg", "Strimg", "Stirng", "string", "STRING"] {
            assert_eq!(suggest(slip, types), Some("String"), "{slip}");
        }
    }

    #[test]
    fn far_names_are_not_suggested() {
        assert_eq!(suggest("Strng", ["Vector", "int", "S"]), None);
        assert_eq!(suggest("x", ["y"]), None);
        assert_eq!(suggest("", ["a"]), None);
        assert_eq!(suggest("int", ["int"]), None);
    }

    #[test]
    fn ties_do_not_depend_on_the_order() {
        assert_eq!(suggest("bat", ["cat", "bar"]), Some("bar"));
        assert_eq!(suggest("bat", ["bar", "cat"]), Some("bar"));
        assert_eq!(suggest("user", ["User", "users"]), Some("User"));
    }

    #[test]
    fn a_third_of_the_letters_may_differ() {
        assert_eq!(suggest("inputUsr", ["inputUser"]), Some("inputUser"));
        assert_eq!(suggest("abcdef", ["abxyef"]), Some("abxyef"));
        assert_eq!(suggest("abcdef", ["axyzef"]), None);
    }

    #[test]
    fn the_work_is_bounded_and_does_not_depend_on_the_order() {
        let known: Vec<String> = (0..1000).map(|number| format!("inputUser{number}")).collect();
        let suggestions = Suggestions::new();
        let mut found = 0;
        for number in 0..100_000 {
            let name = format!("inputUsr{number}");
            found += usize::from(suggestions.suggest(&name, known.iter().map(String::as_str)).is_some());
        }
        assert!(suggestions.are_spent() && suggestions.steps() == Suggestions::STEPS);
        assert!((100..50_000).contains(&found), "{found} of 100,000 names");
    }

    #[test]
    fn a_schema_with_some_slips_is_far_from_the_bound() {
        let known: Vec<String> = (0..2500).map(|number| format!("messages.getSomething{number}")).collect();
        let suggestions = Suggestions::new();
        for number in 0..10 {
            let name = format!("messages.getSomthing{number}");
            assert!(suggestions.suggest(&name, known.iter().map(String::as_str)).is_some());
        }
        assert!(suggestions.steps() < Suggestions::STEPS / 2, "{}", suggestions.steps());
    }

    #[test]
    fn long_names_are_not_compared() {
        let name = "n".repeat(10_000_000);
        let suggestions = Suggestions::new();
        assert_eq!(suggestions.suggest(&name, ["nn", &name[1..]]), None);
        assert_eq!(suggestions.suggest("nnn", ["nn", &name]), Some("nn"));
        assert!(suggestions.steps() < 100);
    }

    #[test]
    fn distances_near_the_diagonal_are_those_of_the_whole_table() {
        let words: Vec<Vec<char>> = (0..729_u32).map(letters).collect();
        for a in words.iter().step_by(7) {
            for b in words.iter().step_by(5) {
                let whole = edit_distance(a, b, 100, |a, b| a == b).expect("no limit");
                for limit in 0..4 {
                    let near = edit_distance(a, b, limit, |a, b| a == b);
                    assert_eq!(near, Some(whole).filter(|it| *it <= limit), "{a:?} {b:?} {limit}");
                }
            }
        }
    }

    /// A word of up to six letters out of two.
    fn letters(number: u32) -> Vec<char> {
        let digits = (0..6).map(|place| number / 3_u32.pow(place) % 3);
        digits.filter_map(|digit| [None, Some('a'), Some('b')][digit as usize]).collect()
    }
}
