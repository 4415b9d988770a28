//! The walk along a deserializer, which writes the bytes of what it gives.
//!
//! The fields of an object are written as they come. Where the format gives them in the order of the schema, they are where they
//! belong; flags are set, and fields that came in another order are put into theirs, when the object ends. Only what
//! comes before the name of its constructor, and objects whose fields depend on variables, are kept as values until more is known.

use alloc::boxed::Box;
use alloc::collections::BTreeSet;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use ::serde::Deserializer;
use ::serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Unexpected, Visitor};

use super::builtin::Builtin;
use super::codes;
use super::combinator::{Combinator, Kind};
use super::encode::{Done, Target, fail, known, sure};
use super::error::EncodeFault;
use super::fields::{Given, OpenFields};
use super::json_options::{JsonOptions, NameKey};
use super::path::Step;
use super::record::{Record, Type};
use super::scalar::Plain;
use super::scope::{Bound, OUTERMOST};
use super::table::Table;
use super::tree::{self, Digits, Fields, NameSeed, Names, NodeSeed};
use super::value::Value;
use crate::{EncodeErrorKind, VECTOR_ID, WriteOptions};

/// Reads a value of a type and returns its bytes.
pub(crate) fn bytes_of<'de, 't, D: Deserializer<'de>>(
    table: Table<'t>,
    ty: Type<'t>,
    options: JsonOptions,
    write: WriteOptions,
    deserializer: D,
) -> Result<Vec<u8>, D::Error> {
    let mut out = Vec::new();
    let mut target = Target::new(table, &mut out, write, options);
    match (ValueSeed { target: &mut target, record: ty.record, scope: OUTERMOST }).deserialize(deserializer)? {
        Given::Value => {}
        Given::Null => return Err(D::Error::invalid_type(Unexpected::Unit, &"a value")),
        // A `true` is never a value by itself.
        Given::False => return Err(D::Error::invalid_type(Unexpected::Bool(false), &"a value")),
    }
    target.finish(Ok(())).map_err(D::Error::custom)?;
    Ok(out)
}

/// Reads a value and writes its bytes.
struct ValueSeed<'s, 'w, 't> {
    target: &'s mut Target<'w, 't>,
    record: Record,
    scope: u32,
}

impl<'de> DeserializeSeed<'de> for ValueSeed<'_, '_, '_> {
    type Value = Given;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Given, D::Error> {
        deserializer.deserialize_any(self)
    }
}

/// The error of a fault at the place that is written.
#[cold]
fn error<E: Error>(target: &Target<'_, '_>, fault: EncodeFault) -> E {
    E::custom(target.error(fault))
}

/// A result, or the error of a fault at the place that is written.
#[inline]
fn placed<T, E: Error>(target: &Target<'_, '_>, done: Done<T>) -> Result<T, E> {
    match done {
        Ok(done) => Ok(done),
        Err(fault) => Err(error(target, *fault)),
    }
}

impl<'t> ValueSeed<'_, '_, 't> {
    /// A value without parts.
    #[inline]
    fn plain<E: Error>(self, value: Plain<'_>) -> Result<Given, E> {
        let done = match (self.record.builtin(), value) {
            (Some(Builtin::True), Plain::Bool(false)) => return Ok(Given::False),
            (Some(builtin), value) => self.target.builtin(builtin, value),
            (None, value) => self.target.value(self.record, &tree::of_plain(value), self.scope),
        };
        placed(self.target, done)?;
        Ok(Given::Value)
    }

    /// The argument of a type parameter.
    fn resolve(&mut self) -> Done {
        while self.record.code() == codes::PARAMETER {
            match self.target.scopes.argument(self.scope, self.record.a()) {
                // The scope of an argument is always further outside.
                Some(Bound::Type(ty, outer)) => (self.record, self.scope) = (ty, outer),
                Some(Bound::Nat(_) | Bound::Unknown) | None => return fail(EncodeFault::IncompleteType),
            }
        }
        Ok(())
    }

    /// Begins a value with parts.
    fn enter(&mut self) -> Done {
        self.resolve()?;
        match self.target.levels_left.checked_sub(1) {
            Some(left) => {
                self.target.levels_left = left;
                Ok(())
            }
            None => fail(EncodeFault::TooDeep),
        }
    }

    /// The beginning of a vector or tuple: where the number of its elements is to be written, or how many there must be; and the
    /// elements.
    fn begin_elements(&mut self) -> Done<(Count, Record)> {
        self.enter()?;
        let record = self.record;
        match record.code() {
            codes::BOXED_VECTOR | codes::BARE_VECTOR => {
                if record.code() == codes::BOXED_VECTOR {
                    self.target.writer.write_id(VECTOR_ID);
                }
                let place = self.target.writer.position();
                self.target.writer.write_u32(0);
                Ok((Count::At(place), sure(self.target.table.record_at(record.a()))?))
            }
            codes::TUPLE | codes::BOXED_TUPLE => {
                let count = sure(self.target.table.record_at(record.a()).and_then(|it| it.nat()))?;
                let element = sure(record.a().checked_add(1).and_then(|it| self.target.table.record_at(it)))?;
                let count = known(self.target.scopes.nat(self.scope, count))?;
                if record.code() == codes::BOXED_TUPLE {
                    self.target.writer.write_id(record.b());
                }
                Ok((Count::Must(count), element))
            }
            codes::OUTPUT => fail(EncodeFault::IncompleteType),
            _ => self.target.mismatch(record, Plain::Vector.kind()),
        }
    }

    /// Ends a vector or tuple of so many elements.
    fn end_elements(&mut self, count: Count, element: Record, found: usize) -> Done {
        self.target.count_elements(element, found, self.scope)?;
        match count {
            Count::At(place) => self.target.writer.set_vector_len(place, found),
            Count::Must(expected) if usize::try_from(expected) == Ok(found) => {}
            Count::Must(expected) => {
                return fail(EncodeFault::Bytes(EncodeErrorKind::CountMismatch { expected, found }));
            }
        }
        self.target.levels_left += 1;
        self.target.without_fault()
    }

    /// The only combinator that an object can be of, if there is just one.
    fn only(&self) -> Done<Option<Combinator<'t>>> {
        match self.record.code() {
            codes::BOXED => self.target.only_constructor(self.record),
            codes::BARE | codes::IDENTIFIED => sure(self.target.table.combinator_at(self.record.a())).map(Some),
            codes::CALL | codes::FUNCTION | codes::OBJECT | codes::CONSTRUCTOR => Ok(None),
            codes::OUTPUT => fail(EncodeFault::IncompleteType),
            _ => self.target.mismatch(self.record, Plain::Object.kind()),
        }
    }

    /// The combinator of a name; nothing if it is the declaration of a built-in type.
    fn named(&self, name: &str) -> Done<Option<Combinator<'t>>> {
        let record = self.record;
        match record.code() {
            codes::BOXED if !name.is_empty() => self.target.constructor_named(record, name).map(Some),
            codes::BARE | codes::IDENTIFIED | codes::BOXED => {
                let combinator = sure(self.only()?)?;
                let is_named = name.is_empty() || combinator.kind() == Kind::Group || combinator.is_called(name);
                if is_named { Ok(Some(combinator)) } else { self.target.unknown_name(name, record) }
            }
            codes::OBJECT | codes::CONSTRUCTOR if self.target.table.builtin_named(name).is_some() => Ok(None),
            _ => self.target.any(record, name).map(Some),
        }
    }

    /// Begins an object of a combinator whose fields do not depend on variables.
    fn open(&mut self, combinator: Combinator<'t>) -> Done<OpenFields<'t>> {
        self.enter()?;
        let has_id = match self.record.code() {
            codes::BARE => false,
            codes::BOXED => combinator.has_id(),
            _ => true,
        };
        OpenFields::begin(self.target, combinator, has_id)
    }
}

/// How many elements there are.
#[derive(Clone, Copy)]
enum Count {
    /// As many as there come: the number is at a place.
    At(usize),
    /// As the type has it.
    Must(u32),
}

impl<'de> Visitor<'de> for ValueSeed<'_, '_, '_> {
    type Value = Given;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Given, E> {
        Ok(Given::Null)
    }

    fn visit_none<E>(self) -> Result<Given, E> {
        Ok(Given::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Given, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Given, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Given, E> {
        self.plain(Plain::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Given, E> {
        self.plain(Plain::Whole(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Given, E> {
        self.plain(tree::of_unsigned(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Given, E> {
        self.plain(Plain::Double(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Given, E> {
        if self.record.builtin() == Some(Builtin::String) {
            self.target.writer.write_string(value);
            let done = self.target.without_fault();
            return placed(self.target, done).map(|()| Given::Value);
        }
        self.plain(Plain::Text(value))
    }

    fn visit_bytes<E: Error>(self, value: &[u8]) -> Result<Given, E> {
        self.plain(Plain::Bytes(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut sequence: A) -> Result<Given, A::Error> {
        let begun = self.begin_elements();
        let (count, element) = placed(self.target, begun)?;
        let mut found = 0;
        loop {
            self.target.path.push(Step::Element(found));
            let seed = ValueSeed { target: &mut *self.target, record: element, scope: self.scope };
            let given = sequence.next_element_seed(seed)?;
            let done = match given {
                None => break,
                Some(Given::Value) => Ok(()),
                Some(Given::Null) => self.target.value(element, &Value::Null, self.scope),
                Some(Given::False) => self.target.value(element, &Value::Bool(false), self.scope),
            };
            placed(self.target, done)?;
            self.target.path.pop();
            found += 1;
        }
        self.target.path.pop();
        let done = self.end_elements(count, element, found);
        placed(self.target, done)?;
        Ok(Given::Value)
    }

    fn visit_map<A: MapAccess<'de>>(mut self, map: A) -> Result<Given, A::Error> {
        if self.record.builtin().is_some() {
            return self.digits(map);
        }
        let only = self.resolve().and_then(|()| self.only());
        match placed(self.target, only)? {
            Some(only) if !only.entry().has_scope() => {
                let open = self.open(only);
                let open = placed(self.target, open)?;
                self.fields(open, false, map)
            }
            _ => self.unnamed(map),
        }
    }
}

impl<'t> ValueSeed<'_, '_, 't> {
    /// A number in digits, which is all that a map can be in place of a value without parts.
    fn digits<'de, A: MapAccess<'de>>(self, mut map: A) -> Result<Given, A::Error> {
        let mut names = Names::default();
        if let Some(key) = map.next_key_seed(NameSeed(&mut names))?
            && tree::is_number(names.text(key))
        {
            let number = map.next_value_seed(Digits)?;
            return self.plain(number);
        }
        self.plain(Plain::Object)
    }

    /// The fields of an object of which the combinator is not known yet, or has fields that depend on variables.
    fn unnamed<'de, A: MapAccess<'de>>(mut self, mut map: A) -> Result<Given, A::Error> {
        let mut names = Names::default();
        let mut early = Fields::default();
        let mut seen = BTreeSet::new();
        while let Some(key) = map.next_key_seed(EarlyKeySeed(&mut names))? {
            let key = match key {
                Ok(key) => {
                    if !seen.insert(key) {
                        return Err(tree::repeated(names.text(key)));
                    }
                    let value = map.next_value_seed(NodeSeed::new(&mut names))?;
                    early.fields.push((key, value.unwrap_or(tree::Node::Leaf(Value::Null))));
                    continue;
                }
                Err(key) => key,
            };
            if early.name.is_some() {
                return Err(tree::repeated(key.as_str()));
            }
            match map.next_value_seed(NamedSeed(&self))? {
                Named::Open(combinator) => {
                    let open = self.open(combinator);
                    let mut open = placed(self.target, open)?;
                    for (field, value) in early.fields {
                        let done = open.value(self.target, names.text(field), &value.into_value(&names));
                        placed(self.target, done)?;
                    }
                    return self.fields(open, true, map);
                }
                Named::Later(name) => early.name = Some(names.position(&name)),
                Named::Fault(fault) => return Err(error(self.target, *fault)),
            }
        }
        let value = early.into_value(&names);
        let done = self.target.value(self.record, &value, self.scope);
        placed(self.target, done)?;
        Ok(Given::Value)
    }

    /// The fields of an object as they come.
    fn fields<'de, A: MapAccess<'de>>(
        self,
        mut open: OpenFields<'t>,
        mut is_named: bool,
        mut map: A,
    ) -> Result<Given, A::Error> {
        loop {
            match map.next_key_seed(KeySeed(&mut open))? {
                None => break,
                Some(Key::Field(position)) => {
                    let begun = open.begin_field(self.target, position);
                    let record = placed(self.target, begun)?;
                    let start = self.target.writer.position();
                    let seed = ValueSeed { target: &mut *self.target, record, scope: OUTERMOST };
                    let given = map.next_value_seed(seed)?;
                    let done = open.end_field(self.target, position, start, given);
                    placed(self.target, done)?;
                }
                Some(Key::Name(key)) => {
                    if core::mem::replace(&mut is_named, true) {
                        return Err(tree::repeated(key.as_str()));
                    }
                    if let Named::Fault(fault) = map.next_value_seed(NamedSeed(&self))? {
                        // It is not the outermost value after all.
                        self.target.path.forget_root();
                        return Err(error(self.target, *fault));
                    }
                }
                Some(Key::Unknown(name)) => {
                    let mut names = Names::default();
                    if map.next_value_seed(NodeSeed::new(&mut names))?.is_some() {
                        return Err(error(self.target, *open.unknown(&name)));
                    }
                }
            }
        }
        let done = open.end(self.target);
        placed(self.target, done)?;
        self.target.levels_left += 1;
        Ok(Given::Value)
    }
}

/// The combinator that an object names.
enum Named<'t> {
    /// Its fields do not depend on variables.
    Open(Combinator<'t>),
    /// The whole object must be known first.
    Later(String),
    Fault(Box<EncodeFault>),
}

/// Reads the name of a combinator.
struct NamedSeed<'n, 's, 'w, 't>(&'n ValueSeed<'s, 'w, 't>);

impl<'de, 't> DeserializeSeed<'de> for NamedSeed<'_, '_, '_, 't> {
    type Value = Named<'t>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Named<'t>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'t> Visitor<'_> for NamedSeed<'_, '_, '_, 't> {
    type Value = Named<'t>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Named<'t>, E> {
        Ok(match self.0.named(name) {
            Ok(Some(combinator)) if !combinator.entry().has_scope() => Named::Open(combinator),
            Ok(_) => Named::Later(name.to_string()),
            Err(fault) => Named::Fault(fault),
        })
    }
}

/// Reads a key of an object of which no fields are known: whether it is that of the name, or else which one it is.
struct EarlyKeySeed<'n>(&'n mut Names);

impl<'de> DeserializeSeed<'de> for EarlyKeySeed<'_> {
    type Value = Result<usize, NameKey>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for EarlyKeySeed<'_> {
    type Value = Result<usize, NameKey>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(match NameKey::of(name) {
            Some(key) => Err(key),
            None => Ok(self.0.position(name)),
        })
    }
}

/// A key of an object.
enum Key {
    /// A field, by the position of its record.
    Field(usize),
    /// The key of the name.
    Name(NameKey),
    Unknown(String),
}

/// Reads a key.
struct KeySeed<'k, 't>(&'k mut OpenFields<'t>);

impl<'de> DeserializeSeed<'de> for KeySeed<'_, '_> {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeySeed<'_, '_> {
    type Value = Key;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Key, E> {
        if let Some(key) = NameKey::of(name) {
            return Ok(Key::Name(key));
        }
        Ok(match self.0.find(name) {
            Some(position) => Key::Field(position),
            None => Key::Unknown(name.to_string()),
        })
    }
}
