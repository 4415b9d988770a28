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
    /// How many characters there are before every block of [`BLOCK`] bytes, for lines so long that counting takes time.
    characters: OnceLock<Vec<usize>>,
}

/// How many bytes of a line are counted again for each place in it.
const BLOCK: usize = 1024;

impl Source {
    fn new(name: String, text: String) -> Self {
        Self { name, text, line_starts: OnceLock::new(), characters: OnceLock::new() }
    }

    fn line_starts(&self) -> &[usize] {
        self.line_starts.get_or_init(|| {
            let after_line_ends = line_ends(&self.text).map(|(_, after)| after);
            std::iter::once(0).chain(after_line_ends).collect()
        })
    }

    /// The offset of the first byte of a line, counted from 1.
    fn start_of(&self, line: usize) -> usize {
        line.checked_sub(1).and_then(|index| self.line_starts().get(index)).copied().unwrap_or(0)
    }

    /// The number of characters before an offset, byte order marks aside: they are no characters of the text.
    fn characters_before(&self, offset: usize) -> usize {
        let blocks = self.characters.get_or_init(|| {
            let mut counts = vec![0];
            for start in (0..self.text.len()).step_by(BLOCK) {
                let end = self.text.len().min(start + BLOCK);
                counts.push(counts.last().copied().unwrap_or(0) + self.characters_in(start, end));
            }
            counts
        });
        let block = offset / BLOCK;
        blocks.get(block).copied().unwrap_or(0) + self.characters_in(block * BLOCK, offset)
    }

    /// How many characters begin between two offsets.
    fn characters_in(&self, start: usize, end: usize) -> usize {
        const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();
        let bytes = self.text.as_bytes();
        let begins = |at: &usize| {
            let rest = bytes.get(*at..).unwrap_or_default();
            rest.first().is_some_and(|byte| byte & 0xc0 != 0x80) && !rest.starts_with(BYTE_ORDER_MARK)
        };
        (start..end).filter(begins).count()
    }
}

/// The ends of lines: where each begins, and where the next line begins. A carriage return that no line feed follows ends a line
/// as well.
fn line_ends(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().filter_map(move |(at, byte)| match byte {
        b'\n' => Some((at, at + 1)),
        b'\r' if bytes.get(at + 1) != Some(&b'\n') => Some((at, at + 1)),
        _ => None,
    })
}

impl Sources {
    /// No texts yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes a text in. `name` is what diagnostics call it, usually the path of its file.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> SourceId {
        self.sources.push(Source::new(name.into(), text.into()));
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
        (line, source.characters_before(offset) - source.characters_before(start) + 1)
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

    /// How many characters a line has, counted from 1, without its end.
    pub(crate) fn characters_of_line(&self, id: SourceId, line: usize) -> usize {
        let (Some(source), whole) = (self.get(id), self.line(id, line)) else { return 0 };
        let start = source.start_of(line);
        source.characters_before(start + whole.len()) - source.characters_before(start)
    }

    /// The part of a line around an offset, and the column of its first character: as many characters before the offset, and
    /// as many from it on, as are asked for, and perhaps more.
    pub(crate) fn line_around(&self, id: SourceId, line: usize, offset: u32, characters: usize) -> (&str, usize) {
        let (Some(source), whole) = (self.get(id), self.line(id, line)) else { return ("", 1) };
        let start = source.start_of(line);
        let at = (offset as usize).saturating_sub(start).min(whole.len());
        let boundary = |mut at: usize| {
            while !whole.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let most_bytes = 4 * characters;
        let from = boundary(at.saturating_sub(most_bytes));
        let to = boundary((at + most_bytes).min(whole.len()));
        let column = source.characters_before(start + from) - source.characters_before(start) + 1;
        (whole.get(from..to).unwrap_or_default(), column)
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
