//! Puts pieces and comments together.

use super::comment_run::{CommentRun, Place, follows_on_line};
use super::piece::{Join, Piece, PieceKind};
use crate::lexer::{LINE_ENDS, is_blank};

/// What a line of a declaration is indented by, once for each level.
const INDENTATION: &str = "  ";

/// Writes pieces and comments in the order of the text.
pub(super) fn lay_out(pieces: &[Piece], runs: &[CommentRun], text: &str) -> String {
    let mut layout = Layout { text, written: String::new(), line_ends: false, last_piece: None, after_comment: false };
    let mut runs = runs.iter().peekable();
    let mut behind_last: Vec<&CommentRun> = Vec::new();
    let mut last_span = None;
    for piece in pieces {
        let mut before = std::mem::take(&mut behind_last);
        while let Some(run) = runs.next_if(|run| run.span.start < piece.span.end) {
            let inside = run.span.start >= piece.span.start;
            if inside && (run.place == Place::EndOfLine || piece.kind == PieceKind::Annotation) {
                behind_last.push(run);
            } else {
                before.push(run);
            }
        }
        if piece.kind == PieceKind::Semicolon && may_pass_semicolon(&before, runs.peek().copied(), piece, text) {
            behind_last.append(&mut before);
        }
        let is_first_of_group = last_span != Some(piece.span);
        layout.piece(piece, &before, is_first_of_group);
        last_span = Some(piece.span);
    }
    behind_last.extend(runs);
    layout.end(&behind_last)
}

/// Returns whether a comment at the end of the last line before the semicolon can stand behind it instead.
///
/// Only one has room there: a second one would begin a line, where it could become documentation of what follows.
fn may_pass_semicolon(before: &[&CommentRun], next: Option<&CommentRun>, semicolon: &Piece, text: &str) -> bool {
    let is_taken = next.is_some_and(|next| {
        next.place == Place::EndOfLine && follows_on_line(text, semicolon.span.end, next.span.start)
    });
    matches!(before, [run] if run.place == Place::EndOfLine) && !is_taken
}

struct Layout<'a> {
    text: &'a str,
    written: String,
    /// Whether nothing more may be added to the current line.
    line_ends: bool,
    /// The last piece that was written.
    last_piece: Option<PieceKind>,
    /// Whether a comment on a line of its own was written after that.
    after_comment: bool,
}

impl Layout<'_> {
    /// Writes a piece and the comments before it.
    fn piece(&mut self, piece: &Piece, before: &[&CommentRun], is_first_of_group: bool) {
        // Whatever begins the piece's line is joined to the line before as the piece is.
        let mut join = None;
        let comment_depth = piece.depth + usize::from(piece.kind == PieceKind::ClosingBracket);
        let line_end = before.iter().rposition(|run| run.place != Place::BeforeToken);
        for (index, run) in before.iter().enumerate() {
            if run.place == Place::BeforeToken {
                let shares_line = line_end.is_none_or(|last| last < index);
                let depth = if shares_line { piece.depth } else { comment_depth };
                let own = self.join_of_piece(piece, self.has_empty_line_before(run.span.start)).max(Join::Blank);
                self.put(&run.text, join.unwrap_or(own), depth);
                join = Some(if piece.join == Join::Glued { Join::Glued } else { Join::Blank });
            } else {
                self.comment(run, comment_depth);
            }
        }
        let own = self.join_of_piece(piece, is_first_of_group && self.has_empty_line_before(piece.span.start));
        self.put(&piece.text, join.unwrap_or(own), piece.depth);
        self.last_piece = Some(piece.kind);
        self.after_comment = false;
    }

    fn join_of_piece(&self, piece: &Piece, empty_line_before: bool) -> Join {
        use PieceKind::{Annotation, ClosingBracket, Result, Section, Semicolon};
        if piece.join != Join::Line {
            return piece.join;
        }
        let empty_line = match piece.kind {
            Section => !self.after_comment || empty_line_before,
            Result | ClosingBracket | Semicolon => false,
            _ if self.last_piece == Some(Annotation) => false,
            _ => self.has_empty_line_after_last(empty_line_before),
        };
        if empty_line { Join::EmptyLine } else { Join::Line }
    }

    /// Returns whether an empty line follows what was written last. `kept` says whether there is one in the text.
    fn has_empty_line_after_last(&self, kept: bool) -> bool {
        use PieceKind::{Annotation, Head, OpeningBracket, Section};
        match self.last_piece {
            _ if self.after_comment => kept,
            Some(Section) => true,
            Some(Annotation | Head | OpeningBracket) => false,
            _ => kept,
        }
    }

    /// Writes comments that end their line.
    fn comment(&mut self, run: &CommentRun, depth: usize) {
        if run.place == Place::EndOfLine && !self.line_ends {
            self.put(&run.text, Join::Blank, depth);
        } else {
            let empty_line = self.has_empty_line_after_last(self.has_empty_line_before(run.span.start));
            self.put(&run.text, if empty_line { Join::EmptyLine } else { Join::Line }, depth);
            self.after_comment = true;
        }
        self.line_ends = true;
    }

    fn put(&mut self, text: &str, join: Join, depth: usize) {
        let join = if self.line_ends { join.max(Join::Line) } else { join };
        let separator = match join {
            _ if self.written.is_empty() => "",
            Join::Glued => "",
            Join::Blank => " ",
            Join::Line => "\n",
            Join::EmptyLine => "\n\n",
        };
        self.written.push_str(separator);
        if join >= Join::Line {
            self.written.extend(std::iter::repeat_n(INDENTATION, depth));
        }
        self.written.push_str(text);
        self.line_ends = false;
    }

    fn end(mut self, rest: &[&CommentRun]) -> String {
        for run in rest {
            self.comment(run, 0);
        }
        if !self.written.is_empty() {
            self.written.push('\n');
        }
        self.written
    }

    /// Returns whether there is an empty line right before a place of the text.
    fn has_empty_line_before(&self, offset: u32) -> bool {
        let before = self.text.get(..offset as usize).unwrap_or_default();
        let blanks = before.get(before.trim_end_matches(is_blank).len()..).unwrap_or_default();
        blanks.replace("\r\n", "\n").matches(LINE_ENDS).nth(1).is_some()
    }
}
