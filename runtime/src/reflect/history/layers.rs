//! The layers that have a constructor.

use core::fmt;
use core::ops::RangeInclusive;

use super::Parts;

/// The layers that have an id, and its name. Displayed as `` `message#38116ee0` of layers 119 to 131 ``.
#[derive(Clone, Copy)]
pub struct Layers {
    parts: Parts<'static>,
    id: u32,
    name: &'static str,
}

impl Layers {
    pub(super) fn of(parts: &Parts<'static>, id: u32) -> Option<Self> {
        let name = parts.table.combinator(id)?.name()?;
        Some(Self { parts: *parts, id, name })
    }

    /// The name of the constructor.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The id.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.id
    }

    /// The layers: a range, or several in ascending order if the constructor went away and came back.
    pub fn ranges(&self) -> impl Iterator<Item = RangeInclusive<u32>> {
        let mut next = 0;
        core::iter::from_fn(move || {
            // An id with several meanings has the ranges of each.
            let all = || self.parts.table.find_by_id(self.id).flat_map(|it| self.parts.ranges(it.position()));
            let (first, mut last) = all().filter(|it| it.0 >= next).min()?;
            while let Some((_, end)) = all().find(|it| it.0 == last + 1) {
                last = end;
            }
            next = last + 1;
            Some(first..=last)
        })
    }

    /// Returns whether a layer has it.
    #[must_use]
    pub fn contains(&self, layer: u32) -> bool {
        self.ranges().any(|it| it.contains(&layer))
    }

    /// The first layer.
    #[must_use]
    pub fn first(&self) -> Option<u32> {
        self.ranges().next().map(|it| *it.start())
    }

    /// The last layer.
    #[must_use]
    pub fn last(&self) -> Option<u32> {
        self.ranges().last().map(|it| *it.end())
    }
}

impl PartialEq for Layers {
    fn eq(&self, other: &Self) -> bool {
        (self.id, self.name) == (other.id, other.name) && self.ranges().eq(other.ranges())
    }
}

impl Eq for Layers {}

impl fmt::Debug for Layers {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Layers({self})")
    }
}

impl fmt::Display for Layers {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "`{}#{:08x}` of layer", self.name, self.id)?;
        let is_one = self.ranges().map(|it| it.end() - it.start()).eq([0]);
        formatter.write_str(if is_one { " " } else { "s " })?;
        for (index, range) in self.ranges().enumerate() {
            formatter.write_str(if index > 0 { ", " } else { "" })?;
            match range.end() - range.start() {
                0 => write!(formatter, "{}", range.start())?,
                _ => write!(formatter, "{} to {}", range.start(), range.end())?,
            }
        }
        Ok(())
    }
}
