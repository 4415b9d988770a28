//! Values without parts, as given: in their own kind, or in the one that JSON has for it.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::bytes_text::BytesText;
use super::error::EncodeFault;
use super::text::{double_of, float_of};
use super::types::Builtin;
use super::value::Value;
use crate::Writer;

type Done<T> = Result<T, Box<EncodeFault>>;

/// Texts of values in messages are cut off after so many characters.
const SHOWN: usize = 40;

/// Writes a value of a built-in type.
pub(super) fn write(builtin: Builtin, value: &Value<'_>, text: BytesText, writer: &mut Writer<'_>) -> Done<()> {
    match builtin {
        Builtin::Nat => writer.write_u32(whole(builtin, value)?),
        Builtin::Int => writer.write_i32(whole(builtin, value)?),
        Builtin::Long => writer.write_i64(whole(builtin, value)?),
        Builtin::Float => writer.write_f32(float(value)?),
        Builtin::Double => writer.write_f64(double(value)?),
        Builtin::Int128 => writer.write_raw(&fixed(builtin, value, text, 16)?),
        Builtin::Int256 => writer.write_raw(&fixed(builtin, value, text, 32)?),
        Builtin::Int512 => writer.write_raw(&fixed(builtin, value, text, 64)?),
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
        _ => double(value).map(|number| number as f32).map_err(|_| mismatch(Builtin::Float, value)),
    }
}

fn bytes(builtin: Builtin, value: &Value<'_>, form: BytesText) -> Done<Vec<u8>> {
    match value {
        Value::Bytes(bytes) => Ok(bytes.clone()),
        Value::String(text) => form.parse(text).ok_or_else(|| not_in_text(builtin, text)),
        _ => Err(mismatch(builtin, value)),
    }
}

/// Bytes of which there must be a certain number.
fn fixed(builtin: Builtin, value: &Value<'_>, text: BytesText, length: usize) -> Done<Vec<u8>> {
    let bytes = bytes(builtin, value, text)?;
    if bytes.len() == length { Ok(bytes) } else { Err(unrepresentable(builtin, format!("{} bytes", bytes.len()))) }
}
