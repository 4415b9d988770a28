//! The lints, one table of them all.

mod annotations;
mod bits;
mod case;
mod direction;
mod empty;
mod flags;
mod ids;
mod namespace;
mod order;
mod shadowing;
mod unused;

pub use direction::text_directions;
use typelang_parser::{Code, Diagnostic};

use crate::context::Context;

/// The codes of the lints, and of comments that choose levels.
pub mod codes {
    pub use super::annotations::MISSPELT_ANNOTATION;
    pub use super::bits::{BIT_ALIAS, BIT_GAP, SHARED_BIT};
    pub use super::case::{COMBINATOR_CASE, FIELD_CASE, TYPE_CASE};
    pub use super::direction::TEXT_DIRECTION;
    pub use super::empty::TYPE_WITHOUT_CONSTRUCTORS;
    pub use super::flags::{OPTIONAL_BOOL, UNUSED_FLAGS};
    pub use super::ids::{NON_CANONICAL_ID, REUSED_ID, SHARED_ID};
    pub use super::namespace::NAMESPACE_MISMATCH;
    pub use super::order::DECLARATION_ORDER;
    pub use super::shadowing::FIELD_SHADOWING;
    pub use super::unused::UNUSED_TYPE;
    pub use crate::directive::LINT_COMMENT;
}

/// Looks for one kind of finding.
#[derive(Clone, Copy)]
pub(crate) struct Lint {
    /// Name, default level and explanation.
    pub(crate) code: &'static Code,
    /// Whether the lint judges by what is not there, so that a declaration that could not be read misleads it.
    pub(crate) needs_whole_schema: bool,
    /// Adds the findings, each with the lint's code.
    pub(crate) run: Run,
}

type Run = fn(&Context<'_>, &mut Vec<Diagnostic>);

/// Every lint. What is common in schemas in use is allowed by default.
pub(crate) static LINTS: &[Lint] = &[
    of_declarations(&codes::MISSPELT_ANNOTATION, annotations::misspelt),
    of_declarations(&codes::BIT_ALIAS, bits::aliases),
    of_declarations(&codes::BIT_GAP, bits::gaps),
    of_declarations(&codes::SHARED_BIT, bits::shared),
    of_declarations(&codes::COMBINATOR_CASE, case::combinators),
    of_declarations(&codes::FIELD_CASE, case::fields),
    of_declarations(&codes::TYPE_CASE, case::types),
    of_declarations(&codes::TEXT_DIRECTION, direction::run),
    of_schema(&codes::TYPE_WITHOUT_CONSTRUCTORS, empty::run),
    of_declarations(&codes::OPTIONAL_BOOL, flags::optional_bool),
    of_declarations(&codes::UNUSED_FLAGS, flags::unused_flags),
    of_declarations(&codes::NON_CANONICAL_ID, ids::non_canonical),
    of_declarations(&codes::REUSED_ID, ids::reused),
    of_declarations(&codes::SHARED_ID, ids::shared),
    of_declarations(&codes::NAMESPACE_MISMATCH, namespace::mismatches),
    of_schema(&codes::DECLARATION_ORDER, order::run),
    of_declarations(&codes::FIELD_SHADOWING, shadowing::shadowing),
    of_schema(&codes::UNUSED_TYPE, unused::run),
];

/// A lint that looks at what each declaration says.
const fn of_declarations(code: &'static Code, run: Run) -> Lint {
    Lint { code, needs_whole_schema: false, run }
}

/// A lint that also judges by what no declaration says.
const fn of_schema(code: &'static Code, run: Run) -> Lint {
    Lint { code, needs_whole_schema: true, run }
}
