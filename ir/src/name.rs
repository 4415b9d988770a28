//! Names of types, constructors and functions.

use std::fmt;

use tl_parser::ast::QualifiedName;

/// A name with its namespaces, without a place. Names order by namespace first, so that the root namespace leads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name {
    /// The namespaces, outermost first; empty for the root namespace.
    pub namespace: Vec<String>,
    /// The last part.
    pub name: String,
}

impl From<&QualifiedName> for Name {
    fn from(name: &QualifiedName) -> Self {
        Self { namespace: name.namespace.clone(), name: name.name.clone() }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in &self.namespace {
            write!(f, "{part}.")?;
        }
        f.write_str(&self.name)
    }
}
