//! Values as JSON.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write;

use super::combinator::Kind;
use super::error::{DecodeError, DecodeFault};
use super::json_options::JsonLayout;
use super::record::Type;
use super::select::Selection;
use super::table::Table;
use super::text::{Decimal, Hexadecimal, NotFinite, Quoted};
use super::visitor::{Event, Scalar, Visitor};
use crate::ReadOptions;

impl<'t> Table<'t> {
    /// The JSON text of a value of a type, as TL tools write it.
    ///
    /// | TL | JSON |
    /// |---|---|
    /// | `int`, `#` | number |
    /// | `long` | text of decimal digits, since JavaScript's numbers are too short |
    /// | `double`, `float` | number; `"NaN"`, `"Infinity"` and `"-Infinity"` are texts, as is any other NaN by its bits |
    /// | `string` | text |
    /// | `bytes`, `int128`, `int256`, `int512` | text of hexadecimal digits in the order of the wire |
    /// | `Bool` | `true`, `false` |
    /// | `flags.0?true` | `true`, or absent |
    /// | an optional field | its value, or absent |
    /// | vectors and tuples | array |
    /// | a constructor, a call | object whose first field `"_"` is the name; a group of repeated fields has none |
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
        layout: JsonLayout,
    ) -> Result<String, DecodeError> {
        let mut writer =
            JsonWriter { text: String::new(), open: Vec::new(), layout, is_first: true, after_name: false };
        self.tell(ty, bytes, options, &mut writer)?;
        Ok(writer.text)
    }
}

impl Selection<'_, '_, '_> {
    /// The JSON text of the next selected part, as [`Table::json`] writes it; nothing if there is none.
    ///
    /// # Errors
    ///
    /// As [`Table::walk`].
    pub fn next_json(&mut self, layout: JsonLayout) -> Option<Result<String, DecodeError>> {
        let mut writer =
            JsonWriter { text: String::new(), open: Vec::new(), layout, is_first: true, after_name: false };
        let told = self.tell_next(&mut writer)?;
        Some(told.map(|()| writer.text))
    }
}

/// Writes what a walk meets.
struct JsonWriter {
    text: String,
    /// The brackets that close what has begun.
    open: Vec<char>,
    layout: JsonLayout,
    /// Whether nothing stands in the innermost brackets yet.
    is_first: bool,
    /// Whether the name of a field stands before the value that comes next.
    after_name: bool,
}

impl<'t> Visitor<'t> for JsonWriter {
    fn visit(&mut self, _offset: usize, event: Event<'t, '_>) -> Result<(), DecodeFault> {
        match event {
            Event::Object(combinator) => {
                self.begin('{', '}');
                if combinator.kind() != Kind::Group {
                    self.name("_");
                    self.separate();
                    self.quoted(combinator.name().unwrap_or_default());
                }
            }
            Event::Vector(_) => self.begin('[', ']'),
            Event::End => self.end(),
            Event::Field(name) => self.name(name),
            Event::Flags(..) => {}
            Event::Scalar(scalar) => {
                self.separate();
                write_scalar(&mut self.text, &scalar);
            }
        }
        Ok(())
    }
}

impl JsonWriter {
    /// What stands between one value and the next.
    fn separate(&mut self) {
        if core::mem::take(&mut self.after_name) || self.open.is_empty() {
            return;
        }
        if !core::mem::take(&mut self.is_first) {
            self.text.push(',');
        }
        self.new_line();
    }

    fn new_line(&mut self) {
        if self.layout == JsonLayout::Pretty {
            self.text.push('\n');
            self.text.extend(core::iter::repeat_n("  ", self.open.len()));
        }
    }

    fn begin(&mut self, open: char, close: char) {
        self.separate();
        self.text.push(open);
        self.open.push(close);
        self.is_first = true;
    }

    fn end(&mut self) {
        let close = self.open.pop();
        if !core::mem::replace(&mut self.is_first, false) {
            self.new_line();
        }
        self.text.extend(close);
    }

    fn quoted(&mut self, text: &str) {
        // Writing to a string never fails.
        let _ = Quoted(text).write(&mut self.text);
    }

    fn name(&mut self, name: &str) {
        self.separate();
        self.quoted(name);
        self.text.push_str(if self.layout == JsonLayout::Pretty { ": " } else { ":" });
        self.after_name = true;
    }
}

fn write_scalar(text: &mut String, scalar: &Scalar<'_>) {
    // Writing to a string never fails.
    let _ = match scalar {
        Scalar::Nat(value) => text.write_str(Decimal::new((*value).into()).as_str()),
        Scalar::Int(value) => text.write_str(Decimal::new((*value).into()).as_str()),
        Scalar::Long(value) => within_quotes(text, |text| text.write_str(Decimal::new(*value).as_str())),
        Scalar::Float(value) if value.is_finite() => write!(text, "{value:?}"),
        Scalar::Float(value) => write!(text, "\"{}\"", NotFinite::from(*value)),
        Scalar::Double(value) if value.is_finite() => write!(text, "{value:?}"),
        Scalar::Double(value) => write!(text, "\"{}\"", NotFinite::from(*value)),
        Scalar::Bool(value) => text.write_str(if *value { "true" } else { "false" }),
        Scalar::String(value) => Quoted(value).write(text),
        Scalar::Bytes(value) => within_quotes(text, |text| Hexadecimal(value).write(text)),
    };
}

fn within_quotes(text: &mut String, write: impl FnOnce(&mut String) -> core::fmt::Result) -> core::fmt::Result {
    text.push('"');
    write(text)?;
    text.push('"');
    Ok(())
}
