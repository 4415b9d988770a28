//! The walk that goes from one selected part to the next.

use alloc::string::String;
use core::iter::FusedIterator;

use super::super::builtin::Builtin;
use super::super::codes;
use super::super::error::DecodeError;
use super::super::operations::Begun;
use super::super::path;
use super::super::record::{Record, Role, Type};
use super::super::scope::{Bound, OUTERMOST};
use super::super::visitor::{Event, Scalar, Visitor};
use super::super::walk::{BUILTIN_FIELD, Done, Failure, OpenElements, OpenObject, Walk};
use super::frames::{Frame, Frames};
use super::part::Part;
use super::path::Path;
use super::step::{FieldStep, Step};
use crate::ReadOptions;

/// The parts of a value that a [`Path`] selects, in the order of the input. [`Path::select`] makes it.
#[must_use = "parts are read when they are asked for"]
pub struct Selection<'p, 't, 'b> {
    path: &'p Path<'t>,
    walk: Walk<'t, 't, 'b>,
    input: &'b [u8],
    /// One frame for each step that was taken.
    frames: Frames<'t>,
    state: State,
    /// `true` if strings that are selected are repaired. Others are not looked at.
    lossy_strings: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    Within,
    End,
}

/// A selected part that is read next, or was read.
#[derive(Clone, Copy)]
pub(in super::super) enum Found {
    Value(Record, u32),
    /// A `#`, and where it began.
    Number(u32, usize),
}

/// Where a step leads.
enum Next {
    Inside(Record, u32),
    Found(Found),
    Nothing,
}

impl<'p, 't, 'b> Selection<'p, 't, 'b> {
    pub(super) fn new(path: &'p Path<'t>, input: &'b [u8], options: ReadOptions) -> Self {
        Self {
            path,
            walk: Walk::new(&path.table, input, options.lossy_strings(true)),
            input,
            frames: Frames::new(),
            state: State::Start,
            lossy_strings: options.lossy_strings,
        }
    }

    /// Reads the next part and tells a visitor about it; nothing if there is none.
    ///
    /// # Errors
    ///
    /// As [`Table::walk`](super::super::Table::walk).
    pub fn next_with(&mut self, visitor: &mut dyn Visitor<'t>) -> Option<Result<(), DecodeError>> {
        self.tell_next(visitor)
    }

    /// The same for a visitor whose kind is known.
    pub(in super::super) fn tell_next<V: Visitor<'t> + ?Sized>(
        &mut self,
        visitor: &mut V,
    ) -> Option<Result<(), DecodeError>> {
        self.read_next(|walk, found| match found {
            Found::Value(record, scope) => walk.tell(record, scope, visitor),
            Found::Number(number, offset) => {
                let told = visitor.visit(offset, Event::Scalar(Scalar::Nat(number)));
                told.map_err(|fault| Failure::new(fault, offset).into())
            }
        })
    }

    /// Reads the next part with a function.
    pub(in super::super) fn read_next(
        &mut self,
        read: impl FnOnce(&mut Walk<'t, 't, 'b>, Found) -> Done<'t>,
    ) -> Option<Result<(), DecodeError>> {
        let done = self.advance().and_then(|found| {
            let Some(found) = found else { return Ok(None) };
            self.walk.reader.set_lossy_strings(self.lossy_strings);
            read(&mut self.walk, found)?;
            self.walk.reader.set_lossy_strings(true);
            Ok(Some(()))
        });
        self.result(done)
    }

    /// The way to the part that was read last, as in [`DecodeError::path`]: `updates.updates[3].message.id`.
    #[must_use]
    pub fn path(&self) -> String {
        let mut path = path::Path::default();
        if let Some(root) = &self.walk.root {
            path.begin(root.name().unwrap_or_default());
        }
        (0..self.frames.len()).filter_map(|position| self.step(position)).for_each(|step| path.push(step));
        String::from(&path)
    }

    /// The step from a frame to what is inside of it.
    fn step(&self, position: usize) -> Option<path::Step<'t>> {
        match (self.frames.get(position)?, self.path.steps.get(position)?) {
            (Frame::Object(_), Step::Field(field)) => {
                let name = field.names.first().and_then(|&name| self.path.table.text_bytes(name));
                Some(path::Step::Field(name.unwrap_or(BUILTIN_FIELD.as_bytes())))
            }
            (Frame::Declared, _) => Some(path::Step::Field(BUILTIN_FIELD.as_bytes())),
            (Frame::Elements { next, .. }, _) => Some(path::Step::Element(next.saturating_sub(1))),
            _ => None,
        }
    }

    /// Ends with a failure.
    fn result<T>(&mut self, done: Done<'t, Option<T>>) -> Option<Result<T, DecodeError>> {
        match done {
            Ok(part) => part.map(Ok),
            Err(failure) => {
                self.state = State::End;
                Some(Err(self.error(*failure)))
            }
        }
    }

    #[cold]
    fn error(&self, mut failure: Failure<'t>) -> DecodeError {
        failure.steps.extend((0..self.frames.len()).rev().filter_map(|position| self.step(position)));
        self.walk.error(failure)
    }

    fn next_part(&mut self) -> Done<'t, Option<Part<'t, 'b>>> {
        let Some(found) = self.advance()? else { return Ok(None) };
        let (ty, offset, scalar) = match found {
            Found::Number(number, offset) => (Record::new(codes::NAT, 0), offset, Some(Scalar::Nat(number))),
            Found::Value(record, scope) => {
                let offset = self.walk.reader.position();
                (self.bound(record, scope), offset, self.read(record, scope)?)
            }
        };
        let bytes = self.input.get(offset..self.walk.reader.position()).unwrap_or_default();
        Ok(Some(Part { ty: Type::of(ty), offset, bytes, scalar }))
    }

    /// The type that a parameter is bound to.
    fn bound(&self, mut record: Record, mut scope: u32) -> Record {
        while record.code() == codes::PARAMETER
            && let Some(Bound::Type(ty, outer)) = self.walk.scopes.argument(scope, record.a())
        {
            (record, scope) = (ty, outer);
        }
        record
    }

    /// Reads a value without parts, and goes past any other.
    fn read(&mut self, record: Record, scope: u32) -> Done<'t, Option<Scalar<'b>>> {
        match self.walk.begin(record, scope)? {
            Begun::Builtin(builtin) => {
                self.walk.reader.set_lossy_strings(self.lossy_strings);
                let scalar = self.walk.scalar(builtin)?;
                self.walk.reader.set_lossy_strings(true);
                return Ok(Some(scalar));
            }
            Begun::Bool(value) => return Ok(Some(Scalar::Bool(value))),
            Begun::Object(object) => self.walk.skip_object(object)?,
            Begun::Elements(elements) => {
                self.walk.skip_range(&elements, 0..elements.count)?;
                self.walk.leave();
            }
            Begun::Declared(_, builtin) => {
                self.walk.skip_builtin(builtin)?;
                self.walk.leave();
            }
        }
        Ok(None)
    }

    /// Goes to the next part.
    fn advance(&mut self) -> Done<'t, Option<Found>> {
        let mut next = match self.state {
            State::Start => Some((self.path.ty.record, OUTERMOST)),
            State::Within => self.resume()?,
            State::End => None,
        };
        while let Some((record, scope)) = next {
            self.state = State::Within;
            next = match self.enter(record, scope)? {
                Next::Inside(record, scope) => Some((record, scope)),
                Next::Found(found) => return Ok(Some(found)),
                Next::Nothing => self.resume()?,
            };
        }
        self.state = State::End;
        Ok(None)
    }

    /// Returns whether a part may still be behind what is read now.
    fn is_live(&self) -> bool {
        self.frames.live() > 0
    }

    /// Goes to the next element of the innermost vector all of whose elements are selected; nothing if there is none.
    fn resume(&mut self) -> Done<'t, Option<(Record, u32)>> {
        let live = self.frames.live();
        if live == 0 {
            return Ok(None);
        }
        while self.frames.len() > live {
            if let Some(frame) = self.frames.pop() {
                self.close(frame)?;
            }
        }
        match self.frames.last_mut() {
            Some(Frame::Elements { elements, next, .. }) => {
                *next += 1;
                Ok(Some((elements.element, elements.scope)))
            }
            _ => Ok(None),
        }
    }

    /// Goes past the rest of an object or vector.
    fn close(&mut self, frame: Frame<'t>) -> Done<'t> {
        match frame {
            Frame::Object(object) => return self.walk.skip_object(object),
            Frame::Elements { elements, next, .. } => self.walk.skip_range(&elements, next..elements.count)?,
            Frame::Declared => {}
        }
        self.walk.leave();
        Ok(())
    }

    /// Takes the next step at the start of a value.
    fn enter(&mut self, record: Record, scope: u32) -> Done<'t, Next> {
        let path = self.path;
        let step = match path.steps.get(self.frames.len()) {
            None => return Ok(Next::Found(Found::Value(record, scope))),
            Some(Step::Only(meant)) => {
                if self.is_one_of(meant, record, scope)? {
                    return Ok(Next::Found(Found::Value(record, scope)));
                }
                if self.is_live() {
                    self.walk.skip(record, scope)?;
                }
                return Ok(Next::Nothing);
            }
            Some(step) => step,
        };
        match (self.walk.begin(record, scope)?, step) {
            (Begun::Object(object), Step::Field(field)) if field.is_for(object.position) => self.field(object, field),
            (Begun::Object(object), _) => Ok(self.nothing_in(Frame::Object(object))),
            (Begun::Elements(elements), Step::Element(number)) => {
                let number = match usize::try_from(*number) {
                    Ok(number) => Some(number),
                    Err(_) => usize::try_from(number.unsigned_abs()).ok().and_then(|it| elements.count.checked_sub(it)),
                };
                self.element(elements, number, false)
            }
            (Begun::Elements(elements), Step::AllElements) => self.element(elements, Some(0), true),
            (Begun::Elements(elements), _) => {
                Ok(self.nothing_in(Frame::Elements { elements, next: 0, is_live: false }))
            }
            (Begun::Declared(it, builtin), Step::Field(field))
                if field.is_of_builtin && field.is_for(it.position()) =>
            {
                self.frames.push(Frame::Declared);
                Ok(Next::Inside(Record::new(builtin.code(), 0), OUTERMOST))
            }
            (Begun::Declared(_, builtin), _) => {
                self.pass(builtin)?;
                self.walk.leave();
                Ok(Next::Nothing)
            }
            (Begun::Builtin(builtin), _) => self.pass(builtin).map(|()| Next::Nothing),
            (Begun::Bool(_), _) => Ok(Next::Nothing),
        }
    }

    /// Goes past a value without parts, if a part may be behind it.
    fn pass(&mut self, builtin: Builtin) -> Done<'t> {
        if self.is_live() { self.walk.skip_builtin(builtin) } else { Ok(()) }
    }

    /// Nothing is selected in an object or vector that has begun.
    fn nothing_in(&mut self, frame: Frame<'t>) -> Next {
        self.frames.push(frame);
        Next::Nothing
    }

    /// Returns whether a value is of one of some combinators, without reading it.
    fn is_one_of(&mut self, meant: &[u32], record: Record, scope: u32) -> Done<'t, bool> {
        let start = self.walk.reader.rest;
        let is_meant = match self.walk.begin(record, scope)? {
            Begun::Object(object) => {
                self.walk.end_of_object(&object);
                meant.contains(&object.position)
            }
            Begun::Declared(combinator, _) => {
                self.walk.leave();
                meant.contains(&combinator.position())
            }
            Begun::Elements(_) => {
                self.walk.leave();
                false
            }
            Begun::Bool(_) => {
                let id = start.first_chunk().map(|bytes| u32::from_le_bytes(*bytes));
                let mut with_id = id.into_iter().flat_map(|id| self.path.table.find_by_id(id));
                with_id.any(|it| meant.contains(&it.position()))
            }
            Begun::Builtin(_) => false,
        };
        self.walk.reader.rest = start;
        Ok(is_meant)
    }

    fn element(&mut self, elements: OpenElements, number: Option<usize>, is_live: bool) -> Done<'t, Next> {
        let Some(number) = number.filter(|number| *number < elements.count) else {
            return Ok(self.nothing_in(Frame::Elements { elements, next: 0, is_live: false }));
        };
        self.walk.skip_range(&elements, 0..number)?;
        let next = Next::Inside(elements.element, elements.scope);
        self.frames.push(Frame::Elements { elements, next: number + 1, is_live });
        Ok(next)
    }

    fn field(&mut self, mut object: OpenObject<'t>, field: &FieldStep) -> Done<'t, Next> {
        let is_field = |bytes| {
            let record = Record::read(bytes);
            record.code() != codes::RUN && field.is_called(record.name())
        };
        let may_be_there = self.is_live() || object.rest.as_slice().iter().any(is_field);
        let next = if may_be_there { self.find(&mut object, field)? } else { Next::Nothing };
        self.frames.push(Frame::Object(object));
        match next {
            // A number has no parts.
            Next::Found(_) if self.frames.len() < self.path.steps.len() => Ok(Next::Nothing),
            next => Ok(next),
        }
    }

    /// Goes to a field of an object.
    fn find(&mut self, object: &mut OpenObject<'t>, field: &FieldStep) -> Done<'t, Next> {
        while let Some(bytes) = object.rest.next() {
            let record = Record::read(bytes);
            if record.code() == codes::RUN {
                self.pass_run(record, object, field)?;
                continue;
            }
            let is_wanted = field.is_called(record.name());
            if record.flags() & codes::CONDITION != 0 && self.walk.is_absent(record, object)? {
                if is_wanted {
                    break;
                }
                continue;
            }
            let offset = self.walk.reader.position();
            let done = match record.role() {
                Role::None if is_wanted => return Ok(Next::Inside(record, object.scope)),
                Role::None => self.walk.skip(record, object.scope),
                _ => match self.walk.number(record, object) {
                    Ok(number) if is_wanted => return Ok(Next::Found(Found::Number(number, offset))),
                    done => done.map(|_| ()),
                },
            };
            if let Err(failure) = done {
                return Err(self.walk.in_field(record, failure));
            }
        }
        Ok(Next::Nothing)
    }

    /// Goes past a run of fields, unless the one that is wanted is among them.
    fn pass_run(&mut self, run: Record, object: &mut OpenObject<'t>, field: &FieldStep) -> Done<'t> {
        let rest = object.rest.as_slice();
        let (fields, behind) = self.walk.sure(rest.split_at_checked(run.b() as usize))?;
        let has_it = fields.iter().any(|bytes| field.is_called(Record::read(bytes).name()));
        // If not all of them are there, one of them fails.
        if !has_it && let Some(rest) = self.walk.reader.rest.get(run.a() as usize..) {
            self.walk.reader.rest = rest;
            object.rest = behind.iter();
        }
        Ok(())
    }
}

impl<'t, 'b> Iterator for Selection<'_, 't, 'b> {
    type Item = Result<Part<'t, 'b>, DecodeError>;

    fn next(&mut self) -> Option<Self::Item> {
        let part = self.next_part();
        self.result(part)
    }
}

impl FusedIterator for Selection<'_, '_, '_> {}
