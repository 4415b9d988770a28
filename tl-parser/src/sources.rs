//! The texts of one run, and places in them as people count.

use std::sync::OnceLock;

use crate::{Diagnostic, Label, Severity, SourceId, Span, codes, lexer};

/// The texts of one run, by the ids that spans refer to.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    sources: Vec<Source>,
}

#[derive(Clone, Debug)]
struct Source {
    name: String,
    text: String,
    /// Offset of the first byte of each line. A text without findings never needs them.
    line_starts: OnceLock<Vec<usize>>,
}

impl Source {
    fn line_starts(&self) -> &[usize] {
        self.line_starts.get_or_init(|| {
            let after_line_ends =
                self.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
            std::iter::once(0).chain(after_line_ends).collect()
        })
    }
}

impl Sources {
    /// No texts yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a text in. `name` is what diagnostics call it, usually the path of its file.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> SourceId {
        self.sources.push(Source { name: name.into(), text: text.into(), line_starts: OnceLock::new() });
        SourceId(u32::try_from(self.sources.len() - 1).unwrap_or(u32::MAX))
    }

    /// Takes in a text that may not be UTF-8.
    ///
    /// Every byte that belongs to no character is replaced by a blank, so that offsets stay as they are, and every run
    /// of them is reported as `invalid-utf8`: as a warning inside of a comment, as an error elsewhere.
    pub fn add_bytes(&mut self, name: impl Into<String>, bytes: Vec<u8>) -> (SourceId, Vec<Diagnostic>) {
        let (text, invalid) = match String::from_utf8(bytes) {
            Ok(text) => (text, Vec::new()),
            Err(error) => replace_invalid(error.as_bytes()),
        };
        let id = self.add(name, text);
        let diagnostics = report_invalid(id, self.text(id), &invalid);
        (id, diagnostics)
    }

    /// The name of a text; empty for an id that another [`Sources`] gave out.
    #[must_use]
    pub fn name(&self, id: SourceId) -> &str {
        self.get(id).map_or("", |source| &source.name)
    }

    /// A text; empty for an id that another [`Sources`] gave out.
    #[must_use]
    pub fn text(&self, id: SourceId) -> &str {
        self.get(id).map_or("", |source| &source.text)
    }

    /// Line and column of a byte offset, both counted from 1, columns in characters. An offset beyond the end is the
    /// end.
    #[must_use]
    pub fn line_column(&self, id: SourceId, offset: u32) -> (usize, usize) {
        let Some(source) = self.get(id) else { return (1, 1) };
        let mut offset = (offset as usize).min(source.text.len());
        while !source.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = source.line_starts().partition_point(|start| *start <= offset).max(1);
        let start = source.line_starts().get(line - 1).copied().unwrap_or(0);
        let before = source.text.get(start..offset).unwrap_or_default();
        // A byte order mark is no character of the text.
        let column = before.chars().filter(|c| *c != '\u{feff}').count() + 1;
        (line, column)
    }

    /// The text of a line, counted from 1, without its end; empty beyond the last one.
    #[must_use]
    pub fn line(&self, id: SourceId, line: usize) -> &str {
        let Some(source) = self.get(id) else { return "" };
        let Some(start) = line.checked_sub(1).and_then(|index| source.line_starts().get(index)) else { return "" };
        let end = source.line_starts().get(line).copied().unwrap_or(source.text.len());
        let text = source.text.get(*start..end).unwrap_or_default();
        let text = text.strip_suffix('\n').unwrap_or(text);
        text.strip_suffix('\r').unwrap_or(text)
    }

    /// The text that a label points at.
    #[must_use]
    pub fn snippet(&self, label: &Label) -> &str {
        self.text(label.source).get(label.span.range()).unwrap_or_default()
    }

    fn get(&self, id: SourceId) -> Option<&Source> {
        self.sources.get(id.0 as usize)
    }
}

/// The text with blanks for all invalid bytes, and where those are.
fn replace_invalid(bytes: &[u8]) -> (String, Vec<(usize, usize)>) {
    let mut text = String::with_capacity(bytes.len());
    let mut invalid: Vec<(usize, usize)> = Vec::new();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        let (start, count) = (text.len(), chunk.invalid().len());
        text.extend(std::iter::repeat_n(' ', count));
        match invalid.last_mut() {
            Some((_, end)) if *end == start => *end = start + count,
            _ if count > 0 => invalid.push((start, start + count)),
            _ => {}
        }
    }
    (text, invalid)
}

fn report_invalid(id: SourceId, text: &str, invalid: &[(usize, usize)]) -> Vec<Diagnostic> {
    if invalid.is_empty() || u32::try_from(text.len()).is_err() {
        return Vec::new();
    }
    let comments = lexer::lex(id, text).comments;
    let offset = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    let report = |(start, end): &(usize, usize)| {
        let span = Span::new(offset(*start), offset(*end));
        let before = comments.partition_point(|comment| comment.span.start <= span.start);
        let comment = before.checked_sub(1).and_then(|index| comments.get(index));
        let label = Label::new(id, span);
        if comment.is_some_and(|comment| span.start < comment.span.end) {
            Diagnostic::new(&codes::INVALID_UTF8, "bytes that are not UTF-8 in a comment", label)
        } else {
            let report = Diagnostic::new(&codes::INVALID_UTF8, "bytes that are not UTF-8", label);
            Diagnostic { severity: Severity::Error, ..report }
        }
    };
    invalid.iter().map(report).collect()
}
