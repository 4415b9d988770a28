//! Reads the arguments of a combinator and goes on after a fault, so that one run finds them all.

use super::argument::{argument, optional_argument};
use super::name::ends_arguments;
use super::rule::ParseResult;
use crate::ast::{Body, Field, OptionalArgument};
use crate::fault::{Fault, SyntaxError};
use crate::input::Input;
use crate::token::TokenKind;
use crate::{Fix, Span};

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
        let start = self.rest.position();
        while let Some(next) = self.rest.first() {
            if ends_arguments(next.kind) {
                break;
            }
            if next.kind == TokenKind::BraceOpen {
                optional.extend(self.misplaced_optional_argument(start));
            } else {
                self.read(|i| argument(i, &mut fields));
            }
        }
        fields
    }

    /// Reads and reports `{…}` after a field. It belongs before the first one, which begins at `start`.
    fn misplaced_optional_argument(&mut self, start: u32) -> Vec<OptionalArgument> {
        let scope = self.rest.scope;
        let (before, from) = (self.rest.previous_end, self.rest.position());
        let opening = self.rest.first().map_or(Span::at(from), |brace| brace.span);
        let arguments = self.read(optional_argument);
        let mut diagnostic = Fault::MisplacedOptionalArgument { at: opening }.diagnostic(scope);
        // A comment before it stays where it is.
        let blanks = Span::new(before, from);
        if let Some(argument) = arguments.iter().flatten().next()
            && scope.text_of(blanks).trim().is_empty()
        {
            let text = scope.text_of(argument.span);
            let mut fix =
                Fix::remove(scope.source, blanks.to(argument.span), format!("move `{text}` before the fields"));
            fix.edits.extend(Fix::add(scope.source, start, format!("{text} ")).edits);
            diagnostic = diagnostic.with_fix(fix);
        }
        scope.report(diagnostic);
        self.faulty = true;
        arguments.unwrap_or_default()
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
