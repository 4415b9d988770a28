//! Names of types, constructors and functions.

use std::fmt;

use typelang_parser::ShortString;
use typelang_parser::ast::QualifiedName;

/// A name with its namespaces, without a place. Names order by namespace first, so that the root namespace leads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name {
    /// The namespaces, outermost first; empty for the root namespace.
    pub namespace: Vec<ShortString>,
    /// The last part.
    pub name: ShortString,
}

impl From<&QualifiedName> for Name {
    fn from(name: &QualifiedName) -> Self {
        NameRef::from(name).into()
    }
}

impl From<NameRef<'_>> for Name {
    fn from(name: NameRef<'_>) -> Self {
        Self { namespace: name.namespace.to_vec(), name: name.name.into() }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        NameRef { namespace: &self.namespace, name: &self.name }.fmt(f)
    }
}

/// A name in a syntax tree, without its place: looking one up needs no copy of it. Ordered as [`Name`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NameRef<'a> {
    namespace: &'a [ShortString],
    name: &'a str,
}

impl NameRef<'_> {
    /// Returns whether the last part begins with an upper-case letter, as names of types do.
    pub(crate) fn is_upper(self) -> bool {
        self.name.starts_with(|c: char| c.is_ascii_uppercase())
    }
}

impl<'a> From<&'a QualifiedName> for NameRef<'a> {
    fn from(name: &'a QualifiedName) -> Self {
        Self { namespace: &name.namespace, name: &name.name }
    }
}

impl<'a> From<&'a Name> for NameRef<'a> {
    fn from(name: &'a Name) -> Self {
        Self { namespace: &name.namespace, name: &name.name }
    }
}

impl fmt::Display for NameRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in self.namespace {
            write!(f, "{part}.")?;
        }
        f.write_str(self.name)
    }
}
