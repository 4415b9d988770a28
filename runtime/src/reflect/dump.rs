//! Values as text for people, with offsets.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write;

use super::combinator::Kind;
use super::error::{DecodeError, DecodeFault};
use super::record::Type;
use super::select::Selection;
use super::table::Table;
use super::text::{Hexadecimal, Quoted};
use super::visitor::{Event, Scalar, Visitor};
use crate::ReadOptions;

/// Bytes of a `bytes` that a dump shows before it only says how many there are.
const SHOWN_BYTES: usize = 64;

impl<'t> Table<'t> {
    /// A text for people of a value of a type: a line for each constructor, field and element, with the offset of its first
    /// byte in hexadecimal digits.
    ///
    /// ```text
    /// 000000  messages.sendMessage#fe05dc9a
    /// 000004    flags: 0x2
    /// 000008    no_webpage: true
    /// 000008    peer: inputPeerSelf#7da07ec9
    /// 00000c    message: "Hello"
    /// 000014    random_id: 5
    /// ```
    ///
    /// If the bytes cannot be decoded, the text is what could be, and the error stands beside it.
    pub fn dump(&self, ty: Type<'t>, bytes: &[u8], options: ReadOptions) -> (String, Result<usize, DecodeError>) {
        let mut writer = DumpWriter { text: String::new(), open: Vec::new(), label: None };
        let result = self.walk(ty, bytes, options, &mut writer);
        (writer.text, result)
    }
}

impl Selection<'_, '_, '_> {
    /// A text for people of the next selected part, as [`Table::dump`] writes it, with offsets in the whole input; nothing if
    /// no part is left.
    ///
    /// # Errors
    ///
    /// As [`Table::walk`].
    pub fn next_dump(&mut self) -> Option<Result<String, DecodeError>> {
        let mut writer = DumpWriter { text: String::new(), open: Vec::new(), label: None };
        let told = self.tell_next(&mut writer)?;
        Some(told.map(|()| writer.text))
    }
}

struct DumpWriter<'t> {
    text: String,
    open: Vec<Open>,
    /// The field whose value comes next.
    label: Option<&'t str>,
}

/// What has begun.
enum Open {
    Object,
    /// The number of the next element.
    Vector(usize),
}

impl<'t> Visitor<'t> for DumpWriter<'t> {
    fn visit(&mut self, offset: usize, event: Event<'t, '_>) -> Result<(), DecodeFault> {
        // Writing to a string never fails.
        let _ = match event {
            Event::Object(combinator) => {
                self.begin_line(offset);
                self.open.push(Open::Object);
                let name = combinator.name().unwrap_or_default();
                match combinator.kind() {
                    Kind::Named | Kind::Function | Kind::Builtin | Kind::Opaque => {
                        writeln!(self.text, "{name}#{:08x}", combinator.id())
                    }
                    Kind::Group => writeln!(self.text, "{{…}}"),
                    Kind::Default => writeln!(self.text, "{name}"),
                }
            }
            Event::Vector(count) => {
                self.begin_line(offset);
                self.open.push(Open::Vector(0));
                writeln!(self.text, "[{count}]")
            }
            Event::End => {
                self.open.pop();
                Ok(())
            }
            Event::Field(name) => {
                self.label = Some(name);
                Ok(())
            }
            Event::Flags(name, flags) => {
                self.label = Some(name);
                self.begin_line(offset);
                writeln!(self.text, "{flags:#x}")
            }
            Event::Scalar(scalar) => {
                self.begin_line(offset);
                self.scalar(&scalar)
            }
        };
        Ok(())
    }
}

impl DumpWriter<'_> {
    /// Offset, indent and label.
    fn begin_line(&mut self, offset: usize) {
        let _ = write!(self.text, "{offset:06x}  ");
        self.text.extend(core::iter::repeat_n("  ", self.open.len()));
        let _ = match (self.label.take(), self.open.last_mut()) {
            (Some(label), _) => write!(self.text, "{label}: "),
            (None, Some(Open::Vector(next))) => {
                let index = *next;
                *next += 1;
                write!(self.text, "[{index}] ")
            }
            (None, _) => Ok(()),
        };
    }

    fn scalar(&mut self, scalar: &Scalar<'_>) -> core::fmt::Result {
        let text = &mut self.text;
        match scalar {
            Scalar::Nat(value) => writeln!(text, "{value}"),
            Scalar::Int(value) => writeln!(text, "{value}"),
            Scalar::Long(value) => writeln!(text, "{value}"),
            Scalar::Float(value) => writeln!(text, "{value:?}"),
            Scalar::Double(value) => writeln!(text, "{value:?}"),
            Scalar::Bool(value) => writeln!(text, "{value}"),
            Scalar::String(value) => writeln!(text, "{}", Quoted(value)),
            Scalar::Bytes(value) => {
                let shown = value.get(..SHOWN_BYTES).unwrap_or(value);
                let more = if shown.len() < value.len() { "…" } else { "" };
                writeln!(text, "{}{more} ({} bytes)", Hexadecimal(shown), value.len())
            }
        }
    }
}
