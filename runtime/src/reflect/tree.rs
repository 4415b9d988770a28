//! The values that a deserializer gives before it is known what it is a value of.

use alloc::borrow::ToOwned;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use ::serde::Deserializer;
use ::serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};

use super::json_options::NameKey;
use super::scalar::Plain;
use super::value::{Object, Value};
use super::walk::levels;
use crate::DEFAULT_MAX_DEPTH;

/// How many values may be nested in one another: as many as can be encoded.
const MAX_LEVELS: u32 = levels(DEFAULT_MAX_DEPTH);

/// The key with which `serde_json` gives a number in digits that has no other form, if its feature `arbitrary_precision` is on.
const NUMBER_KEY: &str = "$serde_json::private::Number";

/// A value that is not a type's yet.
pub(super) enum Node {
    /// A value without parts.
    Leaf(Value<'static>),
    Sequence(Vec<Node>),
    Map(Fields),
}

/// The known parts of an object: names are positions among all names.
#[derive(Default)]
pub(super) struct Fields {
    /// The name of the constructor or function.
    pub(super) name: Option<usize>,
    pub(super) fields: Vec<(usize, Node)>,
}

impl Node {
    /// The value for the walker.
    pub(super) fn into_value(self, names: &Names) -> Value<'_> {
        match self {
            Self::Leaf(value) => value,
            Self::Sequence(elements) => Value::Vector(elements.into_iter().map(|it| it.into_value(names)).collect()),
            Self::Map(fields) => fields.into_value(names),
        }
    }
}

impl Fields {
    /// The object for the walker.
    pub(super) fn into_value(self, names: &Names) -> Value<'_> {
        let fields = self.fields.into_iter().map(|(field, value)| (names.text(field), value.into_value(names)));
        Object { name: self.name.map_or("", |it| names.text(it)), fields: fields.collect() }.into()
    }
}

/// The names so far, each once.
#[derive(Default)]
pub(super) struct Names {
    list: Vec<String>,
    positions: BTreeMap<String, usize>,
}

impl Names {
    pub(super) fn text(&self, position: usize) -> &str {
        self.list.get(position).map_or("", String::as_str)
    }

    pub(super) fn position(&mut self, name: &str) -> usize {
        if let Some(position) = self.positions.get(name) {
            return *position;
        }
        let position = self.list.len();
        self.list.push(name.to_owned());
        self.positions.insert(name.to_owned(), position);
        position
    }
}

/// The error of a key that is there twice.
pub(super) fn repeated<E: Error>(key: &str) -> E {
    E::custom(format_args!("the field `{key}` is there twice"))
}

/// Reads one value; nothing if it is `null`.
pub(super) struct NodeSeed<'n> {
    names: &'n mut Names,
    levels_left: u32,
}

impl<'n> NodeSeed<'n> {
    pub(super) fn new(names: &'n mut Names) -> Self {
        Self { names, levels_left: MAX_LEVELS }
    }

    /// For a value inside.
    fn inner<E: Error>(&mut self) -> Result<NodeSeed<'_>, E> {
        match self.levels_left.checked_sub(1) {
            Some(levels_left) => Ok(NodeSeed { names: &mut *self.names, levels_left }),
            None => Err(E::custom(format_args!("nested deeper than {MAX_LEVELS} levels"))),
        }
    }
}

impl<'de> DeserializeSeed<'de> for NodeSeed<'_> {
    type Value = Option<Node>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<Node>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

fn leaf<E>(value: Value<'static>) -> Result<Option<Node>, E> {
    Ok(Some(Node::Leaf(value)))
}

impl<'de> Visitor<'de> for NodeSeed<'_> {
    type Value = Option<Node>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Option<Node>, E> {
        Ok(None)
    }

    fn visit_none<E>(self) -> Result<Option<Node>, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<Node>, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<Node>, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Option<Node>, E> {
        leaf(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Option<Node>, E> {
        leaf(Value::Long(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Option<Node>, E> {
        leaf(of_plain(of_unsigned(value)))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Option<Node>, E> {
        leaf(Value::Double(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Option<Node>, E> {
        leaf(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Option<Node>, E> {
        leaf(Value::String(value))
    }

    fn visit_bytes<E>(self, value: &[u8]) -> Result<Option<Node>, E> {
        leaf(Value::Bytes(value.to_owned()))
    }

    fn visit_byte_buf<E>(self, value: Vec<u8>) -> Result<Option<Node>, E> {
        leaf(Value::Bytes(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut sequence: A) -> Result<Option<Node>, A::Error> {
        let mut elements = Vec::new();
        while let Some(element) = sequence.next_element_seed(self.inner()?)? {
            // The encoder knows what is expected in place of nothing, and on which path.
            elements.push(element.unwrap_or(Node::Leaf(Value::Null)));
        }
        Ok(Some(Node::Sequence(elements)))
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Option<Node>, A::Error> {
        let mut fields = Fields::default();
        let mut seen = BTreeSet::new();
        while let Some(field) = map.next_key_seed(NameSeed(&mut *self.names))? {
            let name = self.names.text(field);
            let is_name = NameKey::of(name).is_some();
            let is_repeated = if is_name { fields.name.is_some() } else { !seen.insert(field) };
            if is_repeated {
                return Err(repeated(name));
            }
            if is_name {
                fields.name = Some(map.next_value_seed(NameSeed(&mut *self.names))?);
            } else if name == NUMBER_KEY {
                return map.next_value_seed(Digits).map(|number| Some(Node::Leaf(of_plain(number))));
            } else {
                let value = map.next_value_seed(self.inner()?)?;
                fields.fields.push((field, value.unwrap_or(Node::Leaf(Value::Null))));
            }
        }
        Ok(Some(Node::Map(fields)))
    }
}

/// Reads a name.
pub(super) struct NameSeed<'n>(pub(super) &'n mut Names);

impl<'de> DeserializeSeed<'de> for NameSeed<'_> {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for NameSeed<'_> {
    type Value = usize;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<usize, E> {
        Ok(self.0.position(name))
    }
}

/// Returns whether a key is that of a number in digits.
pub(super) fn is_number(key: &str) -> bool {
    key == NUMBER_KEY
}

/// A whole number that is not negative.
pub(super) fn of_unsigned(value: u64) -> Plain<'static> {
    i64::try_from(value).map_or(Plain::Huge(value), Plain::Whole)
}

/// A value without parts for the walker.
pub(super) fn of_plain(value: Plain<'_>) -> Value<'static> {
    match value {
        Plain::Bool(value) => Value::Bool(value),
        Plain::Whole(value) => Value::Long(value),
        // It is not a number of any type; as a text it is shown in full.
        Plain::Huge(value) => Value::String(value.to_string()),
        Plain::Double(value) => Value::Double(value),
        Plain::Float(value) => Value::Float(value),
        Plain::Text(value) => Value::String(value.to_owned()),
        Plain::Bytes(value) => Value::Bytes(value.to_owned()),
        Plain::Null | Plain::Vector | Plain::Object => Value::Null,
    }
}

/// Reads a number in digits.
pub(super) struct Digits;

impl<'de> DeserializeSeed<'de> for Digits {
    type Value = Plain<'static>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Plain<'static>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Digits {
    type Value = Plain<'static>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a number in digits")
    }

    fn visit_str<E: Error>(self, digits: &str) -> Result<Plain<'static>, E> {
        let whole = digits.parse().map(Plain::Whole).or_else(|_| digits.parse().map(Plain::Huge));
        whole.or_else(|_| digits.parse().map(Plain::Double)).map_err(E::custom)
    }
}
