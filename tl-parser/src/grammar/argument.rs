//! Fields, their conditions, repetitions, and optional arguments.

use nom::Parser;
use nom::branch::alt;
use nom::combinator::{cut, map, opt};
use nom::multi::{many0, many1};
use nom::sequence::terminated;

use super::expression::{expression, term};
use super::name::{enclosed, identifier, is_dotted};
use crate::ast::{
    Condition, Expression, ExpressionKind, Field, FieldKind, Identifier, Number, OptionalArgument, Repetition,
};
use crate::fault::{Fault, SyntaxError};
use crate::input::{Input, ParseResult, token};
use crate::token::{Token, TokenKind};
use crate::{Diagnostic, Span};

/// `args ::= group | [ name-opt ":" ] value`
///
/// A group gives several fields.
pub(super) fn argument(i: Input<'_>) -> ParseResult<'_, Vec<Field>> {
    alt((group, named, anonymous)).parse(i)
}

/// `group ::= "(" names value ")"`: the names and the colon tell it from a type in parentheses.
fn group(i: Input<'_>) -> ParseResult<'_, Vec<Field>> {
    (token(TokenKind::ParenthesisOpen), names).parse(i)?;
    let content = |i| {
        let (rest, names) = names(i)?;
        let (rest, value) = required_value(rest)?;
        Ok((rest, (names, value)))
    };
    let (rest, (names, value)) = enclosed(TokenKind::ParenthesisOpen, content)(i)?;
    let span = rest.span_from(i.position());
    Ok((rest, names.into_iter().map(|name| value.clone().into_field(span, Some(name))).collect()))
}

/// `names ::= name-opt { name-opt } ":"`
fn names(i: Input<'_>) -> ParseResult<'_, Vec<Identifier>> {
    terminated(many1(identifier), token(TokenKind::Colon)).parse(i)
}

/// `named ::= name-opt ":" value`
fn named(i: Input<'_>) -> ParseResult<'_, Vec<Field>> {
    if let (Some(name), Some(TokenKind::Colon)) = (i.first(), i.nth_kind(1))
        && name.kind == TokenKind::Name
        && is_dotted(i, name)
    {
        return Err(SyntaxError::fatal(i.skip(1), Fault::DottedFieldName { at: name.span }));
    }
    let (rest, name) = terminated(identifier, token(TokenKind::Colon)).parse(i)?;
    let (rest, value) = required_value(rest)?;
    Ok((rest, vec![value.into_field(rest.span_from(i.position()), Some(name))]))
}

/// `anonymous ::= value`
fn anonymous(i: Input<'_>) -> ParseResult<'_, Vec<Field>> {
    let (rest, value) = value(i)?;
    Ok((rest, vec![value.into_field(rest.span_from(i.position()), None)]))
}

/// What a field is but for its name.
#[derive(Clone)]
struct Value {
    condition: Option<Condition>,
    exclamation: bool,
    kind: FieldKind,
}

impl Value {
    fn into_field(self, span: Span, name: Option<Identifier>) -> Field {
        Field { span, name, condition: self.condition, exclamation: self.exclamation, kind: self.kind }
    }
}

/// A value that must follow, after a colon.
fn required_value(i: Input<'_>) -> ParseResult<'_, Value> {
    require_type(i)?;
    cut(value).parse(i)
}

/// `value ::= [ cond ] [ "!" ] ( [ mult "*" ] "[" { args } "]" | type-term )`
fn value(i: Input<'_>) -> ParseResult<'_, Value> {
    let (rest, condition) = opt(condition).parse(i)?;
    if condition.is_some() {
        require_type(rest)?;
        forbid_second_condition(rest)?;
    }
    let (rest, exclamation) = opt(token(TokenKind::Exclamation)).parse(rest)?;
    let committed = condition.is_some() || exclamation.is_some();
    let (rest, kind) = if committed { cut(field_kind).parse(rest)? } else { field_kind(rest)? };
    Ok((rest, Value { condition, exclamation: exclamation.is_some(), kind }))
}

/// Fails where the next token shows that the type was forgotten: the end of the fields, or the next field.
fn require_type(i: Input<'_>) -> Result<(), nom::Err<SyntaxError>> {
    let missing = match i.kind() {
        None | Some(TokenKind::Semicolon | TokenKind::Equals | TokenKind::FunctionArrow) => true,
        // In `x:int:string` it is the second colon that is wrong.
        Some(TokenKind::Name) => i.position() > i.previous_end && i.nth_kind(1) == Some(TokenKind::Colon),
        Some(kind) => is_closing(kind),
    };
    if !missing {
        return Ok(());
    }
    let after = Span::new(i.previous_end.saturating_sub(1), i.previous_end);
    Err(SyntaxError::fatal(i, Fault::MissingType { after, what: "a type" }))
}

fn is_closing(kind: TokenKind) -> bool {
    use TokenKind::{AngleClose, BraceClose, BracketClose, ParenthesisClose};
    matches!(kind, AngleClose | BraceClose | BracketClose | ParenthesisClose)
}

/// `cond ::= var-ident [ "." nat-const ] "?"`
fn condition(i: Input<'_>) -> ParseResult<'_, Condition> {
    use TokenKind::{Dot, Name, Number as Digits, Question};
    let Some(first) = i.first() else { return Err(nom::Err::Error(SyntaxError::expected(i, "a condition"))) };
    match (first.kind, i.nth_kind(1), i.nth_kind(2), i.nth_kind(3)) {
        (Name, Some(Question), ..) if is_dotted(i, first) => bad_condition(i, 2, "the bit of a condition is a number"),
        (Name, Some(Question), ..) => Ok(whole_number_condition(i, first)),
        (Name, Some(Dot), ..) if is_dotted(i, first) => {
            bad_condition(i, 2, "the name in a condition is that of a field and has no dot")
        }
        (Name, Some(Dot), Some(Digits(bit)), Some(Question)) => Ok(bit_condition(i, first, bit)),
        (Name, Some(Dot), Some(Digits(_)), _) => bad_condition(i, 3, "a condition ends with `?`"),
        (Name, Some(Dot), Some(Question), _) => bad_condition(i, 3, "this condition has no bit"),
        (Name, Some(Dot), ..) => bad_condition(i, 2, "this condition has no bit"),
        (Digits(_), Some(Question | Dot), ..) => {
            bad_condition(i, 2, "this condition does not say which field it tests")
        }
        (Question | Dot, ..) => bad_condition(i, 1, "this condition does not say which field it tests"),
        _ => Err(nom::Err::Error(SyntaxError::expected(i, "a condition"))),
    }
}

fn bit_condition<'a>(i: Input<'a>, name: Token, bit: u32) -> (Input<'a>, Condition) {
    let rest = i.skip(4);
    let bit = i.nth(2).map(|digits| Number { span: digits.span, value: bit });
    (rest, Condition { span: rest.span_from(name.span.start), field: variable(i, name), bit })
}

fn whole_number_condition<'a>(i: Input<'a>, name: Token) -> (Input<'a>, Condition) {
    let rest = i.skip(2);
    let span = rest.span_from(name.span.start);
    i.scope.report(
        Diagnostic::warning("condition-without-bit", "this condition names no bit", i.scope.label(span))
            .with_note("it holds whenever the number is not zero; most parsers reject it")
            .with_help(format!("to test one bit, write `{}.0?`", i.scope.text_of(name.span))),
    );
    (rest, Condition { span, field: variable(i, name), bit: None })
}

fn variable(i: Input<'_>, name: Token) -> Identifier {
    Identifier { span: name.span, text: i.scope.text_of(name.span).to_owned() }
}

fn bad_condition<'a, T>(i: Input<'a>, tokens: usize, reason: &'static str) -> ParseResult<'a, T> {
    let rest = i.skip(tokens);
    Err(SyntaxError::fatal(rest, Fault::BadCondition { at: rest.span_from(i.position()), reason }))
}

fn forbid_second_condition(i: Input<'_>) -> Result<(), nom::Err<SyntaxError>> {
    let is_condition =
        i.kind() == Some(TokenKind::Name) && matches!(i.nth_kind(1), Some(TokenKind::Dot | TokenKind::Question));
    if is_condition { bad_condition(i, 2, "a field has at most one condition").map(|(_, ())| ()) } else { Ok(()) }
}

/// `[ mult "*" ] "[" { args } "]" | type-term`
fn field_kind(i: Input<'_>) -> ParseResult<'_, FieldKind> {
    if i.kind() == Some(TokenKind::BracketOpen) {
        return repetition(i, i.position(), None);
    }
    let (rest, expression) = term(i)?;
    match token(TokenKind::Asterisk)(rest) {
        Ok((rest, _)) => cut(|rest| repetition(rest, i.position(), Some(expression.clone()))).parse(rest),
        Err(_) => Ok((rest, FieldKind::Type(expression))),
    }
}

/// `"[" { args } "]"` after the multiplicity.
fn repetition(i: Input<'_>, start: u32, multiplicity: Option<Expression>) -> ParseResult<'_, FieldKind> {
    let fields = |i| map(many0(argument), |groups| groups.into_iter().flatten().collect()).parse(i);
    let (rest, fields) = enclosed(TokenKind::BracketOpen, fields)(i)?;
    Ok((rest, FieldKind::Repetition(Repetition { span: rest.span_from(start), multiplicity, fields })))
}

/// `opt-args ::= "{" var-ident { var-ident } ":" [ "!" ] type-expr "}"`
pub(super) fn optional_argument(i: Input<'_>) -> ParseResult<'_, Vec<OptionalArgument>> {
    let content = |i| (names, opt(token(TokenKind::Exclamation)), cut(expression)).parse(i);
    let (rest, (names, exclamation, kind)) = enclosed(TokenKind::BraceOpen, content)(i)?;
    check_argument_kind(i, &kind);
    let span = rest.span_from(i.position());
    let argument = |name| OptionalArgument { span, name, exclamation: exclamation.is_some(), kind: kind.clone() };
    Ok((rest, names.into_iter().map(argument).collect()))
}

fn check_argument_kind(i: Input<'_>, kind: &Expression) {
    let good = match &kind.kind {
        ExpressionKind::Nat => true,
        ExpressionKind::Name(name) => name.namespace.is_empty() && name.name == "Type",
        _ => false,
    };
    if !good {
        i.scope.report(Fault::BadArgumentKind { at: kind.span }.diagnostic(i.scope));
    }
}
