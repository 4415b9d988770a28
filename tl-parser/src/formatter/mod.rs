//! Lays a schema out in one way, with every comment in its place.
//!
//! The tree is cut into [pieces](piece), each printed in the canonical spelling; the comments are gathered into
//! [runs](comment_run) that stay on one line; the [layout] goes through both by their places in the text.

mod comment_run;
mod document;
mod layout;
mod piece;
mod sorted;
#[cfg(test)]
mod tests;

pub use document::{Document, Entry, Note, order_matters};
pub use sorted::{order_of, sort};

use crate::{Parsed, lexer};

/// Lays a schema out in the canonical way. `text` is what `parsed` was read from.
///
/// `None` if there is an error among the diagnostics: such a text is not to be touched.
///
/// The result declares the same in the same order, with the same documentation, ids and layer, and holds every comment.
/// Formatting it again changes nothing.
///
/// # The layout
///
/// - A declaration that stands on one line stays on one line, however long. One with a line break between its name and
///   its result stands on several lines: name, id and optional arguments; each field by itself, indented by two blanks;
///   the result. The same holds for the brackets of a repetition.
/// - Types are written as [`print_combinator`](crate::print_combinator) does: `x:flags.0?Vector<int>`, `n*[ x:int ]`,
///   ids of eight lower-case digits, no superfluous parentheses, `{a b:Type}` as `{a:Type} {b:Type}`.
/// - An annotation stays on the line of the declaration, or on a line of its own, as it was.
/// - The order of declarations stays. One empty line at most is kept between two of them, and between two fields; a
///   section header has one on each side, but for a comment that stands right above it.
/// - A comment stays on a line of its own, at the end of its line, or before what follows it on its line; one between
///   two declarations on a line stays with the first. Within a field, which is not broken, a comment moves before the
///   field, or behind it if it ended its line. Its text stays, but for blanks at its end.
/// - No blanks at the ends of lines, no byte order mark, line feeds alone as line ends, and one at the end.
/// - Semicolons without a declaration are removed, unless a comment follows them on their line.
#[must_use]
pub fn format(parsed: &Parsed, text: &str) -> Option<String> {
    if parsed.has_errors() {
        return None;
    }
    let lexed = lexer::lex(parsed.file.source, text);
    let runs = comment_run::gather(&lexed, text);
    let pieces = piece::cut(&parsed.file, &lexed.tokens, &runs, text);
    Some(layout::lay_out(&pieces, &runs, text))
}
