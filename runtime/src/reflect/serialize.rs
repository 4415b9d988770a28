//! The walk that tells a serializer what there is.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::cell::RefCell;
use core::fmt::Display;

use ::serde::ser::{Error, SerializeMap, SerializeSeq};
use ::serde::{Serialize, Serializer};

use super::builtin::Builtin;
use super::combinator::{Combinator, Kind};
use super::error::DecodeFault;
use super::json_options::{JsonOptions, LongForm};
use super::operations::Begun;
use super::path::Step;
use super::record::{Record, Role, Type};
use super::scope::OUTERMOST;
use super::table::Table;
use super::text::{Decimal, NotFinite};
use super::value::{Object, Value};
use super::visitor::{Event, Scalar};
use super::walk::{BUILTIN_FIELD, Done, Failure, OpenElements, OpenObject, Walk};
use crate::ReadOptions;

/// Tells a serializer of a value of a type.
pub(crate) fn serialize<'t, S: Serializer>(
    table: &Table<'t>,
    ty: Type<'t>,
    bytes: &[u8],
    (read, json): (ReadOptions, JsonOptions),
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let is_text = serializer.is_human_readable();
    let form = Form { json, is_text };
    // Binary formats write how many fields there are before the first.
    let counts = if is_text { Vec::new() } else { counts(table, ty, bytes, read).map_err(S::Error::custom)? };
    let walk = Walk::new(table, bytes, read);
    let source = RefCell::new(Source { walk, failure: None, counts: counts.into_iter() });
    let result = Shown { source: &source, form, record: ty.record, scope: OUTERMOST }.serialize(serializer);
    let Source { walk, failure, .. } = source.into_inner();
    match failure {
        Some(failure) => Err(S::Error::custom(walk.error(*failure))),
        None => result,
    }
}

/// The numbers of fields of all objects, in the order in which they begin.
fn counts<'t>(
    table: &Table<'t>,
    ty: Type<'t>,
    bytes: &[u8],
    options: ReadOptions,
) -> Result<Vec<usize>, super::error::DecodeError> {
    let mut counts = Vec::new();
    let mut open = Vec::new();
    let mut visitor = |_: usize, event: Event<'t, '_>| {
        match event {
            Event::Object(_) => {
                open.push(Some(counts.len()));
                counts.push(0);
            }
            Event::Vector(_) => open.push(None),
            Event::End => _ = open.pop(),
            Event::Field(_) => {
                if let Some(count) = open.last().copied().flatten().and_then(|it| counts.get_mut(it)) {
                    *count += 1;
                }
            }
            Event::Flags(..) | Event::Scalar(_) => {}
        }
        Ok::<(), DecodeFault>(())
    };
    table.tell(ty, bytes, options, &mut visitor)?;
    Ok(counts)
}

/// How values without parts are told.
#[derive(Clone, Copy)]
struct Form {
    json: JsonOptions,
    is_text: bool,
}

/// A walk that is under way.
struct Source<'t, 'b> {
    walk: Walk<'t, 't, 'b>,
    /// Why it failed.
    failure: Option<Box<Failure<'t>>>,
    /// The numbers of fields of the objects that come next, if they are counted.
    counts: alloc::vec::IntoIter<usize>,
}

/// The value that comes next.
struct Shown<'s, 't, 'b> {
    source: &'s RefCell<Source<'t, 'b>>,
    form: Form,
    record: Record,
    scope: u32,
}

impl<'s, 't, 'b> Shown<'s, 't, 'b> {
    /// Goes on with the walk. What fails is remembered; the error that is returned is not seen.
    #[inline]
    fn walk<T, E: Error>(&self, step: impl FnOnce(&mut Walk<'t, 't, 'b>) -> Done<'t, T>) -> Result<T, E> {
        let source = &mut *self.source.borrow_mut();
        step(&mut source.walk).map_err(|failure| {
            source.failure = Some(failure);
            E::custom("the walk failed")
        })
    }

    fn inner(&self, record: Record, scope: u32) -> Self {
        Self { source: self.source, form: self.form, record, scope }
    }

    /// An error as it is seen from one step further outside.
    #[cold]
    fn within<E>(&self, error: E, step: Step<'t>) -> E {
        if let Some(failure) = &mut self.source.borrow_mut().failure {
            failure.steps.push(step);
        }
        error
    }

    /// Begins an object with its name.
    fn map<S: Serializer>(
        &self,
        combinator: Option<Combinator<'t>>,
        serializer: S,
    ) -> Result<S::SerializeMap, S::Error> {
        let combinator = self.walk(|walk| walk.sure(combinator))?;
        let name = match combinator.kind() {
            // A group of repeated fields has no name that the schema gave it.
            Kind::Group => None,
            _ => combinator.name(),
        };
        let count = self.source.borrow_mut().counts.next();
        let mut map = serializer.serialize_map(count.map(|count| count + usize::from(name.is_some())))?;
        if let Some(name) = name {
            map.serialize_entry(self.form.json.name_key.as_str(), name)?;
        }
        Ok(map)
    }

    fn object<S: Serializer>(&self, mut object: OpenObject<'t>, serializer: S) -> Result<S::Ok, S::Error> {
        let combinator = self.source.borrow().walk.table.combinator_at(object.position);
        let mut map = self.map(combinator, serializer)?;
        while let Some(record) = self.walk(|walk| walk.next_field(&mut object))? {
            if let Err(error) = self.field(record, &mut object, &mut map) {
                let name = self.source.borrow().walk.table.text_bytes(record.name());
                return Err(self.within(error, Step::Field(name.unwrap_or(b"?"))));
            }
        }
        self.source.borrow_mut().walk.end_of_object(&object);
        map.end()
    }

    #[inline]
    fn field<M: SerializeMap>(&self, record: Record, object: &mut OpenObject<'t>, map: &mut M) -> Result<(), M::Error> {
        let name = self.walk(|walk| walk.sure(walk.table.text(record.name())))?;
        match (record.role(), record.builtin()) {
            // The most frequent ones take no detour.
            (Role::None, Some(Builtin::Int)) => {
                let value = self.walk(|walk| {
                    let value = walk.reader.read_i32();
                    walk.checked(value)
                })?;
                map.serialize_entry(name, &value)
            }
            (Role::None, Some(Builtin::True)) => map.serialize_entry(name, &true),
            (Role::None, Some(builtin)) => {
                let scalar = self.walk(|walk| walk.scalar(builtin))?;
                map.serialize_entry(name, &ShownScalar { scalar: &scalar, form: self.form })
            }
            (Role::None, None) => map.serialize_entry(name, &self.inner(record, object.scope)),
            (Role::Flags, _) => self.walk(|walk| walk.number(record, object)).map(|_| ()),
            _ => {
                let number = self.walk(|walk| walk.number(record, object))?;
                map.serialize_entry(name, &number)
            }
        }
    }

    fn elements<S: Serializer>(&self, elements: &OpenElements, serializer: S) -> Result<S::Ok, S::Error> {
        let mut sequence = serializer.serialize_seq(Some(elements.count))?;
        let element = self.inner(elements.element, elements.scope);
        for index in 0..elements.count {
            if let Err(error) = sequence.serialize_element(&element) {
                return Err(self.within(error, Step::Element(index)));
            }
        }
        self.source.borrow_mut().walk.leave();
        sequence.end()
    }

    /// A built-in type as a value of any type.
    fn declared<S: Serializer>(
        &self,
        declared: Combinator<'t>,
        builtin: Builtin,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let mut map = self.map(Some(declared), serializer)?;
        let scalar = self.walk(|walk| {
            walk.scalar(builtin).map_err(|failure| failure.within(Step::Field(BUILTIN_FIELD.as_bytes())))
        })?;
        map.serialize_entry(BUILTIN_FIELD, &ShownScalar { scalar: &scalar, form: self.form })?;
        self.source.borrow_mut().walk.leave();
        map.end()
    }
}

impl Serialize for Shown<'_, '_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.walk(|walk| walk.begin(self.record, self.scope))? {
            Begun::Builtin(builtin) => {
                let scalar = self.walk(|walk| walk.scalar(builtin))?;
                self.form.scalar(&scalar, serializer)
            }
            Begun::Object(object) => self.object(object, serializer),
            Begun::Elements(elements) => self.elements(&elements, serializer),
            Begun::Bool(value) => serializer.serialize_bool(value),
            Begun::Declared(declared, builtin) => self.declared(declared, builtin, serializer),
        }
    }
}

/// A value without parts.
struct ShownScalar<'v, 'b> {
    scalar: &'v Scalar<'b>,
    form: Form,
}

impl Serialize for ShownScalar<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.form.scalar(self.scalar, serializer)
    }
}

impl Form {
    #[inline]
    fn scalar<S: Serializer>(self, scalar: &Scalar<'_>, serializer: S) -> Result<S::Ok, S::Error> {
        match scalar {
            Scalar::Nat(value) => serializer.serialize_u32(*value),
            Scalar::Int(value) => serializer.serialize_i32(*value),
            Scalar::Long(value) => self.long(*value, serializer),
            Scalar::Float(value) => self.float(*value, serializer),
            Scalar::Double(value) => self.double(*value, serializer),
            Scalar::Bool(value) => serializer.serialize_bool(*value),
            Scalar::String(value) => serializer.serialize_str(value),
            Scalar::Bytes(value) => self.bytes(value, serializer),
        }
    }

    fn long<S: Serializer>(self, value: i64, serializer: S) -> Result<S::Ok, S::Error> {
        match self.json.longs {
            LongForm::Text if self.is_text => serializer.serialize_str(Decimal::new(value).as_str()),
            _ => serializer.serialize_i64(value),
        }
    }

    fn float<S: Serializer>(self, value: f32, serializer: S) -> Result<S::Ok, S::Error> {
        if value.is_finite() || !self.is_text {
            serializer.serialize_f32(value)
        } else {
            serializer.collect_str(&NotFinite::from(value))
        }
    }

    fn double<S: Serializer>(self, value: f64, serializer: S) -> Result<S::Ok, S::Error> {
        if value.is_finite() || !self.is_text {
            serializer.serialize_f64(value)
        } else {
            serializer.collect_str(&NotFinite::from(value))
        }
    }

    fn bytes<S: Serializer>(self, value: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_text {
            serializer.collect_str::<dyn Display>(&self.json.bytes.show(value))
        } else {
            serializer.serialize_bytes(value)
        }
    }
}

/// A value of the walker.
struct ShownValue<'v> {
    value: &'v Value<'v>,
    form: Form,
}

/// Tells a serializer of a value.
pub(crate) fn serialize_value<S: Serializer>(
    value: &Value<'_>,
    json: JsonOptions,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let is_text = serializer.is_human_readable();
    ShownValue { value, form: Form { json, is_text } }.serialize(serializer)
}

impl Serialize for ShownValue<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.value {
            Value::Null => serializer.serialize_unit(),
            Value::Nat(value) => serializer.serialize_u32(*value),
            Value::Int(value) => serializer.serialize_i32(*value),
            Value::Long(value) => self.form.long(*value, serializer),
            Value::Float(value) => self.form.float(*value, serializer),
            Value::Double(value) => self.form.double(*value, serializer),
            Value::Bool(value) => serializer.serialize_bool(*value),
            Value::String(value) => serializer.serialize_str(value),
            Value::Bytes(value) => self.form.bytes(value, serializer),
            Value::Vector(elements) => {
                let mut sequence = serializer.serialize_seq(Some(elements.len()))?;
                for element in elements {
                    sequence.serialize_element(&self.inner(element))?;
                }
                sequence.end()
            }
            Value::Object(object) => self.object(object, serializer),
        }
    }
}

impl<'v> ShownValue<'v> {
    fn inner(&self, value: &'v Value<'v>) -> Self {
        Self { value, form: self.form }
    }

    fn object<S: Serializer>(&self, object: &'v Object<'v>, serializer: S) -> Result<S::Ok, S::Error> {
        let name = Some(object.name).filter(|name| !name.is_empty());
        let mut map = serializer.serialize_map(Some(object.fields.len() + usize::from(name.is_some())))?;
        if let Some(name) = name {
            map.serialize_entry(self.form.json.name_key.as_str(), name)?;
        }
        for (field, value) in &object.fields {
            map.serialize_entry(field, &self.inner(value))?;
        }
        map.end()
    }
}
