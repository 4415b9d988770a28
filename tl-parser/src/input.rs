//! What the grammar's rules read: the tokens of one declaration.

use std::cell::RefCell;
use std::iter::{Copied, Enumerate};
use std::slice::Iter;

use nom::Needed;

use crate::token::{Token, TokenKind};
use crate::{Diagnostic, Label, SourceId, Span, Suggestions};

/// How deep types and repetitions may nest. Real schemas stay below ten; every level costs stack.
pub(crate) const MAX_NESTING: u32 = 64;

/// What all rules of one text share.
pub(crate) struct Scope<'a> {
    pub(crate) source: SourceId,
    pub(crate) text: &'a str,
    /// Findings, in the order in which they were made.
    pub(crate) diagnostics: RefCell<Vec<Diagnostic>>,
    /// What misspelt names may mean.
    pub(crate) suggestions: Suggestions,
}

impl Scope<'_> {
    pub(crate) fn report(&self, diagnostic: Diagnostic) {
        self.diagnostics.borrow_mut().push(diagnostic);
    }

    pub(crate) fn label(&self, span: Span) -> Label {
        Label::new(self.source, span)
    }

    /// The number at a place; one that is too great, which is reported, counts as the greatest.
    pub(crate) fn number(&self, span: Span) -> u32 {
        self.text_of(span).parse().unwrap_or(u32::MAX)
    }

    /// The id at a place, `#` included.
    pub(crate) fn id(&self, span: Span) -> u32 {
        u32::from_str_radix(self.text_of(span).trim_start_matches('#'), 16).unwrap_or_default()
    }

    pub(crate) fn text_of(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }
}

/// The tokens that are still to be read.
#[derive(Clone, Copy)]
pub(crate) struct Input<'a> {
    pub(crate) tokens: &'a [Token],
    /// Where the last token that was read ends.
    pub(crate) previous_end: u32,
    /// How many brackets are open.
    pub(crate) nesting: u32,
    pub(crate) scope: &'a Scope<'a>,
}

impl<'a> Input<'a> {
    pub(crate) fn new(tokens: &'a [Token], scope: &'a Scope<'a>) -> Self {
        let previous_end = tokens.first().map_or(0, |first| first.span.start);
        Self { tokens, previous_end, nesting: 0, scope }
    }

    /// The next token.
    pub(crate) fn first(&self) -> Option<Token> {
        self.nth(0)
    }

    /// The token after `index` others.
    pub(crate) fn nth(&self, index: usize) -> Option<Token> {
        self.tokens.get(index).copied()
    }

    /// The kind of the next token.
    pub(crate) fn kind(&self) -> Option<TokenKind> {
        self.first().map(|token| token.kind)
    }

    /// The kind of the token after `index` others.
    pub(crate) fn nth_kind(&self, index: usize) -> Option<TokenKind> {
        self.nth(index).map(|token| token.kind)
    }

    /// Where the next token begins; after the last one, where that ends.
    pub(crate) fn position(&self) -> u32 {
        self.first().map_or(self.previous_end, |token| token.span.start)
    }

    /// From `start` to the end of the last token that was read.
    pub(crate) fn span_from(&self, start: u32) -> Span {
        Span::new(start, self.previous_end.max(start))
    }

    /// The input after `count` more tokens.
    pub(crate) fn skip(&self, count: usize) -> Self {
        let (skipped, tokens) = self.tokens.split_at(count.min(self.tokens.len()));
        let previous_end = skipped.last().map_or(self.previous_end, |token| token.span.end);
        Self { tokens, previous_end, ..*self }
    }
}

/// Lets nom's combinators see the tokens as a sequence of items.
impl<'a> nom::Input for Input<'a> {
    type Item = Token;
    type Iter = Copied<Iter<'a, Token>>;
    type IterIndices = Enumerate<Self::Iter>;

    fn input_len(&self) -> usize {
        self.tokens.len()
    }

    fn take(&self, index: usize) -> Self {
        Self { tokens: self.tokens.get(..index).unwrap_or(self.tokens), ..*self }
    }

    fn take_from(&self, index: usize) -> Self {
        self.skip(index)
    }

    fn take_split(&self, index: usize) -> (Self, Self) {
        (self.take_from(index), self.take(index))
    }

    fn position<P: Fn(Token) -> bool>(&self, predicate: P) -> Option<usize> {
        self.tokens.iter().position(|token| predicate(*token))
    }

    fn iter_elements(&self) -> Self::Iter {
        self.tokens.iter().copied()
    }

    fn iter_indices(&self) -> Self::IterIndices {
        self.iter_elements().enumerate()
    }

    fn slice_index(&self, count: usize) -> Result<usize, Needed> {
        if count <= self.tokens.len() { Ok(count) } else { Err(Needed::new(count - self.tokens.len())) }
    }
}
