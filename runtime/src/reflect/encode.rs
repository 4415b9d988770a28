//! The walk through a value that writes its bytes.

use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::builtin::Builtin;
use super::codes;
use super::combinator::{Combinator, Kind};
use super::error::{EncodeError, EncodeFault};
use super::given::{self, Given, is_given};
use super::json_options::JsonOptions;
use super::path::{Path, Step};
use super::record::{self, Record, Role, Type};
use super::scalar::{self, Plain};
use super::scope::{Bound, OUTERMOST, Scopes, boxed_builtin};
use super::table::Table;
use super::value::{Object, Value};
use super::walk::{BUILTIN_FIELD, levels};
use crate::{EncodeErrorKind, VECTOR_ID, WriteOptions, Writer};

impl<'t> Table<'t> {
    /// Encodes a value of a type.
    ///
    /// Flags are computed from the fields that are there. A number some of whose bits are the user's can be given, or else
    /// those bits are 0; one that only counts a tuple may be left out. An object needs no name where only one constructor is
    /// possible.
    ///
    /// What JSON cannot say may be said in JSON's way, as [`json`](Self::json) writes it: any whole number stands for `int`,
    /// `long` and `#`, or a text of decimal digits; any number for `double` and `float`, or a text of it; and a text of
    /// hexadecimal digits for `bytes`, `int128`, `int256` and `int512`.
    ///
    /// # Errors
    ///
    /// The value is none of the type, or the wire format cannot say it.
    pub fn encode_as(&self, ty: Type<'t>, value: &Value<'_>, options: WriteOptions) -> Result<Vec<u8>, EncodeError> {
        self.encode_with(ty, value, options, JsonOptions::new())
    }

    /// The same as [`encode_as`](Self::encode_as), with another form of the texts that can be given for bytes.
    ///
    /// # Errors
    ///
    /// As [`encode_as`](Self::encode_as).
    pub fn encode_with(
        &self,
        ty: Type<'t>,
        value: &Value<'_>,
        options: WriteOptions,
        json: JsonOptions,
    ) -> Result<Vec<u8>, EncodeError> {
        let mut out = Vec::new();
        let mut target = Target::new(*self, &mut out, options, json);
        let written = target.value(ty.record, value, OUTERMOST);
        target.finish(written)?;
        Ok(out)
    }

    /// Encodes an object as a boxed value of the constructor that it names, or as a call of the function.
    ///
    /// # Errors
    ///
    /// As [`encode_as`](Self::encode_as).
    pub fn encode(&self, value: &Value<'_>, options: WriteOptions) -> Result<Vec<u8>, EncodeError> {
        self.encode_as(Type::ANY, value, options)
    }
}

pub(super) type Done<T = ()> = Result<T, Box<EncodeFault>>;

/// The bytes of a value, as far as they are written.
pub(super) struct Target<'w, 't> {
    pub(super) table: Table<'t>,
    pub(super) writer: Writer<'w>,
    pub(super) path: Path<'t>,
    pub(super) levels_left: u32,
    pub(super) json: JsonOptions,
    pub(super) scopes: Scopes<'t, 't>,
    /// Where the fields are of all objects that a deserializer has begun.
    #[cfg(feature = "serde")]
    pub(super) places: Vec<super::fields::Place>,
}

/// Writes a value.
struct Encoder<'g, 'w, 'v, 't> {
    target: &'g mut Target<'w, 't>,
    /// The values of the fields of all objects that have begun.
    values: Vec<Option<&'v Value<'v>>>,
}

#[cold]
pub(super) fn fail<T>(fault: EncodeFault) -> Done<T> {
    Err(Box::new(fault))
}

/// What the table must have.
#[inline]
pub(super) fn sure<T>(found: Option<T>) -> Done<T> {
    match found {
        Some(found) => Ok(found),
        None => fail(EncodeFault::DamagedTable),
    }
}

/// What must be known of the type.
#[inline]
pub(super) fn known<T>(found: Option<T>) -> Done<T> {
    match found {
        Some(found) => Ok(found),
        None => fail(EncodeFault::IncompleteType),
    }
}

impl<'w, 't> Target<'w, 't> {
    pub(super) fn new(table: Table<'t>, out: &'w mut Vec<u8>, options: WriteOptions, json: JsonOptions) -> Self {
        let options = options.long_strings(options.long_strings || table.has_long_strings());
        Self {
            table,
            writer: Writer::with_options(out, options),
            path: Path::default(),
            levels_left: levels(options.max_depth),
            json,
            scopes: Scopes::new(),
            #[cfg(feature = "serde")]
            places: Vec::new(),
        }
    }

    /// Writes a value.
    pub(super) fn value(&mut self, record: Record, value: &Value<'_>, scope: u32) -> Done {
        Encoder { target: self, values: Vec::new() }.value(record, value, scope)
    }

    /// Ends the writing.
    pub(super) fn finish(self, written: Done) -> Result<(), EncodeError> {
        written.map_err(|fault| self.error(*fault))?;
        let Self { writer, path, .. } = self;
        writer.finish().map_err(|error| EncodeError::new(EncodeFault::Bytes(*error.kind()), String::from(&path)))
    }

    /// The error of a fault at the place that is written.
    #[cold]
    pub(super) fn error(&self, fault: EncodeFault) -> EncodeError {
        EncodeError::new(fault, String::from(&self.path))
    }

    fn text_of(&self, record: Record) -> String {
        self.table.text_of(Type::of(record))
    }

    #[cold]
    pub(super) fn mismatch<T>(&self, record: Record, found: &'static str) -> Done<T> {
        fail(EncodeFault::Mismatch { expected: self.text_of(record), found })
    }

    #[cold]
    pub(super) fn unknown_name<T>(&self, name: &str, record: Record) -> Done<T> {
        let expected = self.text_of(record);
        fail(match name {
            "" => EncodeFault::NoName { expected },
            found => EncodeFault::UnknownName { found: found.to_string(), expected },
        })
    }

    /// The only constructor of a type, which an object need not name.
    pub(super) fn only_constructor(&self, record: Record) -> Done<Option<Combinator<'t>>> {
        let ty = sure(self.table.type_at(record.a()))?;
        let only = ty.positions().next().filter(|_| ty.constructors() == 1);
        Ok(only.and_then(|it| self.table.combinator_at(it)))
    }

    /// The constructor of a type by its name, or the only one.
    pub(super) fn constructor_named(&self, record: Record, name: &str) -> Done<Combinator<'t>> {
        let found = match name {
            "" => self.only_constructor(record)?,
            name => self.table.find_by_name(name).find(|it| it.constructed() == Some(record.a())),
        };
        match found {
            Some(constructor) => Ok(constructor),
            None => self.unknown_name(name, record),
        }
    }

    /// The constructor of a type that an object names, whose id is written.
    fn constructor(&mut self, record: Record, name: &str) -> Done<Combinator<'t>> {
        let constructor = self.constructor_named(record, name)?;
        if constructor.has_id() {
            self.writer.write_id(constructor.id());
        }
        Ok(constructor)
    }

    /// The combinator of a value that is known by its id alone, by its name.
    pub(super) fn any(&self, record: Record, name: &str) -> Done<Combinator<'t>> {
        let constructor = || self.table.constructor_named(name);
        let function = || self.table.function_named(name);
        let found = match record.code() {
            codes::CONSTRUCTOR => constructor(),
            codes::CALL | codes::FUNCTION => function(),
            _ => constructor().or_else(function),
        };
        match found.filter(|it| it.stands_alone()) {
            Some(combinator) => Ok(combinator),
            None => self.unknown_name(name, record),
        }
    }

    #[cold]
    pub(super) fn name(&self, record: Record) -> String {
        self.table.text(record.name()).unwrap_or("?").to_string()
    }

    #[inline(never)]
    pub(super) fn builtin(&mut self, builtin: Builtin, value: Plain<'_>) -> Done {
        scalar::write(builtin, value, self.json, &mut self.writer)?;
        self.without_fault()
    }

    /// Counts the elements of a vector or a tuple that may take no bytes, as in decoding.
    pub(super) fn count_elements(&mut self, element: Record, count: usize, scope: u32) -> Done {
        if known(self.scopes.least_length(&self.table, element, scope))? == 0 {
            self.writer.count_empty(count);
        }
        Ok(())
    }

    /// Counts an object that may take no bytes, as the form does that generated code has for it.
    #[inline]
    pub(super) fn count_object(&mut self, combinator: &Combinator<'t>) {
        if combinator.entry().has_form() && combinator.least_length() == 0 {
            self.writer.count_empty(1);
        }
    }

    /// Returns an error if the writer has refused something so far.
    #[inline]
    pub(super) fn without_fault(&self) -> Done {
        match self.writer.fault() {
            Some(kind) => fail(EncodeFault::Bytes(kind)),
            None => Ok(()),
        }
    }
}

impl<'v, 't> Encoder<'_, '_, 'v, 't> {
    fn value(&mut self, record: Record, value: &'v Value<'v>, scope: u32) -> Done {
        if let Some(builtin) = record.builtin() {
            return self.target.builtin(builtin, value.plain());
        }
        let Some(left) = self.target.levels_left.checked_sub(1) else {
            return fail(EncodeFault::TooDeep);
        };
        self.target.levels_left = left;
        self.value_of_parts(record, value, scope)?;
        self.target.levels_left = left + 1;
        Ok(())
    }

    fn value_of_parts(&mut self, record: Record, value: &'v Value<'v>, scope: u32) -> Done {
        match record.code() {
            codes::BOXED => {
                let object = self.object(record, value)?;
                let constructor = self.target.constructor(record, object.name)?;
                let arguments = sure(self.target.table.list(record.b()))?;
                self.fields(&constructor, object, arguments, scope)
            }
            codes::BARE => {
                let constructor = sure(self.target.table.combinator_at(record.a()))?;
                let object = self.named(record, &constructor, value)?;
                let arguments = sure(self.target.table.list(record.b()))?;
                self.fields(&constructor, object, arguments, scope)
            }
            codes::IDENTIFIED => {
                let combinator = sure(self.target.table.combinator_at(record.a()))?;
                let object = self.named(record, &combinator, value)?;
                self.target.writer.write_id(combinator.id());
                self.fields(&combinator, object, &[], OUTERMOST)
            }
            codes::BOXED_VECTOR | codes::BARE_VECTOR => {
                let elements = self.vector(record, value)?;
                if record.code() == codes::BOXED_VECTOR {
                    self.target.writer.write_id(VECTOR_ID);
                }
                self.target.writer.write_vector_len(elements.len());
                let element = sure(self.target.table.record_at(record.a()))?;
                self.elements(element, elements, scope)
            }
            codes::TUPLE | codes::BOXED_TUPLE => self.tuple(record, value, scope),
            codes::BOXED_BUILTIN => {
                self.target.writer.write_id(record.b());
                self.target.builtin(sure(boxed_builtin(record))?, value.plain())
            }
            codes::PARAMETER => match self.target.scopes.argument(scope, record.a()) {
                Some(Bound::Type(ty, outer)) => self.value(ty, value, outer),
                Some(Bound::Nat(_) | Bound::Unknown) | None => fail(EncodeFault::IncompleteType),
            },
            codes::OUTPUT => fail(EncodeFault::IncompleteType),
            codes::CALL | codes::FUNCTION | codes::OBJECT | codes::CONSTRUCTOR => self.any(record, value),
            _ => fail(EncodeFault::DamagedTable),
        }
    }

    fn vector(&self, record: Record, value: &'v Value<'v>) -> Done<&'v [Value<'v>]> {
        match value {
            Value::Vector(elements) => Ok(elements),
            _ => self.target.mismatch(record, value.kind()),
        }
    }

    fn object(&self, record: Record, value: &'v Value<'v>) -> Done<&'v Object<'v>> {
        match value {
            Value::Object(object) => match object.get("_") {
                None | Some(Value::String(_)) => Ok(object),
                Some(name) => {
                    let expected = String::from("the name of a constructor (\"_\")");
                    fail(EncodeFault::Mismatch { expected, found: name.kind() })
                }
            },
            _ => self.target.mismatch(record, value.kind()),
        }
    }

    fn tuple(&mut self, record: Record, value: &'v Value<'v>, scope: u32) -> Done {
        let elements = self.vector(record, value)?;
        let count = sure(self.target.table.record_at(record.a()).and_then(|it| it.nat()))?;
        let element = sure(record.a().checked_add(1).and_then(|it| self.target.table.record_at(it)))?;
        let expected = known(self.target.scopes.nat(scope, count))?;
        if usize::try_from(expected) != Ok(elements.len()) {
            let kind = EncodeErrorKind::CountMismatch { expected, found: elements.len() };
            return fail(EncodeFault::Bytes(kind));
        }
        if record.code() == codes::BOXED_TUPLE {
            self.target.writer.write_id(record.b());
        }
        self.elements(element, elements, scope)
    }

    /// An object of the only combinator that is possible.
    fn named(&self, record: Record, combinator: &Combinator<'t>, value: &'v Value<'v>) -> Done<&'v Object<'v>> {
        let object = self.object(record, value)?;
        let is_named = object.name.is_empty() || combinator.kind() == Kind::Group || combinator.is_called(object.name);
        if is_named { Ok(object) } else { self.target.unknown_name(object.name, record) }
    }

    /// The elements of a vector or a tuple. Those that may take no bytes are counted, as in decoding.
    fn elements(&mut self, element: Record, values: &'v [Value<'v>], scope: u32) -> Done {
        self.target.count_elements(element, values.len(), scope)?;
        for (index, value) in values.iter().enumerate() {
            self.target.path.push(Step::Element(index));
            self.value(element, value, scope)?;
            self.target.path.pop();
        }
        Ok(())
    }

    /// A value that is known by its id alone.
    fn any(&mut self, record: Record, value: &'v Value<'v>) -> Done {
        let is_call = matches!(record.code(), codes::CALL | codes::FUNCTION);
        if let (Value::Bool(_), false, Some(_)) = (value, is_call, self.target.table.builtin_named("boolTrue")) {
            return self.target.builtin(Builtin::Bool, value.plain());
        }
        let object = self.object(record, value)?;
        if !is_call && let Some(declared) = self.target.table.builtin_named(object.name) {
            return self.boxed_builtin(&declared, object);
        }
        let combinator = self.target.any(record, object.name)?;
        self.target.writer.write_id(combinator.id());
        self.fields(&combinator, object, &[], OUTERMOST)
    }

    /// A built-in type as a value of any type: an object with the field `value`, but for `Bool`.
    fn boxed_builtin(&mut self, declared: &Combinator<'t>, object: &'v Object<'v>) -> Done {
        let name = sure(declared.name())?;
        let builtin = sure(Builtin::declared(name))?;
        self.target.path.begin(name);
        let mut found = None;
        for (field, value) in &object.fields {
            let is_known = builtin != Builtin::Bool && *field == BUILTIN_FIELD;
            if *field == "_" || (is_known && found.is_some()) {
                return Err(given::repeated(field));
            }
            if is_known {
                found = Some(value);
            } else if *value != Value::Null {
                return fail(EncodeFault::UnknownField { name: (*field).to_string(), combinator: name.to_string() });
            }
        }
        self.target.writer.write_id(declared.id());
        match (builtin, found) {
            (Builtin::Bool, _) => Ok(()),
            (_, Some(value)) => {
                self.target.path.push(Step::Field(BUILTIN_FIELD.as_bytes()));
                self.target.builtin(builtin, value.plain())?;
                self.target.path.pop();
                Ok(())
            }
            (_, None) => fail(EncodeFault::MissingField { name: BUILTIN_FIELD.to_string(), because_of: None }),
        }
    }

    fn fields(
        &mut self,
        combinator: &Combinator<'t>,
        object: &'v Object<'v>,
        arguments: &'t [record::Bytes],
        outer: u32,
    ) -> Done {
        let levels = combinator.levels();
        let first = self.values.len();
        self.begin(combinator, object, levels)?;
        let slots = combinator.slots();
        let scope = self.target.scopes.enter(arguments, outer, slots);
        let values = self.values.get(first..).unwrap_or_default();
        let given = Given { records: combinator.records(), values };
        given::computed_bits(given.given(), self.target.scopes.slots(scope));
        for (position, bytes) in combinator.records().iter().enumerate() {
            let record = Record::read(bytes);
            if record.code() != codes::RUN {
                self.field(combinator, record, first, position, scope)?;
            }
        }
        self.target.scopes.leave(scope);
        self.values.truncate(first);
        self.target.writer.leave_levels(levels);
        Ok(())
    }

    /// Counts the depth, and finds the fields, of which the combinator must have all.
    fn begin(&mut self, combinator: &Combinator<'t>, object: &'v Object<'v>, levels: u32) -> Done {
        if self.target.path.is_empty() {
            self.target.path.begin(sure(combinator.name())?);
        }
        if combinator.kind() == Kind::Opaque {
            return fail(EncodeFault::Opaque { name: sure(combinator.name())?.to_string() });
        }
        self.target.count_object(combinator);
        given::place(combinator, object, &mut self.values)?;
        if self.target.writer.enter_levels(levels) { Ok(()) } else { self.target.without_fault() }
    }

    /// A field if it is to be written.
    fn field(
        &mut self,
        combinator: &Combinator<'t>,
        record: Record,
        first: usize,
        position: usize,
        scope: u32,
    ) -> Done {
        let value = self.values.get(first + position).copied().flatten().filter(|it| is_given(record, it));
        let is_number = record.role() != Role::None;
        // A number that is not given may follow from others.
        if record.condition().is_none() && value.is_none() && !is_number {
            return fail(EncodeFault::MissingField { name: self.target.name(record), because_of: None });
        }
        if let Some(condition) = record.condition() {
            match (known(self.target.scopes.holds(scope, condition))?, value.is_some()) {
                (true, true) => {}
                (true, false) => {
                    let because_of = given::reason(self.given(combinator, first).given(), combinator, condition);
                    return fail(EncodeFault::MissingField { name: self.target.name(record), because_of });
                }
                (false, true) => return fail(EncodeFault::UnexpectedField { name: self.target.name(record) }),
                (false, false) => {
                    if is_number {
                        self.target.scopes.set(scope, record.a(), 0);
                    }
                    return Ok(());
                }
            }
        }
        self.target.path.push(Step::Field(sure(self.target.table.text_bytes(record.name()))?));
        match value {
            Some(value) if !is_number => self.value(record, value, scope)?,
            _ if is_number => {
                let number = self.number(combinator, record, value, first, scope)?;
                self.target.writer.write_u32(number);
                self.target.scopes.set(scope, record.a(), number);
            }
            _ => return fail(EncodeFault::DamagedTable),
        }
        self.target.path.pop();
        Ok(())
    }

    fn given(&self, combinator: &Combinator<'t>, first: usize) -> Given<'_, 'v, 't> {
        Given { records: combinator.records(), values: self.values.get(first..).unwrap_or_default() }
    }

    /// The number in a `#` field: as given, or computed.
    fn number(
        &self,
        combinator: &Combinator<'t>,
        record: Record,
        value: Option<&Value<'_>>,
        first: usize,
        scope: u32,
    ) -> Done<u32> {
        let given = value.map(|it| scalar::nat(it.plain())).transpose()?;
        let computed = self.target.scopes.number(scope, record.a());
        match (record.role(), given) {
            (Role::Flags, Some(found)) if found != computed => {
                fail(EncodeFault::WrongFlags { name: self.target.name(record), computed, found })
            }
            (Role::Flags, _) => Ok(computed),
            (Role::Mixed, given) => Ok(given.unwrap_or_default() | computed),
            (_, Some(given)) => Ok(given),
            (_, None) => match self.given(combinator, first).counted(&self.target.table, record.a()) {
                Some(count) => Ok(count),
                None => fail(EncodeFault::MissingField { name: self.target.name(record), because_of: None }),
            },
        }
    }
}
