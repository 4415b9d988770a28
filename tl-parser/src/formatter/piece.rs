//! The parts of declarations that are never broken, each printed in the canonical spelling.

use std::fmt;

use super::comment_run::{CommentRun, Place, follows_on_line};
use crate::Span;
use crate::ast::{Body, Combinator, Field, FieldKind, File, Item, Repetition};
use crate::lexer::LINE_ENDS;
use crate::printer::{
    section_header, write_field_beginning, write_finality, write_name_and_id, write_optional_argument,
    write_partial_application, write_separator_and_result,
};
use crate::token::{Token, TokenKind};

/// A part of a declaration, or a section header.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// Where it was read from. The parts of `(a b:int)` share one place.
    pub(super) span: Span,
    /// Its canonical spelling.
    pub(super) text: String,
    /// How it is joined to what stands before it, unless that must end its line.
    pub(super) join: Join,
    /// How far it is indented where it begins a line.
    pub(super) depth: usize,
    /// What it is.
    pub(super) kind: PieceKind,
}

/// What a piece is, as far as the layout depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PieceKind {
    /// `---functions---`
    Section,
    /// `@read`
    Annotation,
    /// `name#01234567`, and each `{X:Type}`.
    Head,
    /// A field, or the question mark of a built-in type.
    Field,
    /// `name:n*[`
    OpeningBracket,
    /// `]`
    ClosingBracket,
    /// `= Type`
    Result,
    /// `;`
    Semicolon,
    /// All of a declaration that is no combinator, but for its semicolon.
    Declaration,
}

/// What stands between two parts of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Join {
    /// Nothing.
    Glued,
    /// One blank.
    Blank,
    /// A line end.
    Line,
    /// An empty line.
    EmptyLine,
}

impl Join {
    fn line_if(broken: bool) -> Self {
        if broken { Self::Line } else { Self::Blank }
    }
}

/// Cuts all declarations of a file.
pub(super) fn cut(file: &File, tokens: &[Token], runs: &[CommentRun], text: &str) -> Vec<Piece> {
    let mut cutter = Cutter { text, pieces: Vec::new() };
    let mut stray = stray_semicolons(file, tokens, runs, text).into_iter().peekable();
    for item in &file.items {
        let start = item_span(item).start;
        while let Some(span) = stray.next_if(|span| span.start < start) {
            cutter.declaration(span, ";".to_owned());
        }
        cutter.item(item);
    }
    for span in stray {
        cutter.declaration(span, ";".to_owned());
    }
    cutter.pieces
}

/// Semicolons without a declaration that a comment follows on their line. That comment has to stay behind something:
/// at the beginning of a line it could become documentation.
fn stray_semicolons(file: &File, tokens: &[Token], runs: &[CommentRun], text: &str) -> Vec<Span> {
    let mut items = file.items.iter().map(item_span).peekable();
    let mut ends_of_line = runs.iter().filter(|run| run.place == Place::EndOfLine).peekable();
    let mut found = Vec::new();
    for token in tokens.iter().filter(|token| token.kind == TokenKind::Semicolon) {
        while items.next_if(|item| item.end < token.span.end).is_some() {}
        while ends_of_line.next_if(|run| run.span.start < token.span.end).is_some() {}
        let belongs_to_item = items.peek().is_some_and(|item| item.start <= token.span.start);
        let is_followed = ends_of_line.peek().is_some_and(|run| follows_on_line(text, token.span.end, run.span.start));
        if is_followed && !belongs_to_item {
            found.push(token.span);
        }
    }
    found
}

fn item_span(item: &Item) -> Span {
    match item {
        Item::Section(header) => header.span,
        Item::Combinator(combinator) => combinator.span,
        Item::PartialApplication(application) => application.span,
        Item::Finality(finality) => finality.span,
    }
}

struct Cutter<'a> {
    text: &'a str,
    pieces: Vec<Piece>,
}

impl Cutter<'_> {
    /// Returns whether the text has a line end between two places.
    fn is_broken(&self, from: u32, to: u32) -> bool {
        self.text.get(Span::new(from, to).range()).is_some_and(|between| between.contains(LINE_ENDS))
    }

    fn push(&mut self, kind: PieceKind, span: Span, join: Join, depth: usize, text: String) {
        self.pieces.push(Piece { span, text, join, depth, kind });
    }

    fn declaration(&mut self, span: Span, text: String) {
        self.push(PieceKind::Declaration, span, Join::Line, 0, text);
    }

    fn semicolon(&mut self, end: u32) {
        let span = Span::new(end.saturating_sub(1), end);
        self.push(PieceKind::Semicolon, span, Join::Glued, 1, ";".to_owned());
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Section(header) => {
                let text = section_header(header.section).to_owned();
                self.push(PieceKind::Section, header.span, Join::Line, 0, text);
            }
            Item::Combinator(combinator) => self.combinator(combinator),
            Item::PartialApplication(application) => {
                let span = Span::new(application.span.start, application.expression.span.end);
                self.declaration(span, written(|out| write_partial_application(out, application)));
                self.semicolon(application.span.end);
            }
            Item::Finality(finality) => {
                let span = Span::new(finality.span.start, finality.name.span.end);
                self.declaration(span, written(|out| write_finality(out, finality)));
                self.semicolon(finality.span.end);
            }
        }
    }

    fn combinator(&mut self, combinator: &Combinator) {
        let broken = self.is_broken(combinator.name.span.start, combinator.result.span.end);
        self.annotations_and_name(combinator);
        for argument in &combinator.optional_arguments {
            let text = written(|out| write_optional_argument(out, argument));
            self.push(PieceKind::Head, argument.span, Join::Blank, 1, text);
        }
        match &combinator.body {
            Body::Fields(fields) => self.fields(fields, broken, 1),
            Body::Builtin(span) => self.push(PieceKind::Field, *span, Join::line_if(broken), 1, "?".to_owned()),
        }
        let result = written(|out| write_separator_and_result(out, combinator));
        self.push(PieceKind::Result, combinator.result.span, Join::line_if(broken), 1, result);
        self.semicolon(combinator.span.end);
    }

    fn annotations_and_name(&mut self, combinator: &Combinator) {
        // The first annotation begins with its `@`: a comment behind that is inside of the declaration.
        let mut start = combinator.span.start;
        let mut join = Join::Line;
        for (index, annotation) in combinator.annotations.iter().enumerate() {
            if index > 0 {
                join = Join::line_if(self.is_broken(start, annotation.span.start));
                start = annotation.span.start;
            }
            let span = Span::new(start, annotation.span.end);
            self.push(PieceKind::Annotation, span, join, 0, format!("@{}", annotation.text));
        }
        if !combinator.annotations.is_empty() {
            join = Join::line_if(self.is_broken(start, combinator.name.span.start));
        }
        let text = written(|out| write_name_and_id(out, combinator, combinator.id.map(|id| id.value)));
        self.push(PieceKind::Head, combinator.name.span, join, 0, text);
    }

    fn fields(&mut self, fields: &[Field], broken: bool, depth: usize) {
        let join = Join::line_if(broken);
        for field in fields {
            let text = written(|out| write_field_beginning(out, field));
            match &field.kind {
                FieldKind::Type(_) => self.push(PieceKind::Field, field.span, join, depth, text),
                FieldKind::Repetition(repetition) => {
                    let beginning = Span::new(field.span.start, end_of_beginning(repetition));
                    self.push(PieceKind::OpeningBracket, beginning, join, depth, text);
                    self.repetition(repetition, self.is_broken(field.span.start, field.span.end), depth);
                }
            }
        }
    }

    /// What follows the opening bracket.
    fn repetition(&mut self, repetition: &Repetition, broken: bool, depth: usize) {
        let end = repetition.span.end;
        self.fields(&repetition.fields, broken, depth + 1);
        let bracket = Span::new(end.saturating_sub(1), end);
        self.push(PieceKind::ClosingBracket, bracket, Join::line_if(broken), depth, "]".to_owned());
    }
}

/// Where the multiplicity ends, or else the opening bracket.
fn end_of_beginning(repetition: &Repetition) -> u32 {
    let bracket = repetition.span.start.saturating_add(1);
    repetition.multiplicity.as_ref().map_or(bracket, |multiplicity| multiplicity.span.end)
}

fn written(write: impl FnOnce(&mut String) -> fmt::Result) -> String {
    let mut text = String::new();
    // Writing to a string never fails.
    let _ = write(&mut text);
    text
}
