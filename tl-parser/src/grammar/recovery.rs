//! Reads the arguments of a combinator and goes on after a fault, so that one run finds them all.

use super::argument::{argument, optional_argument};
use super::rule::ParseResult;
use crate::ast::{Body, Field, OptionalArgument};
use crate::fault::{Fault, SyntaxError};
use crate::input::Input;
use crate::token::TokenKind;

/// What stands between the name of a combinator and its separator.
pub(super) struct Arguments {
    pub(super) optional: Vec<OptionalArgument>,
    pub(super) body: Body,
    /// Whether something was wrong and is reported.
    pub(super) faulty: bool,
}

/// `{ opt-args } ( { args } | "?" )`, up to the separator, the semicolon or the end of the declaration.
pub(super) fn arguments(i: Input<'_>) -> (Input<'_>, Arguments) {
    let mut reader = Reader { rest: i, faulty: false };
    let optional = reader.optional_arguments();
    if let Some(mark) = reader.rest.first()
        && mark.kind == TokenKind::Question
        && reader.rest.nth_kind(1).is_none_or(ends_arguments)
    {
        return (reader.rest.skip(1), Arguments { optional, body: Body::Builtin(mark.span), faulty: reader.faulty });
    }
    let mut arguments = Arguments { optional, body: Body::Fields(Vec::new()), faulty: false };
    arguments.body = Body::Fields(reader.fields(&mut arguments.optional));
    arguments.faulty = reader.faulty;
    (reader.rest, arguments)
}

fn ends_arguments(kind: TokenKind) -> bool {
    kind.is_separator() || kind == TokenKind::Semicolon
}

struct Reader<'a> {
    rest: Input<'a>,
    faulty: bool,
}

impl<'a> Reader<'a> {
    fn optional_arguments(&mut self) -> Vec<OptionalArgument> {
        let mut arguments = Vec::new();
        while self.rest.kind() == Some(TokenKind::BraceOpen) {
            arguments.extend(self.read(optional_argument).unwrap_or_default());
        }
        arguments
    }

    fn fields(&mut self, optional: &mut Vec<OptionalArgument>) -> Vec<Field> {
        // Nearly every field has a name and a colon behind it.
        let colons = self.rest.tokens.iter().filter(|token| token.kind == TokenKind::Colon).count();
        let mut fields = Vec::with_capacity(colons);
        while let Some(next) = self.rest.first() {
            if ends_arguments(next.kind) {
                break;
            }
            if next.kind == TokenKind::BraceOpen {
                self.report(Fault::MisplacedOptionalArgument { at: next.span });
                optional.extend(self.read(optional_argument).unwrap_or_default());
            } else {
                self.read(|i| argument(i, &mut fields));
            }
        }
        fields
    }

    /// Reads one argument, or reports what is wrong with it and skips to the next place where one may begin.
    fn read<T>(&mut self, rule: impl FnOnce(Input<'a>) -> ParseResult<'a, T>) -> Option<T> {
        match rule(self.rest) {
            Ok((rest, arguments)) => {
                self.rest = rest;
                Some(arguments)
            }
            Err(nom::Err::Failure(error)) => {
                self.report(error.fault);
                self.skip(error);
                None
            }
            Err(_) => {
                // After a fault, brackets without partners are its echo.
                let error = SyntaxError::expected(self.rest, "a field or `=`");
                if !self.faulty {
                    self.report(error.fault);
                }
                self.skip(error);
                None
            }
        }
    }

    fn report(&mut self, fault: Fault) {
        self.rest.scope.report(fault.diagnostic(self.rest.scope));
        self.faulty = true;
    }

    /// Goes on at the next name with a colon, or at the end of the arguments.
    fn skip(&mut self, error: SyntaxError) {
        self.faulty = true;
        let at = self.rest.tokens.len().saturating_sub(error.remaining);
        // A rule that stumbles over a colon has taken the name before it for something else.
        let at = if self.rest.nth_kind(at) == Some(TokenKind::Colon) { at.saturating_sub(1) } else { at };
        let mut next = at.max(1);
        while let Some(kind) = self.rest.nth_kind(next)
            && !ends_arguments(kind)
            && !(kind == TokenKind::Name && self.rest.nth_kind(next + 1) == Some(TokenKind::Colon))
        {
            next += 1;
        }
        self.rest = self.rest.skip(next);
    }
}
