//! Type expressions and natural-number expressions; the grammar does not tell them apart.

use nom::Parser;
use nom::combinator::cut;
use nom::multi::{many0, separated_list1};
use nom::sequence::preceded;

use super::name::{enclosed, qualified_name};
use super::rule::{ParseResult, token};
use crate::ast::{ApplicationStyle, Expression, ExpressionKind};
use crate::fault::SyntaxError;
use crate::input::Input;
use crate::token::{Token, TokenKind};

/// `expr ::= subexpr { subexpr }`: juxtaposition applies the first to the others.
pub(super) fn expression(i: Input<'_>) -> ParseResult<'_, Expression> {
    let (rest, function) = sum(i)?;
    // Nearly every type stands alone, and `many0` makes room before it looks.
    if !begins_term(rest) {
        return Ok((rest, function));
    }
    let (rest, arguments) = many0(sum).parse(rest)?;
    if arguments.is_empty() {
        return Ok((rest, function));
    }
    let style = ApplicationStyle::Juxtaposition;
    let kind = ExpressionKind::Application { function: Box::new(function), arguments, style };
    Ok((rest, Expression { span: rest.span_from(i.position()), kind }))
}

/// Whether the next token can begin a term.
fn begins_term(i: Input<'_>) -> bool {
    use TokenKind::{Name, Number, NumberSign, ParenthesisOpen, Percent};
    matches!(i.kind(), Some(Percent | ParenthesisOpen | Name | NumberSign | Number))
}

/// `subexpr ::= term { "+" term }`
fn sum(i: Input<'_>) -> ParseResult<'_, Expression> {
    let (rest, first) = term(i)?;
    if rest.kind() != Some(TokenKind::Plus) {
        return Ok((rest, first));
    }
    let (rest, others) = many0(preceded(token(TokenKind::Plus), cut(term))).parse(rest)?;
    let terms = std::iter::once(first).chain(others).collect();
    Ok((rest, Expression { span: rest.span_from(i.position()), kind: ExpressionKind::Sum(terms) }))
}

/// `term ::= { "%" } ( "(" expr ")" | type-ident [ "<" expr { "," expr } ">" ] | "#" | nat-const )`
///
/// `%%T` means the same as `%T`.
pub(super) fn term(i: Input<'_>) -> ParseResult<'_, Expression> {
    let percents = i.tokens.iter().take_while(|token| token.kind == TokenKind::Percent).count();
    if percents == 0 {
        return unmarked(i);
    }
    let (rest, inner) = cut(unmarked).parse(i.skip(percents))?;
    if matches!(inner.kind, ExpressionKind::Bare(_)) {
        return Ok((rest, inner));
    }
    Ok((rest, Expression { span: rest.span_from(i.position()), kind: ExpressionKind::Bare(Box::new(inner)) }))
}

/// `"(" expr ")" | type-ident [ "<" expr { "," expr } ">" ] | "#" | nat-const`
fn unmarked(i: Input<'_>) -> ParseResult<'_, Expression> {
    match i.kind() {
        Some(TokenKind::Name) => named(i),
        Some(TokenKind::ParenthesisOpen) => parenthesized(i),
        _ => natural(i),
    }
}

/// `( expr )`
fn parenthesized(i: Input<'_>) -> ParseResult<'_, Expression> {
    let (rest, inner) = enclosed(TokenKind::ParenthesisOpen, expression)(i)?;
    Ok((rest, Expression { span: rest.span_from(i.position()), kind: inner.kind }))
}

/// `type-ident [ "<" expr { "," expr } ">" ]`
fn named(i: Input<'_>) -> ParseResult<'_, Expression> {
    let (rest, name) = qualified_name(i)?;
    let function = Expression { span: name.span, kind: ExpressionKind::Name(name) };
    if rest.kind() != Some(TokenKind::AngleOpen) {
        return Ok((rest, function));
    }
    let list = separated_list1(token(TokenKind::Comma), expression);
    let (rest, arguments) = enclosed(TokenKind::AngleOpen, list)(rest)?;
    let style = ApplicationStyle::Angle;
    let kind = ExpressionKind::Application { function: Box::new(function), arguments, style };
    Ok((rest, Expression { span: rest.span_from(i.position()), kind }))
}

/// `"#" | nat-const`
fn natural(i: Input<'_>) -> ParseResult<'_, Expression> {
    let kind = match i.first() {
        Some(Token { kind: TokenKind::NumberSign, .. }) => ExpressionKind::Nat,
        Some(Token { kind: TokenKind::Number, span, .. }) => ExpressionKind::Number(i.scope.number(span)),
        _ => return Err(nom::Err::Error(SyntaxError::expected(i, "a type"))),
    };
    let rest = i.skip(1);
    Ok((rest, Expression { span: rest.span_from(i.position()), kind }))
}
