//! Cuts text into tokens and comments. Whatever belongs to neither is reported here, once, and read as a blank.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_until, take_while, take_while1};
use nom::character::complete::{anychar, char, digit1, one_of, satisfy};
use nom::combinator::{map, map_opt, recognize, value, verify};
use nom::multi::many0_count;
use nom::sequence::{delimited, preceded};
use nom::{IResult, Parser};

use crate::ast::Comment;
use crate::token::{Token, TokenKind};
use crate::{Diagnostic, Label, SourceId, Span};

/// What a text consists of.
pub(crate) struct Lexed {
    pub(crate) tokens: Vec<Token>,
    pub(crate) comments: Vec<Comment>,
    /// Where layer markers stand, which are neither.
    pub(crate) layer_markers: Vec<Span>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// Cuts a text of at most `u32::MAX` bytes.
pub(crate) fn lex(source: SourceId, text: &str) -> Lexed {
    let mut lexer = Lexer {
        source,
        text,
        lexed: Lexed { tokens: Vec::new(), comments: Vec::new(), layer_markers: Vec::new(), diagnostics: Vec::new() },
        starts_line: true,
        last_comment_end: None,
    };
    let mut rest = text;
    while !rest.is_empty() {
        rest = lexer.step(rest);
    }
    lexer.lexed
}

/// The result of a lexical rule: the text after the lexeme, and the lexeme.
type LexResult<'a, T> = IResult<&'a str, T, ()>;

/// One piece of text.
#[derive(Clone)]
enum Lexeme<'a> {
    Blank { line_end: bool },
    LineComment(&'a str),
    BlockComment { text: &'a str, terminated: bool },
    LayerMarker,
    Token(TokenKind),
    BadNumber,
    Stray,
}

struct Lexer<'a> {
    source: SourceId,
    text: &'a str,
    lexed: Lexed,
    starts_line: bool,
    /// Where the last `*/` of the text is: a block comment that begins later is never closed. Looked up once, at the first
    /// block comment, so that many that are not closed cost no more than one.
    last_comment_end: Option<usize>,
}

impl<'a> Lexer<'a> {
    /// Reads one lexeme from the start of `rest` and returns what follows it.
    fn step(&mut self, rest: &'a str) -> &'a str {
        let start = self.offset(rest);
        if rest.starts_with('#') && self.lexed.tokens.last().is_some_and(|token| is_name_end(*token, start)) {
            return self.id(rest);
        }
        let unterminated = rest.starts_with("/*") && start as usize + 2 > self.last_comment_end();
        let lexeme = if unterminated { unterminated_comment(rest) } else { lexeme(rest) };
        match lexeme {
            Ok((after, lexeme)) => {
                self.take(lexeme, Span::new(start, self.offset(after)));
                after
            }
            // `stray` takes at least one character of whatever no other rule takes; a rule that takes nothing would
            // loop, so the rest is given up.
            Err(_) => "",
        }
    }

    fn last_comment_end(&mut self) -> usize {
        *self.last_comment_end.get_or_insert_with(|| self.text.rfind("*/").unwrap_or(0))
    }

    fn offset(&self, rest: &str) -> u32 {
        u32::try_from(self.text.len() - rest.len()).unwrap_or(u32::MAX)
    }

    fn take(&mut self, lexeme: Lexeme<'a>, span: Span) {
        match lexeme {
            Lexeme::Blank { line_end } => self.starts_line |= line_end,
            Lexeme::LineComment(text) => self.line_comment(span.start, text),
            Lexeme::BlockComment { text, terminated } => self.block_comment(span, text, terminated),
            Lexeme::LayerMarker => self.layer_marker(span),
            Lexeme::Token(TokenKind::Name) => self.name(span),
            Lexeme::Token(kind) => self.token(kind, span),
            Lexeme::BadNumber => {
                self.report_bad_number(span);
                self.token(TokenKind::Number(u32::MAX), span);
            }
            Lexeme::Stray => self.stray(span),
        }
    }

    fn token(&mut self, kind: TokenKind, span: Span) {
        self.lexed.tokens.push(Token { kind, span, starts_line: self.starts_line });
        self.starts_line = false;
    }

    /// A letter that is not ASCII is reported, but belongs to its name: so there is one finding, not one for each half.
    fn name(&mut self, span: Span) {
        let name = self.text.get(span.range()).unwrap_or_default();
        if let Some(start) = name.find(|c: char| !c.is_ascii()) {
            let bad = name.get(start..).unwrap_or_default();
            let length = bad.find(|c: char| c.is_ascii()).unwrap_or(bad.len());
            let offset = |at: usize| span.start.saturating_add(u32::try_from(at).unwrap_or(u32::MAX));
            self.stray(Span::new(offset(start), offset(start + length)));
        }
        self.token(TokenKind::Name, span);
    }

    /// The span of a comment ends before the end of its line, be that one character or two.
    fn line_comment(&mut self, start: u32, text: &str) {
        let length = u32::try_from("//".len() + text.len()).unwrap_or(u32::MAX);
        self.comment(Span::new(start, start.saturating_add(length)), text, false);
    }

    fn comment(&mut self, span: Span, text: &str, block: bool) {
        self.lexed.comments.push(Comment { span, text: text.to_owned(), block });
    }

    fn block_comment(&mut self, span: Span, text: &str, terminated: bool) {
        self.comment(span, text, true);
        self.starts_line |= text.contains('\n');
        if !terminated {
            let opening = Label::new(self.source, Span::new(span.start, span.start + 2));
            self.lexed.diagnostics.push(
                Diagnostic::error("unterminated-comment", "this comment is never closed", opening)
                    .with_note("it is read as if it ended with its line")
                    .with_help("close it with `*/`, or begin it with `//`"),
            );
        }
    }

    fn layer_marker(&mut self, span: Span) {
        self.lexed.layer_markers.push(span);
        let marker = Label::new(self.source, span);
        self.lexed.diagnostics.push(
            Diagnostic::warning("layer-marker", "a layer marker is not part of the language and is ignored", marker)
                .with_note("the declarations of all layers are read as one schema"),
        );
    }

    fn report_bad_number(&mut self, span: Span) {
        let message = format!("the number is greater than {}", u32::MAX);
        let diagnostic = Diagnostic::error("number-too-large", message, Label::new(self.source, span));
        self.lexed.diagnostics.push(diagnostic);
    }

    fn stray(&mut self, span: Span) {
        let stray = self.text.get(span.range()).unwrap_or_default();
        let label = Label::new(self.source, span);
        let shown: String = stray.chars().take(40).flat_map(visible).collect();
        let diagnostic = if stray.is_ascii() {
            Diagnostic::error("stray-character", format!("unexpected `{shown}`"), label)
        } else {
            Diagnostic::error("non-ascii", format!("`{shown}` outside of a comment"), label)
                .with_note("outside of comments a schema consists of ASCII characters alone")
        };
        self.lexed.diagnostics.push(diagnostic);
    }

    /// `hex ::= 1 to 8 hexadecimal digits, any case`, right after a name and `#`.
    ///
    /// A field may follow eight digits without a blank, as the reference parser allows: `a#12345678x:int`.
    fn id(&mut self, rest: &'a str) -> &'a str {
        let start = self.offset(rest);
        let (after, digits) = id_digits(rest).unwrap_or((rest, ""));
        let end = self.offset(after);
        let (kind, end) = match u32::from_str_radix(digits, 16) {
            Ok(value) if digits.len() <= 8 => (TokenKind::Id(value), end),
            _ => match glued_field(digits, after) {
                Some(value) => (TokenKind::Id(value), start + 9),
                None => {
                    self.report_bad_id(digits, Span::new(start, end.max(start + 1)));
                    (TokenKind::BadId, end.max(start + 1))
                }
            },
        };
        self.token(kind, Span::new(start, end));
        self.text.get(end as usize..).unwrap_or_default()
    }

    fn report_bad_id(&mut self, digits: &str, span: Span) {
        let message = if digits.is_empty() {
            "the id has no digits".to_owned()
        } else if digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            format!("the id has {} digits", digits.len())
        } else {
            format!("`{digits}` is not a hexadecimal number")
        };
        self.lexed.diagnostics.push(
            Diagnostic::error("bad-id", message, Label::new(self.source, span))
                .with_note("an id is `#` and 1 to 8 hexadecimal digits"),
        );
    }
}

/// A character as a message shows it: one that cannot be seen is shown by its number.
fn visible(c: char) -> Vec<char> {
    if matches!(c, '"' | '\'' | '\\') { vec![c] } else { c.escape_debug().collect() }
}

/// Whether the token is a name that ends at `offset`, so that `#` there begins an id.
fn is_name_end(token: Token, offset: u32) -> bool {
    token.kind == TokenKind::Name && token.span.end == offset
}

/// The id, if its eight digits are followed at once by the name of a field.
fn glued_field(digits: &str, after: &str) -> Option<u32> {
    let (id, name) = digits.split_at_checked(8)?;
    let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    if is_name && after.trim_start().starts_with(':') { u32::from_str_radix(id, 16).ok() } else { None }
}

fn id_digits(i: &str) -> LexResult<'_, &str> {
    preceded(char('#'), take_while(is_identifier)).parse(i)
}

fn lexeme(i: &str) -> LexResult<'_, Lexeme<'_>> {
    alt((name, blank, symbol, number, line_comment, block_comment, minuses, stray)).parse(i)
}

/// Blanks are what the reference parser takes for blank: every ASCII character up to the space, and a byte order mark.
pub(crate) fn is_blank(c: char) -> bool {
    c <= ' ' || c == '\u{feff}'
}

/// Letters that are not ASCII are wrong, but read as part of the name.
fn is_identifier(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || (!c.is_ascii() && c.is_alphanumeric())
}

fn blank(i: &str) -> LexResult<'_, Lexeme<'_>> {
    map(take_while1(is_blank), |blank: &str| Lexeme::Blank { line_end: blank.contains('\n') }).parse(i)
}

/// `ident ::= (letter | "_") { letter | digit | "_" }`
fn identifier(i: &str) -> LexResult<'_, &str> {
    recognize((satisfy(|c| is_identifier(c) && !c.is_ascii_digit()), take_while(is_identifier))).parse(i)
}

/// `ident-ns ::= { ident "." } ident`
fn name(i: &str) -> LexResult<'_, Lexeme<'_>> {
    value(Lexeme::Token(TokenKind::Name), (identifier, many0_count(preceded(char('.'), identifier)))).parse(i)
}

/// `nat-const ::= digit { digit }`
fn number(i: &str) -> LexResult<'_, Lexeme<'_>> {
    map(digit1, |digits: &str| digits.parse().map_or(Lexeme::BadNumber, |n| Lexeme::Token(TokenKind::Number(n))))
        .parse(i)
}

fn line_comment(i: &str) -> LexResult<'_, Lexeme<'_>> {
    map(preceded(tag("//"), rest_of_line), |text: &str| Lexeme::LineComment(text.strip_suffix('\r').unwrap_or(text)))
        .parse(i)
}

/// Everything up to the end of the line. Half of a documented schema is read here.
fn rest_of_line(i: &str) -> LexResult<'_, &str> {
    let (line, rest) = i.split_at(i.find('\n').unwrap_or(i.len()));
    Ok((rest, line))
}

/// `/* … */`
fn block_comment(i: &str) -> LexResult<'_, Lexeme<'_>> {
    let text = delimited(tag("/*"), take_until("*/"), tag("*/"));
    map(text, |text| Lexeme::BlockComment { text, terminated: true }).parse(i)
}

/// A block comment that is never closed is read up to the end of its line, so that what follows is not lost.
fn unterminated_comment(i: &str) -> LexResult<'_, Lexeme<'_>> {
    let text = preceded(tag("/*"), rest_of_line);
    map(text, |text| Lexeme::BlockComment { text, terminated: false }).parse(i)
}

fn minuses(i: &str) -> LexResult<'_, Lexeme<'_>> {
    value(Lexeme::Token(TokenKind::Minuses), verify(take_while1(|c| c == '-'), |run: &str| run.len() >= 2)).parse(i)
}

/// `===8===`, which some published texts of the secret-chat schema use.
fn layer_marker(i: &str) -> LexResult<'_, Lexeme<'_>> {
    let blanks = || take_while(|c| c == ' ');
    value(Lexeme::LayerMarker, (tag("==="), delimited(blanks(), digit1, blanks()), tag("==="))).parse(i)
}

fn symbol(i: &str) -> LexResult<'_, Lexeme<'_>> {
    let function_arrow = value(Lexeme::Token(TokenKind::FunctionArrow), tag("=>"));
    let single = map(map_opt(anychar, symbol_kind), Lexeme::Token);
    alt((layer_marker, function_arrow, single)).parse(i)
}

fn symbol_kind(symbol: char) -> Option<TokenKind> {
    Some(match symbol {
        '#' => TokenKind::NumberSign,
        ':' => TokenKind::Colon,
        ';' => TokenKind::Semicolon,
        '=' => TokenKind::Equals,
        '?' => TokenKind::Question,
        '.' => TokenKind::Dot,
        ',' => TokenKind::Comma,
        '%' => TokenKind::Percent,
        '+' => TokenKind::Plus,
        '*' => TokenKind::Asterisk,
        '!' => TokenKind::Exclamation,
        '@' => TokenKind::At,
        '(' => TokenKind::ParenthesisOpen,
        ')' => TokenKind::ParenthesisClose,
        '[' => TokenKind::BracketOpen,
        ']' => TokenKind::BracketClose,
        '{' => TokenKind::BraceOpen,
        '}' => TokenKind::BraceClose,
        '<' => TokenKind::AngleOpen,
        '>' => TokenKind::AngleClose,
        _ => return None,
    })
}

/// A run of characters that begin no lexeme, or a slash or minus sign that stands alone.
fn stray(i: &str) -> LexResult<'_, Lexeme<'_>> {
    let run = take_while1(|c| !is_blank(c) && !is_identifier(c) && symbol_kind(c).is_none() && c != '/' && c != '-');
    value(Lexeme::Stray, alt((run, recognize(one_of("/-"))))).parse(i)
}
