//! Documentation: the TL declaration, texts of the schema, links.

pub(crate) mod cross_references;
pub(crate) mod links;

use proc_macro2::TokenStream;
use quote::quote;
use typelang_facts::{CombinatorTexts, ErrorFacts};
use typelang_ir::{Combinator, Name, Schema, Spelling};
use typelang_parser::visible;

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

    /// Expands to: `/// line` for each line. Characters that change the direction of text are errors in comments of Rust.
    pub(crate) fn tokens(&self, options: &Options) -> TokenStream {
        if !options.documentation {
            return TokenStream::new();
        }
        let lines =
            self.lines.iter().map(|line| if line.is_empty() { String::new() } else { format!(" {}", visible(line)) });
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
    let declaration = links::linked(model, &field.ty, &spelling(model.schema, owner).field(field));
    Docs::default().description(text).paragraph(&declaration)
}

/// Documentation of the struct field of several values on one bit.
pub(crate) fn group(schema: &Schema, owner: &Combinator, fields: &[usize]) -> Docs {
    let spelling = spelling(schema, owner);
    let names: Vec<String> =
        fields.iter().map(|&position| format!("`{}`", spelling.field(&owner.fields[position]))).collect();
    Docs::default().paragraph(&format!("All present or all absent: {}.", names.join(", ")))
}

/// Spells types as the documentation does: groups of repeated fields have the names of their structs.
pub(crate) fn spelling<'a>(schema: &'a Schema, owner: &'a Combinator) -> Spelling<'a> {
    Spelling::new(schema, owner).with_named_groups()
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
        escaped.push(if first.is_whitespace() { ' ' } else { first });
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
