//! The walk through a value that writes its bytes.

use alloc::boxed::Box;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::builtin::Builtin;
use super::bytes_text::BytesText;
use super::combinator::{Combinator, Condition, Field, Kind, Role, mask};
use super::decode::{BUILTIN_FIELD, levels};
use super::error::{EncodeError, EncodeFault};
use super::path::{Path, Step};
use super::scalar;
use super::scope::{Bindings, Bound, Number, Scope};
use super::table::Table;
use super::types::{Arguments, Nat, Node, Type, Variable};
use super::value::{Object, Value};
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
        self.encode_with(ty, value, options, BytesText::Hexadecimal)
    }

    /// The same as [`encode_as`](Self::encode_as), with another form of texts that stand for bytes.
    ///
    /// # Errors
    ///
    /// As [`encode_as`](Self::encode_as).
    pub fn encode_with(
        &self,
        ty: Type<'t>,
        value: &Value<'_>,
        options: WriteOptions,
        text: BytesText,
    ) -> Result<Vec<u8>, EncodeError> {
        let options = options.long_strings(options.long_strings || self.has_long_strings());
        let mut out = Vec::new();
        let writer = Writer::with_options(&mut out, options);
        let levels_left = levels(options.max_depth);
        let mut encoder = Encoder { table: *self, writer, path: Path::default(), levels_left, text };
        match encoder.value(ty, value, &Scope::EMPTY) {
            Ok(()) => {}
            Err(fault) => return Err(EncodeError::new(*fault, String::from(&encoder.path))),
        }
        let Encoder { writer, path, .. } = encoder;
        match writer.finish() {
            Ok(()) => Ok(out),
            Err(error) => Err(EncodeError::new(EncodeFault::Bytes(*error.kind()), String::from(&path))),
        }
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

type Done<T = ()> = Result<T, Box<EncodeFault>>;

struct Encoder<'w, 't> {
    table: Table<'t>,
    writer: Writer<'w>,
    path: Path<'t>,
    levels_left: u32,
    text: BytesText,
}

#[cold]
fn fail<T>(fault: EncodeFault) -> Done<T> {
    Err(Box::new(fault))
}

/// What the table must have.
fn sure<T>(found: Option<T>) -> Done<T> {
    match found {
        Some(found) => Ok(found),
        None => fail(EncodeFault::DamagedTable),
    }
}

/// What must be known of the type.
fn known<T>(found: Option<T>) -> Done<T> {
    match found {
        Some(found) => Ok(found),
        None => fail(EncodeFault::IncompleteType),
    }
}

impl<'t> Encoder<'_, 't> {
    fn value(&mut self, ty: Type<'t>, value: &Value<'_>, scope: &Scope<'_, 't>) -> Done {
        let Some(left) = self.levels_left.checked_sub(1) else {
            return fail(EncodeFault::TooDeep);
        };
        self.levels_left = left;
        self.node(ty, value, scope)?;
        self.levels_left = left + 1;
        Ok(())
    }

    fn node(&mut self, ty: Type<'t>, value: &Value<'_>, scope: &Scope<'_, 't>) -> Done {
        match sure(ty.node())? {
            Node::Builtin(builtin) => self.builtin(builtin, value),
            Node::BoxedBuiltin(builtin, id) => {
                self.writer.write_id(id);
                self.builtin(builtin, value)
            }
            Node::Vector { boxed, element } => {
                let elements = self.vector_head(ty, boxed, value)?;
                self.elements(element, elements, scope)
            }
            Node::Tuple { id, count, element } => {
                let elements = self.tuple_head(ty, id, count, value, scope)?;
                self.elements(element, elements, scope)
            }
            Node::Boxed(position, arguments) => self.boxed(position, arguments, value, scope),
            Node::Bare(position, arguments) => self.bare(ty, position, arguments, value, scope),
            Node::Identified(position) => self.identified(ty, position, value),
            Node::Parameter(position) => self.parameter(position, value, scope),
            Node::Output => fail(EncodeFault::IncompleteType),
            node @ (Node::Call | Node::Object | Node::Any) => self.any(ty, &node, value),
        }
    }

    #[cold]
    fn mismatch<T>(&self, ty: Type<'t>, value: &Value<'_>) -> Done<T> {
        fail(EncodeFault::Mismatch { expected: self.table.text_of(ty), found: value.kind() })
    }

    #[cold]
    fn unknown_name<T>(&self, object: &Object<'_>, ty: Type<'t>) -> Done<T> {
        let expected = self.table.text_of(ty);
        fail(match object.name {
            "" => EncodeFault::NoName { expected },
            found => EncodeFault::UnknownName { found: found.to_string(), expected },
        })
    }

    fn vector<'v>(&self, ty: Type<'t>, value: &'v Value<'v>) -> Done<&'v [Value<'v>]> {
        match value {
            Value::Vector(elements) => Ok(elements),
            _ => self.mismatch(ty, value),
        }
    }

    fn object<'v>(&self, ty: Type<'t>, value: &'v Value<'v>) -> Done<&'v Object<'v>> {
        match value {
            Value::Object(object) => match object.get("_") {
                None | Some(Value::String(_)) => Ok(object),
                Some(name) => {
                    let expected = String::from("the name of a constructor (\"_\")");
                    fail(EncodeFault::Mismatch { expected, found: name.kind() })
                }
            },
            _ => self.mismatch(ty, value),
        }
    }

    fn vector_head<'v>(&mut self, ty: Type<'t>, boxed: bool, value: &'v Value<'v>) -> Done<&'v [Value<'v>]> {
        let elements = self.vector(ty, value)?;
        if boxed {
            self.writer.write_id(VECTOR_ID);
        }
        self.writer.write_vector_len(elements.len());
        Ok(elements)
    }

    fn tuple_head<'v>(
        &mut self,
        ty: Type<'t>,
        id: Option<u32>,
        count: Nat,
        value: &'v Value<'v>,
        scope: &Scope<'_, 't>,
    ) -> Done<&'v [Value<'v>]> {
        let elements = self.vector(ty, value)?;
        let expected = known(scope.nat(count))?;
        if usize::try_from(expected) != Ok(elements.len()) {
            let kind = EncodeErrorKind::CountMismatch { expected, found: elements.len() };
            return fail(EncodeFault::Bytes(kind));
        }
        if let Some(id) = id {
            self.writer.write_id(id);
        }
        Ok(elements)
    }

    fn bare(
        &mut self,
        ty: Type<'t>,
        position: u32,
        arguments: Arguments<'t>,
        value: &Value<'_>,
        scope: &Scope<'_, 't>,
    ) -> Done {
        let constructor = sure(self.table.combinator_at(position))?;
        let object = self.named(ty, &constructor, value)?;
        self.applied(&constructor, arguments, object, scope)
    }

    fn identified(&mut self, ty: Type<'t>, position: u32, value: &Value<'_>) -> Done {
        let combinator = sure(self.table.combinator_at(position))?;
        let object = self.named(ty, &combinator, value)?;
        self.writer.write_id(combinator.id());
        self.fields(&combinator, object, Bindings::NONE)
    }

    /// An object of the only combinator that is possible.
    fn named<'v>(&self, ty: Type<'t>, combinator: &Combinator<'t>, value: &'v Value<'v>) -> Done<&'v Object<'v>> {
        let object = self.object(ty, value)?;
        if is_named(combinator, object) { Ok(object) } else { self.unknown_name(object, ty) }
    }

    fn parameter(&mut self, position: u32, value: &Value<'_>, scope: &Scope<'_, 't>) -> Done {
        match scope.arguments.get(position) {
            Some(Bound::Type(ty, outer)) => self.value(ty, value, outer),
            Some(Bound::Nat(_) | Bound::Unknown) | None => fail(EncodeFault::IncompleteType),
        }
    }

    fn elements(&mut self, element: Type<'t>, values: &[Value<'_>], scope: &Scope<'_, 't>) -> Done {
        for (index, value) in values.iter().enumerate() {
            self.path.push(Step::Element(index));
            self.value(element, value, scope)?;
            self.path.pop();
        }
        Ok(())
    }

    /// A value of a type, with the id of its constructor in front.
    fn boxed(&mut self, position: u32, arguments: Arguments<'t>, value: &Value<'_>, scope: &Scope<'_, 't>) -> Done {
        let object = self.object(Type::boxed(position), value)?;
        let constructor = self.constructor(position, object)?;
        self.applied(&constructor, arguments, object, scope)
    }

    /// The constructor of a type that an object names, whose id is written.
    fn constructor(&mut self, position: u32, object: &Object<'_>) -> Done<Combinator<'t>> {
        let record = sure(self.table.type_at(position))?;
        let mut constructors = record.positions().filter_map(|it| self.table.combinator_at(it));
        let found = match object.name {
            "" if record.constructors == 1 => constructors.next(),
            "" => None,
            name => constructors.find(|it| it.name() == Some(name)),
        };
        let Some(constructor) = found else {
            return self.unknown_name(object, Type::boxed(position));
        };
        if constructor.has_id() {
            self.writer.write_id(constructor.id());
        }
        Ok(constructor)
    }

    /// A value that is known by its id alone.
    fn any(&mut self, ty: Type<'t>, node: &Node<'t>, value: &Value<'_>) -> Done {
        let is_call = matches!(node, Node::Call);
        if let (Value::Bool(_), false, Some(_)) = (value, is_call, self.table.builtin_named("boolTrue")) {
            return self.builtin(Builtin::Bool, value);
        }
        let object = self.object(ty, value)?;
        if !is_call && let Some(declared) = self.table.builtin_named(object.name) {
            return self.boxed_builtin(&declared, object);
        }
        let combinator = self.any_combinator(ty, node, object)?;
        self.fields(&combinator, object, Bindings::NONE)
    }

    /// The combinator that an object names, whose id is written.
    fn any_combinator(&mut self, ty: Type<'t>, node: &Node<'t>, object: &Object<'_>) -> Done<Combinator<'t>> {
        let constructor = || self.table.constructor_named(object.name);
        let function = || self.table.function_named(object.name);
        let found = match node {
            Node::Call => function(),
            Node::Object => constructor(),
            _ => constructor().or_else(function),
        };
        let Some(combinator) = found.filter(|it| it.stands_alone()) else {
            return self.unknown_name(object, ty);
        };
        self.writer.write_id(combinator.id());
        Ok(combinator)
    }

    /// A built-in type as a value of any type: an object with the field `value`, but for `Bool`.
    fn boxed_builtin(&mut self, declared: &Combinator<'t>, object: &Object<'_>) -> Done {
        let name = sure(declared.name())?;
        let builtin = sure(Builtin::declared(name))?;
        self.path.begin(name);
        without_repetition(object)?;
        let is_known = |field: &str| builtin != Builtin::Bool && field == BUILTIN_FIELD;
        if let Some((field, _)) = object.fields.iter().find(|(field, value)| *value != Value::Null && !is_known(field))
        {
            return fail(EncodeFault::UnknownField { name: (*field).to_string(), combinator: name.to_string() });
        }
        self.writer.write_id(declared.id());
        match (builtin, object.get(BUILTIN_FIELD)) {
            (Builtin::Bool, _) => Ok(()),
            (_, Some(value)) => {
                self.path.push(Step::Field(BUILTIN_FIELD));
                self.builtin(builtin, value)?;
                self.path.pop();
                Ok(())
            }
            (_, None) => fail(EncodeFault::MissingField { name: BUILTIN_FIELD.to_string(), because_of: None }),
        }
    }

    fn applied(
        &mut self,
        constructor: &Combinator<'t>,
        arguments: Arguments<'t>,
        object: &Object<'_>,
        scope: &Scope<'_, 't>,
    ) -> Done {
        self.fields(constructor, object, scope.bind(arguments))
    }

    fn fields(&mut self, combinator: &Combinator<'t>, object: &Object<'_>, arguments: Bindings<'_, 't>) -> Done {
        let levels = u32::from(combinator.counts_depth());
        self.begin(combinator, object, levels)?;
        let mut numbers: Vec<Number> = Vec::new();
        for (position, field) in (0_u32..).zip(combinator.fields()) {
            let scope = Scope { arguments, numbers: &numbers, call: None };
            if let Some(number) = self.field(combinator, position, &field, object, &scope)? {
                numbers.push(number);
            }
        }
        self.writer.leave_levels(levels);
        Ok(())
    }

    /// Counts the depth, and refuses fields that the combinator does not have.
    fn begin(&mut self, combinator: &Combinator<'t>, object: &Object<'_>, levels: u32) -> Done {
        let own_name = sure(combinator.name())?;
        self.path.begin(own_name);
        if combinator.kind() == Kind::Opaque {
            return fail(EncodeFault::Opaque { name: own_name.to_string() });
        }
        without_repetition(object)?;
        let is_known = |name: &str| combinator.fields().any(|field| field.name == name);
        if let Some((name, _)) = object.fields.iter().find(|(name, value)| *value != Value::Null && !is_known(name)) {
            let combinator = own_name.to_string();
            return fail(EncodeFault::UnknownField { name: (*name).to_string(), combinator });
        }
        if self.writer.enter_levels(levels) { Ok(()) } else { self.without_fault() }
    }

    /// A field if it is to be written, and its value if it is a number.
    fn field(
        &mut self,
        combinator: &Combinator<'t>,
        position: u32,
        field: &Field<'t>,
        object: &Object<'_>,
        scope: &Scope<'_, 't>,
    ) -> Done<Option<Number>> {
        if !self.is_there(combinator, field, object, scope)? {
            return Ok(None);
        }
        self.path.push(Step::Field(field.name));
        let number = match (field.role, given(object, field)) {
            (Role::None, Some(value)) => {
                self.value(field.ty, value, scope)?;
                None
            }
            (Role::None, None) => return fail(EncodeFault::DamagedTable),
            (_, value) => {
                let value = self.number(combinator, position, field, value, object)?;
                self.writer.write_u32(value);
                Some(Number { field: position, value })
            }
        };
        self.path.pop();
        Ok(number)
    }

    /// Returns whether a field is to be written. What decides that was written before, or is part of the type.
    fn is_there(
        &self,
        combinator: &Combinator<'t>,
        field: &Field<'t>,
        object: &Object<'_>,
        scope: &Scope<'_, 't>,
    ) -> Done<bool> {
        let name = || field.name.to_string();
        let is_given = given(object, field).is_some();
        let Some(condition) = field.condition else {
            // A number that is not given may follow from others.
            return if is_given || field.role != Role::None {
                Ok(true)
            } else {
                fail(EncodeFault::MissingField { name: name(), because_of: None })
            };
        };
        match (known(scope.holds(condition))?, is_given) {
            (true, false) => {
                let because_of = reason(combinator, condition, object);
                fail(EncodeFault::MissingField { name: name(), because_of })
            }
            (false, true) => fail(EncodeFault::UnexpectedField { name: name() }),
            (holds, _) => Ok(holds),
        }
    }

    /// The number in a `#` field: as given, or computed.
    fn number(
        &self,
        combinator: &Combinator<'t>,
        position: u32,
        field: &Field<'t>,
        given: Option<&Value<'_>>,
        object: &Object<'_>,
    ) -> Done<u32> {
        let given = given.map(scalar::nat).transpose()?;
        let computed = computed_bits(combinator, position, object);
        match (field.role, given) {
            (Role::Flags, Some(found)) if found != computed => {
                fail(EncodeFault::WrongFlags { name: field.name.to_string(), computed, found })
            }
            (Role::Flags, _) => Ok(computed),
            (Role::Mixed, given) => Ok(given.unwrap_or_default() | computed),
            (_, Some(given)) => Ok(given),
            (_, None) => match counted(combinator, position, object) {
                Some(count) => Ok(count),
                None => fail(EncodeFault::MissingField { name: field.name.to_string(), because_of: None }),
            },
        }
    }

    #[inline(never)]
    fn builtin(&mut self, builtin: Builtin, value: &Value<'_>) -> Done {
        scalar::write(builtin, value, self.text, &mut self.writer)?;
        self.without_fault()
    }

    /// What the writer has refused so far is an error.
    fn without_fault(&self) -> Done {
        match self.writer.fault() {
            Some(kind) => fail(EncodeFault::Bytes(kind)),
            None => Ok(()),
        }
    }
}

/// Returns whether an object is one of a constructor, which is the only possible one.
fn is_named(constructor: &Combinator<'_>, object: &Object<'_>) -> bool {
    object.name.is_empty() || constructor.kind() == Kind::Group || constructor.name() == Some(object.name)
}

/// The value of a field, if it is given; a `true` that is false is not, nor is what is `null` and may be absent.
fn given<'v>(object: &'v Object<'v>, field: &Field<'_>) -> Option<&'v Value<'v>> {
    let is_flag = matches!(field.ty.node(), Some(Node::Builtin(Builtin::True)));
    let may_be_absent = field.condition.is_some() || field.role != Role::None;
    let is_absent = |value: &Value<'_>| match value {
        Value::Bool(false) => is_flag,
        Value::Null => may_be_absent,
        _ => false,
    };
    object.get(field.name).filter(|value| !is_absent(value))
}

/// Fails if an object has two fields of one name. A field `_` is a second one beside the name of the object.
fn without_repetition(object: &Object<'_>) -> Done {
    /// So many fields are compared one by one, which needs no memory.
    const FEW: usize = 16;
    let name = |(name, _): &(&str, Value<'_>)| String::from(*name);
    let fields = &object.fields;
    let repeated = if fields.len() <= FEW {
        let is_repeated = |(position, (name, _)): &(usize, &(&str, Value<'_>))| {
            fields.iter().take(*position).any(|(earlier, _)| earlier == name)
        };
        fields.iter().enumerate().find(is_repeated).map(|(_, field)| name(field))
    } else {
        let mut names: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
        names.sort_unstable();
        names.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| String::from(pair[0]))
    };
    match repeated.or_else(|| fields.iter().find(|(name, _)| *name == "_").map(name)) {
        Some(name) => fail(EncodeFault::RepeatedField { name }),
        None => Ok(()),
    }
}

/// The bits of a number that say which fields are there.
pub(super) fn computed_bits(combinator: &Combinator<'_>, position: u32, object: &Object<'_>) -> u32 {
    let decided = combinator.fields().filter_map(|field| {
        let condition = field.condition.filter(|it| it.variable == Variable::Field(position))?;
        given(object, &field).and(condition.bit)
    });
    decided.fold(0, |bits, bit| bits | mask(bit))
}

/// The number of elements of a tuple that a number counts.
fn counted(combinator: &Combinator<'_>, position: u32, object: &Object<'_>) -> Option<u32> {
    combinator.fields().find_map(|field| match (field.ty.node()?, given(object, &field)?) {
        (Node::Tuple { count: Nat::Variable(Variable::Field(it), plus), .. }, Value::Vector(elements))
            if it == position =>
        {
            u32::try_from(elements.len()).ok()?.checked_sub(plus)
        }
        _ => None,
    })
}

/// Why a field must be there: another one on the same bit, or the number with the bit.
fn reason(combinator: &Combinator<'_>, condition: Condition, object: &Object<'_>) -> Option<String> {
    let same = |field: &Field<'_>| field.condition == Some(condition) && given(object, field).is_some();
    let beside = combinator.fields().find(same);
    let number = || match condition.variable {
        Variable::Field(position) => combinator.fields().nth(usize::try_from(position).ok()?),
        Variable::Parameter(_) => None,
    };
    beside.or_else(number).map(|field| field.name.to_string())
}
