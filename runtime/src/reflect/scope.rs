//! What the variables of combinators stand for while values of them are read or written.

use alloc::vec::Vec;

use super::codes;
use super::record::{self, Condition, Nat, Record, Variable};
use super::table::Table;
use super::value::Object;

/// The variables of all values that have begun, one inside of another. The scope of a value is spoken of by its position.
pub(super) struct Scopes<'c, 't> {
    /// All but the outermost, so that values without variables take no memory.
    all: Vec<Scope<'c, 't>>,
    /// The numbers among the fields of all values, in slots.
    numbers: Vec<u32>,
}

/// The variables of one value: the arguments of its type, and the numbers among its fields.
#[derive(Clone, Copy)]
struct Scope<'c, 't> {
    arguments: &'t [record::Bytes],
    /// The scope of the value that the arguments were written in.
    outer: u32,
    /// The first slot.
    numbers: usize,
    /// The call whose result is read.
    call: Option<&'c Object<'t>>,
}

/// The scope of the outermost value, without variables.
pub(super) const OUTERMOST: u32 = 0;

/// What a parameter stands for.
#[derive(Clone, Copy)]
pub(super) enum Bound {
    Nat(u32),
    /// A type, and the scope that it was written in.
    Type(Record, u32),
    /// A number that is not known, since it makes no difference.
    Unknown,
}

impl<'c, 't> Scopes<'c, 't> {
    pub(super) fn new() -> Self {
        Self { all: Vec::new(), numbers: Vec::new() }
    }

    /// Begins a value: its arguments, the scope that they were written in, and how many slots its numbers take.
    #[inline]
    pub(super) fn enter(&mut self, arguments: &'t [record::Bytes], outer: u32, slots: usize) -> u32 {
        let numbers = self.numbers.len();
        if slots > 0 {
            // A field that is not there counts as 0.
            self.numbers.resize(numbers + slots, 0);
        }
        self.all.push(Scope { arguments, outer, numbers, call: None });
        self.all.len() as u32
    }

    /// Begins the result of a call.
    pub(super) fn enter_call(&mut self, call: &'c Object<'t>, slots: usize) -> u32 {
        let position = self.enter(&[], OUTERMOST, slots);
        if let Some(scope) = self.all.last_mut() {
            scope.call = Some(call);
        }
        position
    }

    /// Ends a value, and what began within it.
    #[inline]
    pub(super) fn leave(&mut self, scope: u32) {
        if let Some(numbers) = self.get(scope).map(|it| it.numbers) {
            self.numbers.truncate(numbers);
            self.all.truncate((scope as usize).saturating_sub(1));
        }
    }

    fn get(&self, scope: u32) -> Option<&Scope<'c, 't>> {
        match scope.checked_sub(1) {
            Some(position) => self.all.get(position as usize),
            None => Some(&Scope { arguments: &[], outer: OUTERMOST, numbers: 0, call: None }),
        }
    }

    /// The call whose result a scope is of.
    pub(super) fn call(&self, scope: u32) -> Option<&'c Object<'t>> {
        self.get(scope)?.call
    }

    /// Notes the value of a number.
    #[inline]
    pub(super) fn set(&mut self, scope: u32, slot: u32, value: u32) {
        let first = self.get(scope).map_or(0, |it| it.numbers);
        if let Some(number) = self.numbers.get_mut(first.saturating_add(slot as usize)) {
            *number = value;
        }
    }

    /// The numbers of a value that began last.
    pub(super) fn slots(&mut self, scope: u32) -> &mut [u32] {
        let first = self.get(scope).map_or(usize::MAX, |it| it.numbers);
        self.numbers.get_mut(first..).unwrap_or_default()
    }

    /// The value of a number.
    pub(super) fn number(&self, scope: u32, slot: u32) -> u32 {
        self.variable(scope, Variable::Slot(slot)).unwrap_or_default()
    }

    /// The argument at a position; nothing if the table is damaged.
    pub(super) fn argument(&self, scope: u32, position: u32) -> Option<Bound> {
        let Scope { arguments, outer, .. } = *self.get(scope)?;
        let record = Record::read(arguments.get(position as usize)?);
        Some(match record.nat() {
            Some(nat) => self.nat(outer, nat).map_or(Bound::Unknown, Bound::Nat),
            None => Bound::Type(record, outer),
        })
    }

    /// The value of a variable; nothing if a parameter is not known.
    #[inline]
    fn variable(&self, scope: u32, variable: Variable) -> Option<u32> {
        match variable {
            Variable::Slot(slot) => {
                let first = self.get(scope)?.numbers;
                Some(self.numbers.get(first.saturating_add(slot as usize)).copied().unwrap_or_default())
            }
            Variable::Parameter(position) => match self.argument(scope, position)? {
                Bound::Nat(value) => Some(value),
                Bound::Type(..) | Bound::Unknown => None,
            },
        }
    }

    pub(super) fn nat(&self, scope: u32, nat: Nat) -> Option<u32> {
        match nat {
            Nat::Constant(value) => Some(value),
            Nat::Variable(variable, plus) => Some(self.variable(scope, variable)?.saturating_add(plus)),
        }
    }

    /// Returns whether a condition holds.
    #[inline]
    pub(super) fn holds(&self, scope: u32, condition: Condition) -> Option<bool> {
        Some(self.variable(scope, condition.variable)? & condition.mask != 0)
    }

    /// Least number of bytes of an element.
    #[inline]
    pub(super) fn least_length(&mut self, table: &Table<'t>, element: Record, scope: u32) -> Option<usize> {
        match element.known_length() {
            Some(length) => Some(length),
            None => Lengths { scopes: self, table, steps_left: MAX_STEPS, depth_left: MAX_DEPTH }.of(element, scope),
        }
    }
}

/// Types that are looked at to find the least length of one. No schema needs more than a few.
const MAX_STEPS: u32 = 1 << 16;
/// How many of them may be inside of one another.
const MAX_DEPTH: u32 = 256;

/// Finds least lengths that depend on parameters and numbers.
struct Lengths<'s, 'c, 't> {
    scopes: &'s mut Scopes<'c, 't>,
    table: &'s Table<'t>,
    steps_left: u32,
    depth_left: u32,
}

impl<'t> Lengths<'_, '_, 't> {
    fn of(&mut self, record: Record, scope: u32) -> Option<usize> {
        self.steps_left = self.steps_left.checked_sub(1)?;
        self.depth_left = self.depth_left.checked_sub(1)?;
        let length = self.of_record(record, scope);
        self.depth_left += 1;
        length
    }

    fn of_record(&mut self, record: Record, scope: u32) -> Option<usize> {
        Some(match record.code() {
            codes::BOXED_BUILTIN => 4 + boxed_builtin(record)?.least_length(),
            codes::BOXED_VECTOR => 8,
            codes::BARE_VECTOR => 4,
            codes::TUPLE | codes::BOXED_TUPLE => self.of_tuple(record, scope)?,
            codes::BOXED => self.of_boxed(record, scope)?,
            codes::BARE => self.of_bare(record.a(), self.table.list(record.b())?, scope)?,
            codes::PARAMETER => match self.scopes.argument(scope, record.a())? {
                Bound::Type(ty, outer) => self.of(ty, outer)?,
                Bound::Nat(_) | Bound::Unknown => return None,
            },
            codes::CALL | codes::FUNCTION | codes::OBJECT | codes::CONSTRUCTOR => 4,
            codes::IDENTIFIED => self.table.combinator_at(record.a())?.least_length().saturating_add(4),
            codes::OUTPUT => 0,
            _ => record.builtin()?.least_length(),
        })
    }

    fn of_tuple(&mut self, record: Record, scope: u32) -> Option<usize> {
        let count = self.table.record_at(record.a())?.nat()?;
        let element = self.table.record_at(record.a().checked_add(1)?)?;
        let count = self.scopes.nat(scope, count).unwrap_or_default() as usize;
        let id = if record.code() == codes::BOXED_TUPLE { 4 } else { 0 };
        let element = match element.known_length() {
            Some(length) => length,
            None => self.of(element, scope)?,
        };
        Some(element.saturating_mul(count).saturating_add(id))
    }

    fn of_boxed(&mut self, record: Record, scope: u32) -> Option<usize> {
        let ty = self.table.type_at(record.a())?;
        let arguments = self.table.list(record.b())?;
        if arguments.is_empty() || ty.constructors() != 1 {
            return Some(ty.least_length());
        }
        let only = ty.positions().next()?;
        let id = if self.table.combinator_at(only)?.has_id() { 4 } else { 0 };
        Some(self.of_bare(only, arguments, scope)?.saturating_add(id))
    }

    /// What the parameters stand for counts, unless the type contains itself.
    fn of_bare(&mut self, position: u32, arguments: &'t [record::Bytes], scope: u32) -> Option<usize> {
        let constructor = self.table.combinator_at(position)?;
        if arguments.is_empty() || constructor.is_recursive() {
            return Some(constructor.least_length());
        }
        let inner = self.scopes.enter(arguments, scope, 0);
        let fields = constructor.records().iter().map(Record::read);
        let mut required = fields.filter(|it| it.code() != codes::RUN && it.condition().is_none());
        let sum = required.try_fold(0, |sum: usize, field| Some(sum.saturating_add(self.of(field, inner)?)));
        self.scopes.leave(inner);
        sum
    }
}

/// The built-in type of a record with an id before it.
pub(super) fn boxed_builtin(record: Record) -> Option<super::builtin::Builtin> {
    super::builtin::Builtin::of_code(u8::try_from(record.a()).ok()?)
}
