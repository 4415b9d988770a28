//! Fields, their conditions, repetitions, and optional arguments.

use nom::Parser;
use nom::combinator::{cut, opt};
use nom::multi::{many0_count, many1};
use nom::sequence::terminated;

use super::expression::{expression, term};
use super::name::{enclosed, identifier};
use super::rule::{ParseResult, token};
use crate::ast::{
    Condition, Expression, ExpressionKind, Field, FieldKind, Identifier, Number, OptionalArgument, Repetition,
};
use crate::fault::{Fault, SyntaxError};
use crate::input::Input;
use crate::token::{Token, TokenKind};
use crate::{Diagnostic, Span};

/// `args ::= group | [ name-opt ":" ] value`
///
/// A group gives several fields.
pub(super) fn argument<'a>(i: Input<'a>, fields: &mut Vec<Field>) -> ParseResult<'a, ()> {
    if i.kind() == Some(TokenKind::ParenthesisOpen) && names(i.skip(1)).is_ok() {
        return group(i, fields);
    }
    let is_named = i.kind() == Some(TokenKind::Name) && i.nth_kind(1) == Some(TokenKind::Colon);
    let (rest, field) = if is_named { named(i)? } else { anonymous(i)? };
    fields.push(field);
    Ok((rest, ()))
}

/// `group ::= "(" names value ")"`: the names and the colon tell it from a type in parentheses.
fn group<'a>(i: Input<'a>, fields: &mut Vec<Field>) -> ParseResult<'a, ()> {
    let content = |i| {
        let (rest, names) = names(i)?;
        let (rest, value) = required_value(rest)?;
        Ok((rest, (names, value)))
    };
    let (rest, (names, value)) = enclosed(TokenKind::ParenthesisOpen, content)(i)?;
    let span = rest.span_from(i.position());
    fields.extend(names.into_iter().map(|name| value.clone().into_field(span, Some(name))));
    Ok((rest, ()))
}

/// `names ::= name-opt { name-opt } ":"`
fn names(i: Input<'_>) -> ParseResult<'_, Vec<Identifier>> {
    terminated(many1(identifier), token(TokenKind::Colon)).parse(i)
}

/// `named ::= name-opt ":" value`, where the colon is seen.
fn named(i: Input<'_>) -> ParseResult<'_, Field> {
    let (rest, name) = identifier(i).map_err(|error| match i.first() {
        Some(name) => SyntaxError::fatal(i.skip(1), Fault::DottedFieldName { at: name.span }),
        None => error,
    })?;
    let (rest, value) = required_value(rest.skip(1))?;
    Ok((rest, value.into_field(rest.span_from(i.position()), Some(name))))
}

/// `anonymous ::= value`
fn anonymous(i: Input<'_>) -> ParseResult<'_, Field> {
    let (rest, value) = value(i)?;
    Ok((rest, value.into_field(rest.span_from(i.position()), None)))
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
    let (rest, condition) = if begins_condition(i) { opt(condition).parse(i)? } else { (i, None) };
    if condition.is_some() {
        require_type(rest)?;
        forbid_second_condition(rest)?;
    }
    let exclamation = rest.kind() == Some(TokenKind::Exclamation);
    let rest = if exclamation { rest.skip(1) } else { rest };
    let committed = condition.is_some() || exclamation;
    let (rest, kind) = if committed { cut(field_kind).parse(rest)? } else { field_kind(rest)? };
    Ok((rest, Value { condition, exclamation, kind }))
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

/// Whether a dot or a question mark is among the next two tokens, as in every condition, good or bad.
fn begins_condition(i: Input<'_>) -> bool {
    let of_condition = |kind| matches!(kind, Some(TokenKind::Dot | TokenKind::Question));
    of_condition(i.nth_kind(1)) || of_condition(i.kind())
}

/// `cond ::= var-ident [ "." nat-const ] "?"`
fn condition(i: Input<'_>) -> ParseResult<'_, Condition> {
    use TokenKind::{Dot, Name, Number as Digits, Question};
    let Some(first) = i.first() else { return Err(nom::Err::Error(SyntaxError::expected(i, "a condition"))) };
    match (first.kind, i.nth_kind(1), i.nth_kind(2), i.nth_kind(3)) {
        (Name, Some(Question), ..) if first.is_dotted => bad_condition(i, 2, "the bit of a condition is a number"),
        (Name, Some(Question), ..) => Ok(whole_number_condition(i, first)),
        (Name, Some(Dot), ..) if first.is_dotted => {
            bad_condition(i, 2, "the name in a condition is that of a field and has no dot")
        }
        (Name, Some(Dot), Some(Digits), Some(Question)) => Ok(bit_condition(i, first)),
        (Name, Some(Dot), Some(Digits), _) => bad_condition(i, 3, "a condition ends with `?`"),
        (Name, Some(Dot), Some(Question), _) => bad_condition(i, 3, "this condition has no bit"),
        (Name, Some(Dot), ..) => bad_condition(i, 2, "this condition has no bit"),
        (Digits, Some(Question | Dot), ..) => bad_condition(i, 2, "this condition does not say which field it tests"),
        (Question | Dot, ..) => bad_condition(i, 1, "this condition does not say which field it tests"),
        _ => Err(nom::Err::Error(SyntaxError::expected(i, "a condition"))),
    }
}

fn bit_condition<'a>(i: Input<'a>, name: Token) -> (Input<'a>, Condition) {
    let rest = i.skip(4);
    let bit = i.nth(2).map(|digits| Number { span: digits.span, value: i.scope.number(digits.span) });
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
    Identifier { span: name.span, text: i.scope.text_of(name.span).into() }
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
    if rest.kind() == Some(TokenKind::Asterisk) {
        return cut(|rest| repetition(rest, i.position(), Some(expression.clone()))).parse(rest.skip(1));
    }
    Ok((rest, FieldKind::Type(expression)))
}

/// `"[" { args } "]"` after the multiplicity.
fn repetition(i: Input<'_>, start: u32, multiplicity: Option<Expression>) -> ParseResult<'_, FieldKind> {
    let mut fields = Vec::new();
    let content = |i| many0_count(|i| argument(i, &mut fields)).parse(i);
    let (rest, _) = enclosed(TokenKind::BracketOpen, content)(i)?;
    let repetition = Repetition { span: rest.span_from(start), multiplicity, fields };
    Ok((rest, FieldKind::Repetition(Box::new(repetition))))
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
