//! The way to a place in a value.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write;

/// The way from the outermost value to the innermost.
#[derive(Default)]
pub(super) struct Path<'t> {
    root: &'t str,
    steps: Vec<Step<'t>>,
}

/// One step inwards.
#[derive(Clone, Copy)]
pub(super) enum Step<'t> {
    /// A field, by the bytes of its name.
    Field(&'t [u8]),
    Element(usize),
}

impl<'t> Path<'t> {
    /// Says which constructor or function the outermost value is.
    pub(super) fn begin(&mut self, root: &'t str) {
        if self.steps.is_empty() {
            self.root = root;
        }
    }

    /// Forgets what the outermost value is if the place is that value.
    #[cfg(feature = "serde")]
    pub(super) fn forget_root(&mut self) {
        if self.steps.is_empty() {
            self.root = "";
        }
    }

    pub(super) fn push(&mut self, step: Step<'t>) {
        self.steps.push(step);
    }

    /// Returns whether nothing is known of the way yet.
    pub(super) fn is_empty(&self) -> bool {
        self.steps.is_empty() && self.root.is_empty()
    }

    pub(super) fn pop(&mut self) {
        self.steps.pop();
    }
}

impl core::fmt::Display for Path<'_> {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str(self.root)?;
        for (position, step) in self.steps.iter().enumerate() {
            match step {
                Step::Field(name) => {
                    let dot = if position == 0 && self.root.is_empty() { "" } else { "." };
                    write!(formatter, "{dot}{}", core::str::from_utf8(name).unwrap_or("?"))?;
                }
                Step::Element(index) => write!(formatter, "[{index}]")?,
            }
        }
        Ok(())
    }
}

impl From<&Path<'_>> for String {
    fn from(path: &Path<'_>) -> Self {
        let mut text = Self::new();
        // Writing to a string never fails.
        let _ = write!(text, "{path}");
        text
    }
}
