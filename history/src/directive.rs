//! Comments of the form `// tl:WORD(ARGUMENT) REST`.

use typelang_parser::Span;
use typelang_parser::ast::Comment;

/// One directive of a comment. A comment can have several marks, one after another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Directive<'c> {
    /// The comment.
    pub(crate) span: Span,
    /// The word after `tl:`.
    pub(crate) word: &'c str,
    /// The text in parentheses, if there are any.
    pub(crate) argument: Option<&'c str>,
    /// The text behind, without blanks around it.
    pub(crate) rest: &'c str,
}

impl<'c> Directive<'c> {
    /// The directive of a comment; none if it does not begin with `tl:`.
    pub(crate) fn of(comment: &'c Comment) -> Option<Self> {
        Self::read(comment.text.trim(), comment.span)
    }

    /// The directive that follows in the same comment.
    pub(crate) fn next(&self) -> Option<Self> {
        Self::read(self.rest, self.span)
    }

    fn read(text: &'c str, span: Span) -> Option<Self> {
        let text = text.strip_prefix("tl:")?;
        let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(text.len());
        let (word, behind) = text.split_at(end);
        let (argument, rest) = match behind.strip_prefix('(').and_then(closed) {
            Some((argument, rest)) => (Some(argument), rest),
            None => (None, behind),
        };
        Some(Self { span, word, argument, rest: rest.trim() })
    }
}

/// The text before the parenthesis that closes one, and the text behind it.
fn closed(text: &str) -> Option<(&str, &str)> {
    let mut depth = 1_usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((text.get(..at)?, text.get(at + 1..)?));
        }
    }
    None
}

/// Reads a name and an id, `name#01234567`, as `tl:removed` and `tl:dropped` have them.
#[must_use]
pub fn name_and_id(argument: &str) -> Option<(&str, u32)> {
    let (name, digits) = argument.trim().split_once('#')?;
    let is_hexadecimal = (1..=8).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let id = u32::from_str_radix(digits, 16).ok().filter(|_| is_hexadecimal)?;
    (!name.is_empty() && !name.contains(char::is_whitespace)).then_some((name, id))
}

/// Returns whether a word is a date of the form `2024-01-31`.
#[must_use]
pub fn is_date(word: &str) -> bool {
    let number = |part: &str, length: usize| {
        part.parse::<u32>().ok().filter(|_| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let parts: Vec<&str> = word.split('-').collect();
    let [year, month, day] = parts[..] else { return false };
    number(year, 4).is_some()
        && number(month, 2).is_some_and(|it| (1..=12).contains(&it))
        && number(day, 2).is_some_and(|it| (1..=31).contains(&it))
}
