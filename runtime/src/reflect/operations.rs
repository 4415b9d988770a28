//! Operations: what a value begins with, and which of its fields are there.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};

use super::builtin::Builtin;
use super::codes;
use super::combinator::{Combinator, Entry, Kind};
use super::error::DecodeFault;
use super::path::Step;
use super::record::{Record, Role, Type};
use super::scalar;
use super::scope::{Bound, OUTERMOST, boxed_builtin};
use super::table::TypeRecord;
use super::visitor::Scalar;
use super::walk::{Done, Failure, Numbers, OpenElements, OpenObject, Walk};
use crate::{BOOL_TRUE_ID, VECTOR_ID};

/// A value of which the beginning was read.
pub(super) enum Begun<'t> {
    /// A value without parts, which is still to be read.
    Builtin(Builtin),
    /// A `Bool` as a value of any type: it is its id.
    Bool(bool),
    Object(OpenObject<'t>),
    Elements(OpenElements),
    /// Another built-in type as a value of any type, by its declaration: an object with the field `value`.
    Declared(Combinator<'t>, Builtin),
}

/// The position of the list of no arguments.
const NO_ARGUMENTS: u32 = 0;

impl<'t, 'b> Walk<'_, 't, 'b> {
    /// Reads what a value begins with.
    #[inline(always)]
    pub(super) fn begin(&mut self, record: Record, scope: u32) -> Done<'t, Begun<'t>> {
        if let Some(builtin) = record.builtin() {
            return Ok(Begun::Builtin(builtin));
        }
        match record.code() {
            codes::BOXED => {
                let constructor = self.constructor(record.a())?;
                self.object(constructor, record.b(), scope)
            }
            codes::BARE => self.object(record.a(), record.b(), scope),
            codes::BOXED_VECTOR | codes::BARE_VECTOR => self.vector(record, scope),
            _ => self.begin_other(record, scope),
        }
    }

    fn begin_other(&mut self, record: Record, scope: u32) -> Done<'t, Begun<'t>> {
        match record.code() {
            codes::BOXED_BUILTIN => {
                self.expect_id(record.b(), record)?;
                self.sure(boxed_builtin(record)).map(Begun::Builtin)
            }
            codes::TUPLE | codes::BOXED_TUPLE => self.tuple(record, scope),
            codes::IDENTIFIED => {
                let combinator = self.sure(self.table.combinator_at(record.a()))?;
                self.expect_id(combinator.id(), record)?;
                self.object(record.a(), NO_ARGUMENTS, OUTERMOST)
            }
            codes::PARAMETER => match self.scopes.argument(scope, record.a()) {
                // The scope of an argument is always further outside.
                Some(Bound::Type(ty, outer)) => self.begin(ty, outer),
                Some(Bound::Nat(_) | Bound::Unknown) | None => self.fail(DecodeFault::IncompleteType),
            },
            codes::OUTPUT => {
                let call = self.scopes.call(scope);
                let wrapped = call.and_then(|it| super::output::wrapped(&self.table.function_named(it.name)?, it));
                let output = wrapped.and_then(|it| self.output_of(it));
                let (record, scope) = self.known(output)?;
                self.begin(record, scope)
            }
            codes::CALL | codes::FUNCTION | codes::OBJECT | codes::CONSTRUCTOR => self.any(record),
            _ => self.fail(DecodeFault::DamagedTable),
        }
    }

    #[inline(always)]
    fn vector(&mut self, record: Record, scope: u32) -> Done<'t, Begun<'t>> {
        self.open_vector(record, scope).map(Begun::Elements)
    }

    /// Begins a vector.
    #[inline(always)]
    pub(super) fn open_vector(&mut self, record: Record, scope: u32) -> Done<'t, OpenElements> {
        if record.code() == codes::BOXED_VECTOR {
            self.expect_id(VECTOR_ID, record)?;
        }
        let element = self.sure(self.table.record_at(record.a()))?;
        let least_length = self.scopes.least_length(&self.table, element, scope);
        let least_length = self.known(least_length)?;
        let count = self.reader.read_vector_len(least_length);
        let count = self.checked(count)?;
        self.enter()?;
        Ok(OpenElements { element, count, scope })
    }

    fn tuple(&mut self, record: Record, scope: u32) -> Done<'t, Begun<'t>> {
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
        self.enter()?;
        Ok(Begun::Elements(OpenElements { element, count, scope }))
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
    #[inline(always)]
    pub(super) fn constructor(&mut self, position: u32) -> Done<'t, u32> {
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
    fn any(&mut self, record: Record) -> Done<'t, Begun<'t>> {
        let combinator = self.any_combinator(record)?;
        if combinator.kind() != Kind::Builtin {
            return self.object(combinator.position(), NO_ARGUMENTS, OUTERMOST);
        }
        match self.sure(combinator.name().and_then(Builtin::declared))? {
            Builtin::Bool => Ok(Begun::Bool(combinator.id() == BOOL_TRUE_ID)),
            builtin => {
                if self.is_outermost() {
                    self.root = Some(combinator);
                }
                self.enter()?;
                Ok(Begun::Declared(combinator, builtin))
            }
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
    #[inline(always)]
    fn object(&mut self, position: u32, arguments: u32, outer: u32) -> Done<'t, Begun<'t>> {
        self.open_object(position, arguments, outer).map(Begun::Object)
    }

    /// Begins a value of a combinator.
    #[inline(always)]
    pub(super) fn open_object(&mut self, position: u32, arguments: u32, outer: u32) -> Done<'t, OpenObject<'t>> {
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
        Ok(OpenObject { position, rest: rest.iter(), scope, levels, numbers: Numbers::default() })
    }

    /// The scope of a value whose fields depend on its variables.
    fn scope(&mut self, entry: Entry<'t>, arguments: u32, outer: u32) -> Done<'t, u32> {
        let arguments = self.sure(self.table.list(arguments))?;
        let slots = entry.slots().min(self.table.records_of(entry).len());
        Ok(self.scopes.enter(arguments, outer, slots))
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

    /// Ends an object.
    #[inline]
    pub(super) fn end_of_object(&mut self, object: &OpenObject<'t>) {
        if object.levels > 0 {
            self.reader.leave_levels(self.enclosing, object.levels);
        }
        if object.scope != OUTERMOST {
            self.scopes.leave(object.scope);
        }
        self.leave();
    }

    /// The next field that is there.
    #[inline]
    pub(super) fn next_field(&mut self, object: &mut OpenObject<'t>) -> Done<'t, Option<Record>> {
        while let Some(bytes) = object.rest.next() {
            let record = Record::read(bytes);
            let is_absent = match record.flags() & codes::CONDITION {
                0 => record.code() == codes::RUN,
                _ => self.is_absent(record, object)?,
            };
            if !is_absent {
                return Ok(Some(record));
            }
        }
        Ok(None)
    }

    /// Returns whether a field with a condition is not there.
    #[inline(always)]
    pub(super) fn is_absent(&self, record: Record, object: &OpenObject<'t>) -> Done<'t, bool> {
        if object.scope != OUTERMOST {
            return self.is_absent_in(object.scope, record);
        }
        // Fewer than that are remembered, unless the table is damaged.
        let number = object.numbers[usize::from(record.variable()) % codes::FEW_SLOTS];
        Ok(number & record.mask() == 0)
    }

    fn is_absent_in(&self, scope: u32, record: Record) -> Done<'t, bool> {
        let condition = self.sure(record.condition())?;
        self.known(self.scopes.holds(scope, condition)).map(|holds| !holds)
    }

    /// Reads the number in a `#` field, on which other fields may depend.
    #[inline(always)]
    pub(super) fn number(&mut self, record: Record, object: &mut OpenObject<'t>) -> Done<'t, u32> {
        let is_flags = record.role() == Role::Flags;
        let number = if is_flags { self.reader.read_flags(record.b()) } else { self.reader.read_u32() };
        let number = self.checked(number)?;
        if object.scope == OUTERMOST {
            object.numbers[record.a() as usize % codes::FEW_SLOTS] = number;
        } else {
            self.scopes.set(object.scope, record.a(), number);
        }
        Ok(number)
    }

    /// Reads a value without parts.
    pub(super) fn scalar(&mut self, builtin: Builtin) -> Done<'t, Scalar<'b>> {
        let scalar = scalar::read(builtin, &mut self.reader);
        match self.checked(scalar)? {
            Ok(scalar) => Ok(scalar),
            Err(found) => self.not_a_bool(found),
        }
    }

    /// An id in place of a `Bool` that is none.
    #[cold]
    pub(super) fn not_a_bool<T>(&self, found: u32) -> Done<'t, T> {
        self.unknown(found, Builtin::Bool.name().to_string())
    }

    /// The failure of a field, as it is seen from its object.
    #[cold]
    pub(super) fn in_field(&self, record: Record, mut failure: Box<Failure<'t>>) -> Box<Failure<'t>> {
        failure.steps.push(Step::Field(self.table.text_bytes(record.name()).unwrap_or(b"?")));
        failure
    }
}

impl<'t> Failure<'t> {
    /// The failure as it is seen from one step further outside.
    #[cold]
    pub(super) fn within(mut self: Box<Self>, step: Step<'t>) -> Box<Self> {
        self.steps.push(step);
        self
    }
}
