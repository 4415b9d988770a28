//! Reports as JSON, one object a line.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use typelang_parser::ids::Dialect;
use typelang_parser::{Diagnostic, Fix, Label, Severity, Sources, Tally, render};

use super::facts::FactReport;
use super::report::Report;
use crate::console::Console;
use crate::exit::Failure;

/// Writes an object for each finding, and one for all of them, with the number of those that were fixed where `--fix` asks for it.
pub(super) fn show(
    reports: &[Report],
    facts: &[FactReport],
    sources: &Sources,
    (tally, fixed): (Tally, Option<usize>),
    console: &Console,
) -> Result<(), Failure> {
    let of_schemas = reports.iter().flat_map(|report| &report.diagnostics);
    let diagnostics: Vec<&Diagnostic> = of_schemas.chain(facts.iter().flat_map(|it| &it.diagnostics)).collect();
    for diagnostic in diagnostics.iter().filter(|it| console.limit.allows(it.severity)) {
        console.line(finding(diagnostic, sources))?;
    }
    let mut summary = json!({
        "reason": "summary",
        "files": reports.iter().map(|report| contents(report, sources)).collect::<Vec<_>>(),
        "facts": facts.iter().map(|report| contents_of_facts(report, sources)).collect::<Vec<_>>(),
        "errors": tally.errors,
        "warnings": tally.warnings,
        "notes": tally.notes,
        "codes": codes(&diagnostics),
        "hidden": console.limit.hidden().total(),
    });
    if let Some(fixed) = fixed {
        extend(&mut summary, json!({ "fixed": fixed }));
    }
    console.line(summary)
}

/// How many findings each code has.
fn codes(diagnostics: &[&Diagnostic]) -> BTreeMap<&'static str, usize> {
    let mut codes = BTreeMap::new();
    for diagnostic in diagnostics {
        *codes.entry(diagnostic.code.name).or_default() += 1;
    }
    codes
}

fn finding(diagnostic: &Diagnostic, sources: &Sources) -> Value {
    let primary = std::iter::once((&diagnostic.primary, true));
    let labels = primary.chain(diagnostic.secondary.iter().map(|label| (label, false)));
    let labels: Vec<Value> = labels.map(|(label, is_primary)| place(label, is_primary, sources)).collect();
    let mut object = json!({
        "reason": "diagnostic",
        "severity": severity(diagnostic.severity),
        "code": diagnostic.code.name,
        "message": diagnostic.message,
        "labels": labels,
        "notes": diagnostic.notes,
        "help": diagnostic.help,
        "fix": diagnostic.fix.as_ref().map(|fix| self::fix(fix, sources)),
        "rendered": render(diagnostic, sources),
    });
    // The place of the finding is that of its first label.
    extend(&mut object, position(&diagnostic.primary, sources));
    object
}

/// The edits that mended a finding.
pub(super) fn fixed(diagnostic: &Diagnostic, fix: &Fix, sources: &Sources) -> Value {
    let mut object = json!({ "reason": "fixed", "code": diagnostic.code.name, "title": fix.title });
    extend(&mut object, position(&diagnostic.primary, sources));
    object
}

fn fix(fix: &Fix, sources: &Sources) -> Value {
    let edits = fix.edits.iter().map(|edit| {
        let mut object = position(&Label::new(edit.source, edit.span), sources);
        extend(&mut object, json!({ "new_text": edit.new_text }));
        object
    });
    json!({ "title": fix.title, "edits": edits.collect::<Vec<_>>() })
}

/// Adds the members of another object.
fn extend(object: &mut Value, more: Value) {
    if let (Some(object), Value::Object(more)) = (object.as_object_mut(), more) {
        object.extend(more);
    }
}

fn place(label: &Label, is_primary: bool, sources: &Sources) -> Value {
    let mut object = position(label, sources);
    extend(&mut object, json!({ "is_primary": is_primary, "message": label.message }));
    object
}

/// Lines and columns count from 1, bytes from 0; ends are exclusive.
fn position(label: &Label, sources: &Sources) -> Value {
    let (line_start, column_start) = sources.line_column(label.source, label.span.start);
    let (line_end, column_end) = sources.line_column(label.source, label.span.end);
    json!({
        "file": sources.name(label.source),
        "line_start": line_start,
        "column_start": column_start,
        "line_end": line_end,
        "column_end": column_end,
        "byte_start": label.span.start,
        "byte_end": label.span.end,
    })
}

fn contents(report: &Report, sources: &Sources) -> Value {
    let ids = report.ids;
    json!({
        "file": sources.name(report.source),
        "constructors": report.constructors,
        "built_in": report.built_in,
        "functions": report.functions,
        "layer": report.layer,
        "dialect": match report.dialect {
            Dialect::Telegram => "telegram",
            Dialect::Reference => "reference",
        },
        "ids": {
            "declared": ids.declared,
            "recomputed": ids.recomputed,
            "match": ids.matching,
            "pinned": ids.pinned,
            "computed": ids.computed,
            "wrong": ids.different(),
        },
    })
}

fn contents_of_facts(report: &FactReport, sources: &Sources) -> Value {
    let counts = report.counts;
    json!({
        "file": sources.name(report.source),
        "errors": counts.errors,
        "functions_with_errors": counts.functions_with_errors,
        "errors_of_functions": counts.errors_of_functions,
        "functions_with_callers": counts.functions_with_callers,
        "texts": counts.texts,
    })
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}
