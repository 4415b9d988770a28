//! Old bytes as a tree of places, which a walk by the table of all layers makes.

use alloc::vec::Vec;

use super::super::builtin::Builtin;
use super::super::codes;
use super::super::error::DecodeFault;
use super::super::operations::Begun;
use super::super::path::Step;
use super::super::record::{Record, Role, Type};
use super::super::value::MEMORY_FACTOR;
use super::super::walk::{Done, OpenElements, OpenObject, Walk};
use super::format::Parts;
use crate::{DecodeErrorKind, FREE_MEMORY, ReadOptions, VECTOR_ID};

/// A value and where it is. The nodes inside of it follow it.
#[derive(Clone, Copy)]
pub(super) struct Node {
    pub(super) content: Content,
    /// Where its bytes begin and end.
    pub(super) start: u32,
    pub(super) end: u32,
    /// The node after the last one inside of it.
    pub(super) next: u32,
    /// Which record of its object it is; or of its vector, which element.
    pub(super) place: u32,
}

/// The kinds of nodes.
#[derive(Clone, Copy)]
pub(super) enum Content {
    /// A value without parts.
    Scalar(Builtin),
    /// The number in a field that is not a value like others.
    Number(u32),
    Object {
        /// The position of the combinator.
        combinator: u32,
        /// `true` if the bytes begin with its id.
        boxed: bool,
        /// `true` if it has the same bytes in the layer that is wanted, with all that is inside.
        current: bool,
        /// `true` if its id has several meanings of which one was chosen without knowing.
        guessed: bool,
    },
    Vector {
        count: u32,
        current: bool,
    },
    /// A vector of numbers: there are no nodes inside.
    Numbers {
        element: Builtin,
        count: u32,
        boxed: bool,
    },
}

/// The nodes of a value, the outermost first.
pub(super) struct Tree<'t> {
    pub(super) nodes: Vec<Node>,
    parts: Parts<'t>,
    /// The layer of the bytes, if it is known.
    layer: Option<u32>,
    /// The layer that is wanted.
    target: u32,
    memory_left: usize,
    ratio: u32,
    /// `true` if the number that was noted last has bits that the layout does not know.
    has_unknown_bits: bool,
}

impl<'t> Tree<'t> {
    pub(super) fn new(parts: Parts<'t>, bytes: &[u8], layer: Option<u32>, target: u32, options: ReadOptions) -> Self {
        let ratio = options.max_memory_ratio;
        let for_all = bytes.len().saturating_mul(ratio as usize).saturating_mul(MEMORY_FACTOR);
        Self {
            nodes: Vec::new(),
            parts,
            layer,
            target,
            memory_left: for_all.max(FREE_MEMORY),
            ratio,
            has_unknown_bits: false,
        }
    }

    /// Notes that a value begins, and returns its place.
    fn open(&mut self, content: Content, place: u32, start: usize) -> Result<usize, DecodeFault> {
        let nodes = &mut self.nodes;
        if nodes.len() == nodes.capacity() {
            let more = nodes.len().max(16);
            let bytes = more.saturating_mul(size_of::<Node>());
            let limit = DecodeFault::Bytes(DecodeErrorKind::MemoryLimit { ratio: self.ratio });
            self.memory_left = self.memory_left.checked_sub(bytes).ok_or(limit)?;
            nodes.reserve_exact(more);
        }
        let start = u32::try_from(start).map_err(|_| DecodeFault::TooManyValues)?;
        let at = nodes.len();
        nodes.push(Node { content, start, end: start, next: 0, place });
        Ok(at)
    }

    /// Notes where a value ends.
    fn close(&mut self, at: usize, end: usize) -> Result<(), DecodeFault> {
        let next = u32::try_from(self.nodes.len()).map_err(|_| DecodeFault::TooManyValues)?;
        let end = u32::try_from(end).map_err(|_| DecodeFault::TooManyValues)?;
        if let Some(node) = self.nodes.get_mut(at) {
            node.end = end;
            node.next = next;
        }
        Ok(())
    }

    fn is_current(&self, at: usize) -> bool {
        self.nodes.get(at).is_some_and(|node| match node.content {
            Content::Scalar(_) | Content::Number(_) | Content::Numbers { .. } => true,
            Content::Object { current, .. } | Content::Vector { current, .. } => current,
        })
    }

    fn set_current(&mut self, at: usize, is_current: bool) {
        if let Some(node) = self.nodes.get_mut(at)
            && let Content::Object { current, .. } | Content::Vector { current, .. } = &mut node.content
        {
            *current &= is_current;
        }
    }

    /// The meaning of an id that has several: that of the layer of the bytes, or the newest that knows all `bits` that are set.
    /// Returns whether it was chosen without knowing.
    fn meaning(&self, position: u32, bits: Option<u32>) -> (u32, bool) {
        let Some(combinator) = self.parts.table.combinator_at(position) else { return (position, false) };
        let meanings = || self.parts.table.find_by_id(combinator.id()).map(|it| it.position());
        if let Some(known) = self.layer.and_then(|layer| meanings().find(|&it| self.parts.is_in(it, layer))) {
            return (known, false);
        }
        let bits = bits.unwrap_or_default();
        let mut possible = meanings().filter(|&it| self.flags_of(it) & bits == bits);
        let Some(newest) = possible.next() else { return (position, false) };
        (newest, self.parts.has_several_meanings(newest) && possible.any(|it| !self.are_same(newest, it, bits)))
    }

    fn records(&self, position: u32) -> impl Iterator<Item = Record> + use<'t> {
        let entry = self.parts.table.entry_at(position);
        let records = entry.map(|it| self.parts.table.records_of(it)).unwrap_or_default();
        records.iter().map(Record::read)
    }

    /// The bits that the first number of a combinator can have.
    fn flags_of(&self, position: u32) -> u32 {
        let first = self.records(position).find(|it| it.role() != Role::None);
        first.map_or(0, |it| if it.role() == Role::Flags { it.b() } else { u32::MAX })
    }

    /// Returns whether these bits mean the same to two combinators.
    fn are_same(&self, first: u32, second: u32, bits: u32) -> bool {
        let is_set = |it: &Record| it.code() == codes::TRUE && it.variable() == 0 && it.mask() & bits != 0;
        let names = |position| self.records(position).filter(is_set).map(|it| (it.name(), it.mask()));
        names(first).all(|it| names(second).any(|other| it == other)) && names(first).count() == names(second).count()
    }
}

impl<'t> Walk<'_, 't, '_> {
    /// Goes through a value and notes where everything is.
    pub(super) fn plant(&mut self, record: Record, scope: u32, place: u32, tree: &mut Tree<'t>) -> Done<'t> {
        let start = self.reader.position();
        let record = self.first_meaning(record);
        match self.begin(record, scope)? {
            Begun::Builtin(builtin) => {
                self.skip_builtin(builtin)?;
                let at = self.told(tree.open(Content::Scalar(builtin), place, start))?;
                self.planted(at, tree)
            }
            Begun::Bool(_) => {
                let at = self.told(tree.open(Content::Scalar(Builtin::Bool), place, start))?;
                self.planted(at, tree)
            }
            Begun::Object(object) => self.plant_object(record, object, place, start, tree),
            Begun::Elements(elements) => {
                let boxed = matches!(record.code(), codes::BOXED_VECTOR | codes::BOXED_TUPLE);
                self.plant_elements(boxed, &elements, place, start, tree)
            }
            Begun::Declared(_, builtin) => {
                self.skip_builtin(builtin)?;
                self.leave();
                let at = self.told(tree.open(Content::Scalar(builtin), place, start))?;
                self.planted(at, tree)
            }
        }
    }

    /// A value of any type has the first constructor with its id: the others have other meanings of it.
    fn first_meaning(&self, record: Record) -> Record {
        if record.code() != codes::CONSTRUCTOR {
            return record;
        }
        let found = self.reader.peek_id().and_then(|id| self.table.combinator(id));
        found.map_or(record, |it| it.boxed().record)
    }

    /// Goes through the outermost value. One of any type can be a vector of such values.
    pub(super) fn plant_outermost(&mut self, record: Record, scope: u32, tree: &mut Tree<'t>) -> Done<'t> {
        if record.code() != codes::CONSTRUCTOR || self.reader.peek_id() != Some(VECTOR_ID) {
            // The type can have had another name, or the value another type.
            let id = self.reader.peek_id().filter(|_| record.code() == codes::BOXED);
            let is_known = id.is_some_and(|id| self.table.combinator(id).is_some());
            return self.plant(if is_known { Type::OBJECT.record } else { record }, scope, 0, tree);
        }
        let start = self.reader.position();
        self.word()?;
        let count = self.reader.read_vector_len(codes::WORD);
        let count = self.checked(count)?;
        self.enter()?;
        self.plant_elements(true, &OpenElements { element: record, count, scope }, 0, start, tree)
    }

    fn plant_object(
        &mut self,
        record: Record,
        mut object: OpenObject<'t>,
        place: u32,
        start: usize,
        tree: &mut Tree<'t>,
    ) -> Done<'t> {
        let mut guessed = false;
        if tree.parts.shares_id(object.position) {
            let is_first = object.rest.as_slice().first().is_some_and(|it| Record::read(it).role() != Role::None);
            (object.position, guessed) = tree.meaning(object.position, self.reader.peek_id().filter(|_| is_first));
            let entry = self.sure(self.table.entry_at(object.position))?;
            object.rest = self.table.records_of(entry).iter();
        }
        let combinator = object.position;
        let current = tree.parts.is_in(combinator, tree.target);
        let content = Content::Object { combinator, boxed: record.code() != codes::BARE, current, guessed };
        let at = self.told(tree.open(content, place, start))?;
        let all = object.rest.len();
        let mut is_current = true;
        while let Some(record) = self.next_field(&mut object)? {
            if record.code() == codes::TRUE {
                continue;
            }
            let place = (all - object.rest.len()).saturating_sub(1);
            let inner = tree.nodes.len();
            let done = self.plant_field(record, &mut object, place as u32, tree);
            if let Err(failure) = done {
                return Err(self.in_field(record, failure));
            }
            is_current &= tree.is_current(inner) && !core::mem::take(&mut tree.has_unknown_bits);
        }
        self.end_of_object(&object);
        tree.set_current(at, is_current);
        self.planted(at, tree)
    }

    fn plant_field(
        &mut self,
        record: Record,
        object: &mut OpenObject<'t>,
        place: u32,
        tree: &mut Tree<'t>,
    ) -> Done<'t> {
        if record.role() == Role::None {
            return self.plant(record, object.scope, place, tree);
        }
        let start = self.reader.position();
        let whole = self.reader.peek_id();
        let number = self.number(record, object)?;
        // Bits that this layout does not know are not handed on.
        if whole != Some(number) {
            tree.has_unknown_bits = true;
        }
        let at = self.told(tree.open(Content::Number(number), place, start))?;
        self.planted(at, tree)
    }

    fn plant_elements(
        &mut self,
        boxed: bool,
        elements: &OpenElements,
        place: u32,
        start: usize,
        tree: &mut Tree<'t>,
    ) -> Done<'t> {
        let OpenElements { element, count, scope } = *elements;
        let many = self.told(u32::try_from(count).map_err(|_| DecodeFault::TooManyValues))?;
        if let Some(builtin) = element.builtin()
            && element.is_any_bytes()
        {
            // The number was checked against the bytes that are left.
            self.reader.read_raw(builtin.least_length().saturating_mul(count));
            self.checked(())?;
            self.leave();
            let content = Content::Numbers { element: builtin, count: many, boxed };
            let at = self.told(tree.open(content, place, start))?;
            return self.planted(at, tree);
        }
        let at = self.told(tree.open(Content::Vector { count: many, current: true }, place, start))?;
        let mut is_current = true;
        for index in 0..many {
            let inner = tree.nodes.len();
            if let Err(failure) = self.plant(element, scope, index, tree) {
                return Err(failure.within(Step::Element(index as usize)));
            }
            is_current &= tree.is_current(inner);
        }
        self.leave();
        tree.set_current(at, is_current);
        self.planted(at, tree)
    }

    fn planted(&self, at: usize, tree: &mut Tree<'t>) -> Done<'t> {
        self.told(tree.close(at, self.reader.position()))
    }

    fn told<T>(&self, result: Result<T, DecodeFault>) -> Done<'t, T> {
        match result {
            Ok(value) => Ok(value),
            Err(fault) => self.fail(fault),
        }
    }
}
