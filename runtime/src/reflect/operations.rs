//! Operations: each reads a value without parts, or begins one with parts.
//!
//! They come in two kinds: those that tell put an event in [`Walk::told`] and leave what they begin open; the others go through it.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};

use super::builtin::Builtin;
use super::codes;
use super::combinator::{Combinator, Entry, Kind};
use super::error::DecodeFault;
use super::path::Step;
use super::record::{Record, Type};
use super::scalar;
use super::scope::{Bound, OUTERMOST, boxed_builtin};
use super::table::TypeRecord;
use super::visitor::{Event, Scalar};
use super::walk::{BUILTIN_FIELD, BuiltinStep, Done, Failure, Numbers, Open, OpenObject, Walk};
use crate::{BOOL_TRUE_ID, VECTOR_ID};

/// The position of the list of no arguments.
const NO_ARGUMENTS: u32 = 0;

impl<'t, 'b> Walk<'_, 't, 'b> {
    /// Notes an event, which is told next.
    #[inline]
    fn note(&mut self, offset: usize, event: Event<'t, 'b>) {
        self.told = Some((offset, event));
    }

    /// A value, which may be the beginning of one.
    #[inline]
    pub(super) fn value<const TELL: bool>(&mut self, record: Record, scope: u32) -> Done<'t> {
        if let Some(builtin) = record.builtin() {
            return self.builtin::<TELL>(builtin);
        }
        match record.code() {
            codes::BOXED => {
                let offset = self.reader.position();
                let constructor = self.constructor(record.a())?;
                self.object::<TELL>(offset, constructor, record.b(), scope)
            }
            codes::BARE => self.object::<TELL>(self.reader.position(), record.a(), record.b(), scope),
            codes::BOXED_VECTOR | codes::BARE_VECTOR => self.vector::<TELL>(record, scope),
            _ => self.rare_value::<TELL>(record, scope),
        }
    }

    fn rare_value<const TELL: bool>(&mut self, record: Record, scope: u32) -> Done<'t> {
        match record.code() {
            codes::BOXED_BUILTIN => {
                self.expect_id(record.b(), record)?;
                let builtin = self.sure(boxed_builtin(record))?;
                self.builtin::<TELL>(builtin)
            }
            codes::TUPLE | codes::BOXED_TUPLE => self.tuple::<TELL>(record, scope),
            codes::IDENTIFIED => {
                let combinator = self.sure(self.table.combinator_at(record.a()))?;
                let offset = self.reader.position();
                self.expect_id(combinator.id(), record)?;
                self.object::<TELL>(offset, record.a(), NO_ARGUMENTS, OUTERMOST)
            }
            codes::PARAMETER => match self.scopes.argument(scope, record.a()) {
                // The scope of an argument is always further outside.
                Some(Bound::Type(ty, outer)) => self.value::<TELL>(ty, outer),
                Some(Bound::Nat(_) | Bound::Unknown) | None => self.fail(DecodeFault::IncompleteType),
            },
            codes::OUTPUT => {
                let call = self.scopes.call(scope);
                let wrapped = call.and_then(|it| super::output::wrapped(&self.table.function_named(it.name)?, it));
                let output = wrapped.and_then(|it| self.output_of(it));
                let (record, scope) = self.known(output)?;
                self.value::<TELL>(record, scope)
            }
            codes::CALL | codes::FUNCTION | codes::OBJECT | codes::CONSTRUCTOR => self.any::<TELL>(record),
            _ => self.fail(DecodeFault::DamagedTable),
        }
    }

    fn vector<const TELL: bool>(&mut self, record: Record, scope: u32) -> Done<'t> {
        let offset = self.reader.position();
        if record.code() == codes::BOXED_VECTOR {
            self.expect_id(VECTOR_ID, record)?;
        }
        let element = self.sure(self.table.record_at(record.a()))?;
        let least_length = self.scopes.least_length(&self.table, element, scope);
        let least_length = self.known(least_length)?;
        let count = self.reader.read_vector_len(least_length);
        let count = self.checked(count)?;
        self.elements::<TELL>(offset, element, count, scope)
    }

    fn tuple<const TELL: bool>(&mut self, record: Record, scope: u32) -> Done<'t> {
        let offset = self.reader.position();
        if record.code() == codes::BOXED_TUPLE {
            self.expect_id(record.b(), record)?;
        }
        let count = self.sure(self.table.record_at(record.a()).and_then(|it| it.nat()))?;
        let element = self.sure(record.a().checked_add(1).and_then(|it| self.table.record_at(it)))?;
        let least_length = self.scopes.least_length(&self.table, element, scope);
        let least_length = self.known(least_length)?;
        let count = self.known(self.scopes.nat(scope, count))?;
        let count = self.reader.check_count(count, least_length);
        let count = self.checked(count)?;
        self.elements::<TELL>(offset, element, count, scope)
    }

    fn elements<const TELL: bool>(&mut self, offset: usize, element: Record, count: usize, scope: u32) -> Done<'t> {
        if !TELL {
            return self.skip_elements(element, count, scope);
        }
        self.enter()?;
        self.open.push(Open::Elements { element, count, left: count, scope });
        self.note(offset, Event::Vector(count));
        Ok(())
    }

    /// Reads an id of which only one is right.
    #[inline]
    fn expect_id(&mut self, expected: u32, record: Record) -> Done<'t> {
        match self.word()? {
            found if found == expected => Ok(()),
            found => self.unknown(found, self.table.text_of(Type::of(record))),
        }
    }

    /// The constructor of a type by the id that comes next.
    #[inline]
    fn constructor(&mut self, position: u32) -> Done<'t, u32> {
        let ty = self.sure(self.table.type_at(position))?;
        if let Some(default) = ty.default() {
            let named = self.reader.peek_id().and_then(|id| self.table.constructor_with(id, position));
            let Some(named) = named else {
                return Ok(default);
            };
            self.word()?;
            return Ok(named);
        }
        let found = self.word()?;
        match self.table.constructor_with(found, position) {
            Some(constructor) => Ok(constructor),
            None => self.unknown_constructor(found, &ty),
        }
    }

    /// A value that is known by its id alone.
    fn any<const TELL: bool>(&mut self, record: Record) -> Done<'t> {
        let offset = self.reader.position();
        let combinator = self.any_combinator(record)?;
        match combinator.kind() {
            Kind::Builtin => self.boxed_builtin::<TELL>(offset, combinator),
            _ => self.object::<TELL>(offset, combinator.position(), NO_ARGUMENTS, OUTERMOST),
        }
    }

    /// The combinator by the id that comes next.
    fn any_combinator(&mut self, record: Record) -> Done<'t, Combinator<'t>> {
        let found = self.word()?;
        let is_wanted = |it: &Combinator<'_>| match record.code() {
            codes::CALL | codes::FUNCTION => it.is_function(),
            codes::CONSTRUCTOR => !it.is_function(),
            _ => true,
        };
        let mut possible = self.table.find_by_id(found).filter(|it| it.stands_alone() && is_wanted(it));
        match (possible.next(), possible.next()) {
            (Some(combinator), None) => Ok(combinator),
            (Some(first), Some(second)) => self.ambiguous(found, &first, &second),
            (None, _) => self.unknown(found, self.table.text_of(Type::of(record))),
        }
    }

    /// A built-in type as a value of any type. A `Bool` is its id; another one is told as an object with the field `value`.
    fn boxed_builtin<const TELL: bool>(&mut self, offset: usize, declared: Combinator<'t>) -> Done<'t> {
        let name = self.sure(declared.name())?;
        match self.sure(Builtin::declared(name))? {
            Builtin::Bool => {
                let value = declared.id() == BOOL_TRUE_ID;
                if TELL {
                    self.note(offset, Event::Scalar(Scalar::Bool(value)));
                }
                Ok(())
            }
            builtin => {
                self.note_root(&declared);
                if !TELL {
                    return self.skip_builtin(builtin).map_err(|failure| failure.within(Step::Field(BUILTIN_FIELD)));
                }
                self.enter()?;
                self.open.push(Open::Builtin { builtin, step: BuiltinStep::Field });
                self.note(offset, Event::Object(declared));
                Ok(())
            }
        }
    }

    #[inline]
    fn note_root(&mut self, combinator: &Combinator<'t>) {
        if self.is_outermost() {
            self.root = Some(*combinator);
        }
    }

    /// An id that was read last and does not tell which of two is meant.
    #[cold]
    fn ambiguous<T>(&self, found: u32, first: &Combinator<'t>, second: &Combinator<'t>) -> Done<'t, T> {
        let [first, second] = [first, second].map(|it| it.name().unwrap_or("?").to_string());
        let offset = self.reader.position().saturating_sub(4);
        Err(Box::new(Failure::new(DecodeFault::AmbiguousId { found, first, second }, offset)))
    }

    #[cold]
    fn unknown_constructor<T>(&self, found: u32, ty: &TypeRecord<'t>) -> Done<'t, T> {
        self.unknown(found, ty.name().unwrap_or("?").to_string())
    }

    /// An id that was read last and is none of those that are allowed.
    #[cold]
    fn unknown<T>(&self, found: u32, expected: String) -> Done<'t, T> {
        let known_as = self.table.name_of(found).map(|name| {
            let constructed = self.table.combinator(found).and_then(|it| it.constructed());
            match constructed.and_then(|it| self.table.type_at(it)?.name()) {
                Some(type_name) => format!("`{name}`, a {type_name}"),
                None => format!("`{name}`"),
            }
        });
        let offset = self.reader.position().saturating_sub(4);
        Err(Box::new(Failure::new(DecodeFault::UnknownConstructor { found, known_as, expected }, offset)))
    }

    /// The fields of a combinator, by its position. Arguments are a list of the table.
    #[inline]
    fn object<const TELL: bool>(&mut self, offset: usize, position: u32, arguments: u32, outer: u32) -> Done<'t> {
        let entry = self.sure(self.table.entry_at(position))?;
        if self.is_outermost() {
            self.root = self.table.combinator_at(position);
        }
        if entry.is_special() {
            self.special(position)?;
        }
        let levels = entry.levels();
        if levels > 0 {
            // Errors name the path instead of the type.
            let _ = self.reader.enter_levels("", levels);
            self.checked(())?;
        }
        let rest = self.table.records_of(entry);
        let scope = if entry.has_scope() { self.scope(entry, arguments, outer)? } else { OUTERMOST };
        self.enter()?;
        if !TELL {
            return self.skip_object(rest, scope, levels);
        }
        let combinator = self.sure(self.table.combinator_at(position))?;
        self.open.push(Open::Object(OpenObject { combinator, rest, scope, numbers: Numbers::default() }));
        self.note(offset, Event::Object(combinator));
        Ok(())
    }

    /// The scope of a value whose fields depend on its variables.
    fn scope(&mut self, entry: Entry<'t>, arguments: u32, outer: u32) -> Done<'t, u32> {
        let arguments = self.sure(self.table.list(arguments))?;
        let slots = entry.slots().min(self.table.records_of(entry).len());
        Ok(self.scopes.enter(arguments, outer, slots))
    }

    /// Ends an object.
    #[inline]
    pub(super) fn end_of_object(&mut self, scope: u32, levels: u32) {
        if levels > 0 {
            self.reader.leave_levels(self.enclosing, levels);
        }
        if scope != OUTERMOST {
            self.scopes.leave(scope);
        }
        self.leave();
    }

    /// Returns whether a field with a condition is not there, in a scope of its own.
    pub(super) fn is_absent_in(&self, scope: u32, record: Record) -> Done<'t, bool> {
        let condition = self.sure(record.condition())?;
        self.known(self.scopes.holds(scope, condition)).map(|holds| !holds)
    }

    /// Reads the number in a `#` field.
    #[inline]
    pub(super) fn read_number(&mut self, record: Record, is_flags: bool) -> Done<'t, u32> {
        let value = if is_flags { self.reader.read_flags(record.b()) } else { self.reader.read_u32() };
        self.checked(value)
    }

    /// A combinator of which something has to be checked first.
    #[cold]
    fn special(&mut self, position: u32) -> Done<'t> {
        let combinator = self.sure(self.table.combinator_at(position))?;
        let entry = combinator.entry();
        // Generated code has a form for it, which counts values that may take no bytes.
        if entry.has_form() && entry.least_length() == 0 {
            self.reader.count_empty();
            self.checked(())?;
        }
        if combinator.kind() == Kind::Opaque {
            let name = combinator.name().unwrap_or("?").to_string();
            return self.fail(DecodeFault::Opaque { name });
        }
        Ok(())
    }

    /// A value without parts.
    #[inline]
    pub(super) fn builtin<const TELL: bool>(&mut self, builtin: Builtin) -> Done<'t> {
        if !TELL {
            return self.skip_builtin(builtin);
        }
        let offset = self.reader.position();
        let scalar = scalar::read(builtin, &mut self.reader);
        match self.checked(scalar)? {
            Ok(scalar) => self.note(offset, Event::Scalar(scalar)),
            Err(found) => return self.not_a_bool(found),
        }
        Ok(())
    }

    /// An id in place of a `Bool` that is none.
    #[cold]
    pub(super) fn not_a_bool(&self, found: u32) -> Done<'t> {
        self.unknown(found, Builtin::Bool.name().to_string())
    }
}

/// Returns whether a field with a condition is not there, in a value without a scope of its own.
#[inline]
pub(super) fn is_absent(record: Record, numbers: &Numbers) -> bool {
    // Fewer than that are remembered, unless the table is damaged.
    let number = numbers[usize::from(record.variable()) % codes::FEW_SLOTS];
    number & record.mask() == 0
}
