//! The types that a step of a path can meet.

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use super::super::codes;
use super::super::combinator::{Combinator, Kind};
use super::super::record::{Record, Type};
use super::super::table::Table;

/// So many types a step may meet. No schema needs nearly as many; one can be made in which their number doubles with each step.
const MAX_TYPES: usize = 1 << 14;
/// So many type arguments are followed, one to the next.
const MAX_ARGUMENTS: usize = 256;
/// So many names of types are written in a message.
const SHOWN_TYPES: usize = 3;

/// The arguments of a combinator, and the arguments of the one around it: a position among [`Types::arguments`].
pub(super) type Scope = usize;

/// The scope without arguments.
pub(super) const WITHOUT: Scope = 0;

/// A type in the scope that it was written in.
#[derive(Clone, Copy, Debug)]
struct Scoped {
    record: Record,
    scope: Scope,
}

/// The types of which a value can be at some place of a path.
pub(super) struct Types<'t> {
    table: Table<'t>,
    all: Vec<Scoped>,
    known: BTreeSet<(u8, u32, u32, Scope)>,
    /// `true` if types can be met that nothing tells, such as the result of a call.
    pub(super) are_unknown: bool,
}

/// Lists of arguments, each with the scope that it was written in.
pub(super) struct Arguments(Vec<(u32, Scope)>);

impl Arguments {
    pub(super) fn new() -> Self {
        Self(Vec::from([(0, WITHOUT)]))
    }

    /// The scope of a list of arguments that is written in another one.
    fn scope(&mut self, list: u32, outer: Scope) -> Scope {
        if list == 0 {
            return WITHOUT;
        }
        if let Some(found) = self.0.iter().position(|it| *it == (list, outer)) {
            return found;
        }
        self.0.push((list, outer));
        self.0.len() - 1
    }
}

/// A combinator in the scope of its arguments.
pub(super) type Constructor<'t> = (Combinator<'t>, Scope);

impl<'t> Types<'t> {
    pub(super) fn new(table: Table<'t>) -> Self {
        Self { table, all: Vec::new(), known: BTreeSet::new(), are_unknown: false }
    }

    pub(super) fn table(&self) -> Table<'t> {
        self.table
    }

    /// Adds a type; what a parameter is bound to in place of the parameter.
    pub(super) fn add(&mut self, mut record: Record, mut scope: Scope, arguments: &Arguments) {
        for _ in 0..MAX_ARGUMENTS {
            if record.code() != codes::PARAMETER {
                return self.insert(Scoped { record, scope });
            }
            let bound = arguments.0.get(scope).and_then(|&(list, outer)| {
                let argument = self.table.list(list)?.get(record.a() as usize)?;
                Some((Record::read(argument), outer))
            });
            match bound {
                Some((argument, outer)) if argument.nat().is_none() => (record, scope) = (argument, outer),
                _ => break,
            }
        }
        self.are_unknown = true;
    }

    fn insert(&mut self, ty: Scoped) {
        let Scoped { record, scope } = ty;
        if record.code() == codes::OUTPUT || self.all.len() >= MAX_TYPES {
            self.are_unknown = true;
        } else if self.known.insert(key(record, scope)) {
            self.all.push(ty);
        }
    }

    /// The types of the elements of all vectors among them.
    pub(super) fn elements(&self, arguments: &Arguments) -> Self {
        let mut elements = Self { are_unknown: self.are_unknown, ..Self::new(self.table) };
        for Scoped { record, scope } in &self.all {
            if let Some(element) = element_of(&self.table, *record) {
                elements.add(element, *scope, arguments);
            }
        }
        elements
    }

    /// Returns whether a value can have elements.
    pub(super) fn have_elements(&self) -> bool {
        self.are_unknown || self.all.iter().any(|ty| element_of(&self.table, ty.record).is_some())
    }

    /// All combinators of which a value can be.
    pub(super) fn constructors(&self, arguments: &mut Arguments) -> Vec<Constructor<'t>> {
        let mut found = Vec::new();
        for Scoped { record, scope } in &self.all {
            match record.code() {
                codes::BOXED => {
                    let scope = arguments.scope(record.b(), *scope);
                    let positions = self.table.type_at(record.a()).into_iter().flat_map(|ty| ty.positions());
                    found.extend(positions.filter_map(|it| self.table.combinator_at(it)).map(|it| (it, scope)));
                }
                codes::BARE => {
                    let scope = arguments.scope(record.b(), *scope);
                    found.extend(self.table.combinator_at(record.a()).map(|it| (it, scope)));
                }
                codes::IDENTIFIED => found.extend(self.table.combinator_at(record.a()).map(|it| (it, WITHOUT))),
                codes::OBJECT => found.extend(self.that_stand_alone(|_| true)),
                codes::CONSTRUCTOR => found.extend(self.that_stand_alone(|it| !it.is_function())),
                codes::CALL | codes::FUNCTION => found.extend(self.that_stand_alone(|it| it.is_function())),
                _ => {}
            }
        }
        if self.are_unknown {
            found.extend(self.every_combinator(|_| true));
        }
        found
    }

    fn that_stand_alone(&self, is_it: impl Fn(&Combinator<'t>) -> bool) -> impl Iterator<Item = Constructor<'t>> {
        self.every_combinator(move |it| it.stands_alone() && is_it(it))
    }

    fn every_combinator(&self, is_it: impl Fn(&Combinator<'t>) -> bool) -> impl Iterator<Item = Constructor<'t>> {
        let table = self.table;
        let all = (0..table.combinator_count()).filter_map(move |position| table.combinator_at(position));
        all.filter(is_it).map(|it| (it, WITHOUT))
    }

    /// Returns whether a value can be of a built-in type that stands for any type: an object with the field `value`.
    pub(super) fn have_declared(&self) -> bool {
        self.are_unknown || self.all.iter().any(|ty| matches!(ty.record.code(), codes::OBJECT | codes::CONSTRUCTOR))
    }

    /// The types for people: `Update`, `Message or Vector<User>`.
    pub(super) fn text(&self) -> String {
        let mut names = BTreeSet::new();
        for ty in self.all.iter().take(MAX_TYPES) {
            if names.len() > SHOWN_TYPES {
                break;
            }
            names.insert(self.table.text_of(Type::of(ty.record)));
        }
        let mut text = String::new();
        let count = names.len();
        for (position, name) in names.into_iter().enumerate() {
            match position {
                0 => {}
                SHOWN_TYPES => {
                    text.push_str(" or another type");
                    break;
                }
                _ if position + 1 == count => text.push_str(" or "),
                _ => text.push_str(", "),
            }
            text.push_str(&name);
        }
        if text.is_empty() { String::from("the value") } else { text }
    }
}

/// The parts by which types differ.
fn key(record: Record, scope: Scope) -> (u8, u32, u32, Scope) {
    match record.code() {
        codes::NAT..=codes::TRUE => (record.code(), 0, 0, WITHOUT),
        codes::CALL | codes::FUNCTION => (codes::FUNCTION, 0, 0, WITHOUT),
        code => (code, record.a(), record.b(), scope),
    }
}

/// The type of the elements of a vector or tuple.
fn element_of(table: &Table<'_>, record: Record) -> Option<Record> {
    match record.code() {
        codes::BARE_VECTOR | codes::BOXED_VECTOR => table.record_at(record.a()),
        codes::TUPLE | codes::BOXED_TUPLE => table.record_at(record.a().checked_add(1)?),
        _ => None,
    }
}

/// The fields of a combinator by their records, without those that only tell how long a run is.
pub(super) fn fields<'t>(combinator: &Combinator<'t>) -> impl Iterator<Item = Record> + use<'t> {
    let is_builtin = combinator.kind() == Kind::Builtin;
    let records = if is_builtin { &[] } else { combinator.records() };
    records.iter().map(Record::read).filter(|record| record.code() != codes::RUN)
}
