//! Reads TL (Type Language) schemas.
//!
//! [`parse`] turns text into a syntax tree ([`ast`]) in which every node has its place, and a list of [`Diagnostic`]s
//! that [`render`] makes readable. [`print()`](print()) turns a tree into text again, and [`format()`](format()) lays a
//! text out anew with all its comments. [`ids`] computes and checks the ids of constructors and functions.
//!
//! The grammar is the union of what the formal description of the language and the parsers in use accept: Telegram's
//! and TDLib's schemas as well as TON's and VK's. Names are not resolved here: whether a type exists is not the
//! parser's concern.
//!
//! ```
//! use typelang_parser::{Sources, ast, ids, parse, render_all};
//!
//! let mut sources = Sources::new();
//! let source = sources.add("users.tl", "user#d23c81a3 id:int first_name:string last_name:string = User;");
//! let parsed = parse(source, sources.text(source));
//! assert!(parsed.diagnostics.is_empty(), "{}", render_all(&parsed.diagnostics, &sources));
//!
//! let ast::Item::Combinator(user) = &parsed.file.items[0] else { panic!("a constructor") };
//! assert_eq!(ids::compute_id(user, ids::Dialect::Telegram), 0xd23c81a3);
//! ```
//!
//! The kinds of findings are listed in [`codes`].

pub mod ast;
mod code;
pub mod codes;
mod crc32;
mod diagnostic;
mod documentation;
mod fault;
mod fix;
mod foreign;
mod formatter;
mod grammar;
pub mod ids;
mod input;
mod lexer;
mod limit;
mod lookalike;
mod parse;
mod printer;
mod render;
#[cfg(feature = "color")]
mod render_colored;
mod short_string;
mod sources;
mod span;
mod split;
mod suggest;
mod token;
mod visible;
mod without_spans;

pub use code::{Code, DefaultLevel, Severity};
pub use diagnostic::{Diagnostic, Label};
pub use fix::{Edit, Fix, FixSet, apply_edits};
pub use foreign::is_history;
pub use formatter::{Document, Entry, Note, format, order_matters, order_of, sort};
pub use limit::{Limit, Tally};
pub use parse::{Parsed, parse};
pub use printer::{print, print_combinator, print_combinator_with_id};
pub use render::{render, render_all};
#[cfg(feature = "color")]
pub use render_colored::render_colored;
pub use short_string::ShortString;
pub use sources::Sources;
pub use span::{SourceId, Span};
pub use suggest::{Suggestions, suggest};
pub use visible::{is_directional, visible};
