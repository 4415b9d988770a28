//! Names that are written almost like another one.

use alloc::string::{String, ToString};

/// Longer names are not compared.
const MAX_LENGTH: usize = 64;

/// The name that is most like another one, if one of them differs in few letters.
pub(super) struct Similar<'n> {
    name: &'n str,
    best: Option<(usize, String)>,
}

impl<'n> Similar<'n> {
    pub(super) fn to(name: &'n str) -> Self {
        Self { name, best: None }
    }

    /// Compares with one more name.
    pub(super) fn consider(&mut self, candidate: &str) {
        let limit = match &self.best {
            Some((best, _)) => best.saturating_sub(1),
            None => self.name.len().div_ceil(3),
        };
        if candidate.len().abs_diff(self.name.len()) > limit {
            return;
        }
        let Some(distance) = distance(self.name, candidate) else { return };
        let is_better = self.best.as_ref().is_none_or(|(best, _)| distance < *best);
        if distance <= limit && is_better {
            self.best = Some((distance, candidate.to_string()));
        }
    }

    pub(super) fn found(self) -> Option<String> {
        self.best.map(|(_, name)| name)
    }
}

/// How many bytes are changed, added or missing, or exchanged with the next one.
fn distance(left: &str, right: &str) -> Option<usize> {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    if left.len() > MAX_LENGTH || right.len() > MAX_LENGTH {
        return None;
    }
    // The rows of the table for the last two bytes of `left` and for the next one.
    let mut before = [0; MAX_LENGTH + 1];
    let mut last: [usize; MAX_LENGTH + 1] = core::array::from_fn(|position| position);
    let mut previous_byte = None;
    for (row, &byte) in left.iter().enumerate() {
        let mut next = [row + 1; MAX_LENGTH + 1];
        for (column, &other) in right.iter().enumerate() {
            let changed = at(&last, column) + usize::from(byte != other);
            let mut least = changed.min(at(&last, column + 1) + 1).min(at(&next, column) + 1);
            if let (Some(previous_byte), Some(previous_column)) = (previous_byte, column.checked_sub(1))
                && right.get(previous_column) == Some(&byte)
                && previous_byte == other
            {
                least = least.min(at(&before, previous_column) + 1);
            }
            if let Some(cell) = next.get_mut(column + 1) {
                *cell = least;
            }
        }
        before = last;
        last = next;
        previous_byte = Some(byte);
    }
    Some(at(&last, right.len()))
}

fn at(row: &[usize; MAX_LENGTH + 1], column: usize) -> usize {
    row.get(column).copied().unwrap_or(usize::MAX / 2)
}

#[cfg(test)]
mod tests {
    use super::{Similar, distance};

    #[test]
    fn distances() {
        assert_eq!(distance("", "ab"), Some(2));
        assert_eq!(distance("message", "message"), Some(0));
        assert_eq!(distance("mesage", "message"), Some(1));
        assert_eq!(distance("emssage", "message"), Some(1));
        assert_eq!(distance("userId", "user_id"), Some(2));
        assert_eq!(distance("ab", "ba"), Some(1));
        assert_eq!(distance("kitten", "sitting"), Some(3));
        assert_eq!(distance(&"a".repeat(65), "a"), None);
        assert_eq!(distance(&"a".repeat(64), &"b".repeat(64)), Some(64));
    }

    #[test]
    fn the_most_similar_name_is_found_and_no_other() {
        let similar = |name, candidates: &[&str]| {
            let mut similar = Similar::to(name);
            candidates.iter().for_each(|candidate| similar.consider(candidate));
            similar.found()
        };
        assert_eq!(similar("mesage", &["media", "messages", "message", "id"]).as_deref(), Some("message"));
        assert_eq!(similar("id", &["pts", "date"]), None);
        assert_eq!(similar("x", &["y"]).as_deref(), Some("y"));
        assert_eq!(similar("", &["y"]), None);
    }
}
