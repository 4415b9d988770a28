//! The fields that an object has, in the order of the schema.

use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::builtin::Builtin;
use super::codes;
use super::combinator::Combinator;
use super::error::EncodeFault;
use super::record::{self, Condition, Record, Role, Variable};
use super::table::Table;
use super::value::{Object, Value};

/// The fields of an object: for each record of its combinator the value, if it is given.
#[derive(Clone, Copy)]
pub(super) struct Given<'g, 'v, 't> {
    pub(super) records: &'t [record::Bytes],
    pub(super) values: &'g [Option<&'v Value<'v>>],
}

/// Appends the values of the fields of an object, one for each record of the combinator.
///
/// # Errors
///
/// Returns an error if a field is there twice, or is not a field of the combinator.
pub(super) fn place<'v>(
    combinator: &Combinator<'_>,
    object: &'v Object<'v>,
    values: &mut Vec<Option<&'v Value<'v>>>,
) -> Result<(), Box<EncodeFault>> {
    let first = values.len();
    values.resize(first + combinator.records().len(), None);
    let mut names = Names::new(combinator);
    let mut unknown = None;
    for (name, value) in &object.fields {
        let position = names.find(name);
        match position.and_then(|it| values.get_mut(first + it)) {
            Some(Some(_)) => return Err(repeated(name)),
            Some(place) => *place = Some(value),
            None if *name == "_" => return Err(repeated(name)),
            None if *value != Value::Null => unknown = unknown.or(Some(*name)),
            None => {}
        }
    }
    match unknown {
        None => Ok(()),
        Some(name) => {
            let combinator = combinator.name().unwrap_or_default().to_string();
            Err(Box::new(EncodeFault::UnknownField { name: name.to_string(), combinator }))
        }
    }
}

#[cold]
pub(super) fn repeated(name: &str) -> Box<EncodeFault> {
    Box::new(EncodeFault::RepeatedField { name: name.to_string() })
}

/// Finds the record of a field by its name: from the last one on while names come in the order of the schema, else in order of
/// names.
pub(super) struct Names<'t> {
    combinator: Combinator<'t>,
    next: usize,
    sorted: Option<Vec<(&'t [u8], usize)>>,
}

impl<'t> Names<'t> {
    pub(super) fn new(combinator: &Combinator<'t>) -> Self {
        Self { combinator: *combinator, next: 0, sorted: None }
    }

    pub(super) fn find(&mut self, name: &str) -> Option<usize> {
        if self.sorted.is_none() {
            let behind = self.combinator.records().iter().enumerate().skip(self.next);
            let mut same = behind.filter(|(_, bytes)| self.combinator.name_bytes(bytes) == Some(name.as_bytes()));
            if let Some((position, _)) = same.next() {
                self.next = position + 1;
                return Some(position);
            }
        }
        let combinator = self.combinator;
        let sorted = self.sorted.get_or_insert_with(|| {
            let records = combinator.records().iter().enumerate();
            let names = records.filter_map(|(position, bytes)| Some((combinator.name_bytes(bytes)?, position)));
            let mut names: Vec<_> = names.collect();
            names.sort_unstable();
            names
        });
        let found = sorted.partition_point(|(other, _)| *other < name.as_bytes());
        sorted.get(found).filter(|(other, _)| *other == name.as_bytes()).map(|(_, position)| *position)
    }
}

/// The value of a field, if it is given; a `true` that is false is not, nor is what is `null` and may be absent.
pub(super) fn is_given(record: Record, value: &Value<'_>) -> bool {
    match value {
        Value::Bool(false) => record.builtin() != Some(Builtin::True),
        Value::Null => record.condition().is_none() && record.role() == Role::None,
        _ => true,
    }
}

/// Sets the bits of numbers that say which fields are there, by slot. The records are those of the fields that are given.
pub(super) fn computed_bits(given: impl Iterator<Item = Record>, bits: &mut [u32]) {
    for record in given {
        if let Some(condition) = record.condition()
            && let Variable::Slot(slot) = condition.variable
            && let Some(bits) = bits.get_mut(slot as usize)
        {
            *bits |= condition.bit();
        }
    }
}

/// Why a field must be there: another one that is given on the same bit, or the number with the bit.
pub(super) fn reason(
    mut given: impl Iterator<Item = Record>,
    combinator: &Combinator<'_>,
    condition: Condition,
) -> Option<String> {
    let beside = given.find(|it| it.condition() == Some(condition));
    let is_number = |record: &Record| record.role() != Role::None && condition.variable == Variable::Slot(record.a());
    let number = || combinator.records().iter().map(Record::read).find(is_number);
    combinator.text(beside.or_else(number)?.name()).map(String::from)
}

impl<'v> Given<'_, 'v, '_> {
    fn all(&self) -> impl Iterator<Item = (Record, &'v Value<'v>)> {
        let values = self.records.iter().map(Record::read).zip(self.values.iter().copied());
        values.filter_map(|(record, value)| Some((record, value.filter(|it| is_given(record, it))?)))
    }

    /// The records of the fields that are given.
    pub(super) fn given(&self) -> impl Iterator<Item = Record> {
        self.all().map(|(record, _)| record)
    }

    /// The number of elements of a tuple that a number counts.
    pub(super) fn counted(&self, table: &Table<'_>, slot: u32) -> Option<u32> {
        self.all().find_map(|(record, value)| {
            if !matches!(record.code(), codes::TUPLE | codes::BOXED_TUPLE) {
                return None;
            }
            let count = table.record_at(record.a())?;
            match value {
                Value::Vector(elements) if count.code() == codes::NAT_FIELD && count.a() == slot => {
                    u32::try_from(elements.len()).ok()?.checked_sub(count.b())
                }
                _ => None,
            }
        })
    }
}
