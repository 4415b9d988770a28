//! The walk that tells nothing: to check, and to go past a value.

use core::ops::Range;

use super::builtin::Builtin;
use super::codes;
use super::operations::Begun;
use super::path::Step;
use super::record::{Record, Role};
use super::walk::{BUILTIN_FIELD, Done, OpenElements, OpenObject, Walk};
use crate::{BOOL_FALSE_ID, BOOL_TRUE_ID, utf8};

impl<'t, 'b> Walk<'_, 't, 'b> {
    /// Goes through a value. What is most common is not put into a [`Begun`] first: the processor waits if it copies what was
    /// just stored in pieces.
    pub(super) fn skip(&mut self, record: Record, scope: u32) -> Done<'t> {
        match record.code() {
            codes::BOXED => {
                let constructor = self.constructor(record.a())?;
                let object = self.open_object(constructor, record.b(), scope)?;
                self.skip_object(object)
            }
            codes::BOXED_VECTOR | codes::BARE_VECTOR => {
                let elements = self.open_vector(record, scope)?;
                self.skip_elements(&elements)
            }
            _ => self.skip_other(record, scope),
        }
    }

    fn skip_other(&mut self, record: Record, scope: u32) -> Done<'t> {
        match self.begin(record, scope)? {
            Begun::Builtin(builtin) => self.skip_builtin(builtin),
            Begun::Object(object) => self.skip_object(object),
            Begun::Elements(elements) => self.skip_elements(&elements),
            Begun::Bool(_) => Ok(()),
            Begun::Declared(_, builtin) => {
                self.skip_builtin(builtin).map_err(|failure| failure.within(Step::Field(BUILTIN_FIELD.as_bytes())))?;
                self.leave();
                Ok(())
            }
        }
    }

    #[inline]
    pub(super) fn skip_object(&mut self, mut object: OpenObject<'t>) -> Done<'t> {
        while let Some(bytes) = object.rest.next() {
            let record = Record::read(bytes);
            if record.flags() & codes::CONDITION != 0 {
                if self.is_absent(record, &object)? {
                    continue;
                }
            } else if record.code() == codes::RUN {
                // If not all of them are there, one of them fails.
                if let Some(behind) = self.reader.rest.get(record.a() as usize..) {
                    object.rest = self.sure(object.rest.as_slice().get(record.b() as usize..))?.iter();
                    self.reader.rest = behind;
                }
                continue;
            }
            let done = match (record.role(), record.builtin()) {
                (Role::None, Some(builtin)) => self.skip_builtin(builtin),
                (Role::None, None) => self.skip(record, object.scope),
                _ => self.number(record, &mut object).map(|_| ()),
            };
            if let Err(failure) = done {
                return Err(self.in_field(record, failure));
            }
        }
        self.end_of_object(&object);
        Ok(())
    }

    fn skip_elements(&mut self, elements: &OpenElements) -> Done<'t> {
        self.skip_range(elements, 0..elements.count)?;
        self.leave();
        Ok(())
    }

    /// Goes past some of the elements.
    pub(super) fn skip_range(&mut self, elements: &OpenElements, range: Range<usize>) -> Done<'t> {
        let OpenElements { element, scope, .. } = *elements;
        if element.is_any_bytes() {
            // The number was checked against the bytes that are left.
            self.reader.read_raw(element.known_length().unwrap_or_default().saturating_mul(range.len()));
            return self.checked(());
        }
        for index in range {
            if let Err(failure) = self.skip(element, scope) {
                return Err(failure.within(Step::Element(index)));
            }
        }
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
