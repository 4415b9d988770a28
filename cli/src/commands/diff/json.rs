//! Changes as JSON.

use super::rust::RustChange;
use serde_json::{Value, json};
use typelang_diff::{Change, Changes, Detail, FieldSide, Necessity, Side, TypeChange};

/// One object with everything.
pub(super) fn changes(changes: &Changes, rust: Option<&[RustChange]>) -> Value {
    let mut all = json!({
        "old_layer": changes.old_layer,
        "new_layer": changes.new_layer,
        "declarations": changes.declarations.iter().map(declaration).collect::<Vec<_>>(),
        "types": changes.types.iter().map(of_type).collect::<Vec<_>>(),
    });
    if let Some(rust) = rust {
        all["rust"] = rust.iter().map(of_rust).collect();
    }
    all
}

fn of_rust(change: &RustChange) -> Value {
    let status = match change.mark {
        '+' => "added",
        '-' => "removed",
        _ => "changed",
    };
    let effects: Vec<Value> =
        change.effects.iter().map(|effect| json!({ "text": effect.text, "breaks": effect.breaks })).collect();
    json!({ "path": change.path, "status": status, "effects": effects })
}

fn declaration(change: &Change) -> Value {
    json!({
        "kind": change.kind.name(),
        "status": change.status().name(),
        "old": change.old.as_ref().map(side),
        "new": change.new.as_ref().map(side),
        "details": change.details.iter().map(detail).collect::<Vec<_>>(),
    })
}

fn side(side: &Side) -> Value {
    json!({ "name": side.name, "id": format!("{:08x}", side.id), "result": side.result, "text": side.text })
}

fn detail(detail: &Detail) -> Value {
    match detail {
        Detail::Renamed => json!({ "change": "renamed" }),
        Detail::NamespaceMoved => json!({ "change": "namespace-moved" }),
        Detail::IdChanged => json!({ "change": "id-changed" }),
        Detail::Moved => json!({ "change": "moved" }),
        Detail::ResultChanged => json!({ "change": "result-changed" }),
        Detail::ParametersChanged { old, new } => json!({ "change": "parameters-changed", "old": old, "new": new }),
        Detail::FieldAdded(new) => json!({ "change": "field-added", "new": field(new) }),
        Detail::FieldRemoved(old) => json!({ "change": "field-removed", "old": field(old) }),
        Detail::FieldRenamed { old, new } => {
            json!({ "change": "field-renamed", "old": { "name": old }, "new": field(new) })
        }
        Detail::FieldTypeChanged { old, new, is_boxing } => {
            json!({ "change": "field-type-changed", "old": field(old), "new": field(new), "boxing": is_boxing })
        }
        Detail::FieldConditionChanged { old, new } => {
            json!({ "change": "field-condition-changed", "old": field(old), "new": field(new) })
        }
        Detail::Reordered => json!({ "change": "fields-reordered" }),
        Detail::DocumentationChanged => json!({ "change": "documentation-changed" }),
    }
}

fn field(field: &FieldSide) -> Value {
    let necessity = match field.necessity {
        Necessity::Required => "required",
        Necessity::Optional => "optional",
        Necessity::Flag => "flag",
        Necessity::Computed => "computed",
    };
    json!({ "name": field.name, "type": field.ty, "condition": field.condition, "necessity": necessity })
}

fn of_type(change: &TypeChange) -> Value {
    json!({
        "status": change.status().name(),
        "old": change.old,
        "new": change.new,
        "old_constructors": change.old_constructors,
        "new_constructors": change.new_constructors,
        "added": change.added,
        "removed": change.removed,
    })
}
