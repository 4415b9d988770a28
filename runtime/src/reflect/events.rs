//! The walk that tells what it meets, one event after another.

use super::codes;
use super::error::DecodeError;
use super::operations::is_absent;
use super::record::{Record, Role};
use super::scope::OUTERMOST;
use super::visitor::{Event, Scalar};
use super::walk::{BUILTIN_FIELD, BuiltinStep, Done, Open, Told, Walk};

impl<'t, 'b> Walk<'_, 't, 'b> {
    /// The next event; nothing after the last one.
    #[inline]
    pub(super) fn event(&mut self) -> Result<Option<Told<'t, 'b>>, DecodeError> {
        match self.run() {
            Ok(()) => Ok(self.told.take()),
            Err(failure) => Err(self.error(*failure)),
        }
    }

    /// Runs operations until there is an event, or all are done.
    fn run(&mut self) -> Done<'t> {
        if let Some((offset, number)) = self.number.take() {
            self.told = Some((offset, Event::Scalar(Scalar::Nat(number))));
            return Ok(());
        }
        if let Some((record, scope)) = self.next.take() {
            self.value::<true>(record, scope)?;
        }
        while self.told.is_none() {
            match self.open.last_mut() {
                Some(Open::Object(_)) => self.object_step()?,
                Some(Open::Elements { element, left, scope, .. }) => match left.checked_sub(1) {
                    Some(fewer) => {
                        *left = fewer;
                        let (element, scope) = (*element, *scope);
                        self.value::<true>(element, scope)?;
                    }
                    None => self.end(),
                },
                Some(Open::Builtin { .. }) => self.builtin_step()?,
                None => return Ok(()),
            }
        }
        Ok(())
    }

    fn end(&mut self) {
        self.open.pop();
        self.leave();
        self.told = Some((self.reader.position(), Event::End));
    }

    /// Tells the next field of an object that is there, or its end.
    #[inline]
    fn object_step(&mut self) -> Done<'t> {
        loop {
            let Some(Open::Object(object)) = self.open.last_mut() else { return Ok(()) };
            let Some((bytes, behind)) = object.rest.split_first() else { break };
            object.rest = behind;
            let record = Record::read(bytes);
            let (scope, numbers) = (object.scope, object.numbers);
            let is_absent = match record.flags() & codes::CONDITION {
                0 => record.code() == codes::RUN,
                _ if scope == OUTERMOST => is_absent(record, &numbers),
                _ => self.is_absent_in(scope, record)?,
            };
            if !is_absent {
                return self.field(record, scope);
            }
        }
        if let Some(Open::Object(object)) = self.open.pop() {
            self.end_of_object(object.scope, object.combinator.levels());
        }
        self.told = Some((self.reader.position(), Event::End));
        Ok(())
    }

    /// Tells the name of a field, and notes what its value is.
    #[inline]
    fn field(&mut self, record: Record, scope: u32) -> Done<'t> {
        let name = self.sure(self.table.text(record.name()))?;
        let offset = self.reader.position();
        let role = record.role();
        if role == Role::None {
            self.next = Some((record, scope));
            self.told = Some((offset, Event::Field(name)));
            return Ok(());
        }
        let number = self.read_number(record, role == Role::Flags)?;
        if scope != OUTERMOST {
            self.scopes.set(scope, record.a(), number);
        } else if let Some(Open::Object(object)) = self.open.last_mut()
            && let Some(place) = object.numbers.get_mut(record.a() as usize)
        {
            *place = number;
        }
        if role == Role::Flags {
            self.told = Some((offset, Event::Flags(name, number)));
        } else {
            self.number = Some((offset, number));
            self.told = Some((offset, Event::Field(name)));
        }
        Ok(())
    }

    /// What comes next in a built-in type that is a value of any type.
    fn builtin_step(&mut self) -> Done<'t> {
        let Some(Open::Builtin { builtin, step }) = self.open.last_mut() else { return Ok(()) };
        let (builtin, now) = (*builtin, *step);
        *step = if now == BuiltinStep::Field { BuiltinStep::Value } else { BuiltinStep::End };
        match now {
            BuiltinStep::Field => self.told = Some((self.reader.position(), Event::Field(BUILTIN_FIELD))),
            BuiltinStep::Value => self.builtin::<true>(builtin)?,
            BuiltinStep::End => self.end(),
        }
        Ok(())
    }
}
