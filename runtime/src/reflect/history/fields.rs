//! The fields of a new value, from those of an old one by name, and from rules.

use super::super::builtin::Builtin;
use super::super::codes;
use super::super::record::{self, Record, Role};
use super::convert::{Conversion, Fate, NONE, Place};
use super::error::Reason;
use super::evaluate::Context;
use super::loss::LossKind;
use super::plan::{Plan, Planned};
use super::program::Fields;
use super::tree::Content;
use crate::{BOOL_TRUE_ID, VECTOR_ID};

/// Where the fields of a new value come from.
#[derive(Clone, Copy)]
pub(super) struct Sources<'t> {
    /// Expressions for some of them.
    pub(super) fields: Fields<'t>,
    pub(super) context: Context,
    pub(super) names: Option<Names>,
}

/// An old value whose fields are found by name.
#[derive(Clone, Copy)]
pub(super) struct Names {
    plan: usize,
    /// The numbers among the old fields.
    numbers: [u32; codes::FEW_SLOTS],
    /// Where the nodes of the old fields are noted.
    nodes: usize,
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
    /// Writes the fields of an old value as those of a new one.
    pub(super) fn by_plan(&mut self, at: u32, plan: usize) -> Fate {
        let Plan { target, old, .. } = *self.sure(self.plans.get(plan))?;
        let nodes = self.scratch.len();
        self.scratch.resize(nodes + old.len(), NONE);
        let numbers = self.note_nodes(at, old, nodes)?;
        let names = Names { plan, numbers, nodes };
        let context = Context { object: at, it: None };
        self.fields(target, Sources { fields: Fields::NONE, context, names: Some(names) })?;
        self.dropped(names)
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

    /// Reports old fields that are there and that nothing comes from.
    fn dropped(&mut self, names: Names) -> Fate {
        let mut next = 0;
        while let Some((index, record)) = self.unused(names.plan, next) {
            next += 1;
            if names.is_set(record) || self.noted(names, index).is_some() {
                self.lose_in(record.name(), LossKind::Dropped)?;
            }
        }
        Ok(())
    }

    /// One of the old fields that no new one comes from.
    fn unused(&self, plan: usize, at: usize) -> Option<(usize, Record)> {
        let plan = self.plans.get(plan)?;
        let index = *plan.unused.get(at)? as usize;
        Some((index, plan.old.get(index).map(Record::read)?))
    }

    fn noted(&self, names: Names, index: usize) -> Option<u32> {
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
            self.path.push(Place::Field(record.name()));
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
        let Some(names) = sources.names else {
            return sources.fields.find(record.name()).map_or(Source::Nothing, Source::Rule);
        };
        let Some(plan) = self.plans.get(names.plan) else { return Source::Nothing };
        match plan.sources.get(place) {
            Some(&Planned::Rule(code)) => Source::Rule(code),
            Some(&Planned::Old(index)) => match plan.old.get(index as usize) {
                Some(old) => Source::Old(Record::read(old), self.noted(names, index as usize)),
                None => Source::Nothing,
            },
            _ => Source::Nothing,
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
        let is_neutral = |names: Names| self.plans.get(names.plan).is_some_and(|it| it.unused.is_empty());
        if !sources.names.is_some_and(|names| is_neutral(names) || self.policy.substitute) {
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

impl Names {
    /// Returns whether an old `true` is there.
    fn is_set(&self, record: Record) -> bool {
        record.code() == codes::TRUE
            && match record.condition() {
                Some(_) => self.numbers[usize::from(record.variable()) % codes::FEW_SLOTS] & record.mask() != 0,
                None => true,
            }
    }
}

/// Returns whether another field depends on the bit of a field.
fn shares_bit(records: &[record::Bytes], record: Record) -> bool {
    let has_same = |it: &&record::Bytes| {
        let other = Record::read(it);
        other.code() != codes::RUN && other.condition() == record.condition()
    };
    records.iter().filter(has_same).count() > 1
}
