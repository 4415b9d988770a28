//! Values of one layer as the bytes of another one.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use super::super::builtin::Builtin;
use super::super::codes;
use super::super::path::{Path, Step};
use super::super::record::Record;
use super::CodeRule;
use super::error::{Reason, Stop};
use super::format::Parts;
use super::loss::{Loss, LossKind, Policy};
use super::plan::Plan;
use super::tree::{Content, Node};
use crate::{BOOL_FALSE_ID, BOOL_TRUE_ID, VECTOR_ID, Writer};

/// The outcome for a part of a value.
pub(super) type Fate<T = ()> = Result<T, Box<Stop>>;

/// No node.
pub(super) const NONE: u32 = u32::MAX;

/// A conversion that is under way.
pub(super) struct Conversion<'c, 't> {
    pub(super) parts: Parts<'t>,
    pub(super) bytes: &'c [u8],
    pub(super) nodes: &'c [Node],
    /// The layer that is wanted.
    pub(super) target: u32,
    pub(super) policy: Policy,
    pub(super) rules: &'c [&'c dyn CodeRule],
    pub(super) out: Vec<u8>,
    /// How much may still be written, what is taken back included.
    pub(super) work_left: usize,
    /// The plans that were made, and for which constructors, types and new constructors.
    pub(super) plans: Vec<Plan<'t>>,
    pub(super) known: BTreeMap<(u32, u32, Option<u32>), Option<usize>>,
    /// For the objects that have begun: the node of each old field.
    pub(super) scratch: Vec<u32>,
    pub(super) path: Vec<Place>,
    pub(super) losses: Vec<Loss>,
}

/// One step inwards: the field of a name, by its offset among the texts, or an element.
#[derive(Clone, Copy)]
pub(super) enum Place {
    Field(u32),
    Element(u32),
}

/// A value that an expression found.
#[derive(Clone, Copy)]
pub(super) enum Operand {
    Node(u32),
    /// A number of a vector of numbers.
    Number(Builtin, u32),
    /// A `true` that is there.
    True,
}

/// The places of what was written, so that it can be taken back.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    out: usize,
    scratch: usize,
    path: usize,
    losses: usize,
}

impl<'c, 't> Conversion<'c, 't> {
    pub(super) fn mark(&self) -> Mark {
        let (out, scratch) = (self.out.len(), self.scratch.len());
        Mark { out, scratch, path: self.path.len(), losses: self.losses.len() }
    }

    /// Takes back everything since a mark.
    pub(super) fn back_to(&mut self, mark: Mark) {
        self.out.truncate(mark.out);
        self.scratch.truncate(mark.scratch);
        self.path.truncate(mark.path);
        self.losses.truncate(mark.losses);
    }

    pub(super) fn put(&mut self, bytes: &[u8]) -> Fate {
        let Some(left) = self.work_left.checked_sub(bytes.len()) else { return self.stop(Reason::TooMuch) };
        self.work_left = left;
        self.out.extend_from_slice(bytes);
        Ok(())
    }

    pub(super) fn put_word(&mut self, word: u32) -> Fate {
        self.put(&word.to_le_bytes())
    }

    pub(super) fn node(&self, at: u32) -> Fate<Node> {
        self.sure(self.nodes.get(at as usize).copied())
    }

    /// A part that the history must have.
    pub(super) fn sure<T>(&self, found: Option<T>) -> Fate<T> {
        match found {
            Some(found) => Ok(found),
            None => self.stop(Reason::Damaged),
        }
    }

    #[cold]
    pub(super) fn stop<T>(&self, reason: Reason) -> Fate<T> {
        Err(Box::new(Stop { reason, path: self.path_text(), combinator: None }))
    }

    /// The way to where the conversion is.
    pub(super) fn path_text(&self) -> String {
        let mut path = Path::default();
        let root = self.nodes.first().and_then(|it| match it.content {
            Content::Object { combinator, .. } => self.parts.table.combinator_at(combinator)?.name(),
            _ => None,
        });
        path.begin(root.unwrap_or_default());
        for place in &self.path {
            path.push(match *place {
                Place::Field(name) => Step::Field(self.parts.table.text_bytes(name).unwrap_or(b"?")),
                Place::Element(index) => Step::Element(index as usize),
            });
        }
        String::from(&path)
    }

    pub(super) fn lose(&mut self, kind: LossKind) -> Fate {
        let path = self.path_text();
        let Some(left) = self.work_left.checked_sub(path.len()) else { return self.stop(Reason::TooMuch) };
        self.work_left = left;
        self.losses.push(Loss { path, kind });
        Ok(())
    }

    /// Reports a loss in a field.
    pub(super) fn lose_in(&mut self, name: u32, kind: LossKind) -> Fate {
        self.path.push(Place::Field(name));
        let lost = self.lose(kind);
        self.path.pop();
        lost
    }

    pub(super) fn bytes_of(&self, node: &Node) -> Fate<&'c [u8]> {
        self.sure(self.bytes.get(node.start as usize..node.end as usize))
    }

    /// Writes a value where another type is wanted.
    pub(super) fn value(&mut self, at: u32, wanted: Record) -> Fate {
        let node = self.node(at)?;
        match node.content {
            Content::Scalar(builtin) => {
                let bytes = self.bytes_of(&node)?;
                self.scalar(builtin, bytes, wanted)
            }
            Content::Number(number) if wanted.code() == codes::NAT => self.put_word(number),
            Content::Number(number) => self.scalar(Builtin::Nat, &number.to_le_bytes(), wanted),
            Content::Object { .. } => self.object(at, &node, wanted),
            Content::Vector { .. } | Content::Numbers { .. } => self.vector(at, &node, wanted),
        }
    }

    /// Writes an element or a field that an expression found.
    pub(super) fn operand(&mut self, operand: Operand, wanted: Record) -> Fate {
        match operand {
            Operand::Node(at) => self.value(at, wanted),
            Operand::Number(builtin, start) => {
                let bytes = self.number_at(builtin, start)?;
                self.scalar(builtin, bytes, wanted)
            }
            Operand::True if wanted.code() == codes::TRUE => Ok(()),
            Operand::True => self.scalar(Builtin::Bool, &BOOL_TRUE_ID.to_le_bytes(), wanted),
        }
    }

    pub(super) fn number_at(&self, builtin: Builtin, start: u32) -> Fate<&'c [u8]> {
        let from = self.sure(self.bytes.get(start as usize..))?;
        self.sure(from.get(..builtin.least_length()))
    }

    /// Writes a value without parts.
    fn scalar(&mut self, builtin: Builtin, bytes: &[u8], wanted: Record) -> Fate {
        let wanted = match wanted.code() {
            codes::BOXED_BUILTIN => {
                self.put_word(wanted.b())?;
                self.sure(super::super::scope::boxed_builtin(wanted))?
            }
            _ => match wanted.builtin() {
                Some(wanted) => wanted,
                None => return self.stop(Reason::TypeChanged),
            },
        };
        if builtin == wanted {
            return self.put(bytes);
        }
        match self.widened(builtin, bytes, wanted) {
            Some(Wide::Number(bytes, length)) => self.put(bytes.get(..length).unwrap_or_default()),
            Some(Wide::Same) => self.put(bytes),
            None => self.stop(Reason::TypeChanged),
        }
    }

    /// A value of another built-in type, if it is the same value.
    fn widened(&self, builtin: Builtin, bytes: &[u8], wanted: Builtin) -> Option<Wide> {
        if (builtin, wanted) == (Builtin::String, Builtin::Bytes) {
            return Some(Wide::Same);
        }
        let whole = match builtin {
            Builtin::Int => i64::from(i32::from_le_bytes(bytes.try_into().ok()?)),
            Builtin::Nat => i64::from(u32::from_le_bytes(bytes.try_into().ok()?)),
            Builtin::Long => i64::from_le_bytes(bytes.try_into().ok()?),
            Builtin::Double => {
                let number = f64::from_le_bytes(bytes.try_into().ok()?);
                let whole = number as i64;
                // What does not fit is another number then.
                if whole as f64 != number || whole.unsigned_abs() > EXACT {
                    return None;
                }
                whole
            }
            Builtin::Float if wanted == Builtin::Double => {
                let number = f32::from_le_bytes(bytes.try_into().ok()?);
                return Some(Wide::Number(f64::from(number).to_le_bytes(), 8));
            }
            _ => return None,
        };
        whole_as(whole, wanted)
    }

    /// Writes a whole number as a built-in type.
    pub(super) fn whole(&mut self, whole: i64, wanted: Record) -> Fate {
        match wanted.builtin().and_then(|it| whole_as(whole, it)) {
            Some(Wide::Number(bytes, length)) => self.put(bytes.get(..length).unwrap_or_default()),
            _ => self.stop(Reason::TypeChanged),
        }
    }

    /// Writes a text.
    pub(super) fn text(&mut self, text: &str, wanted: Record) -> Fate {
        let Some(left) = self.work_left.checked_sub(text.len()) else { return self.stop(Reason::TooMuch) };
        self.work_left = left;
        match wanted.builtin() {
            Some(Builtin::String) => Writer::new(&mut self.out).write_string(text),
            Some(Builtin::Bytes) => Writer::new(&mut self.out).write_bytes(text.as_bytes()),
            _ => return self.stop(Reason::TypeChanged),
        }
        Ok(())
    }

    pub(super) fn truth(&mut self, truth: bool, wanted: Record) -> Fate {
        let id = if truth { BOOL_TRUE_ID } else { BOOL_FALSE_ID };
        match wanted.builtin() {
            Some(Builtin::Bool) => self.put_word(id),
            _ => self.stop(Reason::TypeChanged),
        }
    }

    /// Writes the beginning of a vector, and returns the type of its elements and the place of the count.
    pub(super) fn begin_vector(&mut self, wanted: Record) -> Fate<(Record, usize)> {
        match wanted.code() {
            codes::BOXED_VECTOR => self.put_word(VECTOR_ID)?,
            codes::BARE_VECTOR => {}
            codes::OBJECT | codes::CONSTRUCTOR => {
                self.put_word(VECTOR_ID)?;
                let count_at = self.out.len();
                self.put_word(0)?;
                return Ok((wanted, count_at));
            }
            _ => return self.stop(Reason::TypeChanged),
        }
        let element = self.sure(self.parts.table.record_at(wanted.a()))?;
        let count_at = self.out.len();
        self.put_word(0)?;
        Ok((element, count_at))
    }

    pub(super) fn patch_word(&mut self, at: usize, word: u32) {
        if let Some(bytes) = self.out.get_mut(at..).and_then(<[u8]>::first_chunk_mut) {
            *bytes = word.to_le_bytes();
        }
    }

    fn vector(&mut self, at: u32, node: &Node, wanted: Record) -> Fate {
        let (element, count_at) = self.begin_vector(wanted)?;
        let (builtin, count, boxed) = match node.content {
            Content::Numbers { element, count, boxed } => (element, count, boxed),
            _ => {
                let count = self.elements(at, node, element)?;
                self.patch_word(count_at, count);
                return Ok(());
            }
        };
        self.patch_word(count_at, count);
        let content = self.bytes_of(node)?.get(if boxed { 8 } else { 4 }..);
        let content = self.sure(content)?;
        if element.builtin() == Some(builtin) {
            return self.put(content);
        }
        for (index, number) in content.chunks_exact(builtin.least_length()).enumerate() {
            self.path.push(Place::Element(index as u32));
            self.scalar(builtin, number, element)?;
            self.path.pop();
        }
        Ok(())
    }

    /// Writes the elements of a vector, and returns how many.
    fn elements(&mut self, at: u32, node: &Node, element: Record) -> Fate<u32> {
        let mut count = 0;
        let mut next = at.saturating_add(1);
        while next < node.next {
            let mark = self.mark();
            let place = self.node(next)?;
            self.path.push(Place::Element(place.place));
            match self.value(next, element) {
                Ok(()) => count += 1,
                Err(stop) if self.policy.leave_out && stop.reason.is_about_value() => {
                    self.back_to(mark);
                    self.path.push(Place::Element(place.place));
                    self.lose(LossKind::Dropped)?;
                }
                Err(stop) => return Err(stop),
            }
            self.path.pop();
            next = place.next.max(next.saturating_add(1));
        }
        Ok(count)
    }

    /// Writes a value of a constructor.
    fn object(&mut self, at: u32, node: &Node, wanted: Record) -> Fate {
        let Content::Object { combinator, boxed, current, guessed } = node.content else {
            return self.stop(Reason::Damaged);
        };
        if guessed {
            self.lose(LossKind::Guess)?;
        }
        let entry = self.sure(self.parts.table.entry_at(combinator))?;
        let constructed = self.sure(entry.constructed())?;
        let (ty, bare) = match wanted.code() {
            codes::BOXED => (wanted.a(), None),
            codes::OBJECT | codes::CONSTRUCTOR => (constructed, None),
            codes::BARE => {
                let entry = self.sure(self.parts.table.entry_at(wanted.a()))?;
                (self.sure(entry.constructed())?, Some(wanted.a()))
            }
            _ => return self.stop_at(combinator, Reason::TypeChanged),
        };
        if current && constructed == ty && boxed == bare.is_none() && bare.is_none_or(|it| it == combinator) {
            let bytes = self.bytes_of(node)?;
            return self.put(bytes);
        }
        let mark = self.mark();
        let done = self.changed(at, combinator, ty, bare);
        match done {
            Err(stop) if bare.is_none() && self.policy.substitute && stop.reason.is_about_value() => {
                let Some(substitute) = self.substitute(ty) else { return Err(stop) };
                self.back_to(mark);
                self.lose(LossKind::Substituted)?;
                let plan = self.plan_of_substitute(combinator, substitute)?;
                self.constructor(at, combinator, plan, true)
            }
            done => done,
        }
    }

    /// Writes a value of a constructor that is not as it was.
    fn changed(&mut self, at: u32, combinator: u32, ty: u32, bare: Option<u32>) -> Fate {
        if !self.rules.is_empty() && bare.is_none() && self.by_code(at, combinator, ty)? {
            return Ok(());
        }
        match self.plan_for(combinator, ty, bare)? {
            Some(plan) => self.constructor(at, combinator, plan, bare.is_none()),
            None => self.stop_at(combinator, Reason::NoConstructor { wanted: self.name_of_type(ty) }),
        }
    }

    /// The constructor of a type in the wanted layer that has the name of an old one.
    pub(super) fn counterpart(&self, combinator: u32, ty: u32) -> Option<u32> {
        let table = &self.parts.table;
        let is_wanted = |position: u32| {
            self.parts.is_in(position, self.target)
                && table.entry_at(position).is_some_and(|it| it.constructed() == Some(ty))
        };
        if is_wanted(combinator) {
            return Some(combinator);
        }
        let name = table.combinator_at(combinator)?.name()?;
        table.find_by_name(name).map(|it| it.position()).find(|&it| is_wanted(it))
    }

    /// The constructor of a type that tells that there is nothing, or nothing that the layer knows.
    fn substitute(&self, ty: u32) -> Option<u32> {
        let table = &self.parts.table;
        let positions = || table.type_at(ty).into_iter().flat_map(|it| it.positions());
        let is_called = |position: u32, end: &str| {
            let name = table.combinator_at(position).and_then(|it| it.name());
            name.is_some_and(|name| name.ends_with(end)) && self.parts.is_in(position, self.target)
        };
        let ends = ["Unsupported", "Empty", "Unknown", "Other"];
        ends.iter().find_map(|end| positions().find(|&it| is_called(it, end)))
    }

    /// Lets code write a value.
    fn by_code(&mut self, at: u32, combinator: u32, ty: u32) -> Fate<bool> {
        let node = self.node(at)?;
        let table = self.parts.table;
        let old = self.sure(table.combinator_at(combinator))?;
        let wanted = self.sure(table.type_at(ty).and_then(|it| it.name()))?;
        let rules = self.rules;
        let mut rules = rules.iter().filter(|it| it.id() == old.id() && it.wanted() == wanted);
        let Some(rule) = rules.next() else { return Ok(false) };
        let bytes = self.bytes_of(&node)?;
        let Content::Object { boxed: true, .. } = node.content else { return Ok(false) };
        let Some(new) = rule.apply(bytes, self.target) else { return Ok(false) };
        self.lose(LossKind::Rule)?;
        self.put(&new)?;
        Ok(true)
    }

    /// Writes a value as one of a constructor of the wanted layer.
    fn constructor(&mut self, at: u32, old: u32, plan: usize, boxed: bool) -> Fate {
        let Plan { id, reported, .. } = *self.sure(self.plans.get(plan))?;
        if let Some(kind) = reported {
            self.lose(kind)?;
        }
        if boxed {
            self.put_word(id)?;
        }
        let scratch = self.scratch.len();
        let done = self.by_plan(at, plan);
        self.scratch.truncate(scratch);
        done.map_err(|mut stop| {
            stop.combinator.get_or_insert(old);
            stop
        })
    }

    #[cold]
    fn stop_at<T>(&self, combinator: u32, reason: Reason) -> Fate<T> {
        Err(Box::new(Stop { reason, path: self.path_text(), combinator: Some(combinator) }))
    }

    pub(super) fn name_of_type(&self, ty: u32) -> String {
        String::from(self.parts.table.type_at(ty).and_then(|it| it.name()).unwrap_or("?"))
    }
}

/// Whole numbers up to this are the same as a `double`.
const EXACT: u64 = 1 << 53;

/// A value of another built-in type.
enum Wide {
    Number([u8; 8], usize),
    /// The bytes are the same.
    Same,
}

/// A whole number as a built-in type, if it fits.
fn whole_as(whole: i64, wanted: Builtin) -> Option<Wide> {
    let short = |bytes: [u8; 4]| {
        let [a, b, c, d] = bytes;
        Wide::Number([a, b, c, d, 0, 0, 0, 0], 4)
    };
    match wanted {
        Builtin::Int => i32::try_from(whole).ok().map(|it| short(it.to_le_bytes())),
        Builtin::Nat => u32::try_from(whole).ok().map(|it| short(it.to_le_bytes())),
        Builtin::Long => Some(Wide::Number(whole.to_le_bytes(), 8)),
        Builtin::Double if whole.unsigned_abs() <= EXACT => Some(Wide::Number((whole as f64).to_le_bytes(), 8)),
        _ => None,
    }
}
