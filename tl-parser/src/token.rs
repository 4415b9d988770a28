//! The tokens that a schema's text is cut into.

use crate::Span;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// `int`, `tonNode.blockIdExt`, `_`: identifiers joined by dots without blanks.
    Name,
    /// `#1cb5c415` that touches the name before it.
    Id,
    /// The same with something else than 1 to 8 hexadecimal digits; already reported.
    BadId,
    /// A natural number; one that does not fit is already reported.
    Number,
    NumberSign,
    Colon,
    Semicolon,
    Equals,
    FunctionArrow,
    Question,
    Dot,
    Comma,
    Percent,
    Plus,
    Asterisk,
    Exclamation,
    At,
    ParenthesisOpen,
    ParenthesisClose,
    BracketOpen,
    BracketClose,
    BraceOpen,
    BraceClose,
    AngleOpen,
    AngleClose,
    /// Two or more minus signs; a section header needs exactly three.
    Minuses,
}

impl TokenKind {
    /// Whether it is `=` or `=>`.
    pub(crate) fn is_separator(self) -> bool {
        matches!(self, Self::Equals | Self::FunctionArrow)
    }

    /// Whether it is an id, good or bad.
    pub(crate) fn is_id(self) -> bool {
        matches!(self, Self::Id | Self::BadId)
    }

    /// The token as a message shows what was expected.
    pub(crate) fn description(self) -> &'static str {
        match self {
            Self::Name => "a name",
            Self::Id | Self::BadId => "an id",
            Self::Number => "a number",
            Self::NumberSign => "`#`",
            Self::Colon => "`:`",
            Self::Semicolon => "`;`",
            Self::Equals => "`=`",
            Self::FunctionArrow => "`=>`",
            Self::Question => "`?`",
            Self::Dot => "`.`",
            Self::Comma => "`,`",
            Self::Percent => "`%`",
            Self::Plus => "`+`",
            Self::Asterisk => "`*`",
            Self::Exclamation => "`!`",
            Self::At => "`@`",
            Self::ParenthesisOpen => "`(`",
            Self::ParenthesisClose => "`)`",
            Self::BracketOpen => "`[`",
            Self::BracketClose => "`]`",
            Self::BraceOpen => "`{`",
            Self::BraceClose => "`}`",
            Self::AngleOpen => "`<`",
            Self::AngleClose => "`>`",
            Self::Minuses => "`---`",
        }
    }
}

/// One token with its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) span: Span,
    /// Whether it is the first token of its line.
    pub(crate) starts_line: bool,
    /// Whether it is a name with a namespace.
    pub(crate) is_dotted: bool,
}

impl Token {
    /// Whether nothing stands between this token and the next.
    pub(crate) fn touches(self, next: Token) -> bool {
        self.span.end == next.span.start
    }
}
