//! Diagnostics as text for people.

use std::borrow::Cow;
use std::fmt::{self, Write};

use crate::visible::has_no_place;
use crate::{Diagnostic, Label, Severity, SourceId, Sources};

/// Renders a diagnostic as plain text of several lines, with the lines of the schema that it speaks of:
///
/// ```text
/// error[missing-type]: missing a type after `:`
///   --> api.tl:3:8
///    |
///  3 | user id: = User;
///    |        ^ expected a type after this
/// ```
#[must_use]
pub fn render(diagnostic: &Diagnostic, sources: &Sources) -> String {
    let mut text = String::new();
    // Writing to a string never fails.
    let _ = write_diagnostic(&mut text, diagnostic, sources);
    text
}

/// Renders diagnostics one after the other, with a blank line between them.
#[must_use]
pub fn render_all(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    diagnostics.iter().map(|diagnostic| render(diagnostic, sources)).collect::<Vec<_>>().join("\n")
}

/// The word that begins a rendered diagnostic.
fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

fn write_diagnostic(out: &mut String, diagnostic: &Diagnostic, sources: &Sources) -> fmt::Result {
    let Diagnostic { severity, code, message, .. } = diagnostic;
    writeln!(out, "{}[{code}]: {}", severity_name(*severity), shortened(message))?;
    let marks: Vec<Mark<'_>> = std::iter::once((&diagnostic.primary, true))
        .chain(diagnostic.secondary.iter().take(MOST_LABELS).map(|label| (label, false)))
        .map(|(label, primary)| Mark::new(label, primary, sources))
        .collect();
    let width = marks.iter().map(|mark| mark.line.to_string().len()).max().unwrap_or(1);
    for source in sources_in_order(&marks) {
        let of_source: Vec<&Mark<'_>> = marks.iter().filter(|mark| mark.source == source).collect();
        write_source(out, &of_source, sources, width)?;
    }
    let facts =
        diagnostic.notes.iter().map(|note| ("note", note)).chain(diagnostic.help.iter().map(|help| ("help", help)));
    for (index, (kind, fact)) in facts.enumerate() {
        if index == 0 {
            writeln!(out, "{:width$} |", "")?;
        }
        writeln!(out, "{:width$} = {kind}: {}", "", shortened(fact))?;
    }
    Ok(())
}

/// How many places are shown beside the first one.
pub(crate) const MOST_LABELS: usize = 16;

/// How many characters of a message are shown.
pub(crate) const MOST_CHARACTERS: usize = 1000;

/// A text as far as it is shown. Only names that nobody would write make one longer.
fn shortened(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(MOST_CHARACTERS) {
        Some((end, _)) => Cow::Owned(format!("{}…", text.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(text),
    }
}

/// The texts that the marks point into, each once, that of the primary mark first.
fn sources_in_order(marks: &[Mark<'_>]) -> Vec<SourceId> {
    let mut order = Vec::new();
    for mark in marks {
        if !order.contains(&mark.source) {
            order.push(mark.source);
        }
    }
    order
}

/// A label as it is drawn: under one line. A span of several lines is drawn as far as its first line goes.
struct Mark<'d> {
    source: SourceId,
    offset: u32,
    line: usize,
    /// Counted from 1.
    column: usize,
    /// At least 1.
    length: usize,
    primary: bool,
    message: &'d str,
}

impl<'d> Mark<'d> {
    fn new(label: &'d Label, primary: bool, sources: &Sources) -> Self {
        let (line, column) = sources.line_column(label.source, label.span.start);
        let (end_line, end_column) = sources.line_column(label.source, label.span.end);
        let end = if end_line == line { end_column } else { sources.characters_of_line(label.source, line) + 1 };
        let length = end.saturating_sub(column).max(1);
        Self { source: label.source, offset: label.span.start, line, column, length, primary, message: &label.message }
    }
}

fn write_source(out: &mut String, marks: &[&Mark<'_>], sources: &Sources, width: usize) -> fmt::Result {
    let Some(first) = marks.first() else { return Ok(()) };
    let arrow = if first.primary { "-->" } else { ":::" };
    let name = sources.name(first.source);
    writeln!(out, "{:width$}{arrow} {name}:{}:{}", "", first.line, first.column)?;
    writeln!(out, "{:width$} |", "")?;
    let mut lines: Vec<usize> = marks.iter().map(|mark| mark.line).collect();
    lines.sort_unstable();
    lines.dedup();
    let mut previous = None;
    for line in lines {
        if previous.is_some_and(|previous| previous + 1 < line) {
            writeln!(out, "...")?;
        }
        let mut of_line: Vec<&Mark<'_>> = marks.iter().copied().filter(|mark| mark.line == line).collect();
        of_line.sort_by_key(|mark| std::cmp::Reverse(mark.column));
        write_line(out, &of_line, sources, width)?;
        previous = Some(line);
    }
    Ok(())
}

/// How many characters of a line are shown.
const SHOWN: usize = 160;
/// How many characters are shown before the mark that a longer line is shown for.
const BEFORE_MARK: usize = 60;

/// Writes a line of the schema, and under it each mark on a line of its own, the rightmost first.
///
/// A long line is cut around the primary mark. Marks that fall outside are left with their message alone.
fn write_line(out: &mut String, marks: &[&Mark<'_>], sources: &Sources, width: usize) -> fmt::Result {
    let Some(center) = marks.iter().find(|mark| mark.primary).or(marks.last()) else { return Ok(()) };
    let (line, length) = (center.line, sources.characters_of_line(center.source, center.line));
    let hidden = if length > SHOWN { center.column.saturating_sub(BEFORE_MARK) } else { 0 };
    // Only what is shown is looked at: the time must not grow with the line.
    let (text, first_column) = sources.line_around(center.source, line, center.offset, SHOWN);
    let characters = text.chars().filter(|c| *c != '\u{feff}').skip((hidden + 1).saturating_sub(first_column));
    let shown: String = characters.take(SHOWN).map(|c| if has_no_place(c) { ' ' } else { c }).collect();
    let cut_before = if hidden > 0 { "…" } else { "" };
    let cut_after = if length > hidden + SHOWN { "…" } else { "" };
    writeln!(out, "{}", format!("{line:>width$} | {cut_before}{shown}{cut_after}").trim_end())?;
    let shown_end = hidden + SHOWN;
    for mark in marks {
        let row = if mark.column <= hidden || mark.column > shown_end + 1 {
            format!("{:width$} | … {}", "", shortened(mark.message))
        } else {
            let start = mark.column - 1 - hidden;
            let indent = start + usize::from(hidden > 0);
            let length = mark.length.min(SHOWN - start.min(SHOWN)).max(1);
            let underline = if mark.primary { "^" } else { "-" }.repeat(length);
            format!("{:width$} | {:indent$}{underline} {}", "", "", shortened(mark.message))
        };
        writeln!(out, "{}", row.trim_end())?;
    }
    Ok(())
}
