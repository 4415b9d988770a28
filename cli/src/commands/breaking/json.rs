//! Findings as JSON, one object a line.

use serde_json::{Value, json};

use super::Broken;
use super::report::level_name;

pub(super) fn finding(broken: &Broken) -> Value {
    json!({
        "rule": broken.code.name,
        "level": level_name(broken.level),
        "message": broken.message,
        "help": broken.advice,
        "against": broken.against,
        "new_reads_old": broken.verdicts.new_reads_old.name(),
        "old_reads_new": broken.verdicts.old_reads_new.name(),
        "json": broken.verdicts.json.name(),
        "source": broken.verdicts.source.name(),
        "file": broken.place.as_ref().map(|place| &place.file),
        "line": broken.place.as_ref().map(|place| place.line),
        "column": broken.place.as_ref().map(|place| place.column),
    })
}
