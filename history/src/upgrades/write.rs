//! The bytes of a history, in the format that `typelang::history` describes.

use std::collections::BTreeMap;

use typelang_ir::{Combinator, Condition};
use typelang_parser::ShortString;

use super::union::Union;

/// A rule that was checked.
pub(super) struct Program {
    /// The positions of the old constructor, the wanted type and the new constructor.
    pub(super) key: [u32; 3],
    pub(super) is_guess: bool,
    /// `true` if all that it gives is neutral.
    pub(super) is_neutral: bool,
    pub(super) bytes: Vec<u8>,
}

/// The first bytes of every history.
const MAGIC: u32 = u32::from_le_bytes(*b"TLHI");
/// The version of the format.
const VERSION: u32 = 1;
/// Bit of a constructor with an id that others have. Bit of a rule that is a guess.
const MARK: u32 = 1 << 31;
/// Bit of a constructor with an id that others have, and bits with other meanings. Bit of a rule whose values are all neutral.
const SECOND_MARK: u32 = 1 << 30;
/// Words of a combinator in the table, and where their number is in its header.
const COMBINATOR_COUNT: usize = 5;

pub(super) fn write(union: &Union, table: &[u8], newest: u32, mut programs: Vec<Program>) -> Vec<u8> {
    let mut table = table.to_vec();
    table.resize(table.len().next_multiple_of(4), 0);
    let combinators = word_at(&table, COMBINATOR_COUNT);
    let mut forms: BTreeMap<u32, Vec<&Combinator>> = BTreeMap::new();
    for constructor in &union.schema.constructors {
        forms.entry(constructor.combinator.id).or_default().push(&constructor.combinator);
    }
    let mut entries = Vec::new();
    let mut ranges: Vec<u32> = Vec::new();
    let mut known: BTreeMap<&[(u32, u32)], u32> = BTreeMap::new();
    for position in 0..combinators as usize {
        let own = union.layers.get(position).map(Vec::as_slice).unwrap_or_default();
        let first = *known.entry(own).or_insert_with(|| {
            let first = word(ranges.len());
            ranges.extend(own.iter().map(|&(first, last)| first.min(0xffff) | last.min(0xffff) << 16));
            first
        });
        let id = union.schema.constructors.get(position).map(|it| it.combinator.id);
        let forms = id.and_then(|id| forms.get(&id)).map(Vec::as_slice).unwrap_or_default();
        entries.extend([first, word(own.len()) | marks(forms)]);
    }
    programs.sort_by_key(|it| it.key);
    let mut code: Vec<u8> = Vec::new();
    let mut places: BTreeMap<Vec<u8>, u32> = BTreeMap::new();
    let mut rules = Vec::new();
    for program in &programs {
        let place = *places.entry(program.bytes.clone()).or_insert_with(|| {
            let place = word(code.len());
            code.extend(&program.bytes);
            place
        });
        rules.extend(program.key);
        let neutral = if program.is_neutral { SECOND_MARK } else { 0 };
        rules.push(place | neutral | if program.is_guess { MARK } else { 0 });
    }
    let header =
        [MAGIC, VERSION, newest, combinators, word(ranges.len()), word(programs.len()), word(table.len() / 4), 0];
    let words = header.into_iter().chain(entries).chain(ranges).chain(rules);
    let mut bytes: Vec<u8> = words.flat_map(u32::to_le_bytes).collect();
    bytes.extend(table);
    bytes.extend(code);
    bytes
}

/// The marks of constructors with one id.
fn marks(forms: &[&Combinator]) -> u32 {
    let Some((newest, others)) = forms.split_first().filter(|(_, others)| !others.is_empty()) else { return 0 };
    let differ = others.iter().any(|other| bits_differ(newest, other) || bits_differ(other, newest));
    MARK | if differ { SECOND_MARK } else { 0 }
}

/// Returns whether a field of one form is on another bit in the other form, or its bit has other fields there.
fn bits_differ(one: &Combinator, other: &Combinator) -> bool {
    let optional = |of: &Combinator| -> Vec<(ShortString, Condition)> {
        of.fields.iter().filter_map(|it| Some((it.name.clone(), it.condition?))).collect()
    };
    let others = optional(other);
    optional(one).iter().any(|(name, condition)| {
        let mut on_bit =
            others.iter().filter(|it| it.1.bit == condition.bit && it.1.variable == condition.variable).peekable();
        let is_moved = others.iter().any(|it| it.0 == *name && it.1 != *condition);
        is_moved || (on_bit.peek().is_some() && on_bit.all(|it| it.0 != *name))
    })
}

fn word_at(bytes: &[u8], position: usize) -> u32 {
    bytes.get(position * 4..).and_then(<[u8]>::first_chunk).copied().map_or(0, u32::from_le_bytes)
}

fn word(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Where each text of a table begins among its texts.
pub(super) fn texts(table: &[u8]) -> BTreeMap<&str, u32> {
    /// Where the header has the first word of the texts.
    const TEXTS: usize = 9;
    let all = table.get(word_at(table, TEXTS) as usize * 4..).unwrap_or_default();
    let mut found = BTreeMap::new();
    let mut at = 0;
    while let Some((length, start)) = length_at(all, at) {
        let Some(text) = all.get(start..start + length).and_then(|it| std::str::from_utf8(it).ok()) else { break };
        found.insert(text, word(at));
        at = start + length;
    }
    found
}

/// The length of a text, and where it begins.
fn length_at(all: &[u8], at: usize) -> Option<(usize, usize)> {
    let mut length = 0;
    for (index, byte) in all.get(at..)?.iter().take(4).enumerate() {
        length |= usize::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            return Some((length, at + index + 1));
        }
    }
    None
}
