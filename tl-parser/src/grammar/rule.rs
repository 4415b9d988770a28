//! The common shape of all rules, and the simplest rule.

use nom::IResult;

use crate::fault::SyntaxError;
use crate::input::Input;
use crate::token::{Token, TokenKind};

/// The result of a rule: the tokens after it, and what it read.
pub(super) type ParseResult<'a, T> = IResult<Input<'a>, T, SyntaxError>;

/// Reads one token of the given kind.
pub(super) fn token<'a>(kind: TokenKind) -> impl FnMut(Input<'a>) -> ParseResult<'a, Token> {
    move |i| match i.first() {
        Some(found) if found.kind == kind => Ok((i.skip(1), found)),
        _ => Err(nom::Err::Error(SyntaxError::expected(i, kind.description()))),
    }
}
