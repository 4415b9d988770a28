//! What is known about a TL (Type Language) schema beside the schema itself: the errors that functions return, who can call
//! them, texts, and names of groups of fields.
//!
//! Such facts stand in fact files (TOML; `schema/README.md` describes the format). `parse` reads one, [`merge`] checks
//! several against a [`typelang_ir::Schema`] and joins them to [`Facts`], plain data keyed by names. Reading and checking never
//! fail: everything that is wrong is a [`typelang_parser::Diagnostic`] with its place.
//!
//! ```
//! # #[cfg(feature = "read")] {
//! use typelang_parser::Sources;
//!
//! let mut sources = Sources::new();
//! let schema = sources.add("api.tl", "user id:long = User;\n---functions---\ngetUser id:long = User;\n");
//! let schema = typelang_parser::parse(schema, sources.text(schema)).file;
//! let schema = typelang_ir::resolve(&[schema], typelang_ir::ResolveOptions::default()).schema;
//!
//! let text = r#"
//!     format = 1
//!     [errors]
//!     USER_ID_INVALID = 400
//!     "FLOOD_WAIT_%d" = { codes = 420, parameter = "seconds" }
//!     [functions.getUser]
//!     callers = "users"
//!     errors = ["USER_ID_INVALID"]
//! "#;
//! let source = sources.add("facts.toml", text);
//! let parsed = typelang_facts::parse(source, sources.text(source));
//! assert!(parsed.diagnostics.is_empty());
//! let merged = typelang_facts::merge(&[parsed.file], &[&schema]);
//! assert!(merged.diagnostics.is_empty());
//! assert_eq!(merged.facts.errors["USER_ID_INVALID"].codes, [400]);
//! assert_eq!(merged.facts.methods["getUser"].errors[0].name, "USER_ID_INVALID");
//! # }
//! ```
//!
//! The kinds of findings are listed in [`codes`].

mod check;
pub mod codes;
mod file;
mod merge;
mod model;
mod pattern;
#[cfg(feature = "read")]
mod read;
mod summary;
#[cfg(feature = "read")]
mod values;

pub use file::{CombinatorEntry, ErrorEntry, FactFile, Parsed, Spanned, TypeEntry};
pub use merge::{Merged, merge};
pub use model::{Callers, CallersStatement, CombinatorTexts, ErrorFacts, Facts, Groups, Method, MethodError, Texts};
pub use pattern::{NUMBER, is_pattern};
#[cfg(feature = "read")]
pub use read::{FORMAT, parse};
pub use summary::summary;
