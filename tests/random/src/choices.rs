//! Where the decisions of the generator come from: a seed, or the bytes of a fuzzer.

use crate::random::Random;

/// A sequence of decisions. Where the bytes of a fuzzer end, every decision is the first and simplest one.
#[derive(Clone, Debug)]
pub struct Choices<'a>(Source<'a>);

#[derive(Clone, Debug)]
enum Source<'a> {
    Seed(Random),
    Bytes(&'a [u8]),
}

impl<'a> Choices<'a> {
    /// Decisions that a seed reproduces.
    #[must_use]
    pub fn of_seed(seed: u64) -> Self {
        Self(Source::Seed(Random::new(seed)))
    }

    /// Decisions that the bytes make.
    #[must_use]
    pub fn of_bytes(bytes: &'a [u8]) -> Self {
        Self(Source::Bytes(bytes))
    }

    /// A number below `limit`; 0 if there is nothing to decide.
    pub fn below(&mut self, limit: usize) -> usize {
        match &mut self.0 {
            _ if limit < 2 => 0,
            Source::Seed(random) => random.below(limit),
            Source::Bytes(bytes) => {
                let count = if limit > 256 { 4 } else { 1 };
                let (taken, rest) = bytes.split_at(count.min(bytes.len()));
                *bytes = rest;
                taken.iter().fold(0, |number, byte| number << 8 | usize::from(*byte)) % limit
            }
        }
    }

    /// True in `count` of `of` cases.
    pub fn chance(&mut self, count: usize, of: usize) -> bool {
        self.below(of) >= of - count.min(of)
    }

    /// One of the items, of which there must be at least one.
    pub fn pick<T: Clone>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())].clone()
    }

    /// Puts the items into another order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}
