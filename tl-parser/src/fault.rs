//! What a rule of the grammar may find wrong, and how a reader is told.

use nom::error::{ErrorKind, ParseError};

use crate::input::{Input, MAX_NESTING, Scope};
use crate::token::{Token, TokenKind};
use crate::{Diagnostic, Fix, Span, codes};

/// Why a rule does not apply or a declaration cannot be read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SyntaxError {
    /// How many tokens of the declaration were left: the less, the further the rule came.
    pub(crate) remaining: usize,
    pub(crate) fault: Fault,
}

/// What is wrong.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Fault {
    /// Something else stands here; `found` is empty at the end of the declaration.
    Expected {
        expected: &'static str,
        found: Option<Token>,
        at: Span,
    },
    /// An opening bracket without its closing one, which would be inserted at `close_at` if that is clear.
    Unclosed {
        open: Token,
        at: Span,
        close_at: Option<u32>,
    },
    /// Nothing stands after `:` or a condition.
    MissingType {
        after: Span,
        what: &'static str,
    },
    /// A condition that is not `name.bit?`.
    BadCondition {
        at: Span,
        reason: &'static str,
    },
    /// A condition and a type without the question mark between them, which would be inserted at the end of `at`.
    UnmarkedCondition {
        at: Span,
    },
    /// A field name with a dot.
    DottedFieldName {
        at: Span,
    },
    /// `{…}` after a field.
    MisplacedOptionalArgument {
        at: Span,
    },
    /// The kind of an optional argument is neither `#` nor `Type`.
    BadArgumentKind {
        at: Span,
    },
    /// What follows `=` is no type.
    InvalidResult {
        at: Span,
    },
    /// A name that cannot name a combinator.
    BadName {
        at: Span,
    },
    /// Fields without `=` and a result.
    MissingEquals {
        at: Span,
    },
    /// More brackets than the parser follows.
    NestingTooDeep {
        at: Span,
    },
    NamespaceTooDeep {
        at: Span,
    },
}

impl SyntaxError {
    /// The error that `expected` does not stand at the start of `i`.
    pub(crate) fn expected(i: Input<'_>, expected: &'static str) -> Self {
        let found = i.first();
        let at = found.map_or(Span::at(i.previous_end), |token| token.span);
        Self::new(i, Fault::Expected { expected, found, at })
    }

    pub(crate) fn new(i: Input<'_>, fault: Fault) -> Self {
        Self { remaining: i.tokens.len(), fault }
    }

    /// An error after which no other rule is tried.
    pub(crate) fn fatal(i: Input<'_>, fault: Fault) -> nom::Err<Self> {
        nom::Err::Failure(Self::new(i, fault))
    }
}

impl<'a> ParseError<Input<'a>> for SyntaxError {
    fn from_error_kind(i: Input<'a>, _: ErrorKind) -> Self {
        Self::expected(i, "something else")
    }

    fn append(_: Input<'a>, _: ErrorKind, other: Self) -> Self {
        other
    }

    fn or(self, other: Self) -> Self {
        if other.remaining <= self.remaining { other } else { self }
    }
}

impl Fault {
    /// The finding as a reader sees it.
    pub(crate) fn diagnostic(self, scope: &Scope<'_>) -> Diagnostic {
        match self {
            Self::Expected { expected, found, at } => expected_token(scope, expected, found, at),
            Self::Unclosed { open, at, close_at } => unclosed(scope, open, at, close_at),
            Self::MissingType { after, what } => missing_type(scope, after, what),
            Self::BadCondition { at, reason } => {
                Diagnostic::new(&codes::BAD_CONDITION, reason, scope.label(at)).with_note(CONDITION_NOTE)
            }
            Self::UnmarkedCondition { at } => {
                Diagnostic::new(&codes::BAD_CONDITION, "a condition ends with `?`", scope.label(at))
                    .with_note(CONDITION_NOTE)
                    .with_fix(Fix::add(scope.source, at.end, "?"))
            }
            Self::DottedFieldName { at } => dotted_field_name(scope, at),
            Self::MisplacedOptionalArgument { at } => {
                let message = "`{…}` after a field";
                Diagnostic::new(&codes::MISPLACED_OPTIONAL_ARGUMENT, message, scope.label(at))
                    .with_note("optional arguments stand between the name and the first field")
            }
            Self::BadArgumentKind { at } => bad_argument_kind(scope, at),
            Self::InvalidResult { at } => {
                let message = format!("`{}` is not a type that a declaration can result in", one_line(scope, at));
                Diagnostic::new(&codes::INVALID_RESULT, message, scope.label(at))
            }
            Self::BadName { at } => bad_name(scope, at),
            Self::MissingEquals { at } => missing_equals(scope, at),
            Self::NestingTooDeep { at } => {
                Diagnostic::new(&codes::NESTING_TOO_DEEP, "brackets are nested too deep", scope.label(at))
                    .with_note(format!("the limit is {MAX_NESTING} levels"))
            }
            Self::NamespaceTooDeep { at } => {
                Diagnostic::new(&codes::NESTING_TOO_DEEP, "the name has too many namespaces", scope.label(at))
                    .with_note(format!("the limit is {MAX_NESTING} namespaces inside of one another"))
            }
        }
    }
}

const EQUALS_HELP: &str = "a declaration ends with `=` and its type: `user id:long = User;`";

const CONDITION_NOTE: &str = "a condition is the name of a `#` field, a dot, a bit and a question mark: `flags.0?int`";

fn expected_token(scope: &Scope<'_>, expected: &str, found: Option<Token>, at: Span) -> Diagnostic {
    let found = match found {
        Some(token) => format!("`{}`", one_line(scope, token.span)),
        None => "the end of the declaration".to_owned(),
    };
    let message = format!("expected {expected}, found {found}");
    Diagnostic::new(&codes::EXPECTED_TOKEN, message, scope.label(at).with_message(format!("expected {expected}")))
}

fn unclosed(scope: &Scope<'_>, open: Token, at: Span, close_at: Option<u32>) -> Diagnostic {
    let close = closing(open.kind).description();
    let message = format!("unclosed {}", open.kind.description());
    let diagnostic =
        Diagnostic::new(&codes::UNCLOSED_DELIMITER, message, scope.label(open.span).with_message("opened here"))
            .with_secondary(scope.label(at).with_message(format!("expected {close} here")));
    match close_at {
        Some(offset) => diagnostic.with_fix(Fix::add(scope.source, offset, close.trim_matches('`'))),
        None => diagnostic,
    }
}

/// The bracket that closes `open`.
pub(crate) fn closing(open: TokenKind) -> TokenKind {
    match open {
        TokenKind::ParenthesisOpen => TokenKind::ParenthesisClose,
        TokenKind::BracketOpen => TokenKind::BracketClose,
        TokenKind::BraceOpen => TokenKind::BraceClose,
        _ => TokenKind::AngleClose,
    }
}

fn missing_type(scope: &Scope<'_>, after: Span, what: &str) -> Diagnostic {
    let token = scope.text_of(after);
    let message = format!("missing {what} after `{token}`");
    Diagnostic::new(
        &codes::MISSING_TYPE,
        message,
        scope.label(after).with_message(format!("expected {what} after this")),
    )
}

fn dotted_field_name(scope: &Scope<'_>, at: Span) -> Diagnostic {
    let message = format!("`{}` cannot name a field", scope.text_of(at));
    Diagnostic::new(&codes::BAD_NAME, message, scope.label(at)).with_note("the name of a field has no dot")
}

fn bad_argument_kind(scope: &Scope<'_>, at: Span) -> Diagnostic {
    let message = format!("`{}` is not the kind of an optional argument", one_line(scope, at));
    let diagnostic = Diagnostic::new(&codes::INVALID_ARGUMENT_KIND, message, scope.label(at));
    match crate::suggest(scope.text_of(at), ["Type"]) {
        Some(kind) => diagnostic.with_suggestion(at, kind),
        None => diagnostic.with_note("an optional argument is `{X:Type}` or `{n:#}`"),
    }
}

fn bad_name(scope: &Scope<'_>, at: Span) -> Diagnostic {
    let name = scope.text_of(at);
    let message = format!("`{name}` cannot name a constructor or a function");
    Diagnostic::new(&codes::BAD_NAME, message, scope.label(at))
        .with_note("the last part of the name of a constructor or a function begins with a lower-case letter")
        .with_fix(Fix::write(scope.source, at, with_lower_last_part(name)))
}

/// `a.B` → `a.b`
fn with_lower_last_part(name: &str) -> String {
    let last = name.rfind('.').map_or(0, |dot| dot + 1);
    let mut lower = name.to_owned();
    if let Some(first) = lower.get_mut(last..last + 1) {
        first.make_ascii_lowercase();
    }
    lower
}

/// `at` is the result type, or where it is missed, too.
fn missing_equals(scope: &Scope<'_>, at: Span) -> Diagnostic {
    let result = scope.text_of(at);
    let expected =
        if result.is_empty() { "expected `=` and the result type" } else { "expected `=` before the result type" };
    let label = scope.label(at).with_message(expected);
    let diagnostic = Diagnostic::new(&codes::MISSING_EQUALS, "a declaration without `=`", label).with_help(EQUALS_HELP);
    // A lower-case name is more likely a field, so that the result is missing, too.
    if begins_with_type(result) { diagnostic.with_fix(Fix::add(scope.source, at.start, "= ")) } else { diagnostic }
}

/// Returns whether a text begins with a name the last part of which begins with an upper-case letter.
fn begins_with_type(text: &str) -> bool {
    let name = text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.'))).next().unwrap_or_default();
    name.rsplit('.').next().is_some_and(|last| last.starts_with(|first: char| first.is_ascii_uppercase()))
}

/// The text of a span on one line, cut where it is long.
pub(crate) fn one_line(scope: &Scope<'_>, span: Span) -> String {
    const LIMIT: usize = 40;
    let mut words = scope.text_of(span).split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((cut, _)) = words.char_indices().nth(LIMIT) {
        words.truncate(cut);
        words.push('…');
    }
    words
}
