//! JSON as it is written: an object keeps all of its fields in their order, two of one name as well.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use typelang::reflect::{Object, Value};

/// A value in JSON.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json {
    /// A value without parts, as the encoder has it.
    Leaf(Value<'static>),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    /// The value as the encoder has it. The first text `_` is the name of its object; what else has this name is left to the
    /// encoder to refuse, as are two fields of one name: it knows the path.
    pub(crate) fn value(&self) -> Value<'_> {
        match self {
            Self::Leaf(value) => value.clone(),
            Self::Array(elements) => Value::Vector(elements.iter().map(Self::value).collect()),
            Self::Object(fields) => {
                let mut object = Object { name: "", fields: Vec::with_capacity(fields.len()) };
                for (name, value) in fields {
                    match value {
                        Self::Leaf(Value::String(text)) if name == "_" && object.name.is_empty() => object.name = text,
                        _ => object.fields.push((name, value.value())),
                    }
                }
                object.into()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Json;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Leaf(Value::Null))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Leaf(Value::Bool(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Leaf(Value::Long(value)))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        // No type has a number that is too large for a `long`; as a text it is shown in full.
        Ok(Json::Leaf(i64::try_from(value).map_or_else(|_| Value::String(value.to_string()), Value::Long)))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Leaf(Value::Double(value)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Leaf(Value::String(value.to_owned())))
    }

    fn visit_string<E>(self, value: String) -> Result<Json, E> {
        Ok(Json::Leaf(Value::String(value)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Json, A::Error> {
        let mut elements = Vec::new();
        while let Some(element) = sequence.next_element()? {
            elements.push(element);
        }
        Ok(Json::Array(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = map.next_entry()? {
            fields.push(field);
        }
        Ok(Json::Object(fields))
    }
}
