//! Cuts text into tokens and comments. Whatever belongs to neither is reported here, once, and read as a blank.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_until, take_while, take_while1};
use nom::character::complete::{char, digit1, one_of};
use nom::combinator::{map, recognize, value, verify};
use nom::sequence::{delimited, preceded};
use nom::{IResult, Parser};

use crate::ast::Comment;
use crate::token::{Token, TokenKind};
use crate::{Diagnostic, Fix, Label, Severity, SourceId, Span, codes, lookalike};

/// What a text consists of.
pub(crate) struct Lexed {
    pub(crate) tokens: Vec<Token>,
    pub(crate) comments: Vec<Comment>,
    /// Where layer markers stand, which are neither.
    pub(crate) layer_markers: Vec<Span>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

/// A token and what stands around it has more bytes than this in most schemas.
const BYTES_PER_TOKEN: usize = 5;

/// Cuts a text of at most `u32::MAX` bytes.
pub(crate) fn lex(source: SourceId, text: &str) -> Lexed {
    let mut lexer = Lexer {
        source,
        text,
        lexed: Lexed {
            tokens: Vec::with_capacity(text.len() / BYTES_PER_TOKEN),
            comments: Vec::new(),
            layer_markers: Vec::new(),
            diagnostics: Vec::new(),
        },
        starts_line: true,
        last_comment_end: None,
    };
    let mut rest = text;
    while let Some(first) = rest.as_bytes().first() {
        rest = lexer.step(*first, rest);
    }
    lexer.lexed
}

/// The result of a lexical rule: the text after the lexeme, and the lexeme.
type LexResult<'a, T> = IResult<&'a str, T, ()>;

/// One piece of text.
#[derive(Clone)]
enum Lexeme<'a> {
    ByteOrderMark,
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
    /// Reads one lexeme from the start of `rest`, whose first byte is given, and returns what follows it. Names, blanks and
    /// symbols are nearly all of most schemas.
    fn step(&mut self, first: u8, rest: &'a str) -> &'a str {
        match first {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => self.name(rest),
            // A carriage return alone ends a line, too; before a line feed it makes no difference.
            b'\n' | b'\r' => {
                self.starts_line = true;
                rest.split_at(1).1
            }
            0..=b' ' => rest.split_at(1).1,
            0x80.. if begins_identifier(rest) => self.name(rest),
            b'#' if self.touches_name(rest) => self.id(rest),
            b'=' | b'/' | b'-' | b'0'..=b'9' => self.rare(rest),
            _ => match symbol_kind(first) {
                Some(kind) => self.symbol(kind, rest),
                None => self.rare(rest),
            },
        }
    }

    /// Reads a lexeme by the rules of all that is not read otherwise.
    fn rare(&mut self, rest: &'a str) -> &'a str {
        let start = self.offset(rest);
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

    /// Returns whether `#` at the start of `rest` begins an id.
    fn touches_name(&self, rest: &str) -> bool {
        self.lexed.tokens.last().is_some_and(|last| last.kind == TokenKind::Name && last.span.end == self.offset(rest))
    }

    fn symbol(&mut self, kind: TokenKind, rest: &'a str) -> &'a str {
        let start = self.offset(rest);
        self.token(kind, Span::new(start, start + 1));
        rest.split_at(1).1
    }

    fn last_comment_end(&mut self) -> usize {
        *self.last_comment_end.get_or_insert_with(|| self.text.rfind("*/").unwrap_or(0))
    }

    fn offset(&self, rest: &str) -> u32 {
        u32::try_from(self.text.len() - rest.len()).unwrap_or(u32::MAX)
    }

    fn take(&mut self, lexeme: Lexeme<'a>, span: Span) {
        match lexeme {
            Lexeme::ByteOrderMark => {}
            Lexeme::LineComment(text) => self.line_comment(span.start, text),
            Lexeme::BlockComment { text, terminated } => self.block_comment(span, text, terminated),
            Lexeme::LayerMarker if self.begins_line(span) => self.layer_marker(span),
            Lexeme::LayerMarker => self.stray(span),
            Lexeme::Token(kind) => self.token(kind, span),
            Lexeme::BadNumber => {
                self.report_bad_number(span);
                self.token(TokenKind::Number, span);
            }
            Lexeme::Stray => self.stray(span),
        }
    }

    fn token(&mut self, kind: TokenKind, span: Span) {
        self.push(Token { kind, span, starts_line: self.starts_line, is_dotted: false });
    }

    fn push(&mut self, token: Token) {
        self.lexed.tokens.push(token);
        self.starts_line = false;
    }

    /// `ident-ns ::= { ident "." } ident`
    ///
    /// A letter that is not ASCII is reported, but belongs to its name: so there is one finding, not one for each half.
    fn name(&mut self, rest: &'a str) -> &'a str {
        let mut length = identifier_length(rest);
        let mut is_dotted = false;
        while rest.as_bytes().get(length) == Some(&b'.')
            && let Some(after_dot) = rest.get(length + 1..).filter(|after| begins_identifier(after))
        {
            length += 1 + identifier_length(after_dot);
            is_dotted = true;
        }
        let (name, after) = rest.split_at(length);
        let span = Span::new(self.offset(rest), self.offset(after));
        if !name.is_ascii() {
            self.letters_not_ascii(name, span);
        }
        self.push(Token { kind: TokenKind::Name, span, starts_line: self.starts_line, is_dotted });
        after
    }

    #[cold]
    fn letters_not_ascii(&mut self, name: &str, span: Span) {
        let Some(start) = name.find(|c: char| !c.is_ascii()) else { return };
        let bad = name.get(start..).unwrap_or_default();
        let length = bad.find(|c: char| c.is_ascii()).unwrap_or(bad.len());
        let offset = |at: usize| span.start.saturating_add(u32::try_from(at).unwrap_or(u32::MAX));
        self.stray(Span::new(offset(start), offset(start + length)));
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
        self.starts_line |= text.contains(LINE_ENDS);
        if !terminated {
            let opening = Label::new(self.source, Span::new(span.start, span.start + 2));
            self.lexed.diagnostics.push(
                Diagnostic::new(&codes::UNTERMINATED_COMMENT, "this comment is never closed", opening)
                    .with_note("it is read as if it ended with its line")
                    .with_help("close it with `*/`, or begin it with `//`"),
            );
        }
    }

    /// Returns whether nothing but blanks is before a place on its line.
    fn begins_line(&self, span: Span) -> bool {
        let before = self.text.get(..span.start as usize).unwrap_or_default();
        let before =
            before.trim_end_matches(|c: char| !LINE_ENDS.contains(&c) && (c.is_whitespace() || c == '\u{feff}'));
        before.is_empty() || before.ends_with(LINE_ENDS)
    }

    fn layer_marker(&mut self, span: Span) {
        self.lexed.layer_markers.push(span);
        let marker = Label::new(self.source, span);
        let (message, number) = (layer_message(span, self.text), layer_number(span, self.text));
        let diagnostic = Diagnostic::new(&codes::LAYER_MARKER, message, marker);
        self.lexed.diagnostics.push(match number {
            Some(_) => diagnostic,
            None => Diagnostic { severity: Severity::Warning, ..diagnostic },
        });
    }

    fn report_bad_number(&mut self, span: Span) {
        let message = format!("the number is greater than {}", u32::MAX);
        let diagnostic = Diagnostic::new(&codes::NUMBER_TOO_LARGE, message, Label::new(self.source, span));
        self.lexed.diagnostics.push(diagnostic);
    }

    fn stray(&mut self, span: Span) {
        let stray = self.text.get(span.range()).unwrap_or_default();
        let label = Label::new(self.source, span);
        let shown: String = stray.chars().take(40).flat_map(visible).collect();
        let diagnostic = if stray.is_ascii() {
            Diagnostic::new(&codes::STRAY_CHARACTER, format!("unexpected `{shown}`"), label)
        } else {
            let diagnostic = Diagnostic::new(&codes::NON_ASCII, format!("`{shown}` outside of a comment"), label)
                .with_note("outside of comments a schema consists of ASCII characters alone");
            match lookalike::in_ascii(stray) {
                Some(ascii) => diagnostic.with_fix(Fix::write(self.source, span, ascii)),
                None => diagnostic,
            }
        };
        self.lexed.diagnostics.push(diagnostic);
    }

    /// `hex ::= 1 to 8 hexadecimal digits, any case`, right after a name and `#`.
    ///
    /// A field may follow eight digits without a blank, as the reference parser allows: `a#12345678x:int`.
    fn id(&mut self, rest: &'a str) -> &'a str {
        let start = self.offset(rest);
        let text = rest.get("#".len()..).unwrap_or_default();
        let (digits, after) = text.split_at(identifier_length(text));
        let end = self.offset(after);
        let (kind, end) = match u32::from_str_radix(digits, 16) {
            Ok(_) if digits.len() <= 8 => (TokenKind::Id, end),
            _ => match glued_field(digits, after) {
                Some(_) => (TokenKind::Id, start + 9),
                None => {
                    self.report_bad_id(digits, Span::new(start, end));
                    (TokenKind::BadId, end)
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
            Diagnostic::new(&codes::BAD_ID, message, Label::new(self.source, span))
                .with_note("an id is `#` and 1 to 8 hexadecimal digits"),
        );
    }
}

/// A character as a message shows it: one that cannot be seen is shown by its number.
fn visible(c: char) -> Vec<char> {
    if matches!(c, '"' | '\'' | '\\') { vec![c] } else { c.escape_debug().collect() }
}

/// The id, if its eight digits are followed at once by the name of a field.
fn glued_field(digits: &str, after: &str) -> Option<u32> {
    let (id, name) = digits.split_at_checked(8)?;
    let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    if is_name && after.trim_start().starts_with(':') { u32::from_str_radix(id, 16).ok() } else { None }
}

/// What is neither a name, nor a blank, nor a symbol that begins nothing longer.
fn lexeme(i: &str) -> LexResult<'_, Lexeme<'_>> {
    alt((number, line_comment, layer_marker, function_arrow, equals, block_comment, minuses, byte_order_mark, stray))
        .parse(i)
}

/// Blanks are what the reference parser takes for blank: every ASCII character up to the space, and a byte order mark.
pub(crate) fn is_blank(c: char) -> bool {
    c <= ' ' || c == '\u{feff}'
}

/// Letters that are not ASCII are wrong, but read as part of the name.
fn is_identifier(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || (!c.is_ascii() && c.is_alphanumeric())
}

/// `ident ::= (letter | "_") { letter | digit | "_" }`
fn begins_identifier(text: &str) -> bool {
    text.starts_with(|c: char| is_identifier(c) && !c.is_ascii_digit())
}

/// Which bytes are characters of identifiers by themselves.
static IDENTIFIER_BYTES: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        table[byte as usize] = byte.is_ascii_alphanumeric() || byte == b'_';
        byte += 1;
    }
    table
};

/// How many bytes at the start of the text are characters of identifiers.
fn identifier_length(text: &str) -> usize {
    let ascii = text.bytes().position(|byte| !IDENTIFIER_BYTES[usize::from(byte)]).unwrap_or(text.len());
    if text.as_bytes().get(ascii).is_none_or(u8::is_ascii) {
        return ascii;
    }
    text.find(|c| !is_identifier(c)).unwrap_or(text.len())
}

fn byte_order_mark(i: &str) -> LexResult<'_, Lexeme<'_>> {
    value(Lexeme::ByteOrderMark, char('\u{feff}')).parse(i)
}

/// `nat-const ::= digit { digit }`
fn number(i: &str) -> LexResult<'_, Lexeme<'_>> {
    let is_small = |digits: &str| digits.parse::<u32>().is_ok();
    let lexeme = |digits| if is_small(digits) { Lexeme::Token(TokenKind::Number) } else { Lexeme::BadNumber };
    map(digit1, lexeme).parse(i)
}

fn line_comment(i: &str) -> LexResult<'_, Lexeme<'_>> {
    map(preceded(tag("//"), rest_of_line), Lexeme::LineComment).parse(i)
}

/// The characters that end a line: a carriage return does so with a line feed behind it or without.
pub(crate) const LINE_ENDS: [char; 2] = ['\n', '\r'];

/// Everything up to the end of the line. Half of a documented schema is read here.
fn rest_of_line(i: &str) -> LexResult<'_, &str> {
    let length = i.bytes().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(i.len());
    let (line, rest) = i.split_at(length);
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

fn function_arrow(i: &str) -> LexResult<'_, Lexeme<'_>> {
    value(Lexeme::Token(TokenKind::FunctionArrow), tag("=>")).parse(i)
}

fn equals(i: &str) -> LexResult<'_, Lexeme<'_>> {
    value(Lexeme::Token(TokenKind::Equals), char('=')).parse(i)
}

fn symbol_kind(symbol: u8) -> Option<TokenKind> {
    Some(match symbol {
        b'#' => TokenKind::NumberSign,
        b':' => TokenKind::Colon,
        b';' => TokenKind::Semicolon,
        b'=' => TokenKind::Equals,
        b'?' => TokenKind::Question,
        b'.' => TokenKind::Dot,
        b',' => TokenKind::Comma,
        b'%' => TokenKind::Percent,
        b'+' => TokenKind::Plus,
        b'*' => TokenKind::Asterisk,
        b'!' => TokenKind::Exclamation,
        b'@' => TokenKind::At,
        b'(' => TokenKind::ParenthesisOpen,
        b')' => TokenKind::ParenthesisClose,
        b'[' => TokenKind::BracketOpen,
        b']' => TokenKind::BracketClose,
        b'{' => TokenKind::BraceOpen,
        b'}' => TokenKind::BraceClose,
        b'<' => TokenKind::AngleOpen,
        b'>' => TokenKind::AngleClose,
        _ => return None,
    })
}

fn is_symbol(c: char) -> bool {
    u8::try_from(c).is_ok_and(|byte| symbol_kind(byte).is_some())
}

/// A run of characters that begin no lexeme, or a slash or minus sign that stands alone.
fn stray(i: &str) -> LexResult<'_, Lexeme<'_>> {
    let run = take_while1(|c| !is_blank(c) && !is_identifier(c) && !is_symbol(c) && c != '/' && c != '-');
    value(Lexeme::Stray, alt((run, recognize(one_of("/-"))))).parse(i)
}

/// The number in a layer marker, if it is one.
pub(crate) fn layer_number(marker: Span, text: &str) -> Option<u32> {
    text.get(marker.range())?.trim_matches(|c: char| !c.is_ascii_digit()).parse().ok()
}

fn layer_message(marker: Span, text: &str) -> String {
    match layer_number(marker, text) {
        Some(number) => format!("the declarations after this line are those of layer {number}"),
        None => "the number of this layer is too large, so that the line means nothing".to_owned(),
    }
}
