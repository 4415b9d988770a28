//! Characters that change the direction of text.

use typelang_parser::{Diagnostic, Label, Span, declare_code, is_directional};

use crate::context::Context;

declare_code!(TEXT_DIRECTION {
    name: "text-direction",
    level: Warning,
    summary: "A comment has a character that changes the direction of text",
    explanation: "Characters such as U+202E (right-to-left override) are not seen, and let a line look like something else than \
        what it is. Rust and many tools refuse them. Generated code and pages show them by their number: `\\u{202e}`.\n\n\
        ```text\n// A text\u{202e} that turns around.\nuser id:int = User;\n```\n\n\
        Remove the character; text of scripts that are written from right to left does not need it.",
});

pub(super) fn run(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    for file in context.files {
        for comment in &file.comments {
            let text = context.sources.text(file.source);
            let written = text.get(comment.span.start as usize..comment.span.end as usize).unwrap_or_default();
            let Some((at, character)) = written.char_indices().find(|(_, character)| is_directional(*character)) else {
                continue;
            };
            let start = comment.span.start + u32::try_from(at).unwrap_or_default();
            let end = start + u32::try_from(character.len_utf8()).unwrap_or_default();
            let message = format!(
                "the comment has the character U+{:04X}, which changes the direction of text",
                u32::from(character)
            );
            let label = Label::new(file.source, Span { start, end });
            findings.push(Diagnostic::new(&TEXT_DIRECTION, message, label).with_help("remove the character"));
        }
    }
}
