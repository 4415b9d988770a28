//! Values without parts: read from bytes, and written as given, in their own kind or in the one that JSON has for it.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::builtin::Builtin;
use super::bytes_text::BytesText;
use super::error::EncodeFault;
use super::text::{double_of, float_of};
use super::value::Value;
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

/// Writes a value of a built-in type.
pub(super) fn write(builtin: Builtin, value: &Value<'_>, text: BytesText, writer: &mut Writer<'_>) -> Done<()> {
    match builtin {
        Builtin::Nat => writer.write_u32(whole(builtin, value)?),
        Builtin::Int => writer.write_i32(whole(builtin, value)?),
        Builtin::Long => writer.write_i64(whole(builtin, value)?),
        Builtin::Float => writer.write_f32(float(value)?),
        Builtin::Double => writer.write_f64(double(value)?),
        Builtin::Int128 | Builtin::Int256 | Builtin::Int512 => writer.write_raw(&fixed(builtin, value, text)?),
        Builtin::String => match value {
            Value::String(text) => writer.write_string(text),
            _ => return Err(mismatch(builtin, value)),
        },
        Builtin::Bytes => match value {
            Value::Bytes(bytes) => writer.write_bytes(bytes),
            _ => writer.write_bytes(&bytes(builtin, value, text)?),
        },
        Builtin::Bool => match value {
            Value::Bool(value) => writer.write_bool(*value),
            _ => return Err(mismatch(builtin, value)),
        },
        Builtin::True => match value {
            Value::Bool(true) => {}
            _ => return Err(mismatch(builtin, value)),
        },
    }
    Ok(())
}

/// The value of a `#`.
pub(super) fn nat(value: &Value<'_>) -> Done<u32> {
    whole(Builtin::Nat, value)
}

#[cold]
fn mismatch(builtin: Builtin, value: &Value<'_>) -> Box<EncodeFault> {
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
fn whole<T: TryFrom<i128>>(builtin: Builtin, value: &Value<'_>) -> Done<T> {
    let number = match value {
        Value::Nat(number) => i128::from(*number),
        Value::Int(number) => i128::from(*number),
        Value::Long(number) => i128::from(*number),
        Value::String(text) => text.parse().map_err(|_| not_in_text(builtin, text))?,
        _ => return Err(mismatch(builtin, value)),
    };
    T::try_from(number).map_err(|_| unrepresentable(builtin, number.to_string()))
}

fn double(value: &Value<'_>) -> Done<f64> {
    match value {
        Value::Double(number) => Ok(*number),
        Value::Float(number) => Ok(f64::from(*number)),
        Value::Nat(number) => Ok(f64::from(*number)),
        Value::Int(number) => Ok(f64::from(*number)),
        Value::Long(number) => Ok(*number as f64),
        Value::String(text) => double_of(text).ok_or_else(|| not_in_text(Builtin::Double, text)),
        _ => Err(mismatch(Builtin::Double, value)),
    }
}

fn float(value: &Value<'_>) -> Done<f32> {
    match value {
        Value::Float(number) => Ok(*number),
        Value::String(text) => float_of(text).ok_or_else(|| not_in_text(Builtin::Float, text)),
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

fn bytes(builtin: Builtin, value: &Value<'_>, form: BytesText) -> Done<Vec<u8>> {
    match value {
        Value::Bytes(bytes) => Ok(bytes.clone()),
        Value::String(text) => form.parse(text).ok_or_else(|| not_in_text(builtin, text)),
        _ => Err(mismatch(builtin, value)),
    }
}

/// Bytes of which there must be as many as the type has.
fn fixed(builtin: Builtin, value: &Value<'_>, text: BytesText) -> Done<Vec<u8>> {
    let bytes = bytes(builtin, value, text)?;
    if bytes.len() == builtin.least_length() {
        Ok(bytes)
    } else {
        Err(unrepresentable(builtin, format!("{} bytes", bytes.len())))
    }
}
