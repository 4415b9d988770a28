//! The walk that writes JSON.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::{self, Write};

use super::builtin::Builtin;
use super::combinator::{Combinator, Kind};
use super::error::{DecodeError, DecodeFault};
use super::json_options::{JsonLayout, JsonOptions, LongForm};
use super::operations::Begun;
use super::path::Step;
use super::record::{Record, Role, Type};
use super::scope::OUTERMOST;
use super::select::{Found, Selection};
use super::table::Table;
use super::text::{Decimal, NotFinite, write_quoted, write_quoted_between};
use super::walk::{BUILTIN_FIELD, Done, Failure, OpenElements, OpenObject, Walk};
use crate::{ReadOptions, utf8};

impl<'t> Table<'t> {
    /// The JSON text of a value of a type, as TL tools write it.
    ///
    /// | TL | JSON |
    /// |---|---|
    /// | `int`, `#` | number |
    /// | `long` | text of decimal digits, since JavaScript's numbers are too short; a number with [`LongForm::Number`] |
    /// | `double`, `float` | number; `"NaN"`, `"Infinity"` and `"-Infinity"` are texts, as is any other NaN by its bits |
    /// | `string` | text |
    /// | `bytes`, `int128`, `int256`, `int512` | text of hexadecimal digits in the order of the wire, or [base 64](super::BytesText::Base64) |
    /// | `Bool` | `true`, `false` |
    /// | `flags.0?true` | `true`, or absent |
    /// | an optional field | its value, or absent |
    /// | vectors and tuples | array |
    /// | a constructor, a call | object whose first field `"_"`, or [`"@type"`](super::NameKey::AtType), is the name; a group of repeated fields has none |
    ///
    /// A `#` that is computed from the fields that it decides on is left out.
    ///
    /// # Errors
    ///
    /// As [`walk`](Self::walk).
    pub fn json(
        &self,
        ty: Type<'t>,
        bytes: &[u8],
        options: ReadOptions,
        json: JsonOptions,
    ) -> Result<String, DecodeError> {
        let mut out = JsonWriter::new(bytes.len().saturating_mul(2), json);
        let mut walk = Walk::new(self, bytes, options);
        let done = walk.write_json(ty.record, OUTERMOST, &mut out);
        walk.finish(done)?;
        out.finish()
    }
}

impl Selection<'_, '_, '_> {
    /// The JSON text of the next selected part, as [`Table::json`] writes it; nothing if there is none.
    ///
    /// # Errors
    ///
    /// As [`Table::walk`].
    pub fn next_json(&mut self, json: JsonOptions) -> Option<Result<String, DecodeError>> {
        let mut out = JsonWriter::new(0, json);
        let written = self.read_next(|walk, found| match found {
            Found::Value(record, scope) => walk.write_json(record, scope, &mut out),
            Found::Number(number, _) => {
                out.number(number.into());
                Ok(())
            }
        })?;
        Some(written.and_then(|()| out.finish()))
    }
}

/// Bytes as a text, unless the table has names that are none.
fn text_of(bytes: Vec<u8>) -> Option<String> {
    if cfg!(feature = "simdutf8") { utf8::check(&bytes).ok().map(String::from) } else { String::from_utf8(bytes).ok() }
}

impl<'t, 'b> Walk<'_, 't, 'b> {
    /// Writes a value.
    fn write_json(&mut self, record: Record, scope: u32, out: &mut JsonWriter) -> Done<'t> {
        match self.begin(record, scope)? {
            Begun::Builtin(builtin) => self.json_builtin(builtin, out),
            Begun::Object(object) => self.json_object(object, out),
            Begun::Elements(elements) => self.json_elements(&elements, out),
            Begun::Bool(value) => {
                out.bool(value);
                Ok(())
            }
            Begun::Declared(declared, builtin) => self.json_declared(declared, builtin, out),
        }
    }

    #[inline]
    fn json_object(&mut self, mut object: OpenObject<'t>, out: &mut JsonWriter) -> Done<'t> {
        let combinator = self.sure(self.table.combinator_at(object.position))?;
        let mut is_first = out.begin_object(combinator);
        while let Some(record) = self.next_field(&mut object)? {
            if let Err(failure) = self.json_field(record, &mut object, &mut is_first, out) {
                return Err(self.in_field(record, failure));
            }
        }
        out.end(is_first, b'}');
        self.end_of_object(&object);
        Ok(())
    }

    #[inline]
    fn json_field(
        &mut self,
        record: Record,
        object: &mut OpenObject<'t>,
        is_first: &mut bool,
        out: &mut JsonWriter,
    ) -> Done<'t> {
        let name = self.sure(self.table.text_bytes(record.name()))?;
        match record.role() {
            Role::None => {
                out.name(name, is_first);
                match record.builtin() {
                    Some(builtin) => self.json_builtin(builtin, out),
                    None => self.write_json(record, object.scope, out),
                }
            }
            Role::Flags => self.number(record, object).map(|_| ()),
            Role::Number | Role::Mixed => {
                let number = self.number(record, object)?;
                out.name(name, is_first);
                out.number(number.into());
                Ok(())
            }
        }
    }

    fn json_elements(&mut self, elements: &OpenElements, out: &mut JsonWriter) -> Done<'t> {
        out.begin(b'[');
        let mut is_first = true;
        for index in 0..elements.count {
            out.separate(&mut is_first);
            if let Err(failure) = self.write_json(elements.element, elements.scope, out) {
                return Err(failure.within(Step::Element(index)));
            }
        }
        self.leave();
        out.end(is_first, b']');
        Ok(())
    }

    /// A built-in type as a value of any type.
    fn json_declared(&mut self, declared: Combinator<'t>, builtin: Builtin, out: &mut JsonWriter) -> Done<'t> {
        let mut is_first = out.begin_object(declared);
        out.name(BUILTIN_FIELD.as_bytes(), &mut is_first);
        let done = self.json_builtin(builtin, out);
        done.map_err(|failure: alloc::boxed::Box<Failure<'t>>| failure.within(Step::Field(BUILTIN_FIELD.as_bytes())))?;
        self.leave();
        out.end(is_first, b'}');
        Ok(())
    }

    /// Writes a value without parts.
    #[inline]
    fn json_builtin(&mut self, builtin: Builtin, out: &mut JsonWriter) -> Done<'t> {
        let reader = &mut self.reader;
        match builtin {
            Builtin::Nat => out.number(reader.read_u32().into()),
            Builtin::Int => out.number(reader.read_i32().into()),
            Builtin::Long => out.long(reader.read_i64()),
            Builtin::Float => out.float(reader.read_f32()),
            Builtin::Double => out.double(reader.read_f64()),
            Builtin::Int128 | Builtin::Int256 | Builtin::Int512 => out.bytes(reader.read_raw(builtin.least_length())),
            Builtin::String => write_quoted(reader.read_text().as_bytes(), &mut out.text),
            Builtin::Bytes => out.bytes(reader.read_bytes_borrowed()),
            Builtin::Bool => match scalar_bool(self)? {
                Ok(value) => out.bool(value),
                Err(found) => return self.not_a_bool(found),
            },
            Builtin::True => out.bool(true),
        }
        self.checked(())
    }
}

/// Reads a `Bool`, or the id that is there in place of one.
fn scalar_bool<'t>(walk: &mut Walk<'_, 't, '_>) -> Done<'t, Result<bool, u32>> {
    Ok(match walk.word()? {
        crate::BOOL_TRUE_ID => Ok(true),
        crate::BOOL_FALSE_ID => Ok(false),
        found => Err(found),
    })
}

/// The text so far.
struct JsonWriter {
    text: Vec<u8>,
    options: JsonOptions,
    /// How many brackets are open.
    level: usize,
}

impl JsonWriter {
    fn new(capacity: usize, options: JsonOptions) -> Self {
        Self { text: Vec::with_capacity(capacity), options, level: 0 }
    }

    fn finish(self) -> Result<String, DecodeError> {
        text_of(self.text).ok_or_else(|| DecodeError::new(DecodeFault::DamagedTable, 0, String::new()))
    }

    fn is_pretty(&self) -> bool {
        self.options.layout == JsonLayout::Pretty
    }

    #[inline]
    fn begin(&mut self, bracket: u8) {
        self.text.push(bracket);
        self.level += 1;
    }

    /// Begins an object with its name, and returns whether it has none.
    fn begin_object(&mut self, combinator: Combinator<'_>) -> bool {
        self.begin(b'{');
        let mut is_first = true;
        if combinator.kind() != Kind::Group {
            self.name(self.options.name_key.as_str().as_bytes(), &mut is_first);
            write_quoted(combinator.text_bytes().unwrap_or_default(), &mut self.text);
        }
        is_first
    }

    /// Ends an object or array; whether there was nothing in it.
    #[inline]
    fn end(&mut self, is_empty: bool, bracket: u8) {
        self.level -= 1;
        if !is_empty && self.is_pretty() {
            self.new_line();
        }
        self.text.push(bracket);
    }

    /// The text between one value and the next.
    #[inline]
    fn separate(&mut self, is_first: &mut bool) {
        if !core::mem::take(is_first) {
            self.text.push(b',');
        }
        if self.is_pretty() {
            self.new_line();
        }
    }

    #[cold]
    fn new_line(&mut self) {
        self.text.push(b'\n');
        self.text.extend(core::iter::repeat_n(b' ', 2 * self.level));
    }

    #[inline]
    fn name(&mut self, name: &[u8], is_first: &mut bool) {
        if self.is_pretty() {
            self.separate(is_first);
            write_quoted_between(b"", name, b": ", &mut self.text);
        } else if core::mem::take(is_first) {
            write_quoted_between(b"", name, b":", &mut self.text);
        } else {
            write_quoted_between(b",", name, b":", &mut self.text);
        }
    }

    #[inline]
    fn number(&mut self, value: i64) {
        Decimal::new(value).write(&mut self.text);
    }

    #[inline]
    fn long(&mut self, value: i64) {
        match self.options.longs {
            LongForm::Text => {
                self.text.push(b'"');
                self.number(value);
                self.text.push(b'"');
            }
            LongForm::Number => self.number(value),
        }
    }

    fn float(&mut self, value: f32) {
        // Writing to a vector never fails.
        let _ =
            if value.is_finite() { write!(self, "{value:?}") } else { write!(self, "\"{}\"", NotFinite::from(value)) };
    }

    fn double(&mut self, value: f64) {
        let _ =
            if value.is_finite() { write!(self, "{value:?}") } else { write!(self, "\"{}\"", NotFinite::from(value)) };
    }

    fn bytes(&mut self, value: &[u8]) {
        self.text.push(b'"');
        self.options.bytes.write(value, &mut self.text);
        self.text.push(b'"');
    }

    fn bool(&mut self, value: bool) {
        self.text.extend_from_slice(if value { b"true" } else { b"false" });
    }
}

impl Write for JsonWriter {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.text.extend_from_slice(text.as_bytes());
        Ok(())
    }
}
