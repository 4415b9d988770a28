//! Places in messages.

use std::fmt;

/// A place in the input, or in something that was packed in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) offset: usize,
    /// Where the packed data began that the place is in.
    packed_at: Option<usize>,
}

impl Place {
    pub(super) const START: Self = Self { offset: 0, packed_at: None };

    /// The place so many bytes further.
    pub(super) fn after(self, length: usize) -> Self {
        Self { offset: self.offset.saturating_add(length), ..self }
    }

    /// The beginning of the data that is packed at this place.
    pub(super) fn unpacked(self) -> Self {
        Self { offset: 0, packed_at: Some(self.offset) }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.packed_at {
            None => write!(formatter, "byte {}", self.offset),
            Some(packed_at) => write!(formatter, "byte {} of the data packed at byte {packed_at}", self.offset),
        }
    }
}
