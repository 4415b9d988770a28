//! The walk that tells a visitor what there is.

use super::builtin::Builtin;
use super::combinator::Combinator;
use super::operations::Begun;
use super::path::Step;
use super::record::{Record, Role};
use super::visitor::{Event, Scalar, Visitor};
use super::walk::{BUILTIN_FIELD, Done, Failure, OpenElements, OpenObject, Walk};

impl<'t, 'b> Walk<'_, 't, 'b> {
    /// Tells a visitor about a value.
    pub(super) fn tell<V: Visitor<'t> + ?Sized>(&mut self, record: Record, scope: u32, visitor: &mut V) -> Done<'t> {
        let offset = self.reader.position();
        match self.begin(record, scope)? {
            Begun::Builtin(builtin) => self.tell_scalar(builtin, visitor),
            Begun::Object(object) => self.tell_object(offset, object, visitor),
            Begun::Elements(elements) => self.tell_elements(offset, &elements, visitor),
            Begun::Bool(value) => event(offset, Event::Scalar(Scalar::Bool(value)), visitor),
            Begun::Declared(declared, builtin) => self.tell_declared(offset, declared, builtin, visitor),
        }
    }

    #[inline]
    pub(super) fn tell_scalar<V: Visitor<'t> + ?Sized>(&mut self, builtin: Builtin, visitor: &mut V) -> Done<'t> {
        let offset = self.reader.position();
        let scalar = self.scalar(builtin)?;
        event(offset, Event::Scalar(scalar), visitor)
    }

    #[inline]
    fn tell_object<V: Visitor<'t> + ?Sized>(
        &mut self,
        offset: usize,
        mut object: OpenObject<'t>,
        visitor: &mut V,
    ) -> Done<'t> {
        let combinator = self.sure(self.table.combinator_at(object.position))?;
        event(offset, Event::Object(combinator), visitor)?;
        while let Some(record) = self.next_field(&mut object)? {
            let done = self.tell_field(record, &mut object, visitor);
            if let Err(failure) = done {
                return Err(self.in_field(record, failure));
            }
        }
        event(self.reader.position(), Event::End, visitor)?;
        self.end_of_object(&object);
        Ok(())
    }

    #[inline]
    fn tell_field<V: Visitor<'t> + ?Sized>(
        &mut self,
        record: Record,
        object: &mut OpenObject<'t>,
        visitor: &mut V,
    ) -> Done<'t> {
        let name = self.sure(self.table.text(record.name()))?;
        let offset = self.reader.position();
        let role = record.role();
        if role == Role::None {
            event(offset, Event::Field(name), visitor)?;
            return self.tell(record, object.scope, visitor);
        }
        let number = self.number(record, object)?;
        if role == Role::Flags {
            return event(offset, Event::Flags(name, number), visitor);
        }
        event(offset, Event::Field(name), visitor)?;
        event(offset, Event::Scalar(Scalar::Nat(number)), visitor)
    }

    fn tell_elements<V: Visitor<'t> + ?Sized>(
        &mut self,
        offset: usize,
        elements: &OpenElements,
        visitor: &mut V,
    ) -> Done<'t> {
        event(offset, Event::Vector(elements.count), visitor)?;
        for index in 0..elements.count {
            if let Err(failure) = self.tell(elements.element, elements.scope, visitor) {
                return Err(failure.within(Step::Element(index)));
            }
        }
        self.leave();
        event(self.reader.position(), Event::End, visitor)
    }

    /// A built-in type as a value of any type.
    fn tell_declared<V: Visitor<'t> + ?Sized>(
        &mut self,
        offset: usize,
        declared: Combinator<'t>,
        builtin: Builtin,
        visitor: &mut V,
    ) -> Done<'t> {
        event(offset, Event::Object(declared), visitor)?;
        let field = event(self.reader.position(), Event::Field(BUILTIN_FIELD), visitor);
        let done = field.and_then(|()| self.tell_scalar(builtin, visitor));
        done.map_err(|failure| failure.within(Step::Field(BUILTIN_FIELD.as_bytes())))?;
        self.leave();
        event(self.reader.position(), Event::End, visitor)
    }
}

#[inline]
fn event<'t, V: Visitor<'t> + ?Sized>(offset: usize, event: Event<'t, '_>, visitor: &mut V) -> Done<'t> {
    match visitor.visit(offset, event) {
        Ok(()) => Ok(()),
        Err(fault) => Err(Failure::new(fault, offset).into()),
    }
}
