//! The check of a table that was not generated together with the code that uses it.

use super::builtin::Builtin;
use super::codes;
use super::combinator::{Combinator, Kind};
use super::record::{Record, Role};
use super::scope::boxed_builtin;
use super::table::Table;

/// Checks that everything can be read, that everything that is referred to is there, and that everything is found.
pub(super) fn check(table: &Table<'_>) -> Option<()> {
    for position in 0..table.type_count() {
        let ty = table.type_at(position)?;
        ty.name()?;
        let mut constructors = 0;
        for constructor in ty.positions() {
            let constructor = table.combinator_at(constructor)?;
            sure(constructor.constructed() == Some(position))?;
            constructors += 1;
        }
        sure(constructors == ty.constructors())?;
        if let Some(default) = ty.default() {
            sure(table.combinator_at(default)?.kind() == Kind::Default)?;
        }
    }
    for position in 0..table.combinator_count() {
        combinator(table, &table.combinator_at(position)?)?;
    }
    sure(table.list(0)?.is_empty())?;
    indexes(table)
}

fn sure(condition: bool) -> Option<()> {
    condition.then_some(())
}

/// Each index has its entries in order, with the keys of what they refer to.
fn indexes(table: &Table<'_>) -> Option<()> {
    let [ids, names, types] = table.indexes();
    sure([ids, names, types].iter().all(|index| index.is_whole()))?;
    for (key, position) in ids.entries() {
        sure(table.combinator_at(position)?.id() == key)?;
    }
    for (key, position) in names.entries() {
        sure(codes::name_key(table.combinator_at(position)?.name()?) == key)?;
    }
    for (key, position) in types.entries() {
        sure(codes::name_key(table.type_at(position)?.name()?) == key)?;
    }
    Some(())
}

fn combinator(table: &Table<'_>, it: &Combinator<'_>) -> Option<()> {
    it.name()?;
    sure(it.has_kind())?;
    if it.kind() == Kind::Builtin {
        return Some(());
    }
    sure(it.is_whole())?;
    match it.constructed() {
        None => value_type(table, it.result().record, MAX_DEPTH)?,
        Some(ty) => _ = table.type_at(ty)?,
    }
    let mut numbers = 0;
    let mut run: Option<(u32, u32)> = None;
    for record in it.records().iter().map(Record::read) {
        if record.code() == codes::RUN {
            sure(run.is_none())?;
            run = Some((record.a(), record.b())).filter(|(_, fields)| *fields > 0);
            continue;
        }
        if let Some((bytes, fields)) = run {
            let length = u32::try_from(record.builtin()?.least_length()).ok()?;
            let is_always_there = record.condition().is_none() || record.builtin() == Some(Builtin::True);
            sure(is_always_there && record.role() == Role::None && record.builtin() != Some(Builtin::Bool))?;
            run = Some((bytes.checked_sub(length)?, fields - 1)).filter(|(_, fields)| *fields > 0);
            sure(run.is_some() || bytes == length)?;
        }
        if record.role() == Role::None {
            value_type(table, record, MAX_DEPTH)?;
        } else {
            sure(record.code() == codes::NAT && record.a() == numbers)?;
            numbers += 1;
        }
        if let Some(condition) = record.condition()
            && let super::record::Variable::Slot(tested) = condition.variable
        {
            // A number decides only on what follows.
            let own = u32::from(record.role() != Role::None);
            sure(tested < numbers - own)?;
        }
    }
    sure(it.entry().has_scope() || it.slots() <= codes::FEW_SLOTS)?;
    sure(run.is_none() && usize::try_from(numbers) == Ok(it.slots()))
}

/// How deep types may be inside of one another.
const MAX_DEPTH: u32 = 64;

fn value_type(table: &Table<'_>, record: Record, depth: u32) -> Option<()> {
    let depth = depth.checked_sub(1)?;
    match record.code() {
        codes::BOXED_VECTOR | codes::BARE_VECTOR => element(table, record.a(), depth),
        codes::TUPLE | codes::BOXED_TUPLE => {
            table.record_at(record.a())?.nat()?;
            element(table, record.a().checked_add(1)?, depth)
        }
        codes::BOXED => {
            let arguments = table.list(record.b())?;
            sure(table.type_at(record.a())?.parameters() == arguments.len())?;
            all_arguments(table, record.b(), depth)
        }
        codes::BARE => {
            table.combinator_at(record.a())?.constructed()?;
            all_arguments(table, record.b(), depth)
        }
        codes::BOXED_BUILTIN => boxed_builtin(record).map(|_| ()),
        codes::PARAMETER | codes::CALL | codes::OUTPUT | codes::OBJECT | codes::FUNCTION => Some(()),
        _ => record.builtin().map(|_| ()),
    }
}

fn element(table: &Table<'_>, position: u32, depth: u32) -> Option<()> {
    let element = table.record_at(position)?;
    sure(!element.is_any_bytes() || element.known_length().is_some_and(|it| it > 0))?;
    value_type(table, element, depth)
}

fn all_arguments(table: &Table<'_>, list: u32, depth: u32) -> Option<()> {
    table.list(list)?.iter().map(Record::read).try_for_each(|argument| match argument.nat() {
        Some(_) => Some(()),
        None => value_type(table, argument, depth),
    })
}
