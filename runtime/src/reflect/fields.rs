//! The fields of an object that are written in the order in which a format gives them.

use alloc::boxed::Box;
use alloc::string::{String, ToString};

use super::builtin::Builtin;
use super::codes;
use super::combinator::{Combinator, Kind};
use super::encode::{Done, Target, fail, sure};
use super::error::EncodeFault;
use super::given::{self, Names};
use super::path::Step;
use super::record::{Condition, Record, Role, Variable};
use super::scope::OUTERMOST;
use super::value::Value;
use super::walk::Numbers;

/// A value as a deserializer gave it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Given {
    Value,
    /// `null`: nothing is written.
    Null,
    /// A `true` that is not there: nothing is written.
    False,
}

/// An object that has begun, of a combinator whose fields depend on nothing but bits of a few numbers.
pub(super) struct OpenFields<'t> {
    combinator: Combinator<'t>,
    names: Names<'t>,
    /// The place of the first field among all.
    first: usize,
    /// Where the fields begin.
    start: usize,
    /// The record behind the last one that was written in the order of the schema.
    next: usize,
}

/// Where a field is, and what is known of it.
#[derive(Clone, Copy)]
pub(super) struct Place {
    start: usize,
    end: usize,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Nothing is known yet.
    Unseen,
    /// Room for a number that follows from others.
    Reserved,
    /// The format says that the field is not there.
    Absent,
    Given,
}

impl Place {
    const UNSEEN: Self = Self { start: 0, end: 0, state: State::Unseen };

    /// Returns whether bytes were written for the field.
    fn is_written(self) -> bool {
        matches!(self.state, State::Reserved | State::Given)
    }
}

impl<'t> OpenFields<'t> {
    /// Begins an object, and writes its id if it has one.
    pub(super) fn begin(target: &mut Target<'_, 't>, combinator: Combinator<'t>, has_id: bool) -> Done<Self> {
        if target.path.is_empty() {
            target.path.begin(sure(combinator.name())?);
        }
        if combinator.kind() == Kind::Opaque {
            return fail(EncodeFault::Opaque { name: sure(combinator.name())?.to_string() });
        }
        target.count_object(&combinator);
        if !target.writer.enter_levels(combinator.levels()) {
            target.without_fault()?;
        }
        if has_id {
            target.writer.write_id(combinator.id());
        }
        let first = target.places.len();
        target.places.resize(first + combinator.records().len(), Place::UNSEEN);
        Ok(Self { combinator, names: Names::new(&combinator), first, start: target.writer.position(), next: 0 })
    }

    /// The position of the record of a field, by name.
    pub(super) fn find(&mut self, name: &str) -> Option<usize> {
        self.names.find(name)
    }

    fn record(&self, position: usize) -> Option<Record> {
        self.combinator.records().get(position).map(Record::read)
    }

    /// Begins a field, whose value is to be written next.
    pub(super) fn begin_field(&mut self, target: &mut Target<'_, 't>, position: usize) -> Done<Record> {
        let record = sure(self.record(position))?;
        let name = sure(target.table.text_bytes(record.name()))?;
        self.reserve_before(target, position);
        let place = sure(target.places.get(self.first + position))?;
        if matches!(place.state, State::Given | State::Absent) {
            return Err(given::repeated(&target.name(record)));
        }
        self.next = self.next.max(position + 1);
        target.path.push(Step::Field(name));
        Ok(record)
    }

    /// Reserves room for the numbers that come before a field.
    fn reserve_before(&mut self, target: &mut Target<'_, 't>, position: usize) {
        while self.next < position {
            if let Some(record) = self.record(self.next)
                && record.role() != Role::None
                && record.condition().is_none()
                && let Some(place) = target.places.get_mut(self.first + self.next)
            {
                let start = target.writer.position();
                target.writer.write_u32(0);
                *place = Place { start, end: start + 4, state: State::Reserved };
            }
            self.next += 1;
        }
    }

    /// Ends a field that began at a position of the target.
    pub(super) fn end_field(
        &mut self,
        target: &mut Target<'_, 't>,
        position: usize,
        start: usize,
        given: Given,
    ) -> Done {
        let record = sure(self.record(position))?;
        let is_required = record.condition().is_none() && record.role() == Role::None;
        if given == Given::Null && is_required {
            target.value(record, &Value::Null, OUTERMOST)?;
        }
        let end = target.writer.position();
        let place = sure(target.places.get_mut(self.first + position))?;
        match (given, place.state) {
            (Given::Value, State::Reserved) => {
                place.state = State::Given;
                let number = sure(target.writer.take_u32(start))?;
                target.writer.set_u32(place.start, number);
            }
            (Given::Value, _) => *place = Place { start, end, state: State::Given },
            (Given::Null | Given::False, State::Reserved) => {}
            (Given::Null, _) if record.condition().is_none() => {
                target.writer.write_u32(0);
                *place = Place { start, end: start + 4, state: State::Reserved };
            }
            (Given::Null | Given::False, _) => place.state = State::Absent,
        }
        target.path.pop();
        Ok(())
    }

    /// Writes a field of which the value is known.
    pub(super) fn value(&mut self, target: &mut Target<'_, 't>, name: &str, value: &Value<'_>) -> Done {
        let Some(position) = self.find(name) else {
            return if *value == Value::Null { Ok(()) } else { Err(self.unknown(name)) };
        };
        let record = self.begin_field(target, position)?;
        let start = target.writer.position();
        let given = match value {
            Value::Null => Given::Null,
            Value::Bool(false) if record.builtin() == Some(Builtin::True) => Given::False,
            value => {
                target.value(record, value, OUTERMOST)?;
                Given::Value
            }
        };
        self.end_field(target, position, start, given)
    }

    /// The fault of a field that the combinator does not have.
    #[cold]
    pub(super) fn unknown(&self, name: &str) -> Box<EncodeFault> {
        let combinator = self.combinator.name().unwrap_or_default().to_string();
        Box::new(EncodeFault::UnknownField { name: name.to_string(), combinator })
    }

    /// Ends the object: checks that all fields are there that must be, sets numbers, and puts the fields into their order.
    pub(super) fn end(mut self, target: &mut Target<'_, 't>) -> Done {
        let records = self.combinator.records();
        self.reserve_before(target, records.len());
        let mut numbers = Numbers::default();
        given::computed_bits(self.given(target), &mut numbers);
        let mut end = self.start;
        let mut is_in_order = true;
        for (position, bytes) in records.iter().enumerate() {
            let record = Record::read(bytes);
            if record.code() == codes::RUN {
                continue;
            }
            let place = target.places.get(self.first + position).copied().unwrap_or(Place::UNSEEN);
            if self.is_written(target, record, place, &numbers)? {
                is_in_order &= place.start == end || place.start == place.end;
                end = end.max(place.end);
            }
            if let Some(number) = numbers.get_mut(record.a() as usize).filter(|_| record.role() != Role::None) {
                *number = self.number(target, record, place, *number)?;
            }
        }
        if !is_in_order {
            let places = target.places.get(self.first..).unwrap_or_default();
            let written = places.iter().filter(|it| it.is_written());
            target.writer.reorder(self.start, written.map(|it| it.start..it.end));
        }
        target.places.truncate(self.first);
        target.writer.leave_levels(self.combinator.levels());
        Ok(())
    }

    /// The records of the fields that are given.
    fn given<'s>(&'s self, target: &'s Target<'_, 't>) -> impl Iterator<Item = Record> + use<'s, 't> {
        let places = target.places.get(self.first..).unwrap_or_default();
        let records = self.combinator.records().iter().map(Record::read).zip(places);
        records.filter(|(_, place)| place.state == State::Given).map(|(record, _)| record)
    }

    /// Returns whether a field is there, which must be as other fields say.
    fn is_written(&self, target: &Target<'_, 't>, record: Record, place: Place, numbers: &Numbers) -> Done<bool> {
        let is_given = place.state == State::Given;
        let name = || target.name(record);
        let Some(condition) = record.condition() else {
            return match place.is_written() {
                true => Ok(true),
                false => fail(EncodeFault::MissingField { name: name(), because_of: None }),
            };
        };
        let Condition { variable: Variable::Slot(slot), mask } = condition else {
            return fail(EncodeFault::IncompleteType);
        };
        let holds = numbers.get(slot as usize).is_some_and(|number| number & mask != 0);
        match (holds, is_given) {
            (true, false) => {
                let because_of = given::reason(self.given(target), &self.combinator, condition);
                fail(EncodeFault::MissingField { name: name(), because_of })
            }
            (false, true) => fail(EncodeFault::UnexpectedField { name: name() }),
            _ => Ok(is_given),
        }
    }

    /// The number in a `#` field: as given, or computed.
    fn number(&self, target: &mut Target<'_, 't>, record: Record, place: Place, computed: u32) -> Done<u32> {
        if !place.is_written() {
            return Ok(0);
        }
        let given = target.writer.u32_at(place.start).filter(|_| place.state == State::Given);
        let number = match (record.role(), given) {
            (Role::Flags, Some(found)) if found != computed => {
                return self.fail_within(target, record, |name| EncodeFault::WrongFlags { name, computed, found });
            }
            (Role::Flags, _) => computed,
            (Role::Mixed, given) => given.unwrap_or_default() | computed,
            (_, Some(given)) => given,
            (_, None) => {
                return self.fail_within(target, record, |name| EncodeFault::MissingField { name, because_of: None });
            }
        };
        target.writer.set_u32(place.start, number);
        Ok(number)
    }

    /// A fault of a field, by its name.
    #[cold]
    fn fail_within<T>(
        &self,
        target: &mut Target<'_, 't>,
        record: Record,
        fault: impl FnOnce(String) -> EncodeFault,
    ) -> Done<T> {
        target.path.push(Step::Field(sure(target.table.text_bytes(record.name()))?));
        fail(fault(target.name(record)))
    }
}
