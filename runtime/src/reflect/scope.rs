//! What the variables of a combinator stand for while a value of it is read or written.

use super::combinator::{Condition, mask};
use super::table::Table;
use super::types::{Argument, Arguments, Nat, Node, Type, Variable};
use super::value::Object;

/// The variables of one value: the arguments of its type, and the numbers among its fields so far.
#[derive(Clone, Copy)]
pub(super) struct Scope<'s, 't> {
    pub(super) arguments: Bindings<'s, 't>,
    pub(super) numbers: &'s [Number],
    /// The call whose result is read.
    pub(super) call: Option<&'s Object<'t>>,
}

/// What a parameter stands for.
#[derive(Clone, Copy)]
pub(super) enum Bound<'s, 't> {
    Nat(u32),
    /// A type with the variables of the value that it was written in.
    Type(Type<'t>, &'s Scope<'s, 't>),
    /// A number that is not known, since it makes no difference.
    Unknown,
}

/// What the arguments of one type stand for, which is found when it is asked for: there may be a value without bytes for each,
/// so that they must take no memory of their own.
#[derive(Clone, Copy)]
pub(super) struct Bindings<'s, 't> {
    arguments: Arguments<'t>,
    /// The variables of the value that the type was written in.
    outer: Option<&'s Scope<'s, 't>>,
}

impl<'s, 't> Bindings<'s, 't> {
    /// No arguments.
    pub(super) const NONE: Bindings<'static, 'static> = Bindings { arguments: Arguments::NONE, outer: None };

    /// The argument at a position; nothing if the table is damaged.
    pub(super) fn get(&self, position: u32) -> Option<Bound<'s, 't>> {
        let outer = self.outer?;
        Some(match self.arguments.iter().nth(usize::try_from(position).ok()?)? {
            Argument::Type(ty) => Bound::Type(ty, outer),
            Argument::Nat(nat) => outer.nat(nat).map_or(Bound::Unknown, Bound::Nat),
        })
    }
}

/// The value of a `#` field.
#[derive(Clone, Copy)]
pub(super) struct Number {
    pub(super) field: u32,
    pub(super) value: u32,
}

impl<'t> Scope<'_, 't> {
    /// Without variables.
    pub(super) const EMPTY: Scope<'static, 'static> = Scope { arguments: Bindings::NONE, numbers: &[], call: None };

    /// The value of a variable. A field that is not there counts as 0; nothing if a parameter is not known.
    fn variable(&self, variable: Variable) -> Option<u32> {
        match variable {
            Variable::Field(field) => {
                let found = self.numbers.iter().find(|number| number.field == field);
                Some(found.map_or(0, |number| number.value))
            }
            Variable::Parameter(position) => match self.arguments.get(position)? {
                Bound::Nat(value) => Some(value),
                Bound::Type(..) | Bound::Unknown => None,
            },
        }
    }

    pub(super) fn nat(&self, nat: Nat) -> Option<u32> {
        match nat {
            Nat::Constant(value) => Some(value),
            Nat::Variable(variable, plus) => Some(self.variable(variable)?.saturating_add(plus)),
        }
    }

    /// Returns whether a condition holds.
    pub(super) fn holds(&self, condition: Condition) -> Option<bool> {
        let number = self.variable(condition.variable)?;
        Some(match condition.bit {
            Some(bit) => number & mask(bit) != 0,
            None => number != 0,
        })
    }

    /// What the arguments of a type stand for here.
    pub(super) fn bind<'s>(&'s self, arguments: Arguments<'t>) -> Bindings<'s, 't> {
        Bindings { arguments, outer: Some(self) }
    }

    /// Least number of bytes of a value.
    pub(super) fn least_length(&self, table: Table<'t>, ty: Type<'t>) -> Option<usize> {
        self.least_length_within(table, ty, MAX_STEPS)
    }

    fn least_length_within(&self, table: Table<'t>, ty: Type<'t>, steps: u32) -> Option<usize> {
        let steps = steps.checked_sub(1)?;
        Some(match ty.node()? {
            Node::Builtin(builtin) => builtin.least_length(),
            Node::BoxedBuiltin(builtin, _) => 4 + builtin.least_length(),
            Node::Vector { boxed: true, .. } => 8,
            Node::Vector { boxed: false, .. } => 4,
            Node::Tuple { id, count, element } => {
                let count = usize::try_from(self.nat(count).unwrap_or_default()).unwrap_or(usize::MAX);
                let elements = self.least_length_within(table, element, steps)?.saturating_mul(count);
                elements.saturating_add(if id.is_some() { 4 } else { 0 })
            }
            Node::Boxed(position, arguments) => self.least_length_of_boxed(table, position, arguments, steps)?,
            Node::Bare(position, arguments) => self.least_length_of_bare(table, position, arguments, steps)?,
            Node::Parameter(position) => match self.arguments.get(position)? {
                Bound::Type(ty, outer) => outer.least_length_within(table, ty, steps)?,
                Bound::Nat(_) | Bound::Unknown => return None,
            },
            Node::Call | Node::Object | Node::Any => 4,
            Node::Identified(position) => table.combinator_at(position)?.least_length().saturating_add(4),
            Node::Output => 0,
        })
    }

    fn least_length_of_boxed(
        &self,
        table: Table<'t>,
        position: u32,
        arguments: Arguments<'t>,
        steps: u32,
    ) -> Option<usize> {
        let ty = table.type_at(position)?;
        let least_length = usize::try_from(ty.least_length).unwrap_or(usize::MAX);
        if arguments.count == 0 || ty.constructors != 1 {
            return Some(least_length);
        }
        let only = ty.positions().next()?;
        let id = if table.combinator_at(only)?.has_id() { 4 } else { 0 };
        Some(self.least_length_of_bare(table, only, arguments, steps)?.saturating_add(id))
    }

    /// What the parameters stand for counts, unless the type contains itself.
    fn least_length_of_bare(
        &self,
        table: Table<'t>,
        position: u32,
        arguments: Arguments<'t>,
        steps: u32,
    ) -> Option<usize> {
        let constructor = table.combinator_at(position)?;
        if arguments.count == 0 || constructor.counts_depth() {
            return Some(constructor.least_length());
        }
        let inner = Scope { arguments: self.bind(arguments), numbers: &[], call: None };
        let mut required = constructor.fields().filter(|field| field.condition.is_none());
        required.try_fold(0, |sum: usize, field| {
            Some(sum.saturating_add(inner.least_length_within(table, field.ty, steps)?))
        })
    }
}

/// Tuples and parameters on the way to something whose length is known. No schema needs more than a few.
const MAX_STEPS: u32 = 256;
