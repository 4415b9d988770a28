//! Bytes of other layers: old ones are read as values of the newest layer, and values are written for older layers.
//!
//! A [`History`] is a table of all layouts of all published layers with rules for what changed. `typelang_build::Builder::history`
//! makes one beside the code of a schema, as `HISTORY` in the module `history`, which also has its functions.
//! [`History::decode`] tries the newest decoder first, so that bytes of the newest layer cost nothing more. Only an id that it
//! does not know, or a vector of elements that would be too short, leads to a walk through the bytes by the table of all layers. From that come bytes of the newest layer, and from these
//! the value.
//!
//! A field is found by its name. An `int` becomes a `long` or a `double`, a `Bool` a `true` that is there. A new field that must be
//! there is 0, empty or false, but only where nothing old is dropped: the truth may be in what is dropped. Everything else needs a
//! rule, and without one the bytes are refused. [`Upgraded::losses`] has everything that is not as it was.

mod convert;
mod error;
mod evaluate;
mod fields;
mod format;
mod layers;
mod loss;
mod plan;
mod program;
mod tree;
mod wanted;

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::fmt;
use core::ops::RangeInclusive;

use super::record::Type;
use super::scope::OUTERMOST;
use super::table::Table;
use super::walk::Walk;
use crate::{DecodeError, DecodeErrorKind, DecodeOwned, FREE_MEMORY, ReadOptions, Reader};
use convert::Conversion;
pub use error::{Error, NotConvertible, Reason};
use format::Parts;
pub use layers::Layers;
pub use loss::{Loss, LossKind, Policy};
use tree::{Content, Tree};
pub use wanted::Wanted;

/// All layers of a schema, as bytes that `typelang_build` makes.
#[derive(Clone, Copy)]
pub struct History {
    parts: Parts<'static>,
}

/// A value that was read from some layer.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Upgraded<T> {
    /// The value.
    pub value: T,
    /// The layers that have all of the bytes' constructors; the newest layer alone if its decoder read the bytes. Empty if no single
    /// layer has all of them.
    pub layers: RangeInclusive<u32>,
    /// The parts that are not as they were; empty if the bytes are of the newest layer.
    pub losses: Vec<Loss>,
}

/// Bytes of another layer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Transcoded {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The parts that are not as they were.
    pub losses: Vec<Loss>,
}

/// A rule in code, for what the rules of a history cannot express.
pub trait CodeRule {
    /// The id of the old constructor.
    fn id(&self) -> u32;

    /// The name of the wanted type: where a field of this type has the old constructor, the rule applies.
    fn wanted(&self) -> &str;

    /// Writes the value as one of the wanted type in `layer`, with its id. `old` is the value with its id. Without a value the rule does
    /// not apply.
    fn apply(&self, old: &[u8], layer: u32) -> Option<Vec<u8>>;
}

/// How bytes are read: the layer that they are of, limits, and rules in code.
#[derive(Clone, Copy, Default)]
#[non_exhaustive]
pub struct HistoryOptions<'r> {
    /// The layer of the bytes, if it is known: some ids have bits whose meaning depends on it.
    pub layer: Option<u32>,
    /// The limits, which hold for the old bytes as for the new ones.
    pub read: ReadOptions,
    /// Rules in code, before those of the history.
    pub rules: &'r [&'r dyn CodeRule],
}

impl<'r> HistoryOptions<'r> {
    /// The layer is not known, limits are as usual, and there are no rules in code.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The layer of the bytes.
    #[must_use]
    pub fn layer(self, layer: u32) -> Self {
        Self { layer: Some(layer), ..self }
    }

    /// The limits.
    #[must_use]
    pub fn read(self, read: ReadOptions) -> Self {
        Self { read, ..self }
    }

    /// Rules in code.
    #[must_use]
    pub fn rules(self, rules: &'r [&'r dyn CodeRule]) -> Self {
        Self { rules, ..self }
    }
}

impl fmt::Debug for History {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "History(to layer {})", self.parts.newest)
    }
}

impl History {
    /// A history that was generated together with the code that uses it. Nothing is checked; damaged bytes give errors where they
    /// are used, never a panic.
    #[must_use]
    pub const fn generated(bytes: &'static [u8]) -> Self {
        Self { parts: Parts::read(bytes) }
    }

    /// The newest layer.
    #[must_use]
    pub fn newest(&self) -> u32 {
        self.parts.newest
    }

    /// The layers that have a constructor with this id.
    #[must_use]
    pub fn layers_of(&self, id: u32) -> Option<Layers> {
        Layers::of(&self.parts, id)
    }

    /// The ids of all constructors of all layers, in ascending order.
    pub fn ids(&self) -> impl Iterator<Item = u32> + use<> {
        let [ids, ..] = self.parts.table.indexes();
        let mut last = None;
        ids.entries().map(|(id, _)| id).filter(move |&id| last.replace(id) != Some(id))
    }

    /// The ids of the constructors of one layer that are not built in.
    pub fn ids_of_layer(&self, layer: u32) -> impl Iterator<Item = u32> + use<> {
        let parts = self.parts;
        let all = parts.table.combinators().filter(move |it| parts.is_in(it.position(), layer));
        all.map(|it| it.id())
    }

    /// The name of the type that the constructor with an id constructs.
    #[must_use]
    pub fn type_of(&self, id: u32) -> Option<&'static str> {
        let constructed = self.parts.table.combinator(id)?.constructed()?;
        self.parts.table.type_at(constructed)?.name()
    }

    /// Returns whether the newest layer has a constructor of a type.
    #[must_use]
    pub fn has_type(&self, name: &str) -> bool {
        let Some(ty) = self.parts.table.type_named(name).and_then(|it| self.parts.table.type_at(it.record.a())) else {
            return false;
        };
        ty.positions().any(|it| self.parts.is_in(it, self.parts.newest))
    }

    /// Decodes a value of any layer: with the newest decoder, and if that does not know an id, by the layouts of all layers.
    ///
    /// # Errors
    ///
    /// Returns an error if the bytes are not a value of the type in any layer, or if part of the value cannot be one of the newest layer.
    pub fn decode<T: DecodeOwned + Wanted>(&self, bytes: &[u8]) -> Result<Upgraded<T>, Error> {
        self.decode_with(bytes, HistoryOptions::new())
    }

    /// Decodes a value of one layer, for bytes of which this is known: some ids have bits with another meaning in some layers.
    ///
    /// # Errors
    ///
    /// As [`decode`](Self::decode), and if the history does not have the layer.
    pub fn decode_at<T: DecodeOwned + Wanted>(&self, layer: u32, bytes: &[u8]) -> Result<Upgraded<T>, Error> {
        self.decode_with(bytes, HistoryOptions::new().layer(layer))
    }

    /// The same as [`decode`](Self::decode) with options.
    ///
    /// # Errors
    ///
    /// As [`decode`](Self::decode), and if the history does not have the layer of the options.
    pub fn decode_with<T: DecodeOwned + Wanted>(
        &self,
        bytes: &[u8],
        options: HistoryOptions<'_>,
    ) -> Result<Upgraded<T>, Error> {
        let newest = self.parts.newest;
        let wanted = T::wanted(self);
        if wanted.is_none() || options.layer.is_none_or(|layer| layer == newest) {
            match Reader::with_options(bytes, options.read).read_whole(T::decode) {
                Ok(value) => return Ok(Upgraded { value, layers: newest..=newest, losses: Vec::new() }),
                Err(error) if wanted.is_some() && is_unknown(&error) => {}
                Err(error) => return Err(Error::Value(error.located_in::<T>(bytes, options.read))),
            }
        }
        let wanted = wanted.ok_or(Error::UnknownType)?;
        let Upgraded { value: new, layers, losses } = self.convert(bytes, wanted, newest, options, Policy::refuse())?;
        let value = T::from_bytes_with(&new, options.read).map_err(Error::Value)?;
        Ok(Upgraded { value, layers, losses })
    }

    /// The bytes of the newest layer for a value of an older one. `ty` is the name of its type: `Message`, `Vector<Message>`, or the
    /// empty text for a value of any type. No decoder is tried before.
    ///
    /// # Errors
    ///
    /// As [`decode`](Self::decode), and if the history does not have the type or the layer of the options.
    pub fn upgrade(&self, bytes: &[u8], ty: &str, options: HistoryOptions<'_>) -> Result<Upgraded<Vec<u8>>, Error> {
        let wanted = self.type_named(ty).ok_or(Error::UnknownType)?;
        self.convert(bytes, wanted, self.parts.newest, options, Policy::refuse())
    }

    /// The table of the constructors of all layers: each id has its layout there. Several constructors have one name.
    #[must_use]
    pub fn table(&self) -> Table<'static> {
        self.parts.table
    }

    /// Writes a value of one layer as one of another. `ty` is the name of its type: `Message`, `Vector<Message>`, or the empty text
    /// for a value of any type.
    ///
    /// # Errors
    ///
    /// Returns an error if the type or a layer is not in the history, if the bytes are not a value of the type, or if a part of it
    /// cannot be one of the other layer and the policy has no place for it.
    pub fn transcode(&self, bytes: &[u8], ty: &str, from: u32, to: u32, policy: Policy) -> Result<Transcoded, Error> {
        let wanted = self.type_named(ty).ok_or(Error::UnknownType)?;
        let options = HistoryOptions::new().layer(from);
        let Upgraded { value: bytes, losses, .. } = self.convert(bytes, wanted, to, options, policy)?;
        Ok(Transcoded { bytes, losses })
    }

    /// Returns whether a layer is in the history.
    fn has_layer(&self, layer: u32) -> bool {
        let mut positions = 0..self.parts.table.combinator_count();
        layer != 0 && positions.any(|it| self.parts.is_in(it, layer))
    }

    fn type_named(&self, name: &str) -> Option<Type<'static>> {
        let table = &self.parts.table;
        match name.strip_prefix("Vector<").and_then(|it| it.strip_suffix('>')) {
            Some(element) => {
                table.type_named(element)?;
                Some(Type::OBJECT)
            }
            None if name.is_empty() => Some(Type::OBJECT),
            None => table.type_named(name),
        }
    }

    fn convert(
        &self,
        bytes: &[u8],
        wanted: Type<'static>,
        target: u32,
        options: HistoryOptions<'_>,
        policy: Policy,
    ) -> Result<Upgraded<Vec<u8>>, Error> {
        for layer in options.layer.into_iter().chain([target]) {
            if layer != self.parts.newest && !self.has_layer(layer) {
                return Err(Error::UnknownLayer(layer));
            }
        }
        let mut tree = Tree::new(self.parts, bytes, options.layer, target, options.read);
        let mut walk = Walk::new(&self.parts.table, bytes, options.read);
        let done = walk.plant_outermost(wanted.record, OUTERMOST, &mut tree);
        walk.finish(done).map_err(Error::Bytes)?;
        let allowed = bytes.len().saturating_mul(options.read.max_memory_ratio as usize).max(FREE_MEMORY);
        let mut conversion = Conversion {
            parts: self.parts,
            bytes,
            nodes: &tree.nodes,
            target,
            policy,
            rules: options.rules,
            out: Vec::with_capacity(bytes.len()),
            work_left: allowed,
            plans: Vec::new(),
            known: BTreeMap::new(),
            scratch: Vec::new(),
            path: Vec::new(),
            losses: Vec::new(),
        };
        if let Err(stop) = conversion.value(0, wanted.record) {
            return Err(Error::of(&self.parts, *stop, target));
        }
        let Conversion { out, losses, .. } = conversion;
        Ok(Upgraded { value: out, layers: self.layers_of_all(&tree), losses })
    }

    /// The layers that have all constructors of a value.
    fn layers_of_all(&self, tree: &Tree<'static>) -> RangeInclusive<u32> {
        let (mut first, mut last) = (0, self.parts.newest);
        for node in &tree.nodes {
            if let Content::Object { combinator, .. } = node.content {
                let mut ranges = self.parts.ranges(combinator);
                let (start, end) = ranges.next().unwrap_or_default();
                first = start.max(first);
                last = ranges.next_back().map_or(end, |it| it.1).min(last);
            }
        }
        first..=last
    }
}

/// Returns whether bytes of another layer give this error: an id that is not known; or more elements than there can be, since those
/// of another layer can be shorter.
fn is_unknown(error: &DecodeError) -> bool {
    matches!(error.kind(), DecodeErrorKind::UnknownConstructor { .. } | DecodeErrorKind::TooManyElements { .. })
}
