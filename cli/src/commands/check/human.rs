//! Reports as text.

use typelang_parser::{Diagnostic, Fix, Severity, Sources, Tally};

use super::facts::FactReport;
use super::report::Report;
use crate::console::Console;
use crate::exit::Failure;
use crate::tally::plural;

/// Shows all reports, and how many errors and warnings there are.
pub(super) fn show(
    reports: &[Report],
    facts: &[FactReport],
    sources: &Sources,
    tally: Tally,
    console: &Console,
) -> Result<(), Failure> {
    for report in reports {
        console.line(contents(report, sources))?;
        console.line(ids(report))?;
        show_findings(&report.diagnostics, sources, console)?;
    }
    for report in facts {
        console.line(contents_of_facts(report, sources))?;
        show_findings(&report.diagnostics, sources, console)?;
    }
    console.tally(tally);
    Ok(())
}

/// ``fixed: schema.tl:3:5: write `string` [unknown-type]``
pub(super) fn fixed(diagnostic: &Diagnostic, fix: &Fix, sources: &Sources) -> String {
    let place = &diagnostic.primary;
    let (line, column) = sources.line_column(place.source, place.span.start);
    format!("fixed: {}:{line}:{column}: {} [{}]", sources.name(place.source), fix.title, diagnostic.code)
}

fn show_findings(diagnostics: &[Diagnostic], sources: &Sources, console: &Console) -> Result<(), Failure> {
    // Notes are short, and often many: a line each is enough.
    let (notes, faults): (Vec<_>, Vec<_>) =
        diagnostics.iter().partition(|diagnostic| diagnostic.severity == Severity::Note);
    for note in notes.into_iter().filter(|note| console.limit.allows(note.severity)) {
        console.line(note_line(note, sources))?;
    }
    for fault in faults {
        console.diagnostic(fault, sources);
    }
    Ok(())
}

/// `schema/api-errors.toml: 552 errors, 1401 errors of 341 functions, callers of 378 functions, 12 texts`
fn contents_of_facts(report: &FactReport, sources: &Sources) -> String {
    let counts = report.counts;
    format!(
        "{}: {}, {} of {}, callers of {}, {}",
        sources.name(report.source),
        plural(counts.errors, "error"),
        plural(counts.errors_of_functions, "error"),
        plural(counts.functions_with_errors, "function"),
        plural(counts.functions_with_callers, "function"),
        plural(counts.texts, "text"),
    )
}

/// `schema/api.tl: 1704 constructors (4 built in), 850 functions, layer 230, Telegram ids`
fn contents(report: &Report, sources: &Sources) -> String {
    let mut constructors = plural(report.constructors, "constructor");
    if report.built_in > 0 {
        constructors.push_str(&format!(" ({} built in)", report.built_in));
    }
    let mut parts = vec![constructors, plural(report.functions, "function")];
    parts.extend(report.layer.map(|layer| format!("layer {layer}")));
    parts.push(format!("{} ids", report.dialect));
    format!("{}: {}", sources.name(report.source), parts.join(", "))
}

/// `  ids: 2554 declared, 2554 recomputed, 2554 match, 0 pinned, 0 computed`
fn ids(report: &Report) -> String {
    let ids = report.ids;
    let mut line = format!(
        "  ids: {} declared, {} recomputed, {} match, {} pinned, {} computed",
        ids.declared, ids.recomputed, ids.matching, ids.pinned, ids.computed
    );
    if ids.different() > 0 {
        line.push_str(&format!(", {} wrong", ids.different()));
    }
    line
}

/// `  note[pinned-id]: the id of … (its text would give …) at schema/mtproto.tl:13:16`
fn note_line(note: &Diagnostic, sources: &Sources) -> String {
    let place = note.primary.source;
    let (line, column) = sources.line_column(place, note.primary.span.start);
    let facts = if note.notes.is_empty() { String::new() } else { format!(" ({})", note.notes.join("; ")) };
    format!("  note[{}]: {}{facts} at {}:{line}:{column}", note.code, note.message, sources.name(place))
}
