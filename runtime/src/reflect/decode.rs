//! The walk through bytes.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::builtin::Builtin;
use super::combinator::{Combinator, Field, Kind, Role};
use super::error::{DecodeError, DecodeFault};
use super::path::{Path, Step};
use super::scalar;
use super::scope::{Bindings, Bound, Number, Scope};
use super::table::{Table, TypeRecord};
use super::types::{Arguments, Nat, Node, Type};
use super::visitor::{Event, Scalar, Visitor};
use crate::{BOOL_TRUE_ID, DecodeErrorKind, EnclosingType, ReadOptions, Reader, VECTOR_ID};

impl<'t> Table<'t> {
    /// Walks through bytes as a value of a type and tells a visitor what it meets. Returns how many bytes the value took;
    /// bytes after it are an error only to strict options.
    ///
    /// The options hold as for generated code: depth is counted in recursive types, the number of elements is bounded by
    /// what the input can hold. But a value of a recursive type counts as one level and any other as none, whatever its
    /// [`DecodeBare::LEVELS`](crate::DecodeBare::LEVELS), since a walk takes as little of the stack for a large value. In
    /// addition a value may have four times as many levels as recursive ones, and 64 more.
    ///
    /// # Errors
    ///
    /// The bytes are none of that type, the options refuse them, or the visitor does.
    pub fn walk(
        &self,
        ty: Type<'t>,
        bytes: &[u8],
        options: ReadOptions,
        visitor: &mut dyn Visitor<'t>,
    ) -> Result<usize, DecodeError> {
        self.walk_with(bytes, options, visitor, |walk| walk.value(ty, &Scope::EMPTY))
    }

    /// Walks through bytes as [`walk`](Self::walk) does, with what the value is said by a function.
    pub(super) fn walk_with<'b>(
        &self,
        bytes: &'b [u8],
        options: ReadOptions,
        visitor: &mut dyn Visitor<'t>,
        value: impl FnOnce(&mut Walk<'_, 't, 'b>) -> Done,
    ) -> Result<usize, DecodeError> {
        let options = options.long_strings(options.long_strings || self.has_long_strings());
        let mut walk = Walk {
            table: *self,
            reader: Reader::with_options(bytes, options),
            visitor,
            path: Path::default(),
            levels_left: levels(options.max_depth),
            tested: [(u32::MAX, 0, 0); TESTED],
            values_left: VALUES_PER_BYTE.saturating_mul(bytes.len()).saturating_add(VALUES_FREE),
        };
        match value(&mut walk).and_then(|()| Ok(walk.reader.finish()?)) {
            Ok(()) => Ok(walk.reader.position()),
            Err(failure) => Err(DecodeError::new(failure.fault, failure.offset, String::from(&walk.path))),
        }
    }

    /// Walks through bytes as a value of a type and keeps nothing: says whether they can be decoded, and if not, why. That
    /// is how an error of generated code, which knows only the place, gets its path.
    ///
    /// # Errors
    ///
    /// As [`walk`](Self::walk).
    pub fn check(&self, ty: Type<'t>, bytes: &[u8], options: ReadOptions) -> Result<usize, DecodeError> {
        self.walk(ty, bytes, options, &mut |_: usize, _: Event<'t, '_>| Ok(()))
    }
}

/// A walk meets at most so many values for each byte of the input, and [`VALUES_FREE`] more. Nothing that schemas are made for
/// comes near; it ends a walk through values that take no bytes and hold several of their kind, level after level.
const VALUES_PER_BYTE: usize = 64;
const VALUES_FREE: usize = 1 << 18;

/// The name of the only field of a built-in type that is a value of any type.
pub(super) const BUILTIN_FIELD: &str = "value";

/// How many values may be inside of one another, recursive or not. It bounds the stack whatever a table says.
pub(crate) const fn levels(max_depth: u32) -> u32 {
    max_depth.saturating_mul(4).saturating_add(64)
}

/// What went wrong, without the way to it, which the walk still knows.
pub(super) struct Failure {
    fault: DecodeFault,
    offset: usize,
}

impl From<crate::DecodeError> for Box<Failure> {
    fn from(error: crate::DecodeError) -> Self {
        Self::new(Failure { fault: DecodeFault::Bytes(*error.kind()), offset: error.offset() })
    }
}

pub(super) type Done<T = ()> = Result<T, Box<Failure>>;

/// A walk that is under way.
pub(super) struct Walk<'w, 't, 'b> {
    pub(super) table: Table<'t>,
    reader: Reader<'b>,
    visitor: &'w mut dyn Visitor<'t>,
    path: Path<'t>,
    levels_left: u32,
    values_left: usize,
    /// Words of flags that were met last, by combinator and position of the field, with the bits that are tested.
    tested: [(u32, u32, u32); TESTED],
}

/// Words of flags whose bits are remembered: a constructor can have many fields and come again and again.
const TESTED: usize = 32;

impl<'t, 'b> Walk<'_, 't, 'b> {
    #[cold]
    fn fail<T>(&self, fault: DecodeFault) -> Done<T> {
        Err(Box::new(Failure { fault, offset: self.reader.position() }))
    }

    /// What the table must have.
    fn sure<T>(&self, found: Option<T>) -> Done<T> {
        match found {
            Some(found) => Ok(found),
            None => self.fail(DecodeFault::DamagedTable),
        }
    }

    /// What must be known of the type.
    pub(super) fn known<T>(&self, found: Option<T>) -> Done<T> {
        match found {
            Some(found) => Ok(found),
            None => self.fail(DecodeFault::IncompleteType),
        }
    }

    /// Reads a piece, of which the reader tells only in the end whether it was there.
    fn read<T>(&mut self, read: impl FnOnce(&mut Reader<'b>) -> T) -> Done<T> {
        let value = read(&mut self.reader);
        self.reader.take_error()?;
        Ok(value)
    }

    fn tell(&mut self, offset: usize, event: Event<'t, '_>) -> Done {
        self.visitor.visit(offset, event).map_err(|fault| Box::new(Failure { fault, offset }))
    }

    pub(super) fn value(&mut self, ty: Type<'t>, scope: &Scope<'_, 't>) -> Done {
        let Some(left) = self.levels_left.checked_sub(1) else {
            return self
                .fail(DecodeFault::Bytes(DecodeErrorKind::DepthLimit { limit: self.reader.options().max_depth }));
        };
        let Some(values_left) = self.values_left.checked_sub(1) else {
            return self.fail(DecodeFault::TooManyValues);
        };
        self.values_left = values_left;
        self.levels_left = left;
        self.node(ty, scope)?;
        self.levels_left = left + 1;
        Ok(())
    }

    fn node(&mut self, ty: Type<'t>, scope: &Scope<'_, 't>) -> Done {
        match self.sure(ty.node())? {
            Node::Builtin(builtin) => self.builtin(builtin),
            Node::BoxedBuiltin(builtin, id) => {
                self.expect_id(id, ty)?;
                self.builtin(builtin)
            }
            Node::Vector { boxed, element } => self.vector(ty, boxed, element, scope),
            Node::Tuple { id, count, element } => self.tuple(ty, id, count, element, scope),
            Node::Boxed(position, arguments) => self.boxed(position, arguments, scope),
            Node::Bare(position, arguments) => self.bare(position, arguments, scope),
            Node::Identified(position) => self.identified(position, ty),
            Node::Parameter(position) => self.parameter(position, scope),
            Node::Output => self.output_of_wrapped(scope),
            Node::Call | Node::Object | Node::Any => self.any(ty),
        }
    }

    fn vector(&mut self, ty: Type<'t>, boxed: bool, element: Type<'t>, scope: &Scope<'_, 't>) -> Done {
        let offset = self.reader.position();
        let count = self.vector_head(ty, boxed, element, scope)?;
        self.elements(offset, count, element, scope)
    }

    fn vector_head(&mut self, ty: Type<'t>, boxed: bool, element: Type<'t>, scope: &Scope<'_, 't>) -> Done<usize> {
        if boxed {
            self.expect_id(VECTOR_ID, ty)?;
        }
        let least_length = self.known(scope.least_length(self.table, element))?;
        self.read(|reader| reader.read_vector_len(least_length))
    }

    fn tuple(&mut self, ty: Type<'t>, id: Option<u32>, count: Nat, element: Type<'t>, scope: &Scope<'_, 't>) -> Done {
        let offset = self.reader.position();
        let count = self.tuple_head(ty, id, count, element, scope)?;
        self.elements(offset, count, element, scope)
    }

    fn tuple_head(
        &mut self,
        ty: Type<'t>,
        id: Option<u32>,
        count: Nat,
        element: Type<'t>,
        scope: &Scope<'_, 't>,
    ) -> Done<usize> {
        if let Some(id) = id {
            self.expect_id(id, ty)?;
        }
        let least_length = self.known(scope.least_length(self.table, element))?;
        let count = self.known(scope.nat(count))?;
        self.read(|reader| reader.check_count(count, least_length))
    }

    fn bare(&mut self, position: u32, arguments: Arguments<'t>, scope: &Scope<'_, 't>) -> Done {
        let constructor = self.sure(self.table.combinator_at(position))?;
        self.applied(self.reader.position(), &constructor, arguments, scope)
    }

    fn identified(&mut self, position: u32, ty: Type<'t>) -> Done {
        let combinator = self.sure(self.table.combinator_at(position))?;
        let offset = self.reader.position();
        self.expect_id(combinator.id(), ty)?;
        self.object(offset, &combinator, Bindings::NONE)
    }

    fn parameter(&mut self, position: u32, scope: &Scope<'_, 't>) -> Done {
        match scope.arguments.get(position) {
            Some(Bound::Type(ty, outer)) => self.value(ty, outer),
            Some(Bound::Nat(_) | Bound::Unknown) | None => self.fail(DecodeFault::IncompleteType),
        }
    }

    fn elements(&mut self, offset: usize, count: usize, element: Type<'t>, scope: &Scope<'_, 't>) -> Done {
        self.tell(offset, Event::Vector(count))?;
        for index in 0..count {
            self.path.push(Step::Element(index));
            self.value(element, scope)?;
            self.path.pop();
        }
        self.tell(self.reader.position(), Event::End)
    }

    /// Reads an id of which only one is right.
    fn expect_id(&mut self, expected: u32, ty: Type<'t>) -> Done {
        match self.read(|reader| reader.read_u32())? {
            found if found == expected => Ok(()),
            found => self.unknown(found, self.table.text_of(ty)),
        }
    }

    /// A value of a type, with the id of its constructor in front.
    fn boxed(&mut self, position: u32, arguments: Arguments<'t>, scope: &Scope<'_, 't>) -> Done {
        let offset = self.reader.position();
        let constructor = self.constructor(position)?;
        self.applied(offset, &constructor, arguments, scope)
    }

    /// The constructor of a type by the id that comes next.
    fn constructor(&mut self, position: u32) -> Done<Combinator<'t>> {
        let ty = self.sure(self.table.type_at(position))?;
        if let Some(default) = self.default_of(&ty) {
            let Some(named) = self.reader.peek_id().and_then(|id| self.constructor_of(&ty, id)) else {
                return Ok(default);
            };
            self.read(|reader| reader.read_u32())?;
            return Ok(named);
        }
        let found = self.read(|reader| reader.read_u32())?;
        match self.constructor_of(&ty, found) {
            Some(constructor) => Ok(constructor),
            None => self.unknown(found, ty.name.to_string()),
        }
    }

    fn constructor_of(&self, ty: &TypeRecord<'t>, id: u32) -> Option<Combinator<'t>> {
        let mut named = self.table.combinators_with(id).filter(|it| matches!(it.kind(), Kind::Named | Kind::Opaque));
        named.find(|it| ty.positions().any(|position| position == it.position()))
    }

    fn default_of(&self, ty: &TypeRecord<'t>) -> Option<Combinator<'t>> {
        let constructors = ty.positions().filter_map(|position| self.table.combinator_at(position));
        constructors.into_iter().find(|it| it.kind() == Kind::Default)
    }

    /// A value that is known by its id alone.
    fn any(&mut self, ty: Type<'t>) -> Done {
        let offset = self.reader.position();
        let combinator = self.any_combinator(ty)?;
        match combinator.kind() {
            Kind::Builtin => self.boxed_builtin(offset, &combinator),
            _ => self.object(offset, &combinator, Bindings::NONE),
        }
    }

    /// The combinator by the id that comes next.
    fn any_combinator(&mut self, ty: Type<'t>) -> Done<Combinator<'t>> {
        let found = self.read(|reader| reader.read_u32())?;
        let is_wanted = |it: &Combinator<'_>| match ty.node() {
            Some(Node::Call) => it.is_function(),
            Some(Node::Object) => !it.is_function(),
            _ => true,
        };
        let mut possible = self.table.find_by_id(found).filter(|it| it.stands_alone() && is_wanted(it));
        match (possible.next(), possible.next()) {
            (Some(combinator), None) => Ok(combinator),
            (Some(first), Some(second)) => self.ambiguous(found, &first, &second),
            (None, _) => self.unknown(found, self.table.text_of(ty)),
        }
    }

    /// A built-in type as a value of any type. A `Bool` is its id; another one is told as an object with the field `value`.
    fn boxed_builtin(&mut self, offset: usize, declared: &Combinator<'t>) -> Done {
        let name = self.sure(declared.name())?;
        match self.sure(Builtin::declared(name))? {
            Builtin::Bool => self.tell(offset, Event::Scalar(Scalar::Bool(declared.id() == BOOL_TRUE_ID))),
            builtin => {
                self.path.begin(name);
                self.tell(offset, Event::Object(*declared))?;
                self.path.push(Step::Field(BUILTIN_FIELD));
                self.tell(self.reader.position(), Event::Field(BUILTIN_FIELD))?;
                self.builtin(builtin)?;
                self.path.pop();
                self.tell(self.reader.position(), Event::End)
            }
        }
    }

    /// An id that was read last and does not tell which of two is meant.
    #[cold]
    fn ambiguous<T>(&self, found: u32, first: &Combinator<'t>, second: &Combinator<'t>) -> Done<T> {
        let [first, second] = [first, second].map(|it| it.name().unwrap_or("?").to_string());
        let offset = self.reader.position().saturating_sub(4);
        Err(Box::new(Failure { fault: DecodeFault::AmbiguousId { found, first, second }, offset }))
    }

    /// An id that was read last and is none of those that are allowed.
    #[cold]
    fn unknown<T>(&self, found: u32, expected: String) -> Done<T> {
        let known_as = self.table.name_of(found).map(|name| {
            let type_name = self.table.combinator(found).and_then(|it| it.type_name());
            match type_name {
                Some(type_name) => format!("`{name}`, a {type_name}"),
                None => format!("`{name}`"),
            }
        });
        let offset = self.reader.position().saturating_sub(4);
        Err(Box::new(Failure { fault: DecodeFault::UnknownConstructor { found, known_as, expected }, offset }))
    }

    fn applied(
        &mut self,
        offset: usize,
        constructor: &Combinator<'t>,
        arguments: Arguments<'t>,
        scope: &Scope<'_, 't>,
    ) -> Done {
        // Generated code has a form for a type with parameters, which counts values that may take no bytes.
        if arguments.count > 0 && constructor.least_length() == 0 {
            self.read(|reader| reader.count_empty())?;
        }
        self.object(offset, constructor, scope.bind(arguments))
    }

    fn object(&mut self, offset: usize, combinator: &Combinator<'t>, arguments: Bindings<'_, 't>) -> Done {
        let enclosing = self.begin(offset, combinator)?;
        let mut numbers: Vec<Number> = Vec::new();
        for (position, field) in (0_u32..).zip(combinator.fields()) {
            let scope = Scope { arguments, numbers: &numbers, call: None };
            if let Some(number) = self.field(combinator, position, &field, &scope)? {
                numbers.push(number);
            }
        }
        self.end(enclosing)
    }

    /// Counts the depth where it is to be counted.
    fn begin(&mut self, offset: usize, combinator: &Combinator<'t>) -> Done<Option<EnclosingType>> {
        let name = self.sure(combinator.name())?;
        self.path.begin(name);
        if combinator.kind() == Kind::Opaque {
            return self.fail(DecodeFault::Opaque { name: name.to_string() });
        }
        let enclosing = match combinator.counts_depth() {
            true => Some(self.read(|reader| reader.enter_recursive(""))?),
            false => None,
        };
        self.tell(offset, Event::Object(*combinator))?;
        Ok(enclosing)
    }

    fn end(&mut self, enclosing: Option<EnclosingType>) -> Done {
        self.tell(self.reader.position(), Event::End)?;
        if let Some(enclosing) = enclosing {
            self.reader.leave_recursive(enclosing);
        }
        Ok(())
    }

    /// A field if it is there, and its value if it is a number.
    fn field(
        &mut self,
        combinator: &Combinator<'t>,
        position: u32,
        field: &Field<'t>,
        scope: &Scope<'_, 't>,
    ) -> Done<Option<Number>> {
        if let Some(condition) = field.condition
            && !self.known(scope.holds(condition))?
        {
            return Ok(None);
        }
        self.path.push(Step::Field(field.name));
        let number = match field.role {
            Role::None => {
                self.tell(self.reader.position(), Event::Field(field.name))?;
                self.value(field.ty, scope)?;
                None
            }
            _ => Some(Number { field: position, value: self.number(combinator, position, field)? }),
        };
        self.path.pop();
        Ok(number)
    }

    /// The number in a `#` field.
    fn number(&mut self, combinator: &Combinator<'t>, position: u32, field: &Field<'t>) -> Done<u32> {
        let offset = self.reader.position();
        if field.role == Role::Flags {
            let tested = self.tested_bits(combinator, position);
            let flags = self.read(|reader| reader.read_flags(tested))?;
            self.tell(offset, Event::Flags(field.name, flags))?;
            return Ok(flags);
        }
        let value = self.read(|reader| reader.read_u32())?;
        self.tell(offset, Event::Field(field.name))?;
        self.tell(offset, Event::Scalar(Scalar::Nat(value)))?;
        Ok(value)
    }

    /// The bits of a word of flags that conditions test.
    fn tested_bits(&mut self, combinator: &Combinator<'t>, field: u32) -> u32 {
        let position = combinator.position();
        let Some(known) = self.tested.get_mut(position.wrapping_add(field) as usize % TESTED) else { return 0 };
        if (known.0, known.1) != (position, field) {
            *known = (position, field, combinator.tested_bits(field));
        }
        known.2
    }

    #[inline(never)]
    fn builtin(&mut self, builtin: Builtin) -> Done {
        let offset = self.reader.position();
        match self.read(|reader| scalar::read(builtin, reader))? {
            Ok(scalar) => self.tell(offset, Event::Scalar(scalar)),
            Err(found) => self.unknown(found, Builtin::Bool.name().to_string()),
        }
    }
}
