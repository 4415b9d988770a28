//! A schema in pieces that can be put in another order: each declaration with its comments.

use std::mem;

use super::format;
use crate::Parsed;
use crate::ast::{Combinator, Comment, File, Item, Section};
use crate::{Span, parse};

/// A schema as declarations with their comments, so that declarations can be moved, replaced, added and removed.
///
/// Everything is in the layout that [`format()`] gives. [`Document::sorted`] writes it in the one sorted order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// The comments at the beginning that belong to no declaration, a line each, the layer among them.
    pub header: Vec<Note>,
    /// The declarations in the order of the text. Section headers are not among them: each combinator knows its section.
    pub entries: Vec<Entry>,
    /// The comments right before the functions.
    pub before_functions: Vec<Note>,
    /// The comments behind the last declaration.
    pub footer: Vec<Note>,
}

/// A comment on lines of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The comment, delimiters included. Several block comments can share a line.
    pub text: String,
    /// `true` if an empty line is before it.
    pub after_empty_line: bool,
}

/// A declaration with the comments that belong to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The comments before it.
    pub notes: Vec<Note>,
    /// `true` if an empty line is between the last of them and the declaration.
    pub after_empty_line: bool,
    /// The text, with the comments inside of it and at its end.
    pub text: String,
    /// The declaration, with places in the formatted text.
    pub item: Item,
}

impl Entry {
    /// The constructor or function, if it is one.
    #[must_use]
    pub fn combinator(&self) -> Option<&Combinator> {
        match &self.item {
            Item::Combinator(combinator) => Some(combinator),
            _ => None,
        }
    }

    /// Replaces the declaration. The comment behind it stays; those inside of it go before it.
    pub fn replace(&mut self, combinator: Combinator, declaration: &str) {
        let old = parse(Default::default(), &self.text).file;
        let end = old.items.last().map_or(0, |item| item.span().end);
        for comment in old.comments.iter().filter(|comment| comment.span.start < end) {
            let text = self.text.get(comment.span.range()).unwrap_or_default().to_owned();
            self.notes.push(Note { text, after_empty_line: false });
        }
        let behind = self.text.get(end as usize..).map_or("", str::trim);
        let separator = if behind.is_empty() { "" } else { " " };
        self.text = format!("{declaration}{separator}{behind}");
        self.item = Item::Combinator(combinator);
    }
}

impl Document {
    /// Cuts a schema into its declarations. `text` is what `parsed` was read from.
    ///
    /// `None` if there is an error among the diagnostics, or if the order has a meaning, see [`order_matters`].
    #[must_use]
    pub fn read(parsed: &Parsed, text: &str) -> Option<Self> {
        if order_matters(&parsed.file).is_some() {
            return None;
        }
        let text = format(parsed, text)?;
        let file = parse(parsed.file.source, &text).file;
        Some(Reader { document: Self::default(), notes: Vec::new(), is_first: true }.read(&file, &text))
    }
}

/// Where a file says that its declarations are those of several layers, one after the other, so that their order has a meaning: a line
/// such as `===8===`, or a comment `// tl:layer(8)`.
#[must_use]
pub fn order_matters(file: &File) -> Option<Span> {
    let is_layer = |comment: &&Comment| comment.text.trim_start().starts_with("tl:layer(");
    let in_comment = file.comments.iter().find(is_layer).map(|comment| comment.span);
    file.layer_markers.first().map(|marker| marker.span).or(in_comment)
}

/// Goes through the lines of a formatted text.
struct Reader {
    document: Document,
    /// The comments since the last declaration.
    notes: Vec<Note>,
    /// `true` if no declaration was met.
    is_first: bool,
}

impl Reader {
    fn read(mut self, file: &File, text: &str) -> Document {
        let mut items = file.items.iter().peekable();
        let mut after_empty_line = false;
        for line in lines(file, text) {
            let content = &text[line.range()];
            if content.trim().is_empty() {
                after_empty_line = true;
                continue;
            }
            match items.next_if(|item| item.span().start < line.end) {
                Some(item) => self.item(item, line, content, after_empty_line),
                None => self.notes.push(Note { text: content.to_owned(), after_empty_line }),
            }
            after_empty_line = false;
        }
        self.document.footer.extend(self.notes);
        if let Some(layer) = file.layer {
            self.document.move_layer(&text[..layer.span.end as usize]);
        }
        self.document
    }

    fn item(&mut self, item: &Item, line: Span, content: &str, after_empty_line: bool) {
        let mut notes = mem::take(&mut self.notes);
        if mem::take(&mut self.is_first) {
            let count = header_length(&notes, after_empty_line);
            self.document.header = notes.drain(..count).collect();
        }
        let Item::Section(header) = item else {
            let (text, item) = (content.to_owned(), item.clone());
            self.document.entries.push(Entry { notes, after_empty_line, text, item });
            return;
        };
        // Comments on the line of the header get lines of their own.
        let (start, end) = (header.span.start.saturating_sub(line.start), header.span.end.saturating_sub(line.start));
        let around = [content.get(..start as usize), content.get(end as usize..)];
        let around = around.into_iter().flatten().map(str::trim).filter(|text| !text.is_empty());
        notes.extend(around.map(|text| Note { text: text.to_owned(), after_empty_line: false }));
        match header.section {
            Section::Functions => self.document.before_functions.extend(notes),
            Section::Types => {
                // Before a header they documented nothing, and behind everything they do not begin to.
                let (tags, others) = notes.into_iter().partition(|note| note.text.starts_with("//@"));
                self.document.footer.extend::<Vec<_>>(tags);
                self.notes = others;
            }
        }
    }
}

/// The lines of a text. A line end inside of a declaration or a comment does not end a line.
fn lines(file: &File, text: &str) -> Vec<Span> {
    let comments = file.comments.iter().map(|comment| comment.span);
    let mut closed: Vec<Span> = comments.chain(file.items.iter().map(Item::span)).collect();
    closed.sort_unstable();
    let mut closed = closed.into_iter().peekable();
    let (mut start, mut closed_until, mut lines) = (0, 0, Vec::new());
    for (at, _) in text.match_indices('\n') {
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        while let Some(span) = closed.next_if(|span| span.start <= at) {
            closed_until = closed_until.max(span.end);
        }
        if at >= closed_until {
            lines.push(Span::new(start, at));
            start = at + 1;
        }
    }
    lines.push(Span::new(start, u32::try_from(text.len()).unwrap_or(u32::MAX)));
    lines
}

/// How many of the comments before the first declaration are about the file: those before an empty line, up to the first one that
/// has a meaning for the declaration.
fn header_length(notes: &[Note], after_empty_line: bool) -> usize {
    let meant = notes.iter().position(|note| is_about_declaration(&note.text)).unwrap_or(notes.len());
    if meant == notes.len() && after_empty_line {
        return meant;
    }
    let last_paragraph = notes.iter().take((meant + 1).min(notes.len())).rposition(|note| note.after_empty_line);
    last_paragraph.unwrap_or(0)
}

/// Returns whether a comment has a meaning for the declaration that follows.
fn is_about_declaration(note: &str) -> bool {
    let text = note.strip_prefix("//").unwrap_or_default();
    let directives = ["tl:allow(", "tl:warn(", "tl:deny(", "tl:was("];
    let is_directive = directives.iter().any(|directive| text.trim_start().starts_with(directive));
    text.starts_with(['@', '-']) || is_directive || text.trim_start().starts_with("namespace ")
}

impl Document {
    /// Moves the comment that states the layer into the header. `until` is the text up to the number.
    fn move_layer(&mut self, until: &str) {
        let stated = until.rsplit('\n').next().unwrap_or_default();
        let is_stated = |note: &Note| note.text.starts_with(stated);
        if self.header.iter().any(is_stated) {
            return;
        }
        let entries = self.entries.iter_mut().map(|entry| &mut entry.notes);
        let places = entries.chain([&mut self.before_functions, &mut self.footer]);
        let found = places.into_iter().find_map(|notes| Some(notes.remove(notes.iter().position(is_stated)?)));
        if let Some(note) = found {
            let end = self.header.iter().skip(1).position(|note| note.after_empty_line).map(|at| at + 1);
            self.header.insert(end.unwrap_or(self.header.len()), Note { after_empty_line: false, ..note });
        }
    }
}
