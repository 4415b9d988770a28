//! Diagnostics as coloured text for terminals.

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use crate::lexer::LINE_ENDS;
use crate::render::{MOST_CHARACTERS, MOST_LABELS};
use crate::{Diagnostic, Label, Severity, SourceId, Sources, Span};

/// Renders a diagnostic like [`render`](crate::render), with terminal colours.
#[must_use]
pub fn render_colored(diagnostic: &Diagnostic, sources: &Sources) -> String {
    // What is long is cut by the plain form, without much work.
    if !is_short(diagnostic, sources) {
        return crate::render(diagnostic, sources);
    }
    let level = match diagnostic.severity {
        Severity::Note => Level::NOTE,
        Severity::Warning => Level::WARNING,
        Severity::Error => Level::ERROR,
    };
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code.name);
    let mut group: Group<'_> = title.elements(snippets(diagnostic, sources));
    for note in &diagnostic.notes {
        group = group.element(Level::NOTE.message(note.as_str()));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    let mut text = Renderer::styled().render(&[group]);
    text.push('\n');
    text
}

/// Returns whether a finding has the lines and places that people write, which can be shown as they are.
fn is_short(diagnostic: &Diagnostic, sources: &Sources) -> bool {
    let labels = || std::iter::once(&diagnostic.primary).chain(&diagnostic.secondary);
    let lines = labels().flat_map(|label| {
        let line = |offset| sources.line_column(label.source, offset).0;
        (line(label.span.start)..=line(label.span.end)).take(MOST_LABELS).map(|line| sources.line(label.source, line))
    });
    let texts = labels().map(|label| label.message.as_str()).chain(diagnostic.notes.iter().map(String::as_str));
    let mut all = lines.chain(texts).chain(diagnostic.help.as_deref()).chain([diagnostic.message.as_str()]);
    let same = || labels().filter(|label| label.source == diagnostic.primary.source).map(|label| label.span);
    let whole = same().reduce(Span::to).unwrap_or_default();
    let is_near = whole.end - whole.start < 1 << 16;
    is_near && diagnostic.secondary.len() <= MOST_LABELS && all.all(|text| text.len() <= MOST_CHARACTERS)
}

/// One snippet for each text that the diagnostic speaks of, that of the primary label first.
fn snippets<'d>(diagnostic: &'d Diagnostic, sources: &'d Sources) -> Vec<Snippet<'d, Annotation<'d>>> {
    let mut order: Vec<SourceId> = vec![diagnostic.primary.source];
    for label in &diagnostic.secondary {
        if !order.contains(&label.source) {
            order.push(label.source);
        }
    }
    order.into_iter().map(|source| snippet(diagnostic, source, sources)).collect()
}

fn snippet<'d>(diagnostic: &'d Diagnostic, source: SourceId, sources: &'d Sources) -> Snippet<'d, Annotation<'d>> {
    let labels: Vec<(&Label, AnnotationKind)> = std::iter::once((&diagnostic.primary, AnnotationKind::Primary))
        .chain(diagnostic.secondary.iter().map(|label| (label, AnnotationKind::Context)))
        .filter(|(label, _)| label.source == source)
        .collect();
    let whole = labels.iter().map(|(label, _)| label.span).reduce(Span::to).unwrap_or_default();
    // Only the lines in question are handed over: the time must not grow with the file.
    let (start, text) = lines_around(sources.text(source), whole);
    let (first_line, _) = sources.line_column(source, whole.start);
    let mut snippet = Snippet::source(text).line_start(first_line).path(sources.name(source));
    for (label, kind) in labels {
        let inside = |offset: u32| (offset as usize).saturating_sub(start).min(text.len());
        let span = inside(label.span.start)..inside(label.span.end);
        let message = (!label.message.is_empty()).then_some(label.message.as_str());
        snippet = snippet.annotation(kind.span(span).label(message));
    }
    snippet
}

/// The whole lines that a span touches, and the offset of the first of them.
fn lines_around(text: &str, span: Span) -> (usize, &str) {
    let before = text.get(..span.start as usize).unwrap_or(text);
    let start = before.rfind(LINE_ENDS).map_or(0, |at| at + 1);
    let after = text.get(span.end as usize..).unwrap_or_default();
    let end = after.find(LINE_ENDS).map_or(text.len(), |at| span.end as usize + at);
    (start, text.get(start..end).unwrap_or_default())
}
