//! Changes as a page of Markdown, for those who maintain code that uses the schema.

use std::fmt::{self, Write};

use crate::change::{Change, Changes, Detail, FieldSide, Kind, Necessity, Side, Status};
use crate::topics::topics;

/// Writes a changelog: counts, what makes code stop compiling, every change by topic, and the ids that are different.
#[must_use]
pub fn changelog(changes: &Changes) -> String {
    let mut text = String::new();
    // Writing to a string never fails.
    let _ = write_page(&mut text, changes);
    text
}

fn write_page(out: &mut String, changes: &Changes) -> fmt::Result {
    match (changes.old_layer, changes.new_layer) {
        (Some(old), Some(new)) => writeln!(out, "# Layer {new} (since {old})\n")?,
        _ => writeln!(out, "# Changes\n")?,
    }
    if changes.is_empty() {
        return writeln!(out, "Nothing has changed.");
    }
    write_counts(out, changes)?;
    write_unions(out, changes)?;
    write_calls(out, changes)?;
    writeln!(out, "\n## By topic")?;
    let all: Vec<&Change> = changes.declarations.iter().collect();
    for topic in topics(&all) {
        writeln!(out, "\n### {}\n", topic.name.as_deref().unwrap_or("other"))?;
        for change in topic.changes {
            writeln!(out, "- {}", line(change))?;
        }
    }
    write_ids(out, changes)
}

fn write_counts(out: &mut String, changes: &Changes) -> fmt::Result {
    let count = |kind, status| changes.with(kind, status).count();
    let counts = |kind| {
        let [new, changed, gone] = [Status::Added, Status::Changed, Status::Removed].map(|status| count(kind, status));
        format!("{new} new {}s, {changed} changed, {gone} gone.", kind.name())
    };
    let new_types = changes.types.iter().filter(|it| it.status() == Status::Added).count();
    let gone_types = changes.types.iter().filter(|it| it.status() == Status::Removed).count();
    writeln!(out, "{} {} Types: {new_types} new, {gone_types} gone.", counts(Kind::Function), counts(Kind::Constructor))
}

/// Types whose values a `match` tells apart.
fn write_unions(out: &mut String, changes: &Changes) -> fmt::Result {
    let both = changes.types.iter().filter(|it| it.status() == Status::Changed);
    let grown: Vec<String> = both
        .clone()
        .filter(|it| it.old_constructors > 1 && !it.added.is_empty())
        .map(|it| format!("`{}` (+{})", it.name(), it.added.len()))
        .collect();
    write_list(out, "A `match` must grow:", &grown)?;
    let lost = both.clone().filter(|it| it.new_constructors > 1 && !it.removed.is_empty());
    let lost: Vec<String> = lost.map(|it| format!("`{}` (−{})", it.name(), it.removed.len())).collect();
    write_list(out, "A `match` must shrink:", &lost)?;
    let unions: Vec<String> =
        both.clone().filter(|it| it.becomes_union()).map(|it| format!("`{}`", it.name())).collect();
    write_list(out, "A struct becomes an enum:", &unions)?;
    let structs = both.filter(|it| it.old_constructors > 1 && it.new_constructors == 1);
    let structs: Vec<String> = structs.map(|it| format!("`{}`", it.name())).collect();
    write_list(out, "An enum becomes a struct:", &structs)
}

/// Functions whose calls have to be written in another way.
fn write_calls(out: &mut String, changes: &Changes) -> fmt::Result {
    let names: Vec<String> = changes
        .with(Kind::Function, Status::Changed)
        .filter(|change| change.details.iter().any(changes_calls))
        .filter_map(|change| Some(format!("`{}`", change.newest()?.name)))
        .collect();
    write_list(out, "Calls that need another argument or give another result:", &names)
}

pub(crate) fn changes_calls(detail: &Detail) -> bool {
    match detail {
        Detail::FieldAdded(field) => field.necessity == Necessity::Required,
        Detail::FieldRemoved(field) => field.necessity != Necessity::Computed,
        Detail::ResultChanged
        | Detail::Renamed
        | Detail::NamespaceMoved
        | Detail::ParametersChanged { .. }
        | Detail::FieldRenamed { .. }
        | Detail::FieldTypeChanged { .. } => true,
        Detail::FieldConditionChanged { old, new } => old.necessity != new.necessity,
        Detail::IdChanged | Detail::Moved | Detail::Reordered | Detail::DocumentationChanged => false,
    }
}

fn write_list(out: &mut String, title: &str, items: &[String]) -> fmt::Result {
    if items.is_empty() { Ok(()) } else { writeln!(out, "\n**{title}** {}", items.join(", ")) }
}

/// One change on a line.
fn line(change: &Change) -> String {
    match (&change.old, &change.new) {
        (None, Some(new)) => match change.kind {
            Kind::Function => format!("new function: `{}`{} → `{}`", new.name, arguments(new), new.result),
            Kind::Constructor => format!("new constructor of `{}`: `{}`{}", new.result, new.name, arguments(new)),
        },
        (Some(old), None) => match change.kind {
            Kind::Function => format!("function gone: `{}`", old.name),
            Kind::Constructor => format!("constructor of `{}` gone: `{}`", old.result, old.name),
        },
        (Some(old), Some(new)) => {
            let details: Vec<String> = change.details.iter().filter_map(|it| detail(it, old, new)).collect();
            let details = if details.is_empty() { "another id".to_owned() } else { details.join("; ") };
            format!("`{}`: {details}", new.name)
        }
        (None, None) => String::new(),
    }
}

/// The fields that a value needs, and those that it can have: `(peer, text [silent, entities])`.
fn arguments(side: &Side) -> String {
    let names = |wanted: fn(Necessity) -> bool| {
        let fields = side.fields.iter().filter(move |it| wanted(it.necessity));
        fields.map(|it| it.name.as_str()).filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ")
    };
    let required = names(|it| it == Necessity::Required);
    let optional = names(|it| matches!(it, Necessity::Optional | Necessity::Flag));
    match (required.is_empty(), optional.is_empty()) {
        (true, true) => "()".to_owned(),
        (_, true) => format!("({required})"),
        (true, false) => format!("([{optional}])"),
        (false, false) => format!("({required} [{optional}])"),
    }
}

/// A difference in words; none for a new id, which the table of ids has.
fn detail(detail: &Detail, old: &Side, new: &Side) -> Option<String> {
    Some(match detail {
        Detail::Renamed | Detail::NamespaceMoved => format!("was `{}`", old.name),
        Detail::IdChanged => return None,
        Detail::Moved => format!("of type `{}`, was of `{}`", new.result, old.result),
        Detail::ResultChanged => format!("returns `{}`, returned `{}`", new.result, old.result),
        Detail::ParametersChanged { old, new } => format!("parameters `{new}`, were `{old}`"),
        Detail::FieldAdded(field) if field.necessity == Necessity::Computed => {
            format!("+ `{}:#` (new word of flags)", field.name)
        }
        Detail::FieldAdded(field) => format!("+ `{}`: {}", field.name, described(field)),
        Detail::FieldRemoved(field) => format!("− `{}`: {}", field.name, described(field)),
        Detail::FieldRenamed { old, new } => format!("± `{}`: was `{old}`", new.name),
        Detail::FieldTypeChanged { old, new, is_boxing: false } => {
            format!("± `{}`: `{}` → `{}`", new.name, old.ty, new.ty)
        }
        Detail::FieldTypeChanged { old, new, is_boxing: true } => {
            format!("± `{}`: `{}` → `{}` (an id more or less)", new.name, old.ty, new.ty)
        }
        Detail::FieldConditionChanged { old, new } => format!("± `{}`: {}", new.name, condition_change(old, new)),
        Detail::Reordered => "fields in another order".to_owned(),
        Detail::DocumentationChanged => "documentation".to_owned(),
    })
}

fn described(field: &FieldSide) -> String {
    match field.necessity {
        Necessity::Required => format!("`{}` (**required**)", field.ty),
        Necessity::Optional => format!("`{}` (optional)", field.ty),
        Necessity::Flag => "flag".to_owned(),
        Necessity::Computed => format!("`{}`", field.ty),
    }
}

fn condition_change(old: &FieldSide, new: &FieldSide) -> String {
    match (&old.condition, &new.condition) {
        (Some(old), Some(new)) => format!("`{old}` → `{new}`"),
        (None, _) => "now optional".to_owned(),
        (_, None) => "now **required**".to_owned(),
    }
}

fn write_ids(out: &mut String, changes: &Changes) -> fmt::Result {
    let both = changes.declarations.iter().filter_map(|it| Some((it.old.as_ref()?, it.new.as_ref()?)));
    let mut rows = both.filter(|(old, new)| old.id != new.id).peekable();
    if rows.peek().is_none() {
        return Ok(());
    }
    writeln!(out, "\n## Ids\n\n| name | old id | new id |\n|---|---|---|")?;
    rows.try_for_each(|(old, new)| writeln!(out, "| `{}` | `{:08x}` | `{:08x}` |", new.name, old.id, new.id))
}
