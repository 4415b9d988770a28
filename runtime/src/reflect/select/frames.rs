//! The objects and vectors that the steps of a path went into.

use alloc::vec::Vec;

use super::super::walk::{OpenElements, OpenObject};

/// So many need no allocation.
const FEW: usize = 8;

/// An object or vector that has begun.
pub(super) enum Frame<'t> {
    Object(OpenObject<'t>),
    Elements {
        elements: OpenElements,
        /// The number of the element that comes next.
        next: usize,
        /// `true` if it is selected as well.
        is_live: bool,
    },
    /// A built-in type as a value of any type.
    Declared,
}

impl Frame<'_> {
    /// Returns whether something may be selected in what is left.
    fn is_live(&self) -> bool {
        matches!(self, Self::Elements { elements, next, is_live: true } if *next < elements.count)
    }
}

/// A stack of frames.
pub(super) struct Frames<'t> {
    few: [Option<Frame<'t>>; FEW],
    more: Vec<Frame<'t>>,
    length: usize,
}

impl<'t> Frames<'t> {
    pub(super) fn new() -> Self {
        Self { few: [const { None }; FEW], more: Vec::new(), length: 0 }
    }

    pub(super) fn len(&self) -> usize {
        self.length
    }

    pub(super) fn push(&mut self, frame: Frame<'t>) {
        match self.few.get_mut(self.length) {
            Some(place) => *place = Some(frame),
            None => self.more.push(frame),
        }
        self.length += 1;
    }

    pub(super) fn pop(&mut self) -> Option<Frame<'t>> {
        self.length = self.length.checked_sub(1)?;
        match self.few.get_mut(self.length) {
            Some(place) => place.take(),
            None => self.more.pop(),
        }
    }

    pub(super) fn last_mut(&mut self) -> Option<&mut Frame<'t>> {
        let position = self.length.checked_sub(1)?;
        match self.few.get_mut(position) {
            Some(place) => place.as_mut(),
            None => self.more.last_mut(),
        }
    }

    /// How many frames there are up to the innermost one in which something may still be selected.
    pub(super) fn live(&self) -> usize {
        (1..=self.length).rev().find(|&length| self.get(length - 1).is_some_and(Frame::is_live)).unwrap_or(0)
    }

    /// A frame, counted from the outermost.
    pub(super) fn get(&self, position: usize) -> Option<&Frame<'t>> {
        match self.few.get(position) {
            Some(place) => place.as_ref(),
            None => self.more.get(position - FEW),
        }
    }
}
