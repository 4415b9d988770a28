//! The walk that tells nothing: to check, and to go past a value.

use alloc::boxed::Box;

use super::builtin::Builtin;
use super::codes;
use super::error::DecodeError;
use super::operations::is_absent;
use super::path::Step;
use super::record::{self, Record, Role};
use super::scope::OUTERMOST;
use super::walk::{Done, Failure, Numbers, Walk};
use crate::{BOOL_FALSE_ID, BOOL_TRUE_ID, utf8};

impl<'t> Failure<'t> {
    /// The failure as it is seen from one step further outside.
    #[cold]
    pub(super) fn within(mut self: Box<Self>, step: Step<'t>) -> Box<Self> {
        self.steps.push(step);
        self
    }
}

impl<'t, 'b> Walk<'_, 't, 'b> {
    /// Goes through the value with which the walk begins.
    pub(super) fn skip(&mut self) -> Result<(), DecodeError> {
        let Some((record, scope)) = self.next.take() else { return Ok(()) };
        self.value::<false>(record, scope).map_err(|failure| self.error(*failure))
    }

    /// Goes through the fields of an object.
    pub(super) fn skip_object(&mut self, records: &'t [record::Bytes], scope: u32, levels: u32) -> Done<'t> {
        let mut numbers = Numbers::default();
        let mut rest = records.iter();
        while let Some(bytes) = rest.next() {
            let record = Record::read(bytes);
            if record.flags() & codes::CONDITION != 0 {
                let is_absent = match scope {
                    OUTERMOST => is_absent(record, &numbers),
                    scope => self.is_absent_in(scope, record)?,
                };
                if is_absent {
                    continue;
                }
            } else if record.code() == codes::RUN {
                // If not all of them are there, one of them fails.
                if let Some(behind) = self.reader.rest.get(record.a() as usize..) {
                    rest = self.sure(rest.as_slice().get(record.b() as usize..))?.iter();
                    self.reader.rest = behind;
                }
                continue;
            }
            let done = match record.role() {
                Role::None => self.value::<false>(record, scope),
                role => self.skip_number(record, role, scope, &mut numbers),
            };
            if let Err(failure) = done {
                let name = self.table.text(record.name()).unwrap_or("?");
                return Err(failure.within(Step::Field(name)));
            }
        }
        self.end_of_object(scope, levels);
        Ok(())
    }

    /// Reads a number on which other fields depend.
    #[inline]
    fn skip_number(&mut self, record: Record, role: Role, scope: u32, numbers: &mut Numbers) -> Done<'t> {
        let number = self.read_number(record, role == Role::Flags)?;
        if scope != OUTERMOST {
            self.scopes.set(scope, record.a(), number);
        } else if let Some(place) = numbers.get_mut(record.a() as usize) {
            *place = number;
        }
        Ok(())
    }

    /// Goes through the elements of a vector or tuple.
    pub(super) fn skip_elements(&mut self, element: Record, count: usize, scope: u32) -> Done<'t> {
        if element.is_any_bytes() {
            // The number was checked against the bytes that are left.
            let bytes = element.known_length().unwrap_or_default().saturating_mul(count);
            self.reader.read_raw(bytes);
            return self.checked(());
        }
        self.enter()?;
        for index in 0..count {
            if let Err(failure) = self.value::<false>(element, scope) {
                return Err(failure.within(Step::Element(index)));
            }
        }
        self.leave();
        Ok(())
    }

    /// Goes past a value without parts.
    #[inline]
    pub(super) fn skip_builtin(&mut self, builtin: Builtin) -> Done<'t> {
        match builtin {
            Builtin::String if !self.reader.options().lossy_strings => {
                let content = self.reader.read_bytes_borrowed();
                if utf8::check(content).is_err() {
                    return self.refuse_text(content);
                }
            }
            // Text that can be repaired is text.
            Builtin::String | Builtin::Bytes => {
                self.reader.read_bytes_borrowed();
            }
            Builtin::Bool => match self.word()? {
                BOOL_TRUE_ID | BOOL_FALSE_ID => {}
                found => return self.not_a_bool(found),
            },
            builtin => {
                self.reader.read_raw(builtin.least_length());
            }
        }
        self.checked(())
    }

    /// Content of a string that was read last and is not UTF-8.
    #[cold]
    fn refuse_text(&mut self, content: &'b [u8]) -> Done<'t> {
        self.reader.refuse_text(content);
        self.refuse()
    }
}
