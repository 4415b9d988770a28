//! Finds where each declaration ends before it is read, so that a fault in one never swallows the next.

use crate::token::{Token, TokenKind};

/// Cuts the tokens into the tokens of one declaration each, semicolons included.
///
/// A declaration ends with its semicolon. Where that is missing, it ends before what can only begin another one.
pub(crate) fn split<'t>(tokens: &'t [Token], text: &str) -> Vec<&'t [Token]> {
    let splitter = Splitter { tokens, text, separator_ahead: separators_ahead(tokens) };
    let mut declarations = Vec::new();
    let mut start = 0;
    while start < tokens.len() {
        let end = splitter.end_of(start).max(start + 1);
        declarations.extend(tokens.get(start..end));
        start = end;
    }
    declarations
}

struct Splitter<'t> {
    tokens: &'t [Token],
    text: &'t str,
    /// For each token, whether `=` or `=>` stands between it and the next semicolon.
    separator_ahead: Vec<bool>,
}

fn separators_ahead(tokens: &[Token]) -> Vec<bool> {
    let mut ahead = vec![false; tokens.len()];
    let mut found = false;
    for (flag, token) in ahead.iter_mut().zip(tokens).rev() {
        found = match token.kind {
            TokenKind::Semicolon | TokenKind::Minuses => false,
            kind => found || kind.is_separator(),
        };
        *flag = found;
    }
    ahead
}

impl Splitter<'_> {
    fn kind(&self, index: usize) -> Option<TokenKind> {
        self.tokens.get(index).map(|token| token.kind)
    }

    /// The index after the last token of the declaration that begins at `start`.
    fn end_of(&self, start: usize) -> usize {
        match self.kind(start) {
            Some(TokenKind::Minuses) => self.end_of_header(start),
            Some(TokenKind::Name | TokenKind::At) => self.end_of_declaration(start),
            _ => self.end_of_garbage(start),
        }
    }

    fn end_of_header(&self, start: usize) -> usize {
        let on_line = |index: usize| self.tokens.get(index).filter(|token| !token.starts_line).map(|token| token.kind);
        let after_name = if on_line(start + 1) == Some(TokenKind::Name) { start + 2 } else { start + 1 };
        if on_line(after_name) == Some(TokenKind::Minuses) { after_name + 1 } else { after_name }
    }

    /// What cannot begin a declaration ends with its line.
    fn end_of_garbage(&self, start: usize) -> usize {
        let rest = self.tokens.get(start..).unwrap_or_default();
        for (offset, token) in rest.iter().enumerate() {
            if token.kind == TokenKind::Semicolon {
                return start + offset + 1;
            }
            if offset > 0 && (token.starts_line || token.kind == TokenKind::Minuses) {
                return start + offset;
            }
        }
        self.tokens.len()
    }

    fn end_of_declaration(&self, start: usize) -> usize {
        let name = self.after_annotations(start);
        let mut separator = None;
        let mut seen_second = false;
        for index in name..self.tokens.len() {
            let Some(token) = self.tokens.get(index) else { break };
            match token.kind {
                TokenKind::Semicolon => return index + 1,
                TokenKind::Minuses => return index,
                kind if kind.is_separator() => match separator {
                    None => separator = Some(index),
                    Some(first) if !seen_second => {
                        seen_second = true;
                        if let Some(end) = self.end_of_result(first + 1).filter(|end| *end < index) {
                            return end;
                        }
                    }
                    Some(_) => {}
                },
                _ if index == name + 2 && token.starts_line && self.is_keyword(name) => return index,
                _ if index > name && self.begins_another(index, separator) => return index,
                _ => {}
            }
        }
        self.tokens.len()
    }

    fn after_annotations(&self, start: usize) -> usize {
        let mut index = start;
        while self.kind(index) == Some(TokenKind::At) && self.kind(index + 1) == Some(TokenKind::Name) {
            index += 2;
        }
        index
    }

    /// Whether the token can only be the first of another declaration. `separator` is where this one's stands.
    fn begins_another(&self, index: usize, separator: Option<usize>) -> bool {
        let Some(token) = self.tokens.get(index) else { return false };
        let after_result = separator.is_some_and(|separator| index > separator + 1);
        let has_id = self.kind(index + 1).is_some_and(TokenKind::is_id);
        match token.kind {
            TokenKind::Name if has_id => token.starts_line || after_result,
            TokenKind::At => token.starts_line || after_result,
            TokenKind::Name if token.starts_line && separator.is_some() => {
                let separator_ahead = self.separator_ahead.get(index).copied().unwrap_or(false);
                (separator_ahead && (after_result || self.is_lower(index))) || self.is_finality(index)
            }
            _ => false,
        }
    }

    /// Whether the last part of a name begins with a lower-case letter. Right after `=` it is then no result.
    fn is_lower(&self, index: usize) -> bool {
        let text = self.tokens.get(index).and_then(|token| self.text.get(token.span.range()));
        let last = text.and_then(|text| text.rsplit('.').next());
        last.is_some_and(|last| !last.starts_with(|first: char| first.is_ascii_uppercase()))
    }

    /// `New`, `Final` or `Empty`.
    fn is_keyword(&self, index: usize) -> bool {
        let text = self.tokens.get(index).and_then(|token| self.text.get(token.span.range()));
        matches!(text, Some("New" | "Final" | "Empty"))
    }

    /// `Empty Type;`
    fn is_finality(&self, index: usize) -> bool {
        self.is_keyword(index)
            && self.kind(index + 1) == Some(TokenKind::Name)
            && matches!(self.kind(index + 2), None | Some(TokenKind::Semicolon))
    }

    /// Where the result that begins at `index` ends, if it is one type without juxtaposed arguments and a name
    /// follows: with a second `=` ahead, that name begins another declaration.
    fn end_of_result(&self, index: usize) -> Option<usize> {
        let mut end = index;
        while self.kind(end) == Some(TokenKind::Percent) {
            end += 1;
        }
        if self.kind(end) == Some(TokenKind::Name) {
            end += 1;
        }
        if matches!(self.kind(end), Some(TokenKind::AngleOpen | TokenKind::ParenthesisOpen)) {
            end = self.after_brackets(end)?;
        }
        (end > index && self.kind(end) == Some(TokenKind::Name)).then_some(end)
    }

    /// The index after the bracket that closes the one at `index`.
    fn after_brackets(&self, index: usize) -> Option<usize> {
        let mut open = 0_usize;
        for (offset, token) in self.tokens.get(index..)?.iter().enumerate() {
            match token.kind {
                TokenKind::AngleOpen | TokenKind::ParenthesisOpen => open += 1,
                TokenKind::AngleClose | TokenKind::ParenthesisClose if open == 1 => return Some(index + offset + 1),
                TokenKind::AngleClose | TokenKind::ParenthesisClose => open -= 1,
                TokenKind::Semicolon | TokenKind::Minuses => return None,
                kind if kind.is_separator() => return None,
                _ => {}
            }
        }
        None
    }
}
