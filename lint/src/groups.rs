//! Every code that a diagnostic can have, by who reports it.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use typelang_parser::Code;

use crate::codes;
use crate::lints::LINTS;

/// The part of the compiler that reports a code.
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
    /// Histories: files with all layers of a schema.
    History,
}

impl Group {
    /// The groups in the order in which they are listed.
    pub const ALL: [Self; 5] = [Self::Lint, Self::Parser, Self::Resolver, Self::Facts, Self::History];

    /// A heading for the codes of the group.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Lint => "Lints",
            Self::Parser => "Reading a file",
            Self::Resolver => "Resolving a schema",
            Self::Facts => "Fact files",
            Self::History => "Histories",
        }
    }

    /// The codes of the group, by name.
    #[must_use]
    pub fn codes(self) -> Vec<&'static Code> {
        let mut codes = match self {
            Self::Lint => LINTS.iter().map(|lint| lint.code).chain([&codes::LINT_COMMENT]).collect(),
            Self::Parser => typelang_parser::codes::ALL.to_vec(),
            Self::Resolver => typelang_ir::codes::ALL.to_vec(),
            Self::Facts => typelang_facts::codes::ALL.to_vec(),
            Self::History => typelang_history::codes::ALL.to_vec(),
        };
        codes.sort_unstable();
        codes
    }
}

/// Every code, by group and name.
pub fn all_codes() -> impl Iterator<Item = &'static Code> {
    static ALL: OnceLock<Vec<&'static Code>> = OnceLock::new();
    ALL.get_or_init(|| Group::ALL.into_iter().flat_map(Group::codes).collect()).iter().copied()
}

/// The code of a name.
#[must_use]
pub fn find_code(name: &str) -> Option<&'static Code> {
    static BY_NAME: OnceLock<BTreeMap<&'static str, &'static Code>> = OnceLock::new();
    BY_NAME.get_or_init(|| all_codes().map(|code| (code.name, code)).collect()).get(name).copied()
}
