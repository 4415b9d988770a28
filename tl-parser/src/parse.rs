//! From text to syntax tree.

use std::cell::RefCell;
use std::sync::Arc;

use crate::ast::{Comment, File, Item, Layer, Section};
use crate::documentation;
use crate::input::Scope;
use crate::{Diagnostic, Label, SourceId, Span, Suggestions, codes, grammar, lexer, split};

/// A syntax tree, and what is wrong with the text that it was read from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parsed {
    /// Everything that could be read. If there is an error among the diagnostics, something may be missing.
    pub file: File,
    /// What was found, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

impl Parsed {
    /// Returns whether a diagnostic is an error, so that the tree must not be used as the meaning of the text.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == crate::Severity::Error)
    }
}

/// Reads a schema.
///
/// This never fails and never panics: what is wrong is among the diagnostics, each fault with its place, and every
/// declaration that can be read is in the tree. The time is linear in the length of the text, and the stack that
/// nested types may take is bounded.
#[must_use]
pub fn parse(source: SourceId, text: &str) -> Parsed {
    if u32::try_from(text.len()).is_err() {
        let message = "the text is longer than 4 GiB";
        let diagnostic = Diagnostic::new(&codes::SOURCE_TOO_LARGE, message, Label::new(source, Span::default()));
        return Parsed { file: File { source, ..File::default() }, diagnostics: vec![diagnostic] };
    }
    let lexed = lexer::lex(source, text);
    let scope = Scope { source, text, diagnostics: RefCell::new(lexed.diagnostics), suggestions: Suggestions::new() };
    let layer = stated_layer(&lexed.comments, &scope);
    let mut section = Section::default();
    let mut comments = documentation::Cursor::new(&lexed.comments);
    let declarations = split::split(&lexed.tokens, text);
    let mut items = Vec::with_capacity(declarations.len());
    for tokens in declarations {
        let mut item = grammar::declaration(tokens, section, &scope);
        let end = tokens.last().map_or(0, |last| last.span.end);
        let before = comments.advance(end);
        match &mut item {
            Some(Item::Section(header)) => section = header.section,
            Some(Item::Combinator(combinator)) => {
                combinator.documentation = documentation::read(before, combinator, &scope).map(Arc::new);
            }
            _ => {}
        }
        items.extend(item);
    }
    let mut diagnostics = scope.diagnostics.into_inner();
    diagnostics.sort_by_key(|diagnostic| diagnostic.primary.span.start);
    let markers = lexed.layer_markers.iter();
    let markers = markers.filter_map(|&span| Some(Layer { span, number: lexer::layer_number(span, text)? }));
    let layer_markers = markers.collect();
    Parsed { file: File { source, items, comments: lexed.comments, layer, layer_markers }, diagnostics }
}

/// The number of the first `LAYER n` in a comment. A later one that differs is a warning.
fn stated_layer(comments: &[Comment], scope: &Scope<'_>) -> Option<Layer> {
    let mut layers = comments.iter().filter_map(|comment| layer_in(scope.text_of(comment.span), comment.span.start));
    let first = layers.next()?;
    for other in layers.filter(|other| other.number != first.number) {
        let message = format!("layer {} was stated before", first.number);
        scope.report(
            Diagnostic::new(&codes::LAYER_CONFLICT, message, scope.label(other.span))
                .with_secondary(scope.label(first.span).with_message("first stated here")),
        );
    }
    Some(first)
}

fn layer_in(comment: &str, start: u32) -> Option<Layer> {
    comment.match_indices("LAYER").find_map(|(at, word)| {
        let (before, after) = (comment.get(..at)?, comment.get(at + word.len()..)?);
        let number = after.trim_start_matches([' ', '\t']);
        let digits = number.get(..number.bytes().take_while(u8::is_ascii_digit).count())?;
        let blanks = after.len() - number.len();
        if blanks == 0 || before.ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            return None;
        }
        let from = start + u32::try_from(at + word.len() + blanks).ok()?;
        let to = from + u32::try_from(digits.len()).ok()?;
        Some(Layer { span: Span::new(from, to), number: digits.parse().ok()? })
    })
}
