//! Remedies of findings, as edits of the text.

use std::collections::BTreeSet;

use crate::{SourceId, Span};

/// Edits that mend a finding. They are made together or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// The remedy in words, as an instruction: "write `string`".
    pub title: String,
    /// The edits, none of which overlaps another one.
    pub edits: Vec<Edit>,
}

/// A place, and the text to write there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The text that the span points into.
    pub source: SourceId,
    /// The place. One without bytes is where the new text is inserted.
    pub span: Span,
    /// The text that replaces what is there; empty to remove it.
    pub new_text: String,
}

impl Fix {
    /// Writes a text in place of what is at a place.
    #[must_use]
    pub fn write(source: SourceId, span: Span, new_text: impl Into<String>) -> Self {
        let new_text = new_text.into();
        Self { title: format!("write `{new_text}`"), edits: vec![Edit { source, span, new_text }] }
    }

    /// Inserts a text before the byte at an offset.
    #[must_use]
    pub fn add(source: SourceId, offset: u32, new_text: impl Into<String>) -> Self {
        let new_text = new_text.into();
        Self {
            title: format!("add `{}`", new_text.trim()),
            edits: vec![Edit { source, span: Span::at(offset), new_text }],
        }
    }

    /// Removes what is at a place; `title` says so.
    #[must_use]
    pub fn remove(source: SourceId, span: Span, title: impl Into<String>) -> Self {
        Self { title: title.into(), edits: vec![Edit { source, span, new_text: String::new() }] }
    }
}

/// Tells of one fix after the other whether it can be applied together with all before it.
#[derive(Debug, Default)]
pub struct FixSet {
    /// Places of the edits so far, none of which overlaps another one.
    taken: BTreeSet<(SourceId, Span)>,
}

impl FixSet {
    /// No fixes yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a fix unless one of its edits overlaps an edit of a fix before, and returns whether it was added.
    ///
    /// Two insertions at one place overlap; an insertion at an end of another edit does not.
    pub fn add(&mut self, fix: &Fix) -> bool {
        let places = || fix.edits.iter().map(|edit| (edit.source, edit.span));
        let is_free = places().all(|place| self.is_free(place));
        if is_free {
            self.taken.extend(places());
        }
        is_free
    }

    /// Returns whether nothing overlaps a place. Only its neighbours could.
    fn is_free(&self, place: (SourceId, Span)) -> bool {
        let before = self.taken.range(..=place).next_back();
        let after = self.taken.range(place..).next();
        !before.into_iter().chain(after).any(|neighbour| overlap(*neighbour, place))
    }
}

fn overlap((one_source, one): (SourceId, Span), (other_source, other): (SourceId, Span)) -> bool {
    one_source == other_source && (one == other || (one.start < other.end && other.start < one.end))
}

/// Applies edits to a text.
///
/// An edit outside of the text or within a character is left out, and so is one that overlaps an edit before it.
#[must_use]
pub fn apply_edits<'e>(text: &str, edits: impl IntoIterator<Item = &'e Edit>) -> String {
    let mut edits: Vec<&Edit> = edits.into_iter().collect();
    edits.sort_by_key(|edit| edit.span);
    let mut edited = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits {
        let range = edit.span.range();
        if let (Some(kept), Some(_)) = (text.get(done..range.start), text.get(range.clone())) {
            edited.push_str(kept);
            edited.push_str(&edit.new_text);
            done = range.end;
        }
    }
    edited.push_str(text.get(done..).unwrap_or_default());
    edited
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: SourceId = SourceId(0);

    fn write(start: u32, end: u32, text: &str) -> Fix {
        Fix::write(SOURCE, Span::new(start, end), text)
    }

    fn applied(text: &str, fixes: &[Fix]) -> String {
        apply_edits(text, fixes.iter().flat_map(|fix| &fix.edits))
    }

    #[test]
    fn edits_are_made_in_the_order_of_the_text() {
        let fixes = [Fix::add(SOURCE, 7, ";"), write(4, 7, "B"), Fix::remove(SOURCE, Span::new(1, 2), "remove `!`")];
        assert_eq!(applied("a! =Bad\n", &fixes), "a =B;\n");
        assert_eq!(applied("a! =Bad\n", &[]), "a! =Bad\n");
    }

    #[test]
    fn edits_between_characters_of_several_bytes() {
        let text = "\u{feff}// é\nä = Ä;";
        let at = |part: &str| u32::try_from(text.find(part).expect("there")).expect("small");
        let fixes = [write(at("ä"), at(" = "), "a"), write(at("Ä"), at(";"), "A")];
        assert_eq!(applied(text, &fixes), "\u{feff}// é\na = A;");
    }

    #[test]
    fn edits_that_cannot_be_made_are_left_out() {
        let within = write(1, 2, "x");
        let beyond = write(2, 9, "x");
        let backwards = write(2, 0, "x");
        assert_eq!(applied("é!", &[within, beyond, backwards, write(2, 3, "?")]), "é?");
        assert_eq!(applied("abcd", &[write(0, 3, "x"), write(2, 4, "y")]), "xd");
    }

    #[test]
    fn of_overlapping_fixes_the_first_counts() {
        let mut set = FixSet::new();
        assert!(set.add(&write(4, 8, "x")));
        for overlapping in [write(4, 8, "y"), write(3, 5, ""), write(7, 9, ""), write(0, 20, ""), write(5, 5, "z")] {
            assert!(!set.add(&overlapping), "{overlapping:?}");
        }
        for beside in [write(4, 4, "a"), write(8, 8, "b"), write(2, 4, "c"), write(8, 9, "d")] {
            assert!(set.add(&beside), "{beside:?}");
        }
        assert!(!set.add(&write(4, 4, "a")), "of two insertions at one place nobody knows which is first");
        let other = Fix::write(SourceId(1), Span::new(4, 8), "x");
        assert!(set.add(&other), "it is another text");
    }

    #[test]
    fn a_fix_is_applied_as_a_whole() {
        let mut set = FixSet::new();
        assert!(set.add(&write(0, 1, "x")));
        let mut moved = Fix::remove(SOURCE, Span::new(0, 1), "move it");
        moved.edits.push(Edit { source: SOURCE, span: Span::at(5), new_text: "a".to_owned() });
        assert!(!set.add(&moved));
        assert!(set.add(&write(5, 5, "b")), "nothing of the fix before was added");
    }
}
