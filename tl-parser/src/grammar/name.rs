//! Names and brackets, which all other rules are made of.

use nom::Parser;
use nom::combinator::cut;

use super::rule::{ParseResult, token};
use crate::ast::{Identifier, QualifiedName};
use crate::fault::{Fault, SyntaxError, closing};
use crate::input::{Input, MAX_NESTING};
use crate::token::{Token, TokenKind};
use crate::{ShortString, Span};

/// `ident-ns ::= { ident "." } ident`
pub(super) fn qualified_name(i: Input<'_>) -> ParseResult<'_, QualifiedName> {
    let (rest, name) = token(TokenKind::Name)(i)?;
    let text = i.scope.text_of(name.span);
    let split = if name.is_dotted { text.rsplit_once('.') } else { None };
    let (namespace, last) = split.unwrap_or(("", text));
    let parts = namespace.split('.').filter(|part| !part.is_empty()).map(ShortString::from);
    let namespace: Vec<_> = if name.is_dotted { parts.collect() } else { Vec::new() };
    if namespace.len() > MAX_NESTING as usize {
        return Err(SyntaxError::fatal(i, Fault::NamespaceTooDeep { at: name.span }));
    }
    Ok((rest, QualifiedName { span: name.span, namespace, name: last.into() }))
}

/// `var-ident ::= ident`, without a dot.
pub(super) fn identifier(i: Input<'_>) -> ParseResult<'_, Identifier> {
    match i.first() {
        Some(name) if name.kind == TokenKind::Name && !name.is_dotted => {
            let text = i.scope.text_of(name.span).into();
            Ok((i.skip(1), Identifier { span: name.span, text }))
        }
        _ => Err(nom::Err::Error(SyntaxError::expected(i, "a name without a dot"))),
    }
}

/// Reads `open inner close`. Once the bracket is open there is no way back.
pub(super) fn enclosed<'a, T>(
    open: TokenKind,
    mut inner: impl Parser<Input<'a>, Output = T, Error = SyntaxError>,
) -> impl FnMut(Input<'a>) -> ParseResult<'a, T> {
    move |i| {
        let (inside, opening) = token(open)(i)?;
        if i.nesting >= MAX_NESTING {
            return Err(SyntaxError::fatal(i, Fault::NestingTooDeep { at: opening.span }));
        }
        let deeper = Input { nesting: i.nesting + 1, ..inside };
        let (after, content) = cut(|i| inner.parse(i)).parse(deeper).map_err(|error| blame_opening(error, opening))?;
        match token(closing(open))(after) {
            Ok((rest, _)) => Ok((Input { nesting: i.nesting, ..rest }, content)),
            Err(_) => Err(SyntaxError::fatal(after, unclosed(opening, after))),
        }
    }
}

fn unclosed(open: Token, at: Input<'_>) -> Fault {
    if let Some(found) = at.first()
        && matches!(found.kind, TokenKind::Dot | TokenKind::Question)
    {
        return Fault::BadCondition { at: found.span, reason: "a condition stands before the brackets, not inside" };
    }
    // Where nothing more of the fields follows, it is clear what the brackets enclose.
    let is_clear = at.kind().is_none_or(ends_arguments);
    let close_at = is_clear.then_some(at.previous_end);
    Fault::Unclosed { open, at: at.first().map_or(Span::at(at.previous_end), |token| token.span), close_at }
}

/// Returns whether the fields of a declaration end before a token.
pub(super) fn ends_arguments(kind: TokenKind) -> bool {
    kind.is_separator() || kind == TokenKind::Semicolon
}

/// Where a bracket's content stops at the end of the fields or of the declaration, it is the bracket that is wrong.
fn blame_opening(error: nom::Err<SyntaxError>, open: Token) -> nom::Err<SyntaxError> {
    match error {
        nom::Err::Failure(SyntaxError { remaining, fault: Fault::Expected { found, at, .. } })
            if found.is_none_or(|token| ends_arguments(token.kind)) =>
        {
            nom::Err::Failure(SyntaxError { remaining, fault: Fault::Unclosed { open, at, close_at: None } })
        }
        other => other,
    }
}
