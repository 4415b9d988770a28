//! Values without parts: read from bytes, and written as given, in their own kind or in the one that JSON has for it.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::builtin::Builtin;
use super::bytes_text::BytesText;
use super::error::EncodeFault;
use super::json_options::JsonOptions;
use super::text::{double_of, float_of};
use super::visitor::Scalar;
use crate::{BOOL_FALSE_ID, BOOL_TRUE_ID, Reader, Writer};

type Done<T> = Result<T, Box<EncodeFault>>;

/// Texts of values in messages are cut off after so many characters.
const SHOWN: usize = 40;

/// Reads a value of a built-in type. In place of a `Bool`, the id that is there can be another one.
pub(super) fn read<'b>(builtin: Builtin, reader: &mut Reader<'b>) -> Result<Scalar<'b>, u32> {
    Ok(match builtin {
        Builtin::Nat => Scalar::Nat(reader.read_u32()),
        Builtin::Int => Scalar::Int(reader.read_i32()),
        Builtin::Long => Scalar::Long(reader.read_i64()),
        Builtin::Float => Scalar::Float(reader.read_f32()),
        Builtin::Double => Scalar::Double(reader.read_f64()),
        Builtin::Int128 | Builtin::Int256 | Builtin::Int512 => Scalar::Bytes(reader.read_raw(builtin.least_length())),
        Builtin::String => Scalar::String(reader.read_text()),
        Builtin::Bytes => Scalar::Bytes(reader.read_bytes_borrowed()),
        Builtin::Bool => match reader.read_u32() {
            BOOL_TRUE_ID => Scalar::Bool(true),
            BOOL_FALSE_ID => Scalar::Bool(false),
            found => return Err(found),
        },
        Builtin::True => Scalar::Bool(true),
    })
}

/// A value without its parts, as a caller or a format has it: what a value of a built-in type can be given as.
#[derive(Clone, Copy)]
pub(super) enum Plain<'v> {
    Null,
    Whole(i64),
    /// A whole number that is too large for a `long`. Formats of serde have some.
    #[cfg_attr(not(feature = "serde"), allow(dead_code))]
    Huge(u64),
    Float(f32),
    Double(f64),
    Bool(bool),
    Text(&'v str),
    Bytes(&'v [u8]),
    Vector,
    Object,
}

impl Plain<'_> {
    /// The kind of value, in a few words.
    pub(super) fn kind(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Whole(_) | Self::Huge(_) => "a whole number",
            Self::Float(_) | Self::Double(_) => "a number",
            Self::Bool(_) => "a Bool",
            Self::Text(_) => "a text",
            Self::Bytes(_) => "bytes",
            Self::Vector => "a vector",
            Self::Object => "an object",
        }
    }
}

/// Writes a value of a built-in type.
pub(super) fn write(builtin: Builtin, value: Plain<'_>, options: JsonOptions, writer: &mut Writer<'_>) -> Done<()> {
    match builtin {
        Builtin::Nat => writer.write_u32(whole(builtin, value)?),
        Builtin::Int => writer.write_i32(whole(builtin, value)?),
        Builtin::Long => writer.write_i64(whole(builtin, value)?),
        Builtin::Float => writer.write_f32(float(value)?),
        Builtin::Double => writer.write_f64(double(value)?),
        Builtin::Int128 | Builtin::Int256 | Builtin::Int512 => writer.write_raw(&fixed(builtin, value, options)?),
        Builtin::String => match value {
            Plain::Text(text) => writer.write_string(text),
            _ => return Err(mismatch(builtin, value)),
        },
        Builtin::Bytes => match value {
            Plain::Bytes(bytes) => writer.write_bytes(bytes),
            Plain::Text(text) => match options.bytes.parse(text) {
                Some(bytes) => writer.write_bytes(&bytes),
                None => return Err(not_in_text(builtin, text)),
            },
            _ => return Err(mismatch(builtin, value)),
        },
        Builtin::Bool => match value {
            Plain::Bool(value) => writer.write_bool(value),
            _ => return Err(mismatch(builtin, value)),
        },
        Builtin::True => match value {
            Plain::Bool(true) => {}
            _ => return Err(mismatch(builtin, value)),
        },
    }
    Ok(())
}

/// The value of a `#`.
pub(super) fn nat(value: Plain<'_>) -> Done<u32> {
    whole(Builtin::Nat, value)
}

#[cold]
fn mismatch(builtin: Builtin, value: Plain<'_>) -> Box<EncodeFault> {
    Box::new(EncodeFault::Mismatch { expected: builtin.name().to_string(), found: value.kind() })
}

#[cold]
fn unrepresentable(builtin: Builtin, found: String) -> Box<EncodeFault> {
    Box::new(EncodeFault::Unrepresentable { expected: builtin.name().to_string(), found })
}

#[cold]
fn not_in_text(builtin: Builtin, text: &str) -> Box<EncodeFault> {
    let shown: String = text.chars().take(SHOWN).collect();
    let more = if shown.len() < text.len() { "…" } else { "" };
    unrepresentable(builtin, format!("the text {shown:?}{more}"))
}

/// A whole number in the range of its type.
#[inline]
fn whole<T: TryFrom<i64>>(builtin: Builtin, value: Plain<'_>) -> Done<T> {
    let number = match value {
        Plain::Whole(number) => number,
        Plain::Text(text) => match text.parse() {
            Ok(number) => number,
            Err(_) => return Err(not_whole(builtin, text)),
        },
        Plain::Huge(number) => return Err(unrepresentable(builtin, number.to_string())),
        _ => return Err(mismatch(builtin, value)),
    };
    T::try_from(number).map_err(|_| unrepresentable(builtin, number.to_string()))
}

/// The fault of a text that is not a whole number in the range of a `long`.
#[cold]
fn not_whole(builtin: Builtin, text: &str) -> Box<EncodeFault> {
    match text.parse::<i128>() {
        Ok(number) => unrepresentable(builtin, number.to_string()),
        Err(_) => not_in_text(builtin, text),
    }
}

fn double(value: Plain<'_>) -> Done<f64> {
    match value {
        Plain::Double(number) => Ok(number),
        Plain::Float(number) => Ok(f64::from(number)),
        Plain::Whole(number) => Ok(number as f64),
        Plain::Huge(number) => Ok(number as f64),
        Plain::Text(text) => double_of(text).ok_or_else(|| not_in_text(Builtin::Double, text)),
        _ => Err(mismatch(Builtin::Double, value)),
    }
}

fn float(value: Plain<'_>) -> Done<f32> {
    match value {
        Plain::Float(number) => Ok(number),
        Plain::Text(text) => float_of(text).ok_or_else(|| not_in_text(Builtin::Float, text)),
        _ => {
            let number = double(value).map_err(|_| mismatch(Builtin::Float, value))?;
            match number as f32 {
                rounded if rounded.is_infinite() && number.is_finite() => {
                    Err(unrepresentable(Builtin::Float, format!("{number:?}")))
                }
                rounded => Ok(rounded),
            }
        }
    }
}

/// Bytes of which there must be as many as the type has. That tells hexadecimal digits from base 64, so either is read.
fn fixed(builtin: Builtin, value: Plain<'_>, options: JsonOptions) -> Done<Vec<u8>> {
    let length = builtin.least_length();
    let bytes = match value {
        Plain::Bytes(bytes) => bytes.to_vec(),
        Plain::Text(text) => {
            let form = BytesText::of_length(text.len(), length).unwrap_or(options.bytes);
            form.parse(text).ok_or_else(|| not_in_text(builtin, text))?
        }
        _ => return Err(mismatch(builtin, value)),
    };
    if bytes.len() == length { Ok(bytes) } else { Err(unrepresentable(builtin, format!("{} bytes", bytes.len()))) }
}
