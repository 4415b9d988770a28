//! What a deserializer gives, whatever its type is.

use alloc::borrow::ToOwned;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use ::serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Unexpected, Visitor};
use ::serde::{Deserialize, Deserializer};

use crate::DEFAULT_MAX_DEPTH;
use crate::reflect::{Object, Value, levels};

/// How many values may be nested in one another: as many as can be encoded.
const MAX_LEVELS: u32 = levels(DEFAULT_MAX_DEPTH);

/// A value and the names in it, each of which is kept once.
pub(super) struct Tree {
    pub(super) names: Vec<String>,
    pub(super) root: Node,
}

/// A value that is not a type's yet.
pub(super) enum Node {
    /// A value without parts.
    Leaf(Value<'static>),
    Sequence(Vec<Node>),
    Map {
        /// The content of the field `_`: a position among the names.
        name: Option<usize>,
        /// Fields: positions among the names, and values.
        fields: Vec<(usize, Node)>,
    },
}

impl Node {
    /// The value for the walker.
    pub(super) fn into_value(self, names: &[String]) -> Value<'_> {
        let text = |position: usize| names.get(position).map_or("", String::as_str);
        match self {
            Self::Leaf(value) => value,
            Self::Sequence(elements) => Value::Vector(elements.into_iter().map(|it| it.into_value(names)).collect()),
            Self::Map { name, fields } => {
                let fields = fields.into_iter().map(|(field, value)| (text(field), value.into_value(names)));
                Object { name: name.map_or("", text), fields: fields.collect() }.into()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut names = Names::default();
        let seed = Seed { names: &mut names, levels_left: MAX_LEVELS };
        match seed.deserialize(deserializer)? {
            Some(root) => Ok(Self { names: names.list, root }),
            None => Err(Error::invalid_type(Unexpected::Unit, &"a value")),
        }
    }
}

/// The names so far.
#[derive(Default)]
struct Names {
    list: Vec<String>,
    positions: BTreeMap<String, usize>,
}

impl Names {
    fn position(&mut self, name: &str) -> usize {
        if let Some(position) = self.positions.get(name) {
            return *position;
        }
        let position = self.list.len();
        self.list.push(name.to_owned());
        self.positions.insert(name.to_owned(), position);
        position
    }
}

/// Reads one value; nothing if it is `null`.
struct Seed<'n> {
    names: &'n mut Names,
    levels_left: u32,
}

impl Seed<'_> {
    /// For a value inside.
    fn inner<E: Error>(&mut self) -> Result<Seed<'_>, E> {
        match self.levels_left.checked_sub(1) {
            Some(levels_left) => Ok(Seed { names: &mut *self.names, levels_left }),
            None => Err(E::custom(format!("nested deeper than {MAX_LEVELS} levels"))),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Option<Node>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<Node>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

fn leaf<E>(value: Value<'static>) -> Result<Option<Node>, E> {
    Ok(Some(Node::Leaf(value)))
}

impl<'de> Visitor<'de> for Seed<'_> {
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
        // What is too large for a `long` is no number of any type; as a text it is shown in full.
        leaf(i64::try_from(value).map_or_else(|_| Value::String(value.to_string()), Value::Long))
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
            match element {
                Some(element) => elements.push(element),
                // The encoder knows what is expected there, and on which path.
                None => elements.push(Node::Leaf(Value::Null)),
            }
        }
        Ok(Some(Node::Sequence(elements)))
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Option<Node>, A::Error> {
        let mut name = None;
        let mut fields = Vec::new();
        let mut seen = BTreeSet::new();
        while let Some(field) = map.next_key_seed(Key(&mut *self.names))? {
            let is_name = self.names.list.get(field).is_some_and(|it| it == "_");
            if !seen.insert(field) {
                let field = self.names.list.get(field).map_or("", String::as_str);
                return Err(Error::custom(format!("the field `{field}` is there twice")));
            }
            if is_name {
                name = Some(map.next_value_seed(Key(&mut *self.names))?);
            } else {
                let value = map.next_value_seed(self.inner()?)?;
                fields.push((field, value.unwrap_or(Node::Leaf(Value::Null))));
            }
        }
        Ok(Some(Node::Map { name, fields }))
    }
}

/// Reads a name.
struct Key<'n>(&'n mut Names);

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = usize;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<usize, E> {
        Ok(self.0.position(name))
    }
}
