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
//! # Codes of diagnostics
//!
//! | code | meaning |
//! |---|---|
//! | `duplicate-fact` | warning: something is said twice |
//! | `invalid-fact` | a key or a value that the format does not have |
//! | `invalid-toml` | the text is not TOML |
//! | `malformed-error` | an error without a code, or with a name or a code that cannot be one |
//! | `text-without-target` | a text for a type, a constructor or an error that is not there |
//! | `unknown-error` | a function lists an error that no file declares |
//! | `unknown-field` | a text for a field that the constructor or function does not have |
//! | `unknown-method` | facts about a function that the schema does not have |
//! | `unsupported-fact-format` | the file does not say the version of the format, or one that is not known |

mod check;
mod file;
mod merge;
mod model;
mod pattern;
#[cfg(feature = "read")]
mod read;
#[cfg(feature = "read")]
mod values;

pub use file::{CombinatorEntry, ErrorEntry, FactFile, Spanned, TypeEntry};
pub use merge::{Merged, merge};
pub use model::{Callers, CallersStatement, CombinatorTexts, ErrorFacts, Facts, Groups, Method, MethodError, Texts};
pub use pattern::{NUMBER, is_pattern};
#[cfg(feature = "read")]
pub use read::{FORMAT, Parsed, parse};
