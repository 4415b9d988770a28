//! Sets of layers: "layers 75 to 77 and 119 to 131".

use std::fmt;
use std::ops::RangeInclusive;

/// Layers in which something exists, as ranges of published layers. A number between two of them that was never published is in
/// a range all the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Layers {
    ranges: Vec<(u32, u32)>,
}

/// The ranges of [`Layers`].
pub type LayersIter<'l> = std::iter::Map<std::slice::Iter<'l, (u32, u32)>, fn(&(u32, u32)) -> RangeInclusive<u32>>;

impl Layers {
    /// The layers of lives: from one position of a revision to the one before another. `numbers` are the layers of all revisions.
    pub(crate) fn of(numbers: &[u32], lives: impl IntoIterator<Item = (usize, Option<usize>)>) -> Self {
        let count = numbers.len();
        let mut lives: Vec<(usize, usize)> =
            lives.into_iter().map(|(first, end)| (first, end.unwrap_or(count))).filter(|it| it.0 < it.1).collect();
        lives.sort_unstable();
        let mut joined: Vec<(usize, usize)> = Vec::with_capacity(lives.len());
        for (first, end) in lives {
            match joined.last_mut() {
                Some(last) if first <= last.1 => last.1 = last.1.max(end),
                _ => joined.push((first, end)),
            }
        }
        let layer = |at: usize| numbers.get(at).copied();
        let ranges = joined.into_iter().filter_map(|(first, end)| Some((layer(first)?, layer(end.checked_sub(1)?)?)));
        Self { ranges: ranges.collect() }
    }

    /// Returns whether the set is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// Returns whether a layer is among them.
    #[must_use]
    pub fn contains(&self, layer: u32) -> bool {
        self.iter().any(|range| range.contains(&layer))
    }

    /// The first layer.
    #[must_use]
    pub fn first(&self) -> Option<u32> {
        self.ranges.first().map(|range| range.0)
    }

    /// The last layer.
    #[must_use]
    pub fn last(&self) -> Option<u32> {
        self.ranges.last().map(|range| range.1)
    }

    /// The ranges, oldest first.
    pub fn iter(&self) -> LayersIter<'_> {
        self.ranges.iter().map(|range| range.0..=range.1)
    }
}

impl<'l> IntoIterator for &'l Layers {
    type Item = RangeInclusive<u32>;
    type IntoIter = LayersIter<'l>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Layers {
    /// "layer 131", "layers 119 to 131", "layers 75, 77 and 119 to 131", "no layer".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.ranges[..] {
            [] => return f.write_str("no layer"),
            [(first, last)] if first == last => return write!(f, "layer {first}"),
            _ => f.write_str("layers ")?,
        }
        let count = self.ranges.len();
        for (index, (first, last)) in self.ranges.iter().enumerate() {
            match index {
                0 => {}
                _ if index + 1 == count => f.write_str(" and ")?,
                _ => f.write_str(", ")?,
            }
            write!(f, "{first}")?;
            if first != last {
                write!(f, " to {last}")?;
            }
        }
        Ok(())
    }
}
