//! Changes as text, a line each.

use typelang_diff::{Change, Changes, Detail, Side, Status, TypeChange};

use crate::console::Console;
use crate::exit::Failure;

/// Writes the declarations, then the types, then how many there are of each.
pub(crate) fn show(changes: &Changes, console: &Console) -> Result<(), Failure> {
    for change in &changes.declarations {
        console.change(mark(change.status()), &declaration(change))?;
    }
    for change in &changes.types {
        console.change(mark(change.status()), &of_type(change))?;
    }
    let count = |status| changes.declarations.iter().filter(|it| it.status() == status).count();
    let [added, changed, removed] = [Status::Added, Status::Changed, Status::Removed].map(count);
    console.hint(format_args!("{added} added, {changed} changed, {removed} removed"));
    Ok(())
}

fn mark(status: Status) -> char {
    match status {
        Status::Added => '+',
        Status::Changed => '~',
        Status::Removed => '-',
    }
}

fn declaration(change: &Change) -> String {
    let kind = change.kind.name();
    match (&change.old, &change.new) {
        (Some(old), Some(new)) => {
            let details: Vec<String> = change.details.iter().filter_map(|it| detail(it, old, new)).collect();
            let id = if old.id == new.id { String::new() } else { format!(" -> #{:08x}", new.id) };
            let details = if details.is_empty() { String::new() } else { format!(": {}", details.join(", ")) };
            format!("{kind} {}#{:08x}{id}{details}", new.name, old.id)
        }
        (old, new) => {
            let side = new.as_ref().or(old.as_ref());
            side.map_or_else(String::new, |it| format!("{kind} {}#{:08x} = {}", it.name, it.id, it.result))
        }
    }
}

/// A difference; none for the id, which stands before the others.
fn detail(detail: &Detail, old: &Side, new: &Side) -> Option<String> {
    Some(match detail {
        Detail::IdChanged => return None,
        Detail::Renamed | Detail::NamespaceMoved => format!("was {}", old.name),
        Detail::Moved => format!("~= {} (was {})", new.result, old.result),
        Detail::ResultChanged => format!("~= {} (was {})", new.result, old.result),
        Detail::ParametersChanged { old, new } => format!("~{new} (was {old})"),
        Detail::FieldAdded(field) => format!("+{}:{}", field.name, field.text()),
        Detail::FieldRemoved(field) => format!("-{}:{}", field.name, field.text()),
        Detail::FieldRenamed { old, new } => format!("~{}:{} (was {old})", new.name, new.text()),
        Detail::FieldTypeChanged { old, new, .. } | Detail::FieldConditionChanged { old, new } => {
            format!("~{}:{} (was {})", new.name, new.text(), old.text())
        }
        Detail::Reordered => "~order of fields".to_owned(),
        Detail::DocumentationChanged => "~documentation".to_owned(),
    })
}

fn of_type(change: &TypeChange) -> String {
    let names = |mark: char, names: &[String]| names.iter().map(|name| format!("{mark}{name}")).collect::<Vec<_>>();
    let mut parts = Vec::new();
    if let (Some(old), Some(new)) = (&change.old, &change.new) {
        parts.extend((old != new).then(|| format!("was {old}")));
        parts.extend(names('+', &change.added));
        parts.extend(names('-', &change.removed));
    }
    let parts = if parts.is_empty() { String::new() } else { format!(": {}", parts.join(", ")) };
    format!("type {}{parts}", change.name())
}
