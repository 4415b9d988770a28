//! The lines in which two texts differ, found in time that grows with the texts as they do.

use std::collections::HashMap;
use std::fmt::Write;

use similar::{Algorithm, DiffOp, capture_diff_slices, group_diff_ops};

/// Lines that are the same before and after a change.
const CONTEXT: usize = 3;

/// Two pieces between lines that are the same are compared thoroughly if they have at most so many lines together: that takes as many
/// steps as the square of it. Others are shown as replaced whole.
const MOST_LINES: usize = 1000;

/// The difference of two texts in the unified format; empty if there is none.
pub(crate) fn unified((old_name, old): (&str, &str), (new_name, new): (&str, &str)) -> String {
    let (old, new) = (lines(old), lines(new));
    let operations = compare(&old, &new);
    let mut text = String::new();
    for (index, hunk) in group_diff_ops(operations, CONTEXT).iter().enumerate() {
        let (Some(first), Some(last)) = (hunk.first(), hunk.last()) else { continue };
        if index == 0 {
            // Writing to a string never fails.
            let _ = writeln!(text, "--- {old_name}\n+++ {new_name}");
        }
        let old_lines = first.old_range().start..last.old_range().end;
        let new_lines = first.new_range().start..last.new_range().end;
        let _ = writeln!(text, "@@ -{} +{} @@", range(&old_lines), range(&new_lines));
        for operation in hunk {
            let unchanged = matches!(operation, DiffOp::Equal { .. });
            for line in old.get(operation.old_range()).unwrap_or_default() {
                put(&mut text, if unchanged { ' ' } else { '-' }, line);
            }
            for line in new.get(operation.new_range()).filter(|_| !unchanged).unwrap_or_default() {
                put(&mut text, '+', line);
            }
        }
    }
    text
}

/// The lines of a text with their ends. A carriage return alone ends a line as well.
fn lines(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['\n', '\r']) {
        let end = at + if rest.get(at..).is_some_and(|end| end.starts_with("\r\n")) { 2 } else { 1 };
        let (line, behind) = rest.split_at(end);
        lines.push(line);
        rest = behind;
    }
    lines.extend((!rest.is_empty()).then_some(rest));
    lines
}

fn put(text: &mut String, sign: char, line: &str) {
    text.push(sign);
    text.push_str(line);
    if line.ends_with('\r') {
        text.push('\n');
    } else if !line.ends_with('\n') {
        text.push_str("\n\\ No newline at end of file\n");
    }
}

/// The first line, counted from 1, and how many there are, if it is not one.
fn range(lines: &std::ops::Range<usize>) -> String {
    match lines.len() {
        0 => format!("{},0", lines.start),
        1 => format!("{}", lines.start + 1),
        count => format!("{},{count}", lines.start + 1),
    }
}

/// Returns the operations that turn the old lines into the new ones.
fn compare(old: &[&str], new: &[&str]) -> Vec<DiffOp> {
    let mut operations = Vec::new();
    let (mut from_old, mut from_new) = (0, 0);
    let end = (old.len(), new.len());
    for (at_old, at_new) in anchors(old, new).into_iter().chain([end]) {
        let (piece_old, piece_new) = (&old[from_old..at_old], &new[from_new..at_new]);
        between(piece_old, piece_new, (from_old, from_new), &mut operations);
        if (at_old, at_new) != end {
            operations.push(DiffOp::Equal { old_index: at_old, new_index: at_new, len: 1 });
        }
        (from_old, from_new) = (at_old + 1, at_new + 1);
    }
    joined(operations)
}

/// Lines that are in both texts, once in each, as pairs of positions in ascending order: as many as there can be.
fn anchors(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    let mut seen: HashMap<&str, (Seen, Seen)> = HashMap::with_capacity(old.len());
    for (position, line) in old.iter().enumerate() {
        seen.entry(line).or_default().0.add(position);
    }
    for (position, line) in new.iter().enumerate() {
        seen.entry(line).or_default().1.add(position);
    }
    let pairs = old.iter().filter_map(|line| match seen.get(line) {
        Some((Seen::Once(old), Seen::Once(new))) => Some((*old, *new)),
        _ => None,
    });
    longest_ascending(&pairs.collect::<Vec<_>>())
}

/// How often a line is in a text.
#[derive(Clone, Copy, Default)]
enum Seen {
    #[default]
    Never,
    Once(usize),
    Often,
}

impl Seen {
    fn add(&mut self, position: usize) {
        *self = if matches!(self, Self::Never) { Self::Once(position) } else { Self::Often };
    }
}

/// The longest part of pairs, in ascending order of their first positions, in which the second ones ascend as well.
fn longest_ascending(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // For each length, the pair with the least second position that ends such a part, and for each pair the one before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (index, (_, second)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|&end| pairs[end].1 < *second);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        match ends.get_mut(length) {
            Some(end) => *end = index,
            None => ends.push(index),
        }
    }
    let mut longest = Vec::with_capacity(ends.len());
    let mut next = ends.last().copied();
    while let Some(index) = next {
        longest.push(pairs[index]);
        next = before[index];
    }
    longest.reverse();
    longest
}

/// Compares pieces that begin at some positions of their texts.
fn between(old: &[&str], new: &[&str], (from_old, from_new): (usize, usize), operations: &mut Vec<DiffOp>) {
    let same = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    let (rest_old, rest_new) = (&old[same..], &new[same..]);
    let same_at_end = rest_old.iter().rev().zip(rest_new.iter().rev()).take_while(|(old, new)| old == new).count();
    let (rest_old, rest_new) = (&rest_old[..rest_old.len() - same_at_end], &rest_new[..rest_new.len() - same_at_end]);
    let (old_index, new_index) = (from_old + same, from_new + same);
    operations.push(DiffOp::Equal { old_index: from_old, new_index: from_new, len: same });
    if rest_old.len() + rest_new.len() <= MOST_LINES {
        let found = capture_diff_slices(Algorithm::Myers, rest_old, rest_new);
        operations.extend(found.into_iter().map(|operation| moved(operation, old_index, new_index)));
    } else {
        let (old_len, new_len) = (rest_old.len(), rest_new.len());
        operations.push(DiffOp::Replace { old_index, old_len, new_index, new_len });
    }
    let (old_index, new_index) = (old_index + rest_old.len(), new_index + rest_new.len());
    operations.push(DiffOp::Equal { old_index, new_index, len: same_at_end });
}

/// The same further behind in both texts.
fn moved(operation: DiffOp, old: usize, new: usize) -> DiffOp {
    match operation {
        DiffOp::Equal { old_index, new_index, len } => {
            DiffOp::Equal { old_index: old_index + old, new_index: new_index + new, len }
        }
        DiffOp::Delete { old_index, old_len, new_index } => {
            DiffOp::Delete { old_index: old_index + old, old_len, new_index: new_index + new }
        }
        DiffOp::Insert { old_index, new_index, new_len } => {
            DiffOp::Insert { old_index: old_index + old, new_index: new_index + new, new_len }
        }
        DiffOp::Replace { old_index, old_len, new_index, new_len } => {
            DiffOp::Replace { old_index: old_index + old, old_len, new_index: new_index + new, new_len }
        }
    }
}

/// The operations without empty ones, and with what is equal side by side in one.
fn joined(operations: Vec<DiffOp>) -> Vec<DiffOp> {
    let mut all: Vec<DiffOp> = Vec::with_capacity(operations.len());
    for operation in operations {
        match (all.last_mut(), operation) {
            (_, operation) if operation.old_range().is_empty() && operation.new_range().is_empty() => {}
            (Some(DiffOp::Equal { len: before, .. }), DiffOp::Equal { len, .. }) => *before += len,
            (_, operation) => all.push(operation),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Applies a difference, and counts the lines that it takes out and puts in.
    fn applied(old: &[&str], new: &[&str]) -> (Vec<String>, usize) {
        let (mut result, mut changed) = (Vec::new(), 0);
        let mut at = (0, 0);
        for operation in compare(old, new) {
            assert_eq!((operation.old_range().start, operation.new_range().start), at);
            at = (operation.old_range().end, operation.new_range().end);
            if let DiffOp::Equal { .. } = operation {
                assert_eq!(old[operation.old_range()], new[operation.new_range()]);
                result.extend(old[operation.old_range()].iter().map(ToString::to_string));
            } else {
                changed += operation.old_range().len() + operation.new_range().len();
                result.extend(new[operation.new_range()].iter().map(ToString::to_string));
            }
        }
        assert_eq!(at, (old.len(), new.len()));
        (result, changed)
    }

    #[test]
    fn a_difference_makes_the_new_text_of_the_old_one() {
        let cases: [(&str, &str, usize); 8] = [
            ("", "", 0),
            ("a b c", "a b c", 0),
            ("a b c", "a x c", 2),
            ("a b c d", "c d a b", 4),
            ("a a a a", "a a", 2),
            ("", "a b", 2),
            ("x y x y x", "y x y x y", 2),
            ("a b c d e f", "f e d c b a", 10),
        ];
        for (old, new, expected) in cases {
            let (old, new): (Vec<&str>, Vec<&str>) = (old.split(' ').collect(), new.split(' ').collect());
            let (result, changed) = applied(&old, &new);
            assert_eq!(result, new);
            let expected = if old == [""] && new.len() == 2 { 3 } else { expected };
            assert_eq!(changed, expected, "{old:?} {new:?}");
        }
    }

    #[test]
    fn long_pieces_without_a_line_of_their_own_are_replaced_whole() {
        let old: Vec<&str> = ["a", "b"].into_iter().cycle().take(5000).collect();
        let new: Vec<&str> = ["b", "b", "a"].into_iter().cycle().take(5000).collect();
        let (result, changed) = applied(&old, &new);
        assert_eq!(result, new);
        assert!(changed > 9000, "{changed}");
    }

    #[test]
    fn hunks_have_lines_around_them() {
        let old = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
        let new = "1\n2\n3\n4\nfive\n6\n7\n8\n9";
        let expected = "--- a.tl\n+++ a.tl\n@@ -2,8 +2,8 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n-9\n+9\n\\ No newline at end of file\n";
        assert_eq!(unified(("a.tl", old), ("a.tl", new)), expected);
        assert_eq!(unified(("a.tl", old), ("b.tl", old)), "");
        assert_eq!(unified(("a.tl", "a\n"), ("b.tl", "")), "--- a.tl\n+++ b.tl\n@@ -1 +0,0 @@\n-a\n");
    }
}
