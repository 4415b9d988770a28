//! Values without generated types.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use super::combinator::Kind;
use super::error::{DecodeError, DecodeFault};
use super::record::Type;
use super::scalar::Plain;
use super::table::Table;
use super::visitor::{Event, Scalar, Visitor};
use crate::{DecodeErrorKind, FREE_MEMORY, ReadOptions};

/// A value of a type that only a table knows. Names borrow from the table, or from wherever the value was built.
///
/// [`Table::encode`] also takes what JSON can say: see there.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'t> {
    /// Nothing, as JSON's `null`: a field that is not there, and no value of any type. Decoding never gives it.
    Null,
    /// A `#`.
    Nat(u32),
    /// An `int`.
    Int(i32),
    /// A `long`.
    Long(i64),
    /// A `float`.
    Float(f32),
    /// A `double`.
    Double(f64),
    /// A `Bool`, or a `true` that is there.
    Bool(bool),
    /// A `string`.
    String(String),
    /// A `bytes`, `int128`, `int256` or `int512`, in the order of the wire.
    Bytes(Vec<u8>),
    /// A vector or tuple, boxed or bare.
    Vector(Vec<Value<'t>>),
    /// A constructor or a call, boxed or bare.
    Object(Box<Object<'t>>),
}

/// A value of a constructor, or a call of a function.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object<'t> {
    /// The name of the constructor or function, namespace included. May be empty where only one is possible.
    pub name: &'t str,
    /// The fields that are there, in the order of the wire. Flags are not among them: they are computed.
    pub fields: Vec<(&'t str, Value<'t>)>,
}

impl<'t> Object<'t> {
    /// The value of a field, if it is there.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value<'t>> {
        self.fields.iter().find(|(field, _)| *field == name).map(|(_, value)| value)
    }
}

impl<'t> From<Object<'t>> for Value<'t> {
    fn from(object: Object<'t>) -> Self {
        Self::Object(Box::new(object))
    }
}

impl Value<'_> {
    /// What the value is, in a few words: `an int`, `an object`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        self.plain().kind()
    }

    /// The value without its parts.
    pub(super) fn plain(&self) -> Plain<'_> {
        match self {
            Self::Null => Plain::Null,
            Self::Nat(value) => Plain::Whole((*value).into()),
            Self::Int(value) => Plain::Whole((*value).into()),
            Self::Long(value) => Plain::Whole(*value),
            Self::Float(value) => Plain::Float(*value),
            Self::Double(value) => Plain::Double(*value),
            Self::Bool(value) => Plain::Bool(*value),
            Self::String(value) => Plain::Text(value),
            Self::Bytes(value) => Plain::Bytes(value),
            Self::Vector(_) => Plain::Vector,
            Self::Object(_) => Plain::Object,
        }
    }
}

/// A value without a type of its own takes more memory than one with: [`ReadOptions::max_memory_ratio`] allows it so many
/// times as much.
pub const MEMORY_FACTOR: usize = 4;

impl<'t> Table<'t> {
    /// Decodes a value of a type from the start of `bytes`; [`walk`](Self::walk) says what the options mean.
    ///
    /// # Errors
    ///
    /// As [`walk`](Self::walk), and if the value would take more memory than the options allow, [`MEMORY_FACTOR`] taken into
    /// account.
    pub fn decode_as(&self, ty: Type<'t>, bytes: &[u8], options: ReadOptions) -> Result<Value<'t>, DecodeError> {
        let ratio = options.max_memory_ratio;
        let for_all = bytes.len().saturating_mul(ratio as usize).saturating_mul(MEMORY_FACTOR);
        let mut builder = Builder { open: Vec::new(), root: None, memory_left: for_all.max(FREE_MEMORY), ratio };
        self.tell(ty, bytes, options, &mut builder)?;
        match builder.root {
            Some(value) => Ok(value),
            None => Err(DecodeError::new(DecodeFault::DamagedTable, 0, String::new())),
        }
    }

    /// Decodes a boxed value of any type, or a call of any function: what can be told by its id alone.
    ///
    /// # Errors
    ///
    /// As [`decode_as`](Self::decode_as).
    pub fn decode(&self, bytes: &[u8], options: ReadOptions) -> Result<Value<'t>, DecodeError> {
        self.decode_as(Type::ANY, bytes, options)
    }
}

/// Fields for which an object reserves memory at first.
const FIRST_FIELDS: usize = 4;

/// Builds a value from what a walk meets.
struct Builder<'t> {
    /// The objects and vectors that have begun.
    open: Vec<Open<'t>>,
    root: Option<Value<'t>>,
    memory_left: usize,
    ratio: u32,
}

/// An object or vector that has begun.
enum Open<'t> {
    Object {
        object: Box<Object<'t>>,
        /// The name of the field whose value comes next.
        field: &'t str,
    },
    Vector(Vec<Value<'t>>),
}

impl<'t> Visitor<'t> for Builder<'t> {
    fn visit(&mut self, _offset: usize, event: Event<'t, '_>) -> Result<(), DecodeFault> {
        match event {
            Event::Object(combinator) => {
                self.charge(size_of::<Object<'t>>())?;
                // A group of repeated fields has no name that the schema gave it.
                let name = if combinator.kind() == Kind::Group { None } else { combinator.name() };
                let name = name.unwrap_or_default();
                let object = Box::new(Object { name, fields: Vec::new() });
                self.open.push(Open::Object { object, field: "" });
            }
            Event::Vector(count) => {
                // The walk has checked the number against the bytes that are left.
                self.charge(count.saturating_mul(size_of::<Value<'t>>()))?;
                self.open.push(Open::Vector(Vec::with_capacity(count)));
            }
            Event::End => {
                if let Some(open) = self.open.pop() {
                    self.add(open.close())?;
                }
            }
            Event::Field(name) => {
                if let Some(Open::Object { field, .. }) = self.open.last_mut() {
                    *field = name;
                }
            }
            Event::Flags(..) => {}
            Event::Scalar(scalar) => self.add(scalar.into())?,
        }
        Ok(())
    }
}

impl<'t> Builder<'t> {
    /// Notes that memory is going to be used.
    fn charge(&mut self, bytes: usize) -> Result<(), DecodeFault> {
        charge(&mut self.memory_left, bytes, self.ratio)
    }

    /// Puts a value where it belongs.
    fn add(&mut self, value: Value<'t>) -> Result<(), DecodeFault> {
        match self.open.last_mut() {
            Some(Open::Object { object, field }) => {
                let entry = (*field, value);
                let fields = &mut object.fields;
                if fields.len() == fields.capacity() {
                    let more = fields.len().max(FIRST_FIELDS);
                    charge(&mut self.memory_left, more.saturating_mul(size_of::<(&str, Value<'t>)>()), self.ratio)?;
                    fields.reserve_exact(more);
                }
                fields.push(entry);
            }
            Some(Open::Vector(elements)) => elements.push(value),
            None => self.root = Some(value),
        }
        Ok(())
    }
}

fn charge(left: &mut usize, bytes: usize, ratio: u32) -> Result<(), DecodeFault> {
    match left.checked_sub(bytes) {
        Some(fewer) => *left = fewer,
        None => return Err(DecodeFault::Bytes(DecodeErrorKind::MemoryLimit { ratio })),
    }
    Ok(())
}

/// Texts and bytes are not counted as memory: they take as much as on the wire.
impl From<Scalar<'_>> for Value<'_> {
    fn from(scalar: Scalar<'_>) -> Self {
        match scalar {
            Scalar::Nat(value) => Self::Nat(value),
            Scalar::Int(value) => Self::Int(value),
            Scalar::Long(value) => Self::Long(value),
            Scalar::Float(value) => Self::Float(value),
            Scalar::Double(value) => Self::Double(value),
            Scalar::Bool(value) => Self::Bool(value),
            Scalar::String(value) => Self::String(value.into_owned()),
            Scalar::Bytes(value) => Self::Bytes(value.to_vec()),
        }
    }
}

impl<'t> Open<'t> {
    fn close(self) -> Value<'t> {
        match self {
            Self::Object { mut object, .. } => {
                object.fields.shrink_to_fit();
                Value::Object(object)
            }
            Self::Vector(elements) => Value::Vector(elements),
        }
    }
}
