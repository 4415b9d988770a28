//! Compares TL (Type Language) schemas: the changes between an older and a newer one, as data and as a changelog.
//!
//! [`compare`] pairs the declarations of two schemas and returns [`Changes`]: what was added, removed, renamed, moved, and for each
//! changed declaration what became of its id, its fields and its result. [`changelog`] writes them as a page of Markdown for those
//! who maintain code that uses the schema.
//!
//! ```
//! use typelang_diff::{Detail, Status, compare};
//! use typelang_ir::{Schema, resolve};
//!
//! fn schema(text: &str) -> Schema {
//!     let parsed = typelang_parser::parse(Default::default(), text);
//!     resolve(&[parsed.file], Default::default()).schema
//! }
//!
//! let old = schema("user#d23c81a3 flags:# name:flags.0?string = User;");
//! let new = schema("user#d23c81a3 flags:# name:flags.0?string bot:flags.1?true = User;");
//! let changes = compare(&old, &new);
//! assert_eq!(changes.declarations.len(), 1);
//! assert_eq!(changes.declarations[0].status(), Status::Changed);
//! // Telegram's ids do not count what is `?true`.
//! assert!(matches!(&changes.declarations[0].details[..], [Detail::FieldAdded(field)] if field.name == "bot"));
//! ```
//!
//! Both schemas must be without errors. The cost is that of looking at every declaration once, and of comparing the names that
//! only one of them has.

mod change;
mod changelog;
mod compare;
mod details;
mod import;
mod judge;
mod pairs;
mod records;
pub mod rules;
mod spelling;
mod topics;

pub use change::{Change, Changes, Detail, FieldSide, Kind, Necessity, Side, Status, TypeChange};
pub use changelog::changelog;
pub use compare::{FormerName, compare, compare_with};
pub use import::{import, upstream};
pub use judge::{Finding, Subject, judge};
pub use records::{Counts, with_entry};
pub use rules::{Level, Mode, RULES, Rule, SourceVerdict, Verdict, Verdicts, find_rule};
