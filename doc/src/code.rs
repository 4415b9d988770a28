//! Declarations and Rust with what the eye needs: names, types and literals apart, and links.

use typelang_ir::Builtin;

use crate::places::{BUILTINS, Places};
use crate::rich::{Link, Mark, Rich};
use crate::type_text::builtin_anchor;

/// Words of Rust that examples use.
const KEYWORDS: &[&str] = &["as", "false", "fn", "let", "mut", "true", "use", "vec"];

fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || "._".contains(character)
}

/// The first word of a text, or its first other character, and what follows.
fn split_token(text: &str) -> (&str, &str) {
    let end = match text.find(|it: char| !is_word(it)) {
        Some(0) => text.chars().next().map_or(0, char::len_utf8),
        Some(end) => end,
        None => text.len(),
    };
    text.split_at(end)
}

/// A declaration on one line, with links to the types that it speaks of. Names of fields are no links, even if something else
/// has the same name. `own` is the page of what is declared.
pub(crate) fn declaration(text: &str, places: &Places, own: Option<Link>) -> Rich {
    let mut line = Rich::default();
    let mut rest = text;
    let mut is_first = true;
    let mut in_braces = false;
    while !rest.is_empty() {
        let (token, after) = split_token(rest);
        in_braces = (in_braces || token == "{") && token != "}";
        let is_name = token.starts_with(is_word);
        if is_first && is_name {
            is_first = false;
            line.push(token, Mark::Name, own.clone());
            let id_length = if after.starts_with('#') { after.find(' ').unwrap_or(after.len()) } else { 0 };
            let (id, behind) = after.split_at(id_length);
            line.push(id, Mark::Quiet, None);
            rest = behind;
            continue;
        }
        if !is_name || in_braces {
            line.push(token, Mark::Plain, None);
        } else if after.starts_with(':') {
            line.push(token, Mark::Field, None);
        } else {
            line.push(token, Mark::Type, link_of_type(token, after, places));
        }
        rest = after;
    }
    line
}

fn link_of_type(token: &str, after: &str, places: &Places) -> Option<Link> {
    if after.starts_with('?') {
        return Some(Link::anchor(BUILTINS, "conditional-fields"));
    }
    places.declared(token).or_else(|| builtin_named(token).map(|anchor| Link::anchor(BUILTINS, anchor)))
}

/// The place of the built-in type with a name on the page about them.
fn builtin_named(name: &str) -> Option<String> {
    match name {
        "vector" | "Vector" => Some("vector".to_owned()),
        "Object" => Some("object".to_owned()),
        _ => Builtin::ALL.iter().find(|builtin| builtin.name() == name).map(|&builtin| builtin_anchor(builtin)),
    }
}

/// Rust as examples are written in.
pub(crate) fn rust(text: &str) -> Rich {
    let mut code = Rich::default();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = token_length(rest, first);
        let (token, after) = rest.split_at(length);
        let mark = if first == '"' || first.is_ascii_digit() || (first == 'b' && token.ends_with('"')) {
            Mark::Literal
        } else if KEYWORDS.contains(&token) {
            Mark::Keyword
        } else if first.is_ascii_uppercase() {
            Mark::Type
        } else if first.is_ascii_alphabetic() && after.starts_with(':') && !after.starts_with("::") {
            Mark::Field
        } else {
            Mark::Plain
        };
        code.push(token, mark, None);
        rest = after;
    }
    code
}

/// The length of the literal, word or other character at the beginning of a text.
fn token_length(text: &str, first: char) -> usize {
    let quoted = text.strip_prefix("b\"").map(|inside| (2, inside));
    if let Some((before, inside)) = quoted.or_else(|| text.strip_prefix('"').map(|inside| (1, inside))) {
        return inside.find('"').map_or(text.len(), |end| before + end + 1);
    }
    let is_part: fn(char) -> bool = match first {
        '0'..='9' => |it| it.is_ascii_alphanumeric() || "._".contains(it),
        _ if first.is_ascii_alphabetic() || first == '_' => |it| it.is_ascii_alphanumeric() || it == '_',
        _ => return first.len_utf8(),
    };
    text.find(|it| !is_part(it)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rust_keeps_its_text() {
        let text =
            "use a::{functions, types};\n\nlet request = functions::Send { data: b\"some bytes\".to_vec(), x: 1.5 };\n";
        let code = rust(text);
        assert_eq!(code.text(), text);
        let marked = |mark| -> Vec<&str> {
            code.pieces.iter().filter(|piece| piece.mark == mark).map(|piece| piece.text.as_str()).collect()
        };
        assert_eq!(marked(Mark::Literal), ["b\"some bytes\"", "1.5"]);
        assert_eq!(marked(Mark::Field), ["data", "x"]);
        assert_eq!(marked(Mark::Keyword), ["use", "let"]);
    }
}
