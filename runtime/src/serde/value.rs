//! Values of the walker, to a serializer.

use ::serde::ser::{SerializeMap, SerializeSeq};
use ::serde::{Serialize, Serializer};

use crate::reflect::{BytesText, NotFinite, Object, Value};

/// A value and how its bytes are shown in human-readable formats.
pub(super) struct Shown<'v> {
    pub(super) value: &'v Value<'v>,
    pub(super) text: BytesText,
}

/// As [the module](super) says, with bytes in hexadecimal digits.
impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Shown { value: self, text: BytesText::Hexadecimal }.serialize(serializer)
    }
}

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let is_text = serializer.is_human_readable();
        match self.value {
            Value::Null => serializer.serialize_unit(),
            Value::Nat(value) => serializer.serialize_u32(*value),
            Value::Int(value) => serializer.serialize_i32(*value),
            Value::Long(value) if is_text => serializer.collect_str(value),
            Value::Long(value) => serializer.serialize_i64(*value),
            Value::Float(value) if value.is_finite() || !is_text => serializer.serialize_f32(*value),
            Value::Float(value) => serializer.collect_str(&NotFinite::from(*value)),
            Value::Double(value) if value.is_finite() || !is_text => serializer.serialize_f64(*value),
            Value::Double(value) => serializer.collect_str(&NotFinite::from(*value)),
            Value::Bool(value) => serializer.serialize_bool(*value),
            Value::String(value) => serializer.serialize_str(value),
            Value::Bytes(value) if is_text => serializer.collect_str(&self.text.show(value)),
            Value::Bytes(value) => serializer.serialize_bytes(value),
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

impl<'v> Shown<'v> {
    fn inner(&self, value: &'v Value<'v>) -> Self {
        Self { value, text: self.text }
    }

    fn object<S: Serializer>(&self, object: &'v Object<'v>, serializer: S) -> Result<S::Ok, S::Error> {
        let name = Some(object.name).filter(|name| !name.is_empty());
        let mut map = serializer.serialize_map(Some(object.fields.len() + usize::from(name.is_some())))?;
        if let Some(name) = name {
            map.serialize_entry("_", name)?;
        }
        for (field, value) in &object.fields {
            map.serialize_entry(field, &self.inner(value))?;
        }
        map.end()
    }
}
