//! The text of a schema, and of the facts about it.

use std::fmt::{Display, Formatter, Result, Write};

use super::model::{
    Argument, Condition, Declaration, Documentation, Fact, FactValue, Field, FieldKind, Item, Model, Name, Nat, Type,
};

impl Model {
    /// The text of the schema.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = self.to_string();
        if self.layout.open_end {
            text.truncate(text.trim_end().len());
        }
        if self.layout.carriage_returns {
            text = text.replace('\n', "\r\n");
        }
        if self.layout.byte_order_mark {
            text.insert(0, '\u{feff}');
        }
        text
    }

    /// The text of the fact file, if there are facts.
    #[must_use]
    pub fn facts_text(&self) -> Option<String> {
        if self.facts.is_empty() {
            return None;
        }
        let facts = self.facts.iter().map(|fact| format!("{fact}\n"));
        Some(format!("format = 1\n{}", facts.collect::<String>()))
    }
}

impl Display for Model {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if let Some(profile) = self.profile {
            writeln!(f, "// tl:profile({})", profile.name())?;
        }
        let mut in_functions = false;
        for item in &self.items {
            let wanted = match item {
                Item::Declaration(declaration) if !declaration.has_arrow => declaration.is_function,
                Item::Prelude(_) => false,
                _ => in_functions,
            };
            if wanted != in_functions {
                f.write_str(if wanted { "\n---functions---\n\n" } else { "\n---types---\n\n" })?;
                in_functions = wanted;
            }
            writeln!(f, "{item}")?;
        }
        Ok(())
    }
}

impl Display for Item {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Prelude(text) => f.write_str(text),
            Self::Declaration(declaration) => write!(f, "{declaration}"),
            Self::Finality(word, name) => write!(f, "{word} {name};"),
            Self::Application(Type::Applied { head, arguments, angle }) => {
                applied(f, head, arguments, *angle)?;
                f.write_char(';')
            }
            Self::Application(ty) => write!(f, "{ty};"),
            Self::Comment(text) => f.write_str(text),
        }
    }
}

impl Display for Declaration {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if let Some(documentation) = &self.documentation {
            write!(f, "{documentation}")?;
        }
        self.annotations.iter().try_for_each(|annotation| write!(f, "@{annotation} "))?;
        write!(f, "{}", self.name)?;
        self.id.iter().try_for_each(|id| write!(f, "#{id}"))?;
        for parameter in &self.parameters {
            write!(f, " {{{}:{}}}", parameter.name, if parameter.is_nat { "#" } else { "Type" })?;
        }
        for (position, field) in self.fields.iter().enumerate() {
            write!(f, " {field}")?;
            if let (1, Some(comment)) = (position, &self.comment) {
                write!(f, " // {comment}\n   ")?;
            }
        }
        f.write_str(if self.has_arrow { " => " } else { " = " })?;
        match &self.result {
            Type::Applied { head, arguments, angle } => applied(f, head, arguments, *angle)?,
            result => write!(f, "{result}")?,
        }
        f.write_char(';')
    }
}

impl Display for Documentation {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if let Some((name, text)) = &self.class {
            writeln!(f, "//@class {name} @description {text}\n")?;
        }
        writeln!(f, "//@description {}", self.description)?;
        self.fields.iter().try_for_each(|(name, text)| writeln!(f, "//@{name} {text}"))
    }
}

impl Display for Field {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        self.name.iter().try_for_each(|name| write!(f, "{name}:"))?;
        self.condition.iter().try_for_each(|condition| write!(f, "{condition}"))?;
        match &self.kind {
            FieldKind::Type(ty) => write!(f, "{ty}"),
            FieldKind::Call(name) => write!(f, "!{name}"),
            FieldKind::Repetition(count, fields) => {
                count.iter().try_for_each(|count| write!(f, "{count}*"))?;
                f.write_char('[')?;
                fields.iter().try_for_each(|field| write!(f, " {field}"))?;
                f.write_str(" ]")
            }
        }
    }
}

impl Display for Condition {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str(&self.variable)?;
        self.bit.iter().try_for_each(|bit| write!(f, ".{bit}"))?;
        f.write_char('?')
    }
}

/// A type as a term: with parentheses where it would be several.
impl Display for Type {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Nat => f.write_char('#'),
            Self::Name(name) => write!(f, "{name}"),
            Self::Applied { head, arguments, angle: true } => applied(f, head, arguments, true),
            Self::Applied { head, arguments, angle: false } => {
                f.write_char('(')?;
                applied(f, head, arguments, false)?;
                f.write_char(')')
            }
            Self::Bare(inner) => write!(f, "%{inner}"),
            Self::Parenthesized(inner) => write!(f, "({inner})"),
        }
    }
}

/// A type and its arguments, without parentheses around them.
fn applied(f: &mut Formatter<'_>, head: &Name, arguments: &[Argument], angle: bool) -> Result {
    write!(f, "{head}")?;
    for (position, argument) in arguments.iter().enumerate() {
        f.write_str(match (angle, position) {
            (true, 0) => "<",
            (true, _) => ",",
            (false, _) => " ",
        })?;
        match argument {
            Argument::Type(ty) => write!(f, "{ty}")?,
            Argument::Nat(nat) => write!(f, "{nat}")?,
        }
    }
    if angle { f.write_char('>') } else { Ok(()) }
}

impl Display for Nat {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Constant(number) => write!(f, "{number}"),
            Self::Variable(name) => f.write_str(name),
            Self::Sum(terms) => {
                let terms: Vec<String> = terms.iter().map(ToString::to_string).collect();
                write!(f, "({})", terms.join("+"))
            }
        }
    }
}

impl Display for Fact {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "{}.{}", self.table, quoted(&self.name.to_string()))?;
        self.key.iter().try_for_each(|key| write!(f, ".{}", quoted(key)))?;
        match &self.value {
            FactValue::Text(text) => write!(f, " = {}", quoted(text)),
            FactValue::Number(number) => write!(f, " = {number}"),
            FactValue::List(text) => write!(f, " = [{}]", quoted(text)),
        }
    }
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            // Writing to a string never fails.
            _ if letter.is_control() => _ = write!(quoted, "\\u{:04x}", u32::from(letter)),
            _ => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}
