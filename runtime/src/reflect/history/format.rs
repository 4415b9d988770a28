//! A history as bytes: the layouts of all layers in one table, the layers that each is of, and rules.
//!
//! Words have four bytes, little endian.
//!
//! | part | content |
//! |---|---|
//! | header, 8 words | `TLHI`; version 1; the newest layer; how many combinators; how many ranges of layers; how many rules; words of the table; 0 |
//! | combinators, 2 words each | the first range; how many ranges, bit 31 if other combinators have the same id, bit 30 if some of their bits have other meanings |
//! | ranges, a word each | the first layer, and the last one in the upper half |
//! | rules, 4 words each | the old combinator; the wanted type; the new combinator; the place of the program, bit 31 if it is a guess, bit 30 if it only allows neutral values; in this order |
//! | table | every constructor of every layer, in the format of [`Table`]; of those with one id the newest is the first |
//! | programs | what rules do, in the format of [`program`](super::program) |

use super::super::codes::WORD;
use super::super::cursor;
use super::super::table::Table;

/// The first bytes of every history.
const MAGIC: u32 = u32::from_le_bytes(*b"TLHI");
/// The version of the format.
const VERSION: u32 = 1;
/// Words of the header.
const HEADER: usize = 8;
/// Words of a combinator.
const COMBINATOR: usize = 2;
/// Words of a rule.
const RULE: usize = 4;
/// Bit of a combinator: others have its id. Bit of a rule: it is a guess.
const MARK: u32 = 1 << 31;
/// Bit of a combinator: others have its id, and bits with other meanings. Bit of a rule: all that it gives is neutral.
const SECOND_MARK: u32 = 1 << 30;

/// A rule, as it is in the history.
type RuleBytes = [u8; RULE * WORD];

/// The parts of a history.
#[derive(Clone, Copy)]
pub(super) struct Parts<'t> {
    pub(super) newest: u32,
    pub(super) table: Table<'t>,
    combinators: &'t [[u8; COMBINATOR * WORD]],
    ranges: &'t [[u8; WORD]],
    rules: &'t [RuleBytes],
    programs: &'t [u8],
}

/// A rule for values of a combinator where a type is wanted.
#[derive(Clone, Copy)]
pub(super) struct Rule<'t> {
    /// The position of the new combinator.
    pub(super) target: u32,
    pub(super) is_guess: bool,
    /// `true` if all that it gives is neutral.
    pub(super) is_neutral: bool,
    pub(super) program: &'t [u8],
}

impl<'t> Parts<'t> {
    const EMPTY: Self =
        Self { newest: 0, table: Table::generated(&[]), combinators: &[], ranges: &[], rules: &[], programs: &[] };

    /// Finds where each part is. A history without one of them has nothing.
    pub(super) const fn read(bytes: &'t [u8]) -> Self {
        match Self::split(bytes) {
            Some(parts) => parts,
            None => Self::EMPTY,
        }
    }

    const fn split(bytes: &'t [u8]) -> Option<Self> {
        let (words, _) = bytes.as_chunks::<WORD>();
        let Some((header, rest)) = words.split_first_chunk::<HEADER>() else { return None };
        let [magic, version, newest, combinators, ranges, rules, table, _] = *header;
        if u32::from_le_bytes(magic) != MAGIC || u32::from_le_bytes(version) != VERSION {
            return None;
        }
        let [combinators, ranges] = [number(combinators), number(ranges)];
        let [rules, table] = [number(rules), number(table)];
        // No part has more entries than there are words, so that nothing overflows.
        if combinators > words.len() || ranges > words.len() || rules > words.len() || table > words.len() {
            return None;
        }
        let Some((combinators, rest)) = rest.split_at_checked(combinators * COMBINATOR) else { return None };
        let Some((ranges, rest)) = rest.split_at_checked(ranges) else { return None };
        let Some((rules, rest)) = rest.split_at_checked(rules * RULE) else { return None };
        let table_at = (words.len() - rest.len()) * WORD;
        if table > rest.len() {
            return None;
        }
        let (_, from_table) = bytes.split_at(table_at);
        let (table, programs) = from_table.split_at(table * WORD);
        Some(Self {
            newest: u32::from_le_bytes(newest),
            table: Table::generated(table),
            combinators: combinators.as_flattened().as_chunks().0,
            ranges,
            rules: rules.as_flattened().as_chunks().0,
            programs,
        })
    }

    /// The ranges of layers that a combinator is of, by its position.
    pub(super) fn ranges(&self, position: u32) -> impl DoubleEndedIterator<Item = (u32, u32)> + Clone + use<'t> {
        let entry = self.combinators.get(position as usize);
        let (first, count) =
            entry.map_or((0, 0), |it| (cursor::word(it, 0), cursor::word(it, 1) & !(MARK | SECOND_MARK)));
        let ranges = self.ranges.get(first as usize..).unwrap_or_default();
        let ranges = ranges.get(..count as usize).unwrap_or_default();
        let ranges = ranges.iter().map(|it| {
            let word = u32::from_le_bytes(*it);
            (word & 0xffff, word >> 16)
        });
        ranges.filter(|(first, last)| first <= last)
    }

    /// Returns whether a combinator is of a layer.
    #[inline]
    pub(super) fn is_in(&self, position: u32, layer: u32) -> bool {
        self.ranges(position).any(|(first, last)| (first..=last).contains(&layer))
    }

    /// Returns whether other combinators have the same id.
    #[inline]
    pub(super) fn shares_id(&self, position: u32) -> bool {
        self.marks(position) & MARK != 0
    }

    /// Returns whether other combinators have the same id, and bits with other meanings.
    pub(super) fn has_several_meanings(&self, position: u32) -> bool {
        self.marks(position) & SECOND_MARK != 0
    }

    #[inline]
    fn marks(&self, position: u32) -> u32 {
        self.combinators.get(position as usize).map_or(0, |it| cursor::word(it, 1))
    }

    /// The rules for values of a combinator where a type is wanted, both by position.
    pub(super) fn rules(&self, old: u32, wanted: u32) -> impl Iterator<Item = Rule<'t>> + use<'t> {
        let key = |it: &RuleBytes| (cursor::word(it, 0), cursor::word(it, 1));
        let first = self.rules.partition_point(|it| key(it) < (old, wanted));
        let programs = self.programs;
        let rules = self.rules.get(first..).unwrap_or_default().iter();
        rules.take_while(move |it| key(it) == (old, wanted)).map(move |it| {
            let place = cursor::word(it, 3);
            Rule {
                target: cursor::word(it, 2),
                is_guess: place & MARK != 0,
                is_neutral: place & SECOND_MARK != 0,
                program: programs.get((place & !(MARK | SECOND_MARK)) as usize..).unwrap_or_default(),
            }
        })
    }
}

/// A word as a number of things in memory.
const fn number(word: [u8; WORD]) -> usize {
    u32::from_le_bytes(word) as usize
}
