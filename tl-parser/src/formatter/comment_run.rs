//! The comments of a file, as they share lines. Layer markers, which have no meaning either, are treated like comments.

use crate::Span;
use crate::lexer::{LINE_ENDS, Lexed, is_blank};

/// Comments on one line, with nothing but blanks between them.
///
/// They stay together, since a comment that does not begin its line documents nothing.
#[derive(Clone, Debug)]
pub(super) struct CommentRun {
    /// From the first to the last.
    pub(super) span: Span,
    /// The comments, with one blank between each two.
    pub(super) text: String,
    /// Where they stand on their line.
    pub(super) place: Place,
}

/// Where comments stand on their line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Nothing else is on the line.
    OwnLine,
    /// Something stands before them, and nothing behind, or another declaration.
    EndOfLine,
    /// Something stands behind them.
    BeforeToken,
}

/// The comments and layer markers of a text.
pub(super) fn gather(lexed: &Lexed, text: &str) -> Vec<CommentRun> {
    let comments = lexed.comments.iter().map(|comment| comment.span);
    let mut spans: Vec<Span> = comments.chain(lexed.layer_markers.iter().copied()).collect();
    spans.sort_unstable();
    let mut runs: Vec<CommentRun> = Vec::new();
    for span in spans {
        let comment = canonical(text.get(span.range()).unwrap_or_default());
        match runs.last_mut() {
            Some(run) if follows_on_line(text, run.span.end, span.start) => {
                run.span = run.span.to(span);
                run.text.push(' ');
                run.text.push_str(&comment);
            }
            _ => runs.push(CommentRun { span, text: comment, place: Place::OwnLine }),
        }
    }
    for run in &mut runs {
        run.place = place(text, run.span);
    }
    runs
}

/// The comment with line feeds as line ends, and without blanks at the end.
fn canonical(comment: &str) -> String {
    comment.trim_end().replace("\r\n", "\n").replace('\r', "\n")
}

fn place(text: &str, span: Span) -> Place {
    let is_blank_within_line = |c: char| is_blank(c) && !LINE_ENDS.contains(&c);
    let before = text.get(..span.start as usize).unwrap_or_default().trim_end_matches(is_blank_within_line);
    let behind = text.get(span.end as usize..).unwrap_or_default().trim_start_matches(is_blank_within_line);
    let line_goes_on = !(behind.is_empty() || behind.starts_with(LINE_ENDS));
    if before.ends_with(';') {
        // What follows begins another line.
        Place::EndOfLine
    } else if line_goes_on {
        Place::BeforeToken
    } else if before.is_empty() || before.ends_with(LINE_ENDS) {
        Place::OwnLine
    } else {
        Place::EndOfLine
    }
}

/// Returns whether nothing but blanks, and no line end, is between two places.
pub(super) fn follows_on_line(text: &str, from: u32, to: u32) -> bool {
    text.get(Span::new(from, to).range())
        .is_some_and(|between| between.chars().all(|c| is_blank(c) && !LINE_ENDS.contains(&c)))
}
