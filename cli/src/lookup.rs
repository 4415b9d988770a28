//! Finding declarations by what a person has: an id in any spelling, a name, a part of one.

use typelang_ir::{Combinator, ConstructorId, ConstructorKind, FunctionId, Schema, TypeId};

/// A declaration of a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    Type(TypeId),
    Constructor(ConstructorId),
    Function(FunctionId),
    /// A built-in type, by its position.
    Builtin(usize),
}

/// How well declarations match, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Match {
    /// The id, or the whole name.
    Whole,
    /// The id with its bytes in the order of the wire.
    Wire,
    /// The name, in another spelling or without its namespace.
    Spelling,
    /// A part of the name.
    Part,
}

/// The declarations that match best; nothing if none does.
pub(crate) fn find(schema: &Schema, query: &str) -> Option<(Match, Vec<Found>)> {
    let query = Query::new(query.trim());
    [Match::Whole, Match::Wire, Match::Spelling, Match::Part].into_iter().find_map(|level| {
        let found: Vec<Found> = all(schema).filter(|&found| query.fits(level, schema, found)).collect();
        (!found.is_empty()).then_some((level, found))
    })
}

/// The name or id to look for.
struct Query<'q> {
    text: &'q str,
    id: Option<u32>,
    /// The text as [`spelled`] has it.
    words: String,
}

impl<'q> Query<'q> {
    fn new(text: &'q str) -> Self {
        Self { text, id: id_of(text), words: spelled(text) }
    }

    /// Returns whether a declaration matches so well.
    fn fits(&self, level: Match, schema: &Schema, found: Found) -> bool {
        let has = |id: Option<u32>| id.is_some() && id_of_found(schema, found) == id;
        let name = || name(schema, found);
        match level {
            Match::Whole => has(self.id) || name() == self.text,
            Match::Wire => has(self.id.map(u32::swap_bytes)),
            Match::Spelling => {
                let name = name();
                let last = name.rsplit('.').next().unwrap_or(&name);
                [spelled(&name), spelled(last)].contains(&self.words)
            }
            Match::Part => self.words.len() > 1 && spelled(&name()).contains(&self.words),
        }
    }
}

/// Everything that is declared.
pub(crate) fn all(schema: &Schema) -> impl Iterator<Item = Found> {
    let is_declared = |id: &ConstructorId| schema[*id].kind != ConstructorKind::Group;
    let constructors = schema.constructor_ids().filter(is_declared).map(Found::Constructor);
    let builtins = (0..schema.builtins.len()).map(Found::Builtin);
    constructors
        .chain(schema.function_ids().map(Found::Function))
        .chain(schema.type_ids().map(Found::Type))
        .chain(builtins)
}

/// The name of a declaration.
pub(crate) fn name(schema: &Schema, found: Found) -> String {
    match found {
        Found::Type(id) => schema[id].name.to_string(),
        Found::Builtin(position) => schema.builtins.get(position).map_or_else(String::new, |it| it.name.to_string()),
        Found::Constructor(_) | Found::Function(_) => {
            combinator(schema, found).map_or_else(String::new, |it| it.name.to_string())
        }
    }
}

/// The constructor or function, if the declaration is one.
pub(crate) fn combinator(schema: &Schema, found: Found) -> Option<&Combinator> {
    match found {
        Found::Constructor(id) => Some(&schema[id].combinator),
        Found::Function(id) => Some(&schema[id].combinator),
        Found::Type(_) | Found::Builtin(_) => None,
    }
}

/// The id of a declaration, if it has one.
fn id_of_found(schema: &Schema, found: Found) -> Option<u32> {
    match found {
        Found::Type(_) => None,
        Found::Constructor(id) => Some(&schema[id]).filter(|it| it.kind.has_id()).map(|it| it.combinator.id),
        Found::Function(id) => Some(schema[id].combinator.id),
        Found::Builtin(position) => schema.builtins.get(position).map(|it| it.id),
    }
}

/// The id that a text names: `#44fa7a15`, `0x44fa7a15`, `44fa7a15`, `15 7a fa 44`, or a decimal number as logs have it.
pub(crate) fn id_of(text: &str) -> Option<u32> {
    let digits = text.strip_prefix('#').or_else(|| text.strip_prefix("0x")).or_else(|| text.strip_prefix("0X"));
    if let Some(digits) = digits {
        return hexadecimal(digits, 1);
    }
    let joined: String = text.chars().filter(|it| !matches!(it, ' ' | ':' | ',')).collect();
    hexadecimal(&joined, 8).or_else(|| text.parse::<i32>().ok().map(i32::cast_unsigned)).or_else(|| text.parse().ok())
}

fn hexadecimal(digits: &str, least: usize) -> Option<u32> {
    let is_id = (least..=8).contains(&digits.len()) && digits.bytes().all(|it| it.is_ascii_hexdigit());
    u32::from_str_radix(digits, 16).ok().filter(|_| is_id)
}

/// A name without what spellings differ in: `messages::SendEncrypted` and `messages.send_encrypted` are the same.
fn spelled(name: &str) -> String {
    name.replace("::", ".").chars().filter(|it| *it != '_').flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_in_every_spelling() {
        for text in ["#44fa7a15", "0x44fa7a15", "44fa7a15", "44 fa 7a 15", "44:fa:7a:15", "44FA7A15", "1157265941"] {
            assert_eq!(id_of(text), Some(0x44fa_7a15), "{text}");
        }
        assert_eq!(id_of("-1"), Some(u32::MAX));
        assert_eq!(id_of("4294967295"), Some(u32::MAX));
        assert_eq!(id_of("#949d9dc"), Some(0x0949_d9dc));
        for text in ["", "#", "user", "face", "#123456789", "1.5", "+-5", "#+4fa7a15"] {
            assert_eq!(id_of(text), None, "{text}");
        }
        assert_eq!(spelled("messages::SendEncrypted"), spelled("messages.send_encrypted"));
    }
}
