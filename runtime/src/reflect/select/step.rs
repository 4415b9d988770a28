//! The steps of a path.

use alloc::vec::Vec;

/// One step inwards.
#[derive(Clone, Debug)]
pub(super) enum Step {
    Field(FieldStep),
    /// The element with this number; from the end, if it is negative.
    Element(i64),
    /// Each element.
    AllElements,
    /// No step: the value itself, if it is of one of these combinators. It comes last.
    Only(Vec<u32>),
}

/// A step to a field.
#[derive(Clone, Debug)]
pub(super) struct FieldStep {
    /// The combinators that are meant, by position; all that have the field if there are none.
    pub(super) only: Option<Vec<u32>>,
    /// Where the name begins among the texts of the table: at one place, unless the table has a text twice.
    pub(super) names: Vec<u32>,
    /// `true` if the name is that of the only field of built-in types as values of any type.
    pub(super) is_of_builtin: bool,
}

impl FieldStep {
    /// Returns whether a combinator is among those that are meant.
    #[inline]
    pub(super) fn is_for(&self, combinator: u32) -> bool {
        self.only.as_ref().is_none_or(|only| only.contains(&combinator))
    }

    /// Returns whether a field of this name is meant.
    #[inline]
    pub(super) fn is_called(&self, name: u32) -> bool {
        self.names.contains(&name)
    }
}
