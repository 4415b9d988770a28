//! Documentation: the TL declaration, texts of the schema, links.

pub(crate) mod cross_references;
mod links;

use proc_macro2::TokenStream;
use quote::quote;
use typelang_facts::{CombinatorTexts, ErrorFacts};
use typelang_ir::{Argument, Builtin, Combinator, Field, Name, Nat, NatVariable, Schema, ValueType};

use crate::model::Model;
use crate::options::Options;

/// Longest TL declaration that stands on one line, in characters.
const LINE: usize = 112;

/// Documentation of one item, as lines.
#[derive(Default)]
pub(crate) struct Docs {
    lines: Vec<String>,
}

impl Docs {
    /// A paragraph, set off from what comes before.
    pub(crate) fn paragraph(mut self, text: &str) -> Self {
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
        self.lines.extend(wrap(text, LINE));
        self
    }

    /// A paragraph of a schema's own text, which is no Markdown.
    pub(crate) fn text(self, text: &str) -> Self {
        let start = self.lines.len();
        let mut docs = self.paragraph(&escape(text));
        docs.lines.iter_mut().skip(start).for_each(|line| *line = without_block_markup(line));
        docs
    }

    /// The TL declaration: in backticks if it is short, else as a block of several lines.
    fn declaration(mut self, text: &str) -> Self {
        if text.len() <= LINE {
            return self.paragraph(&format!("`{text}`"));
        }
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
        self.lines.push("```text".to_owned());
        self.lines.extend(wrap(text, LINE));
        self.lines.push("```".to_owned());
        self
    }

    /// A section with a heading, whose lines stand as they are.
    pub(crate) fn section(mut self, heading: &str, lines: impl IntoIterator<Item = String>) -> Self {
        self = self.paragraph(&format!("# {heading}"));
        self.lines.push(String::new());
        self.lines.extend(lines);
        self
    }

    /// A paragraph of a schema's own text, if there is one.
    pub(crate) fn description(self, text: Option<&String>) -> Self {
        match text {
            Some(text) => self.text(text),
            None => self,
        }
    }

    /// Expands to: `/// line` for each line.
    pub(crate) fn tokens(&self, options: &Options) -> TokenStream {
        if !options.documentation {
            return TokenStream::new();
        }
        let lines = self.lines.iter().map(|line| if line.is_empty() { String::new() } else { format!(" {line}") });
        quote!(#(#[doc = #lines])*)
    }
}

/// Documentation of a constructor or a function; `page` is `constructor` or `method`.
pub(crate) fn combinator(
    options: &Options,
    combinator: &Combinator,
    texts: Option<&CombinatorTexts>,
    page: &str,
) -> Docs {
    let docs = Docs::default().description(texts.and_then(|texts| texts.description.as_ref()));
    link(docs.declaration(&combinator.text), options, page, &combinator.name)
}

/// Documentation of a type.
pub(crate) fn ty(options: &Options, ty: &typelang_ir::Type, text: Option<&String>) -> Docs {
    let docs = Docs::default().description(text);
    let kind = match ty.constructors.len() {
        0 => "without values".to_owned(),
        1 => "without an id".to_owned(),
        count => format!("with {count} constructors"),
    };
    let docs = docs.paragraph(&format!("The type `{}`, {kind}.", ty.name));
    link(docs, options, "type", &ty.name)
}

fn link(docs: Docs, options: &Options, page: &str, name: &Name) -> Docs {
    match &options.documentation_url {
        Some(url) => docs.paragraph(&format!("Documentation: <{}/{page}/{name}>", url.trim_end_matches('/'))),
        None => docs,
    }
}

/// Documentation of a field, with a link to what its type is made of.
pub(crate) fn field(model: &Model<'_>, owner: &Combinator, texts: Option<&CombinatorTexts>, position: usize) -> Docs {
    let field = &owner.fields[position];
    let text = texts.and_then(|texts| texts.fields.get(field.name.as_str()));
    let declaration = links::linked(model, &field.ty, &field_text(model.schema, owner, field));
    Docs::default().description(text).paragraph(&declaration)
}

/// Documentation of the struct field of several values on one bit.
pub(crate) fn group(schema: &Schema, owner: &Combinator, fields: &[usize]) -> Docs {
    let names: Vec<String> =
        fields.iter().map(|&position| format!("`{}`", field_text(schema, owner, &owner.fields[position]))).collect();
    Docs::default().paragraph(&format!("All present or all absent: {}.", names.join(", ")))
}

/// A field as the schema has it: `silent:flags.0?true`.
fn field_text(schema: &Schema, owner: &Combinator, field: &Field) -> String {
    let condition = field.condition.map_or_else(String::new, |condition| {
        let bit = condition.bit.map_or_else(String::new, |bit| format!(".{bit}"));
        format!("{}{bit}?", variable_name(owner, condition.variable))
    });
    format!("{}:{condition}{}", field.name, type_text(schema, owner, &field.ty))
}

/// A type as the schema has it, in the words of its owner.
pub(crate) fn type_text(schema: &Schema, owner: &Combinator, ty: &ValueType) -> String {
    let text = |ty: &ValueType| type_text(schema, owner, ty);
    match ty {
        ValueType::Builtin(builtin) => builtin_text(*builtin).to_owned(),
        ValueType::BoxedBuiltin(builtin, _) => {
            let text = builtin_text(*builtin);
            text[..1].to_ascii_uppercase() + &text[1..]
        }
        ValueType::Vector { boxed: true, element } => format!("Vector<{}>", text(element)),
        ValueType::Vector { boxed: false, element } => format!("vector<{}>", text(element)),
        ValueType::Tuple { id: None, element, count } => match count {
            Nat::Variable(_, 1..) => format!("({})*[{}]", nat_text(owner, *count), text(element)),
            _ => format!("{}*[{}]", nat_text(owner, *count), text(element)),
        },
        ValueType::Tuple { id: Some(_), element, count } => {
            format!("Tuple<{}, {}>", text(element), nat_text(owner, *count))
        }
        ValueType::Boxed(id, arguments) => schema[*id].name.to_string() + &arguments_text(schema, owner, arguments),
        ValueType::Bare(id, arguments) => {
            schema[*id].combinator.name.to_string() + &arguments_text(schema, owner, arguments)
        }
        ValueType::Parameter(parameter) | ValueType::Output(parameter) => parameter_name(owner, *parameter),
        ValueType::Call(parameter) => format!("!{}", parameter_name(owner, *parameter)),
        ValueType::Object => "Object".to_owned(),
        ValueType::Function => "Function".to_owned(),
    }
}

fn arguments_text(schema: &Schema, owner: &Combinator, arguments: &[Argument]) -> String {
    let texts = arguments.iter().map(|argument| match argument {
        Argument::Type(ty) => type_text(schema, owner, ty),
        Argument::Nat(nat) => nat_text(owner, *nat),
    });
    let texts: Vec<String> = texts.collect();
    if texts.is_empty() { String::new() } else { format!("<{}>", texts.join(", ")) }
}

fn nat_text(owner: &Combinator, nat: Nat) -> String {
    match nat {
        Nat::Constant(value) => value.to_string(),
        Nat::Variable(variable, 0) => variable_name(owner, variable),
        Nat::Variable(variable, plus) => format!("{}+{plus}", variable_name(owner, variable)),
    }
}

fn variable_name(owner: &Combinator, variable: NatVariable) -> String {
    match variable {
        NatVariable::Field(position) => owner.fields[position].name.to_string(),
        NatVariable::Parameter(position) => parameter_name(owner, position),
    }
}

fn parameter_name(owner: &Combinator, position: usize) -> String {
    owner.parameters.get(position).map_or_else(String::new, |parameter| parameter.name.to_string())
}

fn builtin_text(builtin: Builtin) -> &'static str {
    match builtin {
        Builtin::Nat => "#",
        Builtin::Int => "int",
        Builtin::Long => "long",
        Builtin::Double => "double",
        Builtin::Float => "float",
        Builtin::Int128 => "int128",
        Builtin::Int256 => "int256",
        Builtin::Int512 => "int512",
        Builtin::String => "string",
        Builtin::Bytes => "bytes",
        Builtin::Bool => "Bool",
        Builtin::True => "true",
    }
}

/// `400` or `400 or 500`.
pub(crate) fn codes(facts: &ErrorFacts) -> String {
    let codes: Vec<String> = facts.codes.iter().map(i32::to_string).collect();
    codes.join(" or ")
}

/// Text of a schema in Markdown: what Markdown or rustdoc would read as markup stands for itself.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let url = (rest.starts_with("https://") || rest.starts_with("http://"))
            .then(|| rest.find(|it: char| it.is_whitespace() || "()<>\"'".contains(it)).unwrap_or(rest.len()));
        if let Some(end) = url {
            let address = rest[..end].trim_end_matches(['.', ',', ';', ':']);
            escaped.push_str(&format!("<{address}>"));
            rest = &rest[address.len()..];
            continue;
        }
        let is_entity = first == '&' && rest[1..].starts_with(|next: char| next == '#' || next.is_ascii_alphanumeric());
        if is_entity || "[]<>*_`\\#|~".contains(first) {
            escaped.push('\\');
        }
        escaped.push(if first.is_control() { ' ' } else { first });
        rest = &rest[first.len_utf8()..];
    }
    escaped
}

/// A line that does not begin a list (`- …`, `1. …`) or underline a heading (`===`), wherever a text was broken.
fn without_block_markup(line: &str) -> String {
    let word = line.split(' ').next().unwrap_or_default();
    let is_rule = !word.is_empty() && (word.bytes().all(|it| it == b'-') || word.bytes().all(|it| it == b'='));
    if is_rule || word == "+" {
        return format!("\\{line}");
    }
    match word.strip_suffix(['.', ')']) {
        Some(number) if !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit()) => {
            format!("{number}\\{}", &line[number.len()..])
        }
        _ => line.to_owned(),
    }
}

/// Breaks a text between words.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && line.len() + 1 + word.len() > width {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::{escape, without_block_markup, wrap};

    #[test]
    fn markup_stands_for_itself() {
        assert_eq!(escape("a [b] <c> d_e"), "a \\[b\\] \\<c\\> d\\_e");
        assert_eq!(escape("a & b &amp; &#38;"), "a & b \\&amp; \\&\\#38;");
        assert_eq!(escape("see https://example.org/a_b."), "see <https://example.org/a_b>.");
    }

    #[test]
    fn no_line_begins_a_list_or_makes_a_heading() {
        for (line, expected) in [
            ("- a", "\\- a"),
            ("-1 to 5", "-1 to 5"),
            ("+ a", "\\+ a"),
            ("===", "\\==="),
            ("12. a", "12\\. a"),
            ("3) a", "3\\) a"),
            ("3.5 a", "3.5 a"),
            (". a", ". a"),
            ("a - b", "a - b"),
            ("", ""),
        ] {
            assert_eq!(without_block_markup(line), expected);
        }
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrap("aaa bbb ccc", 7), ["aaa bbb", "ccc"]);
        assert_eq!(wrap("", 7), [""]);
    }
}
