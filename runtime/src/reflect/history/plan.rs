//! How values of one constructor become those of another one, found once for all values of a conversion.

use alloc::vec::Vec;

use super::super::codes;
use super::super::record::{self, Record, Role};
use super::convert::{Conversion, Fate, NONE};
use super::error::Reason;
use super::loss::LossKind;
use super::program::{Code, Program};

/// How values of one constructor become those of another one.
pub(super) struct Plan<'t> {
    /// The position and the id of the new constructor.
    pub(super) target: u32,
    pub(super) id: u32,
    pub(super) old: &'t [record::Bytes],
    /// Where each record of the new constructor comes from.
    pub(super) sources: Vec<Planned<'t>>,
    /// The old fields that no new one comes from, and that no rule settles.
    pub(super) unused: Vec<u32>,
    /// How the rule is reported, if it is one.
    pub(super) reported: Option<LossKind>,
}

/// Where a field comes from.
#[derive(Clone, Copy)]
pub(super) enum Planned<'t> {
    Nothing,
    Rule(Code<'t>),
    /// The record of an old field.
    Old(u32),
}

impl<'t> Conversion<'_, 't> {
    /// The plan for values of a constructor where a type is wanted, or one of its constructors; nothing if there is none.
    pub(super) fn plan_for(&mut self, combinator: u32, ty: u32, bare: Option<u32>) -> Fate<Option<usize>> {
        let key = (combinator, ty, bare);
        if let Some(&known) = self.known.get(&key) {
            return Ok(known);
        }
        let fits = |position: u32| bare.is_none_or(|it| it == position);
        let mut rules = self.parts.rules(combinator, ty);
        let rule = rules.find(|it| self.parts.is_in(it.target, self.target) && fits(it.target));
        let plan = match rule {
            Some(rule) => {
                let program = self.sure(Program::read(rule.program))?;
                let kind = if rule.is_guess { LossKind::Guess } else { LossKind::Rule };
                let reported = Some(kind).filter(|_| rule.is_guess || !rule.is_neutral);
                Some(self.plan(combinator, rule.target, Some(program), reported)?)
            }
            None => match self.counterpart(combinator, ty).filter(|&it| fits(it)) {
                Some(target) => Some(self.plan(combinator, target, None, None)?),
                None => None,
            },
        };
        self.known.insert(key, plan);
        Ok(plan)
    }

    /// The plan for values that a substitute is for.
    pub(super) fn plan_of_substitute(&mut self, combinator: u32, substitute: u32) -> Fate<usize> {
        // No constructor is at this position, so that no other plan has this key.
        let key = (combinator, substitute, Some(NONE));
        if let Some(&Some(known)) = self.known.get(&key) {
            return Ok(known);
        }
        let plan = self.plan(combinator, substitute, None, None)?;
        self.known.insert(key, Some(plan));
        Ok(plan)
    }

    /// Finds where each field of a new constructor comes from.
    fn plan(&mut self, old: u32, target: u32, program: Option<Program<'t>>, reported: Option<LossKind>) -> Fate<usize> {
        let old = self.records(old)?;
        let new = self.records(target)?;
        let id = self.sure(self.parts.table.combinator_at(target))?.id();
        let mut is_used: Vec<bool> = old.iter().map(|_| false).collect();
        let mut cursor = 0;
        let mut sources = Vec::with_capacity(new.len());
        for record in new.iter().map(Record::read) {
            sources.push(if record.code() == codes::RUN || record.role() == Role::Flags {
                Planned::Nothing
            } else if let Some(code) = program.and_then(|it| it.fields.find(record.name())) {
                Planned::Rule(code)
            } else if let Some(index) = position_of(old, record.name(), cursor) {
                cursor = index + 1;
                if let Some(is_used) = is_used.get_mut(index) {
                    *is_used = true;
                }
                Planned::Old(index as u32)
            } else {
                Planned::Nothing
            });
        }
        let is_unused = |(index, record): &(u32, Record)| {
            record.code() != codes::RUN
                && record.role() != Role::Flags
                && !is_used.get(*index as usize).is_some_and(|it| *it)
                && !program.is_some_and(|it| it.settles(record.name()))
        };
        let unused = (0..).zip(old.iter().map(Record::read)).filter(is_unused).map(|(index, _)| index).collect();
        self.plans.push(Plan { target, id, old, sources, unused, reported });
        Ok(self.plans.len() - 1)
    }

    /// The records of a constructor without parameters.
    pub(super) fn records(&self, combinator: u32) -> Fate<&'t [record::Bytes]> {
        let entry = self.sure(self.parts.table.entry_at(combinator))?;
        if entry.has_scope() || entry.has_form() {
            return self.stop(Reason::Parameters);
        }
        Ok(self.parts.table.records_of(entry))
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
