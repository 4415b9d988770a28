//! The expressions of rules.

use alloc::borrow::Cow;
use alloc::string::{String, ToString};

use super::super::builtin::Builtin;
use super::super::codes;
use super::super::record::Record;
use super::convert::{Conversion, Fate, Operand};
use super::error::Reason;
use super::fields::Sources;
use super::plan::position_of;
use super::program::{Code, Expression, Fields, Key};
use super::tree::Content;
use crate::BOOL_TRUE_ID;

/// The object that the names in an expression refer to.
#[derive(Clone, Copy)]
pub(super) struct Context {
    /// The old object.
    pub(super) object: u32,
    /// The element that `each` is at.
    pub(super) it: Option<Operand>,
}

impl<'c, 't> Conversion<'c, 't> {
    fn read(&self, code: Code<'t>) -> Fate<Expression<'t>> {
        self.sure(code.read())
    }

    fn part(&self, code: &mut Code<'t>) -> Fate<Code<'t>> {
        self.sure(code.next())
    }

    /// Writes the value of an expression; returns false, with nothing written, if there is none.
    pub(super) fn emit(&mut self, code: Code<'t>, context: Context, wanted: Record) -> Fate<bool> {
        match self.read(code)? {
            Expression::Constructor(position, fields) => self.build(position, fields, context, wanted, code),
            Expression::List(count, list) => self.list(count, list, context, wanted).map(|()| true),
            Expression::Each(of, inner) => self.each(of, inner, context, wanted),
            Expression::Or(count, mut list) => {
                for _ in 0..count {
                    let part = self.part(&mut list)?;
                    if self.emit(part, context, wanted)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Expression::IfSet(test, then) => match self.is_set(test, context)? {
                true => self.emit(then, context, wanted),
                false => Ok(false),
            },
            Expression::Case(of, count, list) => match self.chosen(of, count, list, context)? {
                Some(chosen) => self.emit(chosen, context, wanted),
                None => Ok(false),
            },
            Expression::Flag(of) => self.is_set_and_true(of, context),
            Expression::Bool(of) => {
                let truth = self.is_set_and_true(of, context)?;
                self.truth(truth, wanted).map(|()| true)
            }
            Expression::Number(number) => self.whole(number, wanted).map(|()| true),
            Expression::Truth(truth) if wanted.code() == codes::TRUE => Ok(truth),
            Expression::Truth(truth) => self.truth(truth, wanted).map(|()| true),
            Expression::None => Ok(false),
            Expression::Neutral => self.neutral(wanted).map(|()| true),
            Expression::Text(_)
            | Expression::Decimal(_)
            | Expression::NonEmpty(_)
            | Expression::Before(..)
            | Expression::After(..) => match self.text_of(code, context)? {
                Some(text) => self.text(&text, wanted).map(|()| true),
                None => Ok(false),
            },
            Expression::Field(_) | Expression::It | Expression::Get(..) | Expression::First(_) => {
                match self.find(code, context)? {
                    Some(operand) => self.operand(operand, wanted).map(|()| true),
                    None => Ok(false),
                }
            }
        }
    }

    /// Returns whether [`emit`](Self::emit) would write a value; for a `true`, whether it is one.
    pub(super) fn would_be(&self, code: Code<'t>, context: Context, wanted: Record) -> Fate<bool> {
        Ok(match self.read(code)? {
            Expression::Constructor(position, fields) => self.is_complete(position, fields, context)?,
            Expression::List(..) | Expression::Number(_) | Expression::Text(_) | Expression::Bool(_) => true,
            // A field that need not be there is neutral where another one has its bit set.
            Expression::Neutral => wanted.condition().is_none(),
            Expression::Each(of, _) => self.find(of, context)?.is_some(),
            Expression::Or(count, mut list) => {
                for _ in 0..count {
                    let part = self.part(&mut list)?;
                    if self.would_be(part, context, wanted)? {
                        return Ok(true);
                    }
                }
                false
            }
            Expression::IfSet(test, then) => self.is_set(test, context)? && self.would_be(then, context, wanted)?,
            Expression::Case(of, count, list) => match self.chosen(of, count, list, context)? {
                Some(chosen) => self.would_be(chosen, context, wanted)?,
                None => false,
            },
            Expression::Flag(of) => self.is_set_and_true(of, context)?,
            Expression::Truth(truth) => truth || wanted.code() != codes::TRUE,
            Expression::None => false,
            Expression::Decimal(_) | Expression::NonEmpty(_) | Expression::Before(..) | Expression::After(..) => {
                self.text_of(code, context)?.is_some()
            }
            Expression::Field(_) | Expression::It | Expression::Get(..) | Expression::First(_) => {
                match self.find(code, context)? {
                    Some(Operand::Node(node)) if wanted.code() == codes::TRUE => self.is_true(node)?,
                    found => found.is_some(),
                }
            }
        })
    }

    fn is_set(&self, code: Code<'t>, context: Context) -> Fate<bool> {
        match self.read(code)? {
            Expression::Field(_) | Expression::It | Expression::Get(..) | Expression::First(_) => {
                Ok(self.find(code, context)?.is_some())
            }
            _ => Ok(self.text_of(code, context)?.is_some()),
        }
    }

    /// Returns whether something is there and is not the `Bool` that is false.
    fn is_set_and_true(&self, code: Code<'t>, context: Context) -> Fate<bool> {
        Ok(match self.find(code, context)? {
            Some(Operand::Node(at)) => match self.node(at)?.content {
                Content::Scalar(Builtin::Bool) => self.is_true(at)?,
                _ => true,
            },
            Some(_) => true,
            None => false,
        })
    }

    /// The value that a path leads to.
    fn find(&self, code: Code<'t>, context: Context) -> Fate<Option<Operand>> {
        match self.read(code)? {
            Expression::Field(name) => self.field_of(context.object, name),
            Expression::It => Ok(context.it),
            Expression::Get(of, name) => match self.find(of, context)? {
                Some(Operand::Node(object)) => self.field_of(object, name),
                _ => Ok(None),
            },
            Expression::First(of) => match self.find(of, context)? {
                Some(Operand::Node(vector)) => self.element(vector, 0),
                _ => Ok(None),
            },
            _ => self.stop(Reason::Damaged),
        }
    }

    /// A field of an old object.
    fn field_of(&self, at: u32, name: u32) -> Fate<Option<Operand>> {
        let object = self.node(at)?;
        let Content::Object { combinator, .. } = object.content else { return Ok(None) };
        let entry = self.sure(self.parts.table.entry_at(combinator))?;
        let records = self.parts.table.records_of(entry);
        let Some(index) = position_of(records, name, 0) else { return Ok(None) };
        let record = self.sure(records.get(index).map(Record::read))?;
        let mut next = at.saturating_add(1);
        let mut number = 0;
        while next < object.next {
            let node = self.node(next)?;
            if node.place as usize == index {
                return Ok(Some(Operand::Node(next)));
            }
            if let (Content::Number(found), Some(noted)) = (node.content, records.get(node.place as usize))
                && Record::read(noted).a() == u32::from(record.variable())
            {
                number = found;
            }
            next = node.next.max(next.saturating_add(1));
        }
        let is_set = record.code() == codes::TRUE && (record.condition().is_none() || number & record.mask() != 0);
        Ok(is_set.then_some(Operand::True))
    }

    /// An element of a vector.
    fn element(&self, at: u32, index: u32) -> Fate<Option<Operand>> {
        let vector = self.node(at)?;
        match vector.content {
            Content::Numbers { element, count, boxed } if index < count => {
                let length = element.least_length() as u32;
                let offset = index.saturating_mul(length).saturating_add(if boxed { 8 } else { 4 });
                Ok(Some(Operand::Number(element, vector.start.saturating_add(offset))))
            }
            Content::Vector { count, .. } if index == 0 && count > 0 => Ok(Some(Operand::Node(at.saturating_add(1)))),
            _ => Ok(None),
        }
    }

    /// Calls a function for every element of a vector, until one stops.
    fn elements_of(&mut self, at: u32, visit: &mut dyn FnMut(&mut Self, Operand) -> Fate) -> Fate {
        let vector = self.node(at)?;
        match vector.content {
            Content::Numbers { count, .. } => {
                for index in 0..count {
                    if let Some(element) = self.element(at, index)? {
                        visit(self, element)?;
                    }
                }
            }
            Content::Vector { .. } => {
                let mut next = at.saturating_add(1);
                while next < vector.next {
                    visit(self, Operand::Node(next))?;
                    next = self.node(next)?.next.max(next.saturating_add(1));
                }
            }
            _ => return self.stop(Reason::TypeChanged),
        }
        Ok(())
    }

    fn each(&mut self, of: Code<'t>, inner: Code<'t>, context: Context, wanted: Record) -> Fate<bool> {
        let Some(Operand::Node(vector)) = self.find(of, context)? else { return Ok(false) };
        let (element, count_at) = self.begin_vector(wanted)?;
        let mut count = 0_u32;
        self.elements_of(vector, &mut |this, it| {
            count += u32::from(this.emit(inner, Context { it: Some(it), ..context }, element)?);
            Ok(())
        })?;
        self.patch_word(count_at, count);
        Ok(true)
    }

    fn list(&mut self, count: u8, mut list: Code<'t>, context: Context, wanted: Record) -> Fate {
        let (element, count_at) = self.begin_vector(wanted)?;
        let mut written = 0_u32;
        for _ in 0..count {
            let is_all = self.sure(list.byte())? != 0;
            let part = self.part(&mut list)?;
            if !is_all {
                written += u32::from(self.emit(part, context, element)?);
            } else if let Some(Operand::Node(vector)) = self.find(part, context)? {
                self.elements_of(vector, &mut |this, it| {
                    this.operand(it, element)?;
                    written += 1;
                    Ok(())
                })?;
            }
        }
        self.patch_word(count_at, written);
        Ok(())
    }

    /// Writes a new object, if every field that must be there is.
    fn build(
        &mut self,
        position: u32,
        fields: Fields<'t>,
        context: Context,
        wanted: Record,
        code: Code<'t>,
    ) -> Fate<bool> {
        if !self.would_be(code, context, wanted)? {
            return Ok(false);
        }
        match wanted.code() {
            codes::BARE if wanted.a() == position => {}
            codes::BOXED | codes::OBJECT | codes::CONSTRUCTOR => {
                let id = self.sure(self.parts.table.combinator_at(position))?.id();
                self.put_word(id)?;
            }
            _ => return self.stop(Reason::TypeChanged),
        }
        self.fields(position, Sources { fields, context, names: None })?;
        Ok(true)
    }

    fn is_complete(&self, position: u32, fields: Fields<'t>, context: Context) -> Fate<bool> {
        let entry = self.sure(self.parts.table.entry_at(position))?;
        for record in self.parts.table.records_of(entry).iter().map(Record::read) {
            if record.code() == codes::RUN
                || record.condition().is_some()
                || record.role() != super::super::record::Role::None
            {
                continue;
            }
            let is_there = match fields.find(record.name()) {
                Some(code) => self.would_be(code, context, record)?,
                None => false,
            };
            if !is_there {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The expression of the case that a value is.
    fn chosen(&self, of: Code<'t>, count: u8, mut list: Code<'t>, context: Context) -> Fate<Option<Code<'t>>> {
        let Some(value) = self.find(of, context)? else { return Ok(None) };
        let value = self.key_of(value)?;
        for _ in 0..count {
            let key = self.sure(list.key())?;
            let part = self.part(&mut list)?;
            let is_it = match key {
                Key::Else => true,
                Key::Id(it) => matches!(value, Key::Id(id) if id == it),
                Key::Text(it) => matches!(value, Key::Text(text) if text == it),
                Key::Number(it) => matches!(value, Key::Number(number) if number == it),
            };
            if is_it {
                return Ok(Some(part));
            }
        }
        Ok(None)
    }

    /// The subject of a case: the id of a value, its text, or its number.
    fn key_of(&self, value: Operand) -> Fate<Key<'c>> {
        let Operand::Node(at) = value else { return Ok(Key::Id(BOOL_TRUE_ID)) };
        let node = self.node(at)?;
        let bytes = self.bytes_of(&node)?;
        let word = || bytes.first_chunk().copied();
        let found = match node.content {
            Content::Object { combinator, .. } => self.parts.table.combinator_at(combinator).map(|it| Key::Id(it.id())),
            Content::Number(number) => Some(Key::Number(number.into())),
            Content::Scalar(Builtin::Bool) => word().map(|it| Key::Id(u32::from_le_bytes(it))),
            Content::Scalar(Builtin::Int) => word().map(|it| Key::Number(i32::from_le_bytes(it).into())),
            Content::Scalar(Builtin::Long) => bytes.first_chunk().map(|it| Key::Number(i64::from_le_bytes(*it))),
            Content::Scalar(Builtin::String) => text_in(bytes).map(Key::Text),
            _ => None,
        };
        Ok(found.unwrap_or(Key::Else))
    }

    /// The text that an expression gives.
    fn text_of(&self, code: Code<'t>, context: Context) -> Fate<Option<Cow<'c, str>>>
    where
        't: 'c,
    {
        Ok(match self.read(code)? {
            Expression::Text(text) => Some(Cow::Borrowed(text)),
            Expression::NonEmpty(of) => self.text_of(of, context)?.filter(|text| !text.is_empty()),
            Expression::Before(of, end) => {
                let text = self.text_of(of, context)?;
                text.and_then(|it| it.split_once(end).map(|(before, _)| Cow::Owned(before.to_string())))
            }
            Expression::After(of, start) => {
                let text = self.text_of(of, context)?;
                text.and_then(|it| it.split_once(start).map(|(_, after)| Cow::Owned(after.to_string())))
            }
            Expression::Decimal(of) => match self.find(of, context)? {
                Some(operand) => Some(Cow::Owned(self.decimal(operand)?)),
                None => None,
            },
            _ => match self.find(code, context)? {
                Some(Operand::Node(at)) => {
                    let node = self.node(at)?;
                    match node.content {
                        Content::Scalar(Builtin::String) => text_in(self.bytes_of(&node)?).map(Cow::Borrowed),
                        _ => return self.stop(Reason::TypeChanged),
                    }
                }
                _ => None,
            },
        })
    }

    /// A number in decimal digits.
    fn decimal(&self, operand: Operand) -> Fate<String> {
        let (builtin, bytes) = match operand {
            Operand::Number(builtin, start) => (builtin, self.number_at(builtin, start)?),
            Operand::Node(at) => {
                let node = self.node(at)?;
                match node.content {
                    Content::Scalar(builtin) => (builtin, self.bytes_of(&node)?),
                    Content::Number(number) => return Ok(number.to_string()),
                    _ => return self.stop(Reason::TypeChanged),
                }
            }
            Operand::True => return self.stop(Reason::TypeChanged),
        };
        match (builtin, bytes.first_chunk(), bytes.first_chunk()) {
            (Builtin::Int, Some(bytes), _) => Ok(i32::from_le_bytes(*bytes).to_string()),
            (Builtin::Nat, Some(bytes), _) => Ok(u32::from_le_bytes(*bytes).to_string()),
            (Builtin::Long, _, Some(bytes)) => Ok(i64::from_le_bytes(*bytes).to_string()),
            _ => self.stop(Reason::TypeChanged),
        }
    }
}

/// The text of a `string`, by its bytes.
fn text_in(bytes: &[u8]) -> Option<&str> {
    let mut reader = crate::Reader::new(bytes);
    let content = reader.read_bytes_borrowed();
    core::str::from_utf8(content).ok()
}
