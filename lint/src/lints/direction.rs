//! Characters that change the direction of text.

use typelang_parser::{Diagnostic, Label, SourceId, Sources, Span, declare_code, is_directional};

use crate::context::Context;

declare_code!(TEXT_DIRECTION {
    name: "text-direction",
    level: Warning,
    summary: "A comment or a fact file has a character that changes the direction of text",
    explanation: "Characters such as U+202E (right-to-left override) are not seen, and let a line look like something else than \
        what it is. Rust and many tools refuse them. Generated code and pages show them by their number: `\\u{202e}`.\n\n\
        ```text\n// A text\u{202e} that turns around.\nuser id:int = User;\n```\n\n\
        Remove the character; text of scripts that are written from right to left does not need it.",
});

pub(super) fn run(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    for file in context.files {
        let text = context.sources.text(file.source);
        for comment in &file.comments {
            let written = text.get(comment.span.range()).unwrap_or_default();
            findings.extend(first(file.source, written, comment.span.start, "the comment"));
        }
    }
}

/// Finds characters that change the direction of text in a file that is not a schema, the first of each line. Levels are settled by
/// [`check`](crate::check) if they are among the findings that it is given.
#[must_use]
pub fn text_directions(source: SourceId, sources: &Sources) -> Vec<Diagnostic> {
    let mut start = 0_u32;
    let lines = sources.text(source).split_inclusive('\n').filter_map(|line| {
        let found = first(source, line, start, "the line");
        start = start.saturating_add(u32::try_from(line.len()).unwrap_or(u32::MAX));
        found
    });
    lines.collect()
}

/// The first character of a text that changes its direction; `start` is where the text begins.
fn first(source: SourceId, text: &str, start: u32, what: &str) -> Option<Diagnostic> {
    let (at, character) = text.char_indices().find(|(_, character)| is_directional(*character))?;
    let start = start + u32::try_from(at).unwrap_or_default();
    let end = start + u32::try_from(character.len_utf8()).unwrap_or_default();
    let message =
        format!("{what} has the character U+{:04X}, which changes the direction of text", u32::from(character));
    let label = Label::new(source, Span { start, end });
    Some(Diagnostic::new(&TEXT_DIRECTION, message, label).with_help("remove the character"))
}
