//! Reads bytes by a schema alone, into JSON: a second opinion beside the generated code.
//!
//! `int` and `double` become numbers, `long` a decimal string, `string` a string, `bytes` and the large integers
//! hexadecimal digits in the order of the wire, `Bool` and flags that are set `true` or `false`, vectors arrays, and
//! objects objects whose constructor is named by `_`. What is absent is left out, and so are computed flags; a `#` some
//! bits of which are the user's is the whole number.

use serde_json::{Map, Value};
use typelang_ir::{
    Argument, BoxedBuiltin, Builtin, Combinator, ConstructorId, ConstructorKind, NatRole, Schema, TypeId, ValueType,
};

use crate::hexadecimal;
use crate::scope::{Scope, any_arguments, constant};

/// Why bytes could not be read: what was expected, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// What was expected.
    pub expected: String,
    /// Bytes from the start.
    pub offset: usize,
}

/// Reads a boxed value of any constructor or a call of any function, to the last byte.
///
/// # Errors
///
/// The bytes are no such value.
pub fn read(schema: &Schema, bytes: &[u8]) -> Result<Value, Mismatch> {
    // A call and a value can begin with the same id.
    let call = read_by(schema, bytes, |reader| reader.call());
    match (call, read_by(schema, bytes, |reader| reader.object())) {
        (Ok(value), _) | (_, Ok(value)) => Ok(value),
        (Err(call), Err(object)) => Err(if call.offset > object.offset { call } else { object }),
    }
}

fn read_by(
    schema: &Schema,
    bytes: &[u8],
    read: impl FnOnce(&mut Reader<'_>) -> Result<Value, Mismatch>,
) -> Result<Value, Mismatch> {
    let mut reader = Reader { schema, bytes, offset: 0 };
    let value = read(&mut reader)?;
    if reader.offset == bytes.len() { Ok(value) } else { Err(reader.mismatch("the end")) }
}

struct Reader<'a> {
    schema: &'a Schema,
    bytes: &'a [u8],
    offset: usize,
}

impl<'a> Reader<'a> {
    fn mismatch(&self, expected: &str) -> Mismatch {
        Mismatch { expected: expected.to_owned(), offset: self.offset }
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8], Mismatch> {
        let rest = self.bytes.get(self.offset..).unwrap_or_default();
        let taken = rest.get(..count).ok_or_else(|| self.mismatch("more bytes"))?;
        self.offset += count;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Mismatch> {
        let bytes = self.take(N)?;
        bytes.try_into().map_err(|_| self.mismatch("more bytes"))
    }

    fn word(&mut self) -> Result<u32, Mismatch> {
        self.array().map(u32::from_le_bytes)
    }

    /// A value or a call with its id in front.
    fn object_or_call(&mut self) -> Result<Value, Mismatch> {
        let start = self.offset;
        match self.call() {
            Err(mismatch) if mismatch.offset == start => self.object(),
            result => result,
        }
    }

    /// A value of any type with its id in front.
    fn object(&mut self) -> Result<Value, Mismatch> {
        let schema = self.schema;
        if let Some(value) = self.boxed_builtin()? {
            return Ok(value);
        }
        let is_named = |id: &ConstructorId| schema[*id].kind == ConstructorKind::Named;
        let id = self.identified(schema.constructor_ids().filter(is_named), |id| schema[id].combinator.id)?;
        self.fields(&schema[id].combinator, &any_arguments(schema, schema[id].result))
    }

    /// A built-in type with its id: `{"_": "int", "value": 1}`, but `true` for a `Bool`.
    fn boxed_builtin(&mut self) -> Result<Option<Value>, Mismatch> {
        let builtins = self.schema.boxed_builtins();
        let start = self.offset;
        let Ok(position) = self.identified(0..builtins.len(), |position| builtins[position].id) else {
            return Ok(None);
        };
        let BoxedBuiltin { name, builtin, .. } = &builtins[position];
        if *builtin == Builtin::Bool {
            self.offset = start;
            return self.builtin(*builtin).map(Some);
        }
        let value = self.builtin(*builtin)?;
        Ok(Some(Map::from_iter([("_".to_owned(), name.as_str().into()), ("value".to_owned(), value)]).into()))
    }

    fn call(&mut self) -> Result<Value, Mismatch> {
        let schema = self.schema;
        let id = self.identified(schema.function_ids(), |id| schema[id].combinator.id)?;
        self.fields(&schema[id].combinator, &[])
    }

    /// The item whose id comes next; if there is none, the id is not read.
    fn identified<T: Copy>(
        &mut self,
        mut items: impl Iterator<Item = T>,
        id_of: impl Fn(T) -> u32,
    ) -> Result<T, Mismatch> {
        let start = self.offset;
        let id = self.word()?;
        items.find(|item| id_of(*item) == id).ok_or_else(|| {
            self.offset = start;
            self.mismatch(&format!("another id than {id:08x}"))
        })
    }

    fn boxed(&mut self, ty: TypeId, arguments: &[Argument]) -> Result<Value, Mismatch> {
        let schema = self.schema;
        let is_default = |id: &ConstructorId| schema[*id].kind == ConstructorKind::Default;
        let constructors = schema[ty].constructors.iter().copied();
        let default = constructors.clone().find(is_default);
        let named = constructors.filter(|id| !is_default(id));
        let id = match (self.identified(named, |id| schema[id].combinator.id), default) {
            (Ok(id), _) | (Err(_), Some(id)) => id,
            (Err(mismatch), None) => return Err(mismatch),
        };
        self.fields(&schema[id].combinator, arguments)
    }

    fn fields(&mut self, combinator: &Combinator, arguments: &[Argument]) -> Result<Value, Mismatch> {
        let mut object = Map::new();
        object.insert("_".to_owned(), combinator.name.to_string().into());
        let mut scope = Scope::new(combinator, arguments);
        for (position, field) in combinator.fields.iter().enumerate() {
            if field.condition.is_some_and(|condition| !scope.holds(condition)) {
                continue;
            }
            let value = match field.nat {
                Some(role) => {
                    let number = self.word()?;
                    scope.set(position, number);
                    if role == NatRole::Flags {
                        continue;
                    }
                    number.into()
                }
                None => self.value(&scope.close(&field.ty))?,
            };
            object.insert(field.name.to_string(), value);
        }
        Ok(object.into())
    }

    /// A value of a closed type.
    fn value(&mut self, ty: &ValueType) -> Result<Value, Mismatch> {
        match ty {
            ValueType::Builtin(builtin) => self.builtin(*builtin),
            ValueType::BoxedBuiltin(builtin, id) => {
                self.identified([*id].into_iter(), |id| id)?;
                self.builtin(*builtin)
            }
            ValueType::Vector { boxed, element } => self.vector(*boxed, element),
            ValueType::Tuple { id, element, count } => {
                if let Some(id) = id {
                    self.identified([*id].into_iter(), |id| id)?;
                }
                self.elements(element, constant(*count))
            }
            ValueType::Boxed(id, arguments) => self.boxed(*id, arguments),
            ValueType::Bare(id, arguments) => self.fields(&self.schema[*id].combinator, arguments),
            ValueType::Call(_) | ValueType::Function => self.call(),
            ValueType::Object => self.object_or_call(),
            ValueType::Parameter(_) | ValueType::Output(_) => Err(self.mismatch("a closed type")),
        }
    }

    fn vector(&mut self, boxed: bool, element: &ValueType) -> Result<Value, Mismatch> {
        if boxed && self.word()? != 0x1cb5_c415 {
            return Err(self.mismatch("a vector before"));
        }
        let count = self.word()?;
        self.elements(element, count)
    }

    fn elements(&mut self, element: &ValueType, count: u32) -> Result<Value, Mismatch> {
        let elements: Result<Vec<Value>, Mismatch> = (0..count).map(|_| self.value(element)).collect();
        elements.map(Value::from)
    }

    fn builtin(&mut self, builtin: Builtin) -> Result<Value, Mismatch> {
        Ok(match builtin {
            Builtin::Nat => self.word()?.into(),
            Builtin::Int => i32::from_le_bytes(self.array()?).into(),
            Builtin::Long => i64::from_le_bytes(self.array()?).to_string().into(),
            Builtin::Double => number(f64::from_le_bytes(self.array()?)),
            Builtin::Float => number(f32::from_le_bytes(self.array()?).into()),
            Builtin::Int128 => hexadecimal::encode(self.take(16)?).into(),
            Builtin::Int256 => hexadecimal::encode(self.take(32)?).into(),
            Builtin::Int512 => hexadecimal::encode(self.take(64)?).into(),
            Builtin::String => match str::from_utf8(self.string()?) {
                Ok(text) => text.into(),
                Err(_) => return Err(self.mismatch("UTF-8 before")),
            },
            Builtin::Bytes => hexadecimal::encode(self.string()?).into(),
            Builtin::Bool => match self.word()? {
                0x9972_75b5 => true.into(),
                0xbc79_9737 => false.into(),
                _ => return Err(self.mismatch("a Bool before")),
            },
            Builtin::True => true.into(),
        })
    }

    fn string(&mut self) -> Result<&'a [u8], Mismatch> {
        let [first] = self.array()?;
        let (header, length) = match first {
            254 => {
                let [low, middle, high] = self.array()?;
                (4, u32::from_le_bytes([low, middle, high, 0]) as usize)
            }
            255 => return Err(self.mismatch("a shorter string")),
            length => (1, usize::from(length)),
        };
        let content = self.take(length)?;
        self.take((header + length).next_multiple_of(4) - header - length)?;
        Ok(content)
    }
}

/// A number as JSON has it: what is not finite is a text.
fn number(value: f64) -> Value {
    match value {
        f64::INFINITY => "Infinity".into(),
        f64::NEG_INFINITY => "-Infinity".into(),
        _ if value.is_nan() => "NaN".into(),
        _ => value.into(),
    }
}
