//! The lints, one table of them all.

mod annotations;
mod bits;
mod case;
mod empty;
mod flags;
mod ids;
mod namespace;
mod shadowing;
mod unused;

use typelang_parser::Diagnostic;

use crate::codes::{Code, Default};
use crate::context::Context;

/// Looks for one kind of finding.
#[derive(Clone, Copy)]
pub(crate) struct Lint {
    /// Name, default level and explanation.
    pub(crate) code: Code,
    /// Whether the lint judges by what is not there, so that a declaration that could not be read misleads it.
    pub(crate) needs_whole_schema: bool,
    /// Adds the findings, each as a warning with the lint's code.
    pub(crate) run: fn(&Context<'_>, &mut Vec<Diagnostic>),
}

/// Every lint. What is common in schemas in use is allowed by default.
pub(crate) static LINTS: &[Lint] = &[
    annotations::MISSPELT_ANNOTATION,
    bits::BIT_ALIAS,
    bits::BIT_GAP,
    bits::SHARED_BIT,
    case::COMBINATOR_CASE,
    case::FIELD_CASE,
    case::TYPE_CASE,
    empty::TYPE_WITHOUT_CONSTRUCTORS,
    flags::OPTIONAL_BOOL,
    flags::UNUSED_FLAGS,
    ids::NON_CANONICAL_ID,
    ids::SHARED_ID,
    namespace::NAMESPACE_MISMATCH,
    shadowing::FIELD_SHADOWING,
    unused::UNUSED_TYPE,
];

/// A lint that looks at each declaration by itself.
const fn lint(
    name: &'static str,
    default: Default,
    summary: &'static str,
    explanation: &'static str,
    run: fn(&Context<'_>, &mut Vec<Diagnostic>),
) -> Lint {
    Lint { code: Code { name, default, summary, explanation }, needs_whole_schema: false, run }
}
