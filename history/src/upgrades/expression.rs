//! The expressions of rules, as they are written.

use std::ops::Range;

/// An expression with its place in the text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Expression {
    pub(super) span: Range<usize>,
    pub(super) kind: Kind,
}

/// The kinds of expressions.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    /// A field of the old value, `it`, `true`, `false` or `none`.
    Name(String),
    /// A field of a value.
    Get(Box<Expression>, Named),
    /// A new value.
    Constructor(String, Vec<(Named, Expression)>),
    /// A vector: expressions, and whether each is a vector whose elements are meant.
    List(Vec<(Expression, bool)>),
    /// A function with its arguments.
    Call(String, Vec<Expression>),
    /// `case(x, key: e, …)`.
    Case(Box<Expression>, Vec<(Key, Expression)>),
    Number(i64),
    Text(String),
}

/// A name with its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Named {
    pub(super) span: Range<usize>,
    pub(super) name: String,
}

/// The value that a case is chosen by.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Key {
    Constructor(Named),
    Text(String),
    Number(i64),
    Else,
}

/// An error in a text, with its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Fault {
    pub(super) span: Range<usize>,
    pub(super) message: String,
}

/// How deep expressions may be inside of one another.
const MAX_DEPTH: usize = 12;

/// Reads an expression that is the whole text.
pub(super) fn parse(text: &str) -> Result<Expression, Fault> {
    let mut parser = Parser { text, at: 0, depth: 0 };
    let expression = parser.expression()?;
    parser.blanks();
    match parser.rest().is_empty() {
        true => Ok(expression),
        false => Err(parser.expected("the end of the expression")),
    }
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
}

impl<'t> Parser<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn expected(&self, what: &str) -> Fault {
        let length = self.rest().chars().next().map_or(0, char::len_utf8);
        Fault { span: self.at..self.at + length, message: format!("expected {what}") }
    }

    fn too_deep(&self) -> Fault {
        let message = format!("expressions can be {MAX_DEPTH} deep inside of one another");
        Fault { span: self.at..self.at, message }
    }

    fn takes(&mut self, text: &str) -> bool {
        self.blanks();
        let is_there = self.rest().starts_with(text);
        self.at += if is_there { text.len() } else { 0 };
        is_there
    }

    fn expect(&mut self, text: &str) -> Result<(), Fault> {
        if self.takes(text) { Ok(()) } else { Err(self.expected(&format!("`{text}`"))) }
    }

    fn expression(&mut self) -> Result<Expression, Fault> {
        self.blanks();
        if self.depth == MAX_DEPTH {
            return Err(self.too_deep());
        }
        self.depth += 1;
        let start = self.at;
        let kind = self.kind();
        self.depth -= 1;
        let mut expression = Expression { kind: kind?, span: start..self.at };
        let mut depth = self.depth;
        while self.rest().starts_with('.') && !self.rest().starts_with("..") {
            depth += 1;
            if depth == MAX_DEPTH {
                return Err(self.too_deep());
            }
            self.at += 1;
            let field = self.name()?;
            expression = Expression { kind: Kind::Get(Box::new(expression), field), span: start..self.at };
        }
        Ok(expression)
    }

    fn kind(&mut self) -> Result<Kind, Fault> {
        match self.rest().chars().next() {
            Some('[') => self.list(),
            Some('"') => Ok(Kind::Text(self.string()?)),
            Some('0'..='9' | '-') => Ok(Kind::Number(self.number()?)),
            Some(letter) if is_of_name(letter) => self.named(),
            _ => Err(self.expected("an expression")),
        }
    }

    fn name(&mut self) -> Result<Named, Fault> {
        self.blanks();
        let start = self.at;
        let length = self.rest().find(|it| !is_of_name(it)).unwrap_or(self.rest().len());
        if length == 0 {
            return Err(self.expected("a name"));
        }
        self.at += length;
        Ok(Named { span: start..self.at, name: self.text[start..self.at].to_owned() })
    }

    /// A constructor with its namespace, a function or a field.
    fn named(&mut self) -> Result<Kind, Fault> {
        let first = self.name()?;
        let after_first = self.at;
        let mut whole = vec![first.name.clone()];
        while self.rest().starts_with('.') && !self.rest().starts_with("..") {
            self.at += 1;
            whole.push(self.name()?.name);
        }
        if self.rest().starts_with('{') {
            return Ok(Kind::Constructor(whole.join("."), self.fields()?));
        }
        self.at = after_first;
        match self.rest().starts_with('(') {
            true if first.name == "case" => self.case(),
            true => Ok(Kind::Call(first.name, self.arguments()?)),
            false => Ok(Kind::Name(first.name)),
        }
    }

    fn fields(&mut self) -> Result<Vec<(Named, Expression)>, Fault> {
        self.expect("{")?;
        let mut fields = Vec::new();
        while !self.takes("}") {
            let name = self.name()?;
            self.expect(":")?;
            fields.push((name, self.expression()?));
            self.between("}")?;
        }
        Ok(fields)
    }

    fn arguments(&mut self) -> Result<Vec<Expression>, Fault> {
        self.expect("(")?;
        let mut arguments = Vec::new();
        while !self.takes(")") {
            arguments.push(self.expression()?);
            self.between(")")?;
        }
        Ok(arguments)
    }

    fn list(&mut self) -> Result<Kind, Fault> {
        self.expect("[")?;
        let mut elements = Vec::new();
        while !self.takes("]") {
            let element = self.expression()?;
            let is_all = self.takes("...") || self.takes("…");
            elements.push((element, is_all));
            self.between("]")?;
        }
        Ok(Kind::List(elements))
    }

    fn case(&mut self) -> Result<Kind, Fault> {
        self.expect("(")?;
        let of = self.expression()?;
        let mut cases = Vec::new();
        self.between(")")?;
        while !self.takes(")") {
            self.blanks();
            let key = match self.rest().chars().next() {
                Some('"') => Key::Text(self.string()?),
                Some('0'..='9' | '-') => Key::Number(self.number()?),
                _ => match self.qualified()? {
                    Named { name, .. } if name == "_" => Key::Else,
                    name => Key::Constructor(name),
                },
            };
            self.expect(":")?;
            cases.push((key, self.expression()?));
            self.between(")")?;
        }
        Ok(Kind::Case(Box::new(of), cases))
    }

    fn qualified(&mut self) -> Result<Named, Fault> {
        let mut whole = self.name()?;
        while self.rest().starts_with('.') {
            self.at += 1;
            let part = self.name()?;
            whole = Named { span: whole.span.start..part.span.end, name: format!("{}.{}", whole.name, part.name) };
        }
        Ok(whole)
    }

    /// A comma, unless a list ends.
    fn between(&mut self, end: &str) -> Result<(), Fault> {
        self.blanks();
        if self.rest().starts_with(end) || self.takes(",") {
            Ok(())
        } else {
            Err(self.expected(&format!("`,` or `{end}`")))
        }
    }

    /// A text in quotes, without escapes.
    fn string(&mut self) -> Result<String, Fault> {
        let start = self.at;
        self.expect("\"")?;
        let Some(length) = self.rest().find('"') else {
            return Err(Fault { span: start..self.text.len(), message: "the text does not end".to_owned() });
        };
        let text = self.rest()[..length].to_owned();
        self.at += length + 1;
        if text.len() > usize::from(u16::MAX) {
            return Err(Fault { span: start..self.at, message: "the text is too long".to_owned() });
        }
        Ok(text)
    }

    fn number(&mut self) -> Result<i64, Fault> {
        let start = self.at;
        let rest = self.rest();
        let digits = rest.strip_prefix('-').unwrap_or(rest);
        let length = digits.find(|it: char| !it.is_ascii_digit()).unwrap_or(digits.len());
        self.at += rest.len() - digits.len() + length;
        let fault = || Fault { span: start..self.at, message: "the number does not fit in 64 bits".to_owned() };
        self.text[start..self.at].parse().map_err(|_| fault())
    }
}

fn is_of_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

#[cfg(test)]
mod tests {
    use super::{Kind, parse};

    #[test]
    fn expressions_are_read() {
        let kind = |text: &str| parse(text).unwrap().kind;
        assert_eq!(kind("from_id"), Kind::Name("from_id".to_owned()));
        assert!(matches!(kind("user.id"), Kind::Get(..)));
        assert!(matches!(kind("messages.chats{chats: []}"), Kind::Constructor(name, _) if name == "messages.chats"));
        assert!(
            matches!(kind("[a, b..., c…]"), Kind::List(list) if list.iter().map(|it| it.1).eq([false, true, true]))
        );
        assert!(matches!(kind("case(x, a.b: 1, \"\": -2, _: none)"), Kind::Case(_, cases) if cases.len() == 3));
        assert!(matches!(kind(" or( a , b ) "), Kind::Call(name, list) if name == "or" && list.len() == 2));
    }

    #[test]
    fn faults_have_places() {
        let fault = |text: &str| {
            let fault = parse(text).unwrap_err();
            (fault.span.start, fault.message)
        };
        assert_eq!(fault("peer{id 1}"), (8, "expected `:`".to_owned()));
        assert_eq!(fault("or(a b)"), (5, "expected `,` or `)`".to_owned()));
        assert_eq!(fault("a b"), (2, "expected the end of the expression".to_owned()));
        assert_eq!(fault("\"a"), (0, "the text does not end".to_owned()));
        assert_eq!(fault("99999999999999999999"), (0, "the number does not fit in 64 bits".to_owned()));
        assert!(fault(&"or(".repeat(40)).1.contains("deep"));
        assert!(fault(&format!("a{}", ".b".repeat(100_000))).1.contains("deep"));
        assert_eq!(fault(""), (0, "expected an expression".to_owned()));
        assert_eq!(fault("é"), (0, "expected an expression".to_owned()));
    }
}
