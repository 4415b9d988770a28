//! Reads bytes by a schema alone, into JSON: a second opinion beside the generated code.
//!
//! `int` and `double` become numbers, `long` a decimal string, `string` a string, `bytes` and the large integers
//! hexadecimal digits in the order of the wire, `Bool` and flags that are set `true` or `false`, vectors arrays, and
//! objects objects whose constructor is named by `_`. What is absent is left out, and so are computed flags.

use serde_json::{Map, Value};
use tl_ir::{Builtin, Combinator, Schema, ValueType};

use crate::hexadecimal;

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
    let mut reader = Reader { schema, bytes, offset: 0 };
    let combinators = schema.constructors.iter().map(|it| &it.combinator);
    let value = reader.tagged(combinators.chain(schema.functions.iter().map(|it| &it.combinator)))?;
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

    /// A value with its id in front, which must be one of these.
    fn tagged(&mut self, mut combinators: impl Iterator<Item = &'a Combinator>) -> Result<Value, Mismatch> {
        let id = self.word()?;
        let found = combinators.find(|it| it.id == id);
        let combinator = found.ok_or_else(|| self.mismatch(&format!("another id than {id:08x} before")))?;
        self.fields(combinator)
    }

    fn fields(&mut self, combinator: &Combinator) -> Result<Value, Mismatch> {
        let mut object = Map::new();
        object.insert("_".to_owned(), combinator.name.to_string().into());
        let mut words = vec![0; combinator.fields.len()];
        for (position, field) in combinator.fields.iter().enumerate() {
            if field.condition.is_some_and(|condition| words[condition.flags] >> condition.bit & 1 == 0) {
                continue;
            }
            if field.computed_flags {
                words[position] = self.word()?;
            } else {
                object.insert(field.name.clone(), self.value(&field.ty)?);
            }
        }
        Ok(object.into())
    }

    fn value(&mut self, ty: &ValueType) -> Result<Value, Mismatch> {
        let schema = self.schema;
        match ty {
            ValueType::Builtin(builtin) => self.builtin(*builtin),
            ValueType::Vector { boxed, element } => self.vector(*boxed, element),
            ValueType::Boxed(id) => self.tagged(schema[*id].constructors.iter().map(|it| &schema[*it].combinator)),
            ValueType::Bare(id) => self.fields(&schema[*id].combinator),
            ValueType::Parameter => self.tagged(schema.functions.iter().map(|it| &it.combinator)),
        }
    }

    fn vector(&mut self, boxed: bool, element: &ValueType) -> Result<Value, Mismatch> {
        if boxed && self.word()? != 0x1cb5_c415 {
            return Err(self.mismatch("a vector before"));
        }
        let count = self.word()?;
        let elements: Result<Vec<Value>, Mismatch> = (0..count).map(|_| self.value(element)).collect();
        elements.map(Value::from)
    }

    fn builtin(&mut self, builtin: Builtin) -> Result<Value, Mismatch> {
        Ok(match builtin {
            Builtin::Nat => self.word()?.into(),
            Builtin::Int => i32::from_le_bytes(self.array()?).into(),
            Builtin::Long => i64::from_le_bytes(self.array()?).to_string().into(),
            Builtin::Double => f64::from_le_bytes(self.array()?).into(),
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
