//! The check of a table that was not generated together with the code that uses it.

use super::combinator::{Combinator, Kind, Role};
use super::table::Table;
use super::types::{Argument, Arguments, Nat, Node, Type, Variable};

/// Checks that everything can be read, that everything that is referred to is there, and that the orders are orders.
pub(super) fn check(table: Table<'_>) -> Option<()> {
    for position in 0..table.type_count() {
        let ty = table.type_at(position)?;
        let mut constructors = 0;
        for constructor in ty.positions() {
            let of_type = |it: &Combinator<'_>| !matches!(it.kind(), Kind::Function | Kind::Builtin);
            table.combinator_at(constructor).filter(of_type)?;
            constructors += 1;
        }
        sure(constructors == ty.constructors)?;
    }
    for position in 0..table.combinator_count() {
        combinator(table, &table.combinator_at(position)?)?;
    }
    let ids = (0..table.id_count()).map(|place| Some(table.combinator_at(table.by_id(place)?)?.id()));
    ascending(ids)?;
    let names = (0..table.combinator_count()).map(|place| table.combinator_at(table.by_name(place)?)?.name());
    ascending(names)
}

fn sure(condition: bool) -> Option<()> {
    condition.then_some(())
}

fn ascending<T: PartialOrd>(items: impl Iterator<Item = Option<T>>) -> Option<()> {
    let mut last = None;
    for item in items {
        let item = item?;
        if let Some(last) = &last {
            sure(*last <= item)?;
        }
        last = Some(item);
    }
    Some(())
}

fn combinator(table: Table<'_>, it: &Combinator<'_>) -> Option<()> {
    it.name()?;
    if it.kind() == Kind::Builtin {
        return Some(());
    }
    sure(it.is_whole())?;
    if it.is_function() {
        value_type(table, it.result())?;
    } else {
        it.type_name()?;
    }
    for (position, field) in it.fields().enumerate() {
        value_type(table, field.ty)?;
        if let Some(condition) = field.condition {
            sure(condition.bit.is_none_or(|bit| bit < 32))?;
            if let Variable::Field(tested) = condition.variable {
                let tested = usize::try_from(tested).ok()?;
                sure(tested < position)?;
                sure(it.fields().nth(tested)?.role != Role::None)?;
            }
        }
    }
    Some(())
}

/// Types are at most as deep as a field can be read.
fn value_type(table: Table<'_>, ty: Type<'_>) -> Option<()> {
    match ty.node()? {
        Node::Vector { element, .. } => value_type(table, element),
        Node::Tuple { element, count: Nat::Constant(_) | Nat::Variable(..), .. } => value_type(table, element),
        Node::Boxed(position, arguments) => {
            sure(table.type_at(position)?.parameters == arguments.count)?;
            all_arguments(table, arguments)
        }
        Node::Bare(position, arguments) => {
            let constructor = table.combinator_at(position)?;
            sure(!matches!(constructor.kind(), Kind::Function | Kind::Builtin))?;
            all_arguments(table, arguments)
        }
        _ => Some(()),
    }
}

fn all_arguments(table: Table<'_>, arguments: Arguments<'_>) -> Option<()> {
    let mut count = 0;
    for argument in arguments.iter() {
        if let Argument::Type(ty) = argument {
            value_type(table, ty)?;
        }
        count += 1;
    }
    sure(count == arguments.count)
}
