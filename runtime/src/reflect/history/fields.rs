//! The fields of a new value, from those of an old one by name, and from rules.

use super::super::builtin::Builtin;
use super::super::codes;
use super::super::record::{self, Record, Role};
use super::convert::{Conversion, Fate, NONE};
use super::error::Reason;
use super::evaluate::Context;
use super::loss::LossKind;
use super::program::{Fields, Program};
use super::tree::Content;
use crate::{BOOL_TRUE_ID, VECTOR_ID};

/// Where the fields of a new value come from.
#[derive(Clone, Copy)]
pub(super) struct Sources<'t> {
    /// Expressions for some of them.
    pub(super) fields: Fields<'t>,
    pub(super) context: Context,
    pub(super) names: Option<Names<'t>>,
}

/// An old value whose fields are found by name.
#[derive(Clone, Copy)]
pub(super) struct Names<'t> {
    old: &'t [record::Bytes],
    /// The numbers among the old fields.
    numbers: [u32; codes::FEW_SLOTS],
    /// Where the nodes of the old fields are noted.
    nodes: usize,
    /// Where the old field of each new one is noted.
    found: usize,
    /// Whether fields that are new have a neutral value: nothing old is dropped.
    is_neutral: bool,
}

/// Where a field comes from.
#[derive(Clone, Copy)]
enum Source<'t> {
    Rule(super::program::Code<'t>),
    /// An old field: its record, and its node, unless it is not there or a `true`.
    Old(Record, Option<u32>),
    Nothing,
}

impl<'t> Conversion<'_, 't> {
    fn records(&self, combinator: u32) -> Fate<&'t [record::Bytes]> {
        let entry = self.sure(self.parts.table.entry_at(combinator))?;
        if entry.has_scope() || entry.has_form() {
            return self.stop(Reason::Parameters);
        }
        Ok(self.parts.table.records_of(entry))
    }

    /// Writes the fields of an old value as those of a new one.
    pub(super) fn by_name(
        &mut self,
        at: u32,
        old: u32,
        target: u32,
        fields: Fields<'t>,
        program: Option<Program<'t>>,
    ) -> Fate {
        let names = self.names(at, old, target, fields, program)?;
        let context = Context { object: at, it: None };
        self.fields(target, Sources { fields, context, names: Some(names) })?;
        self.dropped(names, target, program)
    }

    /// Notes which old field each new one comes from.
    fn names(
        &mut self,
        at: u32,
        old: u32,
        target: u32,
        fields: Fields<'t>,
        program: Option<Program<'t>>,
    ) -> Fate<Names<'t>> {
        let old = self.records(old)?;
        let new = self.records(target)?;
        let nodes = self.scratch.len();
        let found = nodes + old.len();
        self.scratch.resize(found + new.len(), NONE);
        let numbers = self.note_nodes(at, old, nodes)?;
        let mut cursor = 0;
        for (place, record) in new.iter().enumerate() {
            let record = Record::read(record);
            if record.code() == codes::RUN || record.role() == Role::Flags || fields.find(record.name()).is_some() {
                continue;
            }
            if let Some(index) = position_of(old, record.name(), cursor) {
                cursor = index + 1;
                if let Some(found) = self.scratch.get_mut(found + place) {
                    *found = index as u32;
                }
            }
        }
        let mut names = Names { old, numbers, nodes, found, is_neutral: true };
        names.is_neutral = self.unused(names, new.len(), program).next().is_none();
        Ok(names)
    }

    fn note_nodes(&mut self, at: u32, old: &'t [record::Bytes], nodes: usize) -> Fate<[u32; codes::FEW_SLOTS]> {
        let mut numbers = [0; codes::FEW_SLOTS];
        let object = self.node(at)?;
        let mut next = at.saturating_add(1);
        while next < object.next {
            let node = self.node(next)?;
            let place = node.place as usize;
            if let (Content::Number(number), Some(record)) = (node.content, old.get(place)) {
                numbers[Record::read(record).a() as usize % codes::FEW_SLOTS] = number;
            }
            if place < old.len()
                && let Some(noted) = self.scratch.get_mut(nodes + place)
            {
                *noted = next;
            }
            next = node.next.max(next.saturating_add(1));
        }
        Ok(numbers)
    }

    /// The old fields that no new one comes from, and that no rule settles.
    fn unused(
        &self,
        names: Names<'t>,
        new: usize,
        program: Option<Program<'t>>,
    ) -> impl Iterator<Item = (usize, Record)> {
        let found = self.scratch.get(names.found..names.found + new).unwrap_or_default();
        let records = names.old.iter().map(Record::read).enumerate();
        records.filter(move |(index, record)| {
            record.code() != codes::RUN
                && record.role() != Role::Flags
                && !found.contains(&(*index as u32))
                && !program.is_some_and(|it| it.settles(record.name()))
        })
    }

    /// Reports old fields that are there and that nothing comes from.
    fn dropped(&mut self, names: Names<'t>, target: u32, program: Option<Program<'t>>) -> Fate {
        if names.is_neutral {
            return Ok(());
        }
        let new = self.records(target)?.len();
        let mut from = 0;
        loop {
            let next = self.unused(names, new, program).find(|(index, record)| {
                *index >= from && (names.is_set(*record) || self.noted(names, *index).is_some())
            });
            let Some((index, record)) = next else { return Ok(()) };
            self.lose_in(record.name(), LossKind::Dropped)?;
            from = index + 1;
        }
    }

    fn noted(&self, names: Names<'t>, index: usize) -> Option<u32> {
        self.scratch.get(names.nodes + index).copied().filter(|&node| node != NONE)
    }

    /// Writes the fields of a new value.
    pub(super) fn fields(&mut self, target: u32, sources: Sources<'t>) -> Fate {
        let records = self.records(target)?;
        let bits = self.bits(records, sources)?;
        let mut flags_at = [usize::MAX; codes::FEW_SLOTS];
        for (place, record) in records.iter().enumerate() {
            let record = Record::read(record);
            let bit = record.mask();
            let slot = usize::from(record.variable()) % codes::FEW_SLOTS;
            let is_optional = record.condition().is_some();
            if record.code() == codes::RUN || record.code() == codes::TRUE || (is_optional && bits[slot] & bit == 0) {
                continue;
            }
            if record.role() == Role::Flags {
                let slot = record.a() as usize % codes::FEW_SLOTS;
                flags_at[slot] = self.out.len();
                self.put_word(bits[slot])?;
                continue;
            }
            let mark = self.mark();
            self.path.push(self.field_step(record.name()));
            match self.field(place, record, sources) {
                Ok(()) => {}
                Err(stop) if is_optional && self.policy.leave_out && stop.reason.is_about_value() => {
                    if shares_bit(records, record) {
                        return Err(stop);
                    }
                    self.back_to(mark);
                    self.leave_out(flags_at[slot], bit);
                    self.lose_in(record.name(), LossKind::Dropped)?;
                    continue;
                }
                Err(stop) => return Err(stop),
            }
            self.path.pop();
        }
        Ok(())
    }

    /// Clears the bit of a field that is not written.
    fn leave_out(&mut self, flags_at: usize, bit: u32) {
        let flags = self.out.get(flags_at..).and_then(<[u8]>::first_chunk).copied();
        self.patch_word(flags_at, flags.map_or(0, u32::from_le_bytes) & !bit);
    }

    /// The numbers that say which fields are there.
    fn bits(&self, records: &'t [record::Bytes], sources: Sources<'t>) -> Fate<[u32; codes::FEW_SLOTS]> {
        let mut bits = [0; codes::FEW_SLOTS];
        for (place, record) in records.iter().enumerate() {
            let record = Record::read(record);
            if record.code() == codes::RUN || record.condition().is_none() {
                continue;
            }
            let slot = usize::from(record.variable()) % codes::FEW_SLOTS;
            if bits[slot] & record.mask() == 0 && self.is_there(place, record, sources)? {
                bits[slot] |= record.mask();
            }
        }
        Ok(bits)
    }

    fn source(&self, place: usize, record: Record, sources: Sources<'t>) -> Source<'t> {
        if let Some(code) = sources.fields.find(record.name()) {
            return Source::Rule(code);
        }
        let Some(names) = sources.names else { return Source::Nothing };
        let index = self.scratch.get(names.found + place).copied().filter(|&it| it != NONE);
        match index.and_then(|it| names.old.get(it as usize)) {
            Some(old) => Source::Old(Record::read(old), index.and_then(|it| self.noted(names, it as usize))),
            None => Source::Nothing,
        }
    }

    fn is_there(&self, place: usize, record: Record, sources: Sources<'t>) -> Fate<bool> {
        match self.source(place, record, sources) {
            Source::Rule(code) => self.would_be(code, sources.context, record),
            Source::Old(old, node) if old.code() == codes::TRUE => {
                Ok(node.is_some() || sources.names.is_some_and(|names| names.is_set(old)))
            }
            Source::Old(_, Some(node)) if record.code() == codes::TRUE => self.is_true(node),
            Source::Old(_, node) => Ok(node.is_some()),
            Source::Nothing => Ok(false),
        }
    }

    /// Returns whether a node is the `Bool` that is true, or not a `Bool`.
    pub(super) fn is_true(&self, at: u32) -> Fate<bool> {
        let node = self.node(at)?;
        match node.content {
            Content::Scalar(Builtin::Bool) => Ok(self.bytes_of(&node)? == BOOL_TRUE_ID.to_le_bytes()),
            Content::Number(_) => Ok(false),
            _ => self.stop(Reason::TypeChanged),
        }
    }

    fn field(&mut self, place: usize, record: Record, sources: Sources<'t>) -> Fate {
        match self.source(place, record, sources) {
            Source::Rule(code) => match self.emit(code, sources.context, record)? {
                true => Ok(()),
                false => self.missing(record, sources),
            },
            Source::Old(old, None) if old.code() == codes::TRUE => {
                let is_set = sources.names.is_some_and(|names| names.is_set(old));
                self.truth(is_set, record)
            }
            Source::Old(_, Some(node)) => self.value(node, record),
            Source::Old(..) | Source::Nothing => self.missing(record, sources),
        }
    }

    /// A field that must be there and has no value.
    fn missing(&mut self, record: Record, sources: Sources<'t>) -> Fate {
        if !sources.names.is_some_and(|names| names.is_neutral || self.policy.substitute) {
            return self.stop(Reason::NewField);
        }
        self.neutral(record)
    }

    /// Writes 0, an empty value or `false`: what a field that is new has.
    pub(super) fn neutral(&mut self, record: Record) -> Fate {
        let vector = VECTOR_ID.to_le_bytes();
        match (record.code(), record.builtin()) {
            (codes::BOXED_VECTOR, _) => {
                self.put(&vector)?;
                self.put_word(0)?;
            }
            (codes::BARE_VECTOR, _) => self.put_word(0)?,
            (codes::BOXED, _) => self.empty(record.a())?,
            (_, Some(Builtin::Bool)) => self.truth(false, record)?,
            (_, Some(builtin)) => self.put([0; 64].get(..builtin.least_length()).unwrap_or_default())?,
            _ => return self.stop(Reason::NewField),
        }
        self.lose(LossKind::MadeUp)
    }

    /// Writes a value without fields, of a type with one constructor whose fields are all optional.
    fn empty(&mut self, ty: u32) -> Fate {
        let table = self.parts.table;
        let positions = table.type_at(ty).into_iter().flat_map(|it| it.positions());
        let mut known = positions.filter(|&it| self.parts.is_in(it, self.target));
        let (Some(only), None) = (known.next(), known.next()) else { return self.stop(Reason::NewField) };
        let records = self.records(only)?.iter().map(Record::read);
        let is_needed = |it: &Record| it.code() != codes::RUN && it.condition().is_none() && it.role() != Role::Flags;
        if records.clone().any(|it| is_needed(&it)) {
            return self.stop(Reason::NewField);
        }
        let id = self.sure(table.combinator_at(only))?.id();
        self.put_word(id)?;
        for _ in records.filter(|it| it.role() == Role::Flags && it.condition().is_none()) {
            self.put_word(0)?;
        }
        Ok(())
    }
}

impl Names<'_> {
    /// Returns whether an old `true` is there.
    fn is_set(&self, record: Record) -> bool {
        record.code() == codes::TRUE
            && match record.condition() {
                Some(_) => self.numbers[usize::from(record.variable()) % codes::FEW_SLOTS] & record.mask() != 0,
                None => true,
            }
    }
}

/// The position of the field of a name: mostly the one after the last that was found.
pub(super) fn position_of(records: &[record::Bytes], name: u32, from: usize) -> Option<usize> {
    let is_it = |it: &record::Bytes| {
        let record = Record::read(it);
        record.name() == name && record.code() != codes::RUN
    };
    let (before, after) = records.split_at_checked(from)?;
    after.iter().position(is_it).map(|it| it + from).or_else(|| before.iter().position(is_it))
}

/// Returns whether another field depends on the bit of a field.
fn shares_bit(records: &[record::Bytes], record: Record) -> bool {
    let has_same = |it: &&record::Bytes| {
        let other = Record::read(it);
        other.code() != codes::RUN && other.condition() == record.condition()
    };
    records.iter().filter(has_same).count() > 1
}
