//! Schemas side by side.

use typelang::reflect::{Table, Type};

/// What MTProto itself sends, beneath any schema of the API: key exchange, service messages, boolean results. The messages that
/// contain others are not in it; [`Inspector`](crate::Inspector) opens them by itself.
pub const MTPROTO: &str = include_str!("mtproto.tl");

/// Tables of several schemas, each of its own: two of them can have the same names. An object is read by the first schema that
/// can read it.
#[derive(Clone, Debug, Default)]
pub struct Schemas<'t> {
    list: Vec<Entry<'t>>,
}

/// A schema among others.
#[derive(Clone, Debug)]
pub(crate) struct Entry<'t> {
    /// What notes call it.
    pub(crate) name: Option<String>,
    pub(crate) table: Table<'t>,
}

impl<'t> Schemas<'t> {
    /// Returns no schemas.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a schema, which notes mention by its name if an object is read by it and not by the first one.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, table: Table<'t>) -> Self {
        self.list.push(Entry { name: Some(name.into()), table });
        self
    }

    /// Adds a schema that notes do not mention.
    #[must_use]
    pub fn with_unnamed(mut self, table: Table<'t>) -> Self {
        self.list.push(Entry { name: None, table });
        self
    }

    /// The tables in order.
    pub fn tables(&self) -> impl Iterator<Item = Table<'t>> {
        self.list.iter().map(|entry| entry.table)
    }

    /// The schemas that have a constructor, function or built-in type of an id.
    pub(crate) fn that_know(&self, id: u32) -> impl Iterator<Item = &Entry<'t>> {
        self.list.iter().filter(move |entry| entry.table.name_of(id).is_some())
    }

    /// The name that an id has in the first schema that has it, with the name of the schema.
    pub(crate) fn name_of(&self, id: u32) -> Option<(&'t str, Option<&str>)> {
        self.list.iter().find_map(|entry| Some((entry.table.name_of(id)?, entry.name.as_deref())))
    }

    /// Returns whether an entry is the first one.
    pub(crate) fn is_first(&self, entry: &Entry<'t>) -> bool {
        self.list.first().is_some_and(|first| std::ptr::eq(first, entry))
    }
}

/// A type of a schema.
#[derive(Clone, Copy, Debug)]
pub struct TypeIn<'t> {
    /// The table of the schema.
    pub table: Table<'t>,
    /// The type.
    pub ty: Type<'t>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_are_those_of_the_schemas_of_the_repository() {
        let known = [include_str!("../../schema/mtproto.tl"), include_str!("../../schema/api.tl")];
        let is_known = |line: &&str| known.iter().any(|schema| schema.lines().any(|other| other == *line));
        let declared = || MTPROTO.lines().filter(|line| !line.starts_with("//"));
        let unknown: Vec<&str> = declared().filter(|line| !is_known(line)).collect();
        assert!(unknown.is_empty(), "{unknown:?}");
        assert!(declared().count() > 50);
        let parsed = typelang_parser::parse(typelang_parser::SourceId::default(), MTPROTO);
        assert!(typelang_ir::resolve(&[parsed.file], Default::default()).diagnostics.is_empty());
    }
}
