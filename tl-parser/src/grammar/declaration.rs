//! Declarations: combinators and what else ends with a semicolon, and section headers.
//!
//! A declaration is read as far as it goes: after a fault in a field the next field is tried, so that one run finds
//! every fault and the declaration still stands in the tree.

use nom::Parser;
use nom::branch::alt;
use nom::combinator::{cut, value};
use nom::multi::many0;
use nom::sequence::preceded;

use super::expression::expression;
use super::name::{identifier, qualified_name};
use super::recovery::{Arguments, arguments};
use super::rule::{ParseResult, token};
use crate::ast::{
    Body, Combinator, DeclaredId, Expression, ExpressionKind, FieldKind, Finality, FinalityKind, Identifier, Item,
    PartialApplication, QualifiedName, Section, SectionHeader, Separator,
};
use crate::fault::{Fault, SyntaxError};
use crate::input::{Input, Scope};
use crate::token::{Token, TokenKind};
use crate::{Diagnostic, Span};

/// Reads the tokens of one declaration, the semicolon included if there is one. What is wrong is reported; the result
/// is empty where too little is left.
///
/// `declaration ::= section-header | { annotation } ( combinator | final-decl | partial-app )`
pub(crate) fn declaration(tokens: &[Token], section: Section, scope: &Scope<'_>) -> Option<Item> {
    let i = Input::new(tokens, scope);
    if i.kind() == Some(TokenKind::Minuses) {
        return Some(Item::Section(section_header(i, section)));
    }
    if tokens.iter().all(|token| token.kind == TokenKind::Semicolon) {
        let message = "a semicolon without a declaration";
        scope.report(Diagnostic::warning("empty-declaration", message, scope.label(i.first()?.span)));
        return None;
    }
    match annotated(i, section) {
        Ok(item) => item,
        Err(nom::Err::Error(error) | nom::Err::Failure(error)) => {
            scope.report(error.fault.diagnostic(scope));
            None
        }
        Err(nom::Err::Incomplete(_)) => None,
    }
}

/// What is read of a declaration; nothing where a fault that is reported already leaves too little.
type Outcome<T> = Result<Option<T>, nom::Err<SyntaxError>>;

fn annotated(i: Input<'_>, section: Section) -> Outcome<Item> {
    let has_annotations = i.kind() == Some(TokenKind::At);
    let (rest, annotations) = if has_annotations { many0(annotation).parse(i)? } else { (i, Vec::new()) };
    if has_separator(rest) || !is_partial_application(rest) {
        return Ok(combinator(i, rest, annotations, section)?.map(Item::Combinator));
    }
    if let Some(first) = annotations.first() {
        let message = "an annotation stands before a constructor or a function";
        i.scope.report(Diagnostic::error("misplaced-annotation", message, i.scope.label(first.span)));
    }
    let (_, item) = alt((finality, partial_application)).parse(rest)?;
    Ok(Some(item))
}

fn has_separator(i: Input<'_>) -> bool {
    i.tokens.iter().any(|token| token.kind.is_separator())
}

/// Whether a declaration without `=` reads as an application: a name and arguments, and nothing that only
/// combinators have.
fn is_partial_application(i: Input<'_>) -> bool {
    let only_combinators = |kind: TokenKind| {
        kind.is_id()
            || matches!(kind, TokenKind::Colon | TokenKind::BraceOpen | TokenKind::BracketOpen | TokenKind::Question)
    };
    let is_argument = |kind: TokenKind| kind != TokenKind::Semicolon;
    i.nth_kind(1).is_some_and(is_argument) && !i.tokens.iter().any(|token| only_combinators(token.kind))
}

/// `annotation ::= "@" lc-ident`
fn annotation(i: Input<'_>) -> ParseResult<'_, Identifier> {
    preceded(token(TokenKind::At), cut(identifier)).parse(i)
}

/// `section-header ::= "---" ( "functions" | "types" ) "---"`
fn section_header(i: Input<'_>, current: Section) -> SectionHeader {
    let name = i.nth(1).filter(|token| token.kind == TokenKind::Name);
    let section = match name.map(|name| (name, i.scope.text_of(name.span))) {
        Some((_, "types")) => Section::Types,
        Some((_, "functions")) => Section::Functions,
        Some((name, text)) => unknown_section(i.scope, name, text, current),
        None => current,
    };
    let span = i.tokens.iter().fold(Span::at(i.position()), |span, token| span.to(token.span));
    let is_rule = |token: Option<Token>| {
        token.is_some_and(|token| token.kind == TokenKind::Minuses && token.span.end - token.span.start == 3)
    };
    if name.is_none() || !is_rule(i.first()) || !is_rule(i.nth(2)) {
        i.scope.report(
            Diagnostic::error("bad-section-header", "this is not a section header", i.scope.label(span))
                .with_help("write `---types---` or `---functions---`"),
        );
    }
    SectionHeader { span, section }
}

fn unknown_section(scope: &Scope<'_>, name: Token, text: &str, current: Section) -> Section {
    let diagnostic = Diagnostic::error("unknown-section", format!("unknown section `{text}`"), scope.label(name.span));
    let (section, help) = match crate::suggest(text, ["types", "functions"]) {
        Some("types") => (Section::Types, "did you mean `types`?"),
        Some(_) => (Section::Functions, "did you mean `functions`?"),
        None => (current, "the sections are `types` and `functions`"),
    };
    scope.report(diagnostic.with_help(help));
    section
}

/// `final-decl ::= ( "New" | "Final" | "Empty" ) uc-ident-ns ";"`
fn finality(i: Input<'_>) -> ParseResult<'_, Item> {
    let kind = match i.first().map(|token| i.scope.text_of(token.span)) {
        Some("New") => FinalityKind::New,
        Some("Final") => FinalityKind::Final,
        Some("Empty") => FinalityKind::Empty,
        _ => return Err(nom::Err::Error(SyntaxError::expected(i, "`New`, `Final` or `Empty`"))),
    };
    let (rest, name) = qualified_name(i.skip(1))?;
    let (rest, ()) = end(rest)?;
    Ok((rest, Item::Finality(Finality { span: rest.span_from(i.position()), kind, name })))
}

/// `partial-app ::= ident-ns subexpr { subexpr } ";" | uc-ident-ns "<" expr { "," expr } ">" ";"`
fn partial_application(i: Input<'_>) -> ParseResult<'_, Item> {
    if i.kind() != Some(TokenKind::Name) {
        return Err(nom::Err::Error(SyntaxError::expected(i, "a declaration")));
    }
    let (rest, expression) = expression(i)?;
    let (rest, ()) = end(rest)?;
    let span = rest.span_from(i.position());
    if i.scope.text_of(expression.span).rsplit('.').next().is_some_and(|name| name.starts_with(char::is_lowercase)) {
        warn_of_partial_application(i, &expression);
    }
    Ok((rest, Item::PartialApplication(PartialApplication { span, expression })))
}

/// A lower-case name and types are more often a declaration whose `=` was forgotten.
fn warn_of_partial_application(i: Input<'_>, expression: &Expression) {
    let label = i.scope.label(expression.span);
    i.scope.report(
        Diagnostic::warning(
            "partial-application",
            "this is read as an instance of a type, not as a declaration",
            label,
        )
        .with_help("to declare a constructor or a function, write `=` before the result type"),
    );
}

/// `";"`, the last token. A missing one is reported where the declaration ends and read as if it were there.
fn end(i: Input<'_>) -> ParseResult<'_, ()> {
    match i.first() {
        None => {
            let label = i.scope.label(Span::at(i.previous_end)).with_message("add `;` here");
            i.scope.report(Diagnostic::error("missing-semicolon", "a declaration ends with `;`", label));
            Ok((i, ()))
        }
        Some(last) if last.kind == TokenKind::Semicolon => Ok((i.skip(1), ())),
        Some(_) => Err(nom::Err::Failure(SyntaxError::expected(i, "`;`"))),
    }
}

/// `combinator ::= ( lc-ident-full | "_" ) { opt-args } ( { args } | "?" ) ( "=" | "=>" ) result ";"`
fn combinator(start: Input<'_>, i: Input<'_>, annotations: Vec<Identifier>, section: Section) -> Outcome<Combinator> {
    let (rest, name) = combinator_name(i)?;
    let (rest, id) = declared_id(rest);
    let (rest, Arguments { optional: optional_arguments, mut body, faulty }) = arguments(rest);
    let (separator, result, incomplete) = match alt((equals, function_arrow)).parse(rest) {
        Ok((rest, separator)) => (separator, Some(result(rest)?), faulty),
        Err(_) => (Separator::Equals, result_without_equals(rest, &mut body, faulty), true),
    };
    let section = if separator == Separator::FunctionArrow { Section::Functions } else { section };
    let end = start.tokens.last().map_or(start.position(), |last| last.span.end);
    let span = Span::new(start.position(), end);
    let documentation = None;
    Ok(result.map(|result| Combinator {
        span,
        section,
        documentation,
        annotations,
        name,
        id,
        optional_arguments,
        body,
        separator,
        result,
        incomplete,
    }))
}

fn equals(i: Input<'_>) -> ParseResult<'_, Separator> {
    value(Separator::Equals, token(TokenKind::Equals)).parse(i)
}

fn function_arrow(i: Input<'_>) -> ParseResult<'_, Separator> {
    value(Separator::FunctionArrow, token(TokenKind::FunctionArrow)).parse(i)
}

/// `lc-ident-ns | "_"`
fn combinator_name(i: Input<'_>) -> ParseResult<'_, QualifiedName> {
    if i.kind() != Some(TokenKind::Name) {
        return Err(nom::Err::Error(SyntaxError::expected(i, "the name of a constructor or a function")));
    }
    let (rest, name) = qualified_name(i)?;
    if name.is_upper() {
        i.scope.report(Fault::BadName { at: name.span }.diagnostic(i.scope));
    } else if name.namespace.iter().any(|part| part.starts_with(|first: char| first.is_ascii_uppercase())) {
        let message = "a namespace begins with a lower-case letter";
        i.scope.report(Diagnostic::warning("upper-case-namespace", message, i.scope.label(name.span)));
    }
    Ok((rest, name))
}

/// `[ "#" hex ]`. One that does not touch the name is reported and read all the same.
fn declared_id(i: Input<'_>) -> (Input<'_>, Option<DeclaredId>) {
    match i.first() {
        Some(Token { kind: TokenKind::Id, span, .. }) => {
            (i.skip(1), Some(DeclaredId { span, value: i.scope.id(span) }))
        }
        Some(Token { kind: TokenKind::BadId, .. }) => (i.skip(1), None),
        Some(sign) if sign.kind == TokenKind::NumberSign => detached_id(i, sign).unwrap_or((i, None)),
        _ => (i, None),
    }
}

/// `name #1cb5c415`, which the reference parser does not take for an id and nobody can mean otherwise.
fn detached_id<'a>(i: Input<'a>, sign: Token) -> Option<(Input<'a>, Option<DeclaredId>)> {
    let mut end = sign;
    let mut count = 1;
    while let Some(next) = i.nth(count)
        && end.touches(next)
        && matches!(next.kind, TokenKind::Name | TokenKind::Number)
    {
        end = next;
        count += 1;
    }
    let digits = i.scope.text_of(Span::new(sign.span.end, end.span.end));
    let follows_colon = i.nth_kind(count) == Some(TokenKind::Colon);
    if digits.is_empty() || digits.len() > 8 || follows_colon {
        return None;
    }
    let value = u32::from_str_radix(digits, 16).ok()?;
    let span = sign.span.to(end.span);
    i.scope.report(
        Diagnostic::error("bad-id", "the id does not touch the name", i.scope.label(span))
            .with_help(format!("remove the blank before `#{digits}`")),
    );
    Some((i.skip(count), Some(DeclaredId { span, value })))
}

/// `result ::= ident-ns { subexpr } | ident-ns "<" expr { "," expr } ">" ";"`, and bare types, as VK's functions have.
fn result(i: Input<'_>) -> Result<Expression, nom::Err<SyntaxError>> {
    let i = skip_exclamation(i);
    if matches!(i.kind(), None | Some(TokenKind::Semicolon)) {
        let after = Span::new(i.previous_end.saturating_sub(1), i.previous_end);
        return Err(SyntaxError::fatal(i, Fault::MissingType { after, what: "the result type" }));
    }
    let (rest, result) = expression(i)?;
    if !is_result(&result) {
        return Err(SyntaxError::fatal(i, Fault::InvalidResult { at: result.span }));
    }
    if let Err(nom::Err::Error(error) | nom::Err::Failure(error)) = end(rest) {
        i.scope.report(error.fault.diagnostic(i.scope));
    }
    Ok(result)
}

/// The formal grammar lets `!` stand before a result, where it means nothing.
fn skip_exclamation(i: Input<'_>) -> Input<'_> {
    match i.first() {
        Some(mark) if mark.kind == TokenKind::Exclamation => {
            let message = "`!` before a result means nothing and is ignored";
            i.scope.report(Diagnostic::warning("ignored-exclamation", message, i.scope.label(mark.span)));
            i.skip(1)
        }
        _ => i,
    }
}

fn is_result(expression: &Expression) -> bool {
    match &expression.kind {
        ExpressionKind::Name(_) => true,
        ExpressionKind::Application { function: inner, .. } | ExpressionKind::Bare(inner) => is_result(inner),
        ExpressionKind::Nat | ExpressionKind::Number(_) | ExpressionKind::Sum(_) => false,
    }
}

/// Reports that there is no `=`. A type without a name at the end of the fields is surely the result.
fn result_without_equals(i: Input<'_>, body: &mut Body, reported: bool) -> Option<Expression> {
    let result = match body {
        Body::Fields(fields) => fields
            .pop_if(|field| field.name.is_none() && field.condition.is_none() && !field.exclamation)
            .and_then(|field| match field.kind {
                FieldKind::Type(expression) if is_result(&expression) => Some(expression),
                _ => None,
            }),
        Body::Builtin(_) => None,
    };
    if !reported {
        let at = result.as_ref().map_or(Span::at(i.previous_end), |result| result.span);
        i.scope.report(Fault::MissingEquals { at }.diagnostic(i.scope));
    }
    result
}
