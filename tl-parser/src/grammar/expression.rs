//! Type expressions and natural-number expressions; the grammar does not tell them apart.

use nom::Parser;
use nom::branch::alt;
use nom::combinator::{cut, opt};
use nom::multi::{many0, separated_list1};
use nom::sequence::preceded;

use super::name::{enclosed, qualified_name};
use crate::ast::{ApplicationStyle, Expression, ExpressionKind};
use crate::fault::SyntaxError;
use crate::input::{Input, ParseResult, token};
use crate::token::TokenKind;

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
    matches!(i.kind(), Some(Percent | ParenthesisOpen | Name | NumberSign | Number(_)))
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
    let mut unmarked = alt((named, parenthesized, natural));
    if percents == 0 {
        return unmarked.parse(i);
    }
    let (rest, inner) = cut(unmarked).parse(i.skip(percents))?;
    if matches!(inner.kind, ExpressionKind::Bare(_)) {
        return Ok((rest, inner));
    }
    Ok((rest, Expression { span: rest.span_from(i.position()), kind: ExpressionKind::Bare(Box::new(inner)) }))
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
    let list = separated_list1(token(TokenKind::Comma), expression);
    let (rest, arguments) = opt(enclosed(TokenKind::AngleOpen, list)).parse(rest)?;
    let Some(arguments) = arguments else { return Ok((rest, function)) };
    let style = ApplicationStyle::Angle;
    let kind = ExpressionKind::Application { function: Box::new(function), arguments, style };
    Ok((rest, Expression { span: rest.span_from(i.position()), kind }))
}

/// `"#" | nat-const`
fn natural(i: Input<'_>) -> ParseResult<'_, Expression> {
    let kind = match i.kind() {
        Some(TokenKind::NumberSign) => ExpressionKind::Nat,
        Some(TokenKind::Number(value)) => ExpressionKind::Number(value),
        _ => return Err(nom::Err::Error(SyntaxError::expected(i, "a type"))),
    };
    let rest = i.skip(1);
    Ok((rest, Expression { span: rest.span_from(i.position()), kind }))
}
