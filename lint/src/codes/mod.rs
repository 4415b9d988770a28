//! Every code that a diagnostic can have, with its explanation.

mod facts;
mod parser;
mod resolver;

use crate::directive;
use crate::lints::LINTS;

/// A kind of finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// The name that diagnostics carry, in kebab case: `unknown-type`.
    pub name: &'static str,
    /// What becomes of such a finding unless someone chooses otherwise.
    pub default: Default,
    /// One sentence without a full stop that says what is found.
    pub summary: &'static str,
    /// Markdown: what it means, why it matters, an example, what to do.
    pub explanation: &'static str,
}

/// What becomes of a finding unless someone chooses otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Default {
    /// An error. This cannot be changed.
    Error,
    /// A warning.
    Warning,
    /// A note.
    Note,
    /// Nothing is said.
    Silence,
}

impl Default {
    /// `error`, `warning`, `note` or `allow`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
            Self::Silence => "allow",
        }
    }
}

/// Who finds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// A lint: the schema is legal.
    Lint,
    /// The parser, with the ids: one declaration is enough to see it.
    Parser,
    /// The resolver: it takes the whole schema to see it.
    Resolver,
    /// Fact files: they are looked at beside the whole schema.
    Facts,
}

impl Group {
    /// The groups in the order in which they are listed.
    pub const ALL: [Self; 4] = [Self::Lint, Self::Parser, Self::Resolver, Self::Facts];

    /// A heading for the codes of the group.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Lint => "Lints",
            Self::Parser => "Reading a file",
            Self::Resolver => "Resolving a schema",
            Self::Facts => "Fact files",
        }
    }

    /// The codes of the group, by name.
    #[must_use]
    pub fn codes(self) -> Vec<Code> {
        let mut codes: Vec<Code> = match self {
            Self::Lint => LINTS.iter().map(|lint| lint.code).chain([directive::CODE]).collect(),
            Self::Parser => parser::CODES.to_vec(),
            Self::Resolver => resolver::CODES.to_vec(),
            Self::Facts => facts::CODES.to_vec(),
        };
        codes.sort_by_key(|code| code.name);
        codes
    }
}

/// Every code, by group and name.
pub fn codes() -> impl Iterator<Item = Code> {
    Group::ALL.into_iter().flat_map(Group::codes)
}

/// The code of a name.
#[must_use]
pub fn find_code(name: &str) -> Option<Code> {
    let lints = LINTS.iter().map(|lint| &lint.code).chain([&directive::CODE]);
    lints.chain(parser::CODES).chain(resolver::CODES).chain(facts::CODES).find(|code| code.name == name).copied()
}
