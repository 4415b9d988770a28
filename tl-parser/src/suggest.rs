//! "Did you mean …?"

/// The candidate that is most like `name`, if one is like enough to be what was meant.
///
/// Letters that differ only in case count as equal at first; one insertion, deletion, replacement or exchange of
/// neighbours is allowed for every three characters of `name`, and always one. Of equally good candidates it is the
/// first in alphabetical order, whatever the order in which they come. `name` itself is never suggested.
#[must_use]
pub fn suggest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: Vec<char> = name.chars().collect();
    let limit = (wanted.len() / 3).max(1);
    let rated = candidates.into_iter().filter(|candidate| *candidate != name).filter_map(|candidate| {
        let letters: Vec<char> = candidate.chars().collect();
        let distance = if wanted.len().abs_diff(letters.len()) > limit {
            return None;
        } else {
            edit_distance(&wanted, &letters, |a, b| a.eq_ignore_ascii_case(&b))
        };
        // Something must be left of the name: one replacement makes any letter of any other.
        let plausible = distance <= limit && distance < wanted.len().max(letters.len());
        plausible.then(|| (distance, edit_distance(&wanted, &letters, |a, b| a == b), candidate))
    });
    rated.min().map(|(_, _, candidate)| candidate)
}

/// The number of insertions, deletions, replacements and exchanges of neighbours that make `b` of `a`.
fn edit_distance(a: &[char], b: &[char], equal: impl Fn(char, char) -> bool) -> usize {
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let mut left: Option<char> = None;
    for (row, &letter) in a.iter().enumerate() {
        let mut current = vec![row + 1];
        let mut above: Option<char> = None;
        for (column, &other) in b.iter().enumerate() {
            let at = |line: &[usize], index: usize| line.get(index).copied().unwrap_or(usize::MAX / 2);
            let replaced = at(&last, column) + usize::from(!equal(letter, other));
            let mut best = replaced.min(at(&last, column + 1) + 1).min(at(&current, column) + 1);
            let exchanged =
                left.is_some_and(|left| equal(left, other)) && above.is_some_and(|above| equal(letter, above));
            if exchanged && column > 0 {
                best = best.min(at(&before_last, column - 1) + 1);
            }
            current.push(best);
            above = Some(other);
        }
        before_last = std::mem::replace(&mut last, current);
        left = Some(letter);
    }
    last.last().copied().unwrap_or(a.len())
}

#[cfg(test)]
mod tests {
    use super::suggest;

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
}
