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
//! # Codes of diagnostics
//!
//! | code | meaning |
//! |---|---|
//! | `bad-condition` | a condition is not of the form `field.bit?` |
//! | `bad-id` | `#` after a name without 1 to 8 hexadecimal digits, or apart from the name |
//! | `bad-name` | a name that cannot name what it stands for |
//! | `bad-section-header` | a header that is not `---types---` or `---functions---` |
//! | `condition-without-bit` | warning: a condition that tests the whole number |
//! | `empty-declaration` | warning: a semicolon without a declaration |
//! | `expected-token` | something else stands where the grammar asks for a certain thing |
//! | `id-mismatch` | warning: a declared id is not the checksum of the text (from [`ids::check_ids`]) |
//! | `ignored-exclamation` | warning: `!` before a result |
//! | `invalid-argument-kind` | an optional argument is neither a type nor a number |
//! | `invalid-result` | what follows `=` is no type |
//! | `invalid-utf8` | bytes that are not UTF-8; a warning inside of comments (from [`Sources::add_bytes`]) |
//! | `layer-conflict` | warning: two comments state different layers |
//! | `layer-marker` | warning: `===8===`, which is not part of the language |
//! | `misplaced-annotation` | an annotation before something else than a constructor or a function |
//! | `misplaced-optional-argument` | `{…}` after a field |
//! | `missing-equals` | a declaration without `=` |
//! | `missing-semicolon` | a declaration without `;` at its end |
//! | `missing-type` | nothing after `:`, a condition or `=` |
//! | `nesting-too-deep` | more nested brackets than the parser follows |
//! | `non-ascii` | a character outside of comments that is not ASCII |
//! | `number-too-large` | a number of more than 32 bits |
//! | `partial-application` | warning: a declaration without `=` that is read as an instance of a type |
//! | `pinned-id` | note: a known exception to the rule of ids (from [`ids::check_ids`]) |
//! | `reserved-id` | warning: the id 0 or ffffffff (from [`ids::check_ids`]) |
//! | `source-too-large` | a text of more than 4 GiB |
//! | `stray-character` | a character that begins nothing |
//! | `unclosed-delimiter` | an opening bracket without its closing one |
//! | `unknown-documented-field` | warning: documentation of a field that is not there |
//! | `unknown-section` | a section that is neither `types` nor `functions` |
//! | `unterminated-comment` | `/*` without `*/` |
//! | `upper-case-namespace` | warning: a namespace that begins with an upper-case letter |

pub mod ast;
mod crc32;
mod diagnostic;
mod documentation;
mod fault;
mod formatter;
mod grammar;
pub mod ids;
mod input;
mod lexer;
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
mod without_spans;

pub use diagnostic::{Diagnostic, Label, Severity};
pub use formatter::format;
pub use parse::{Parsed, parse};
pub use printer::{print, print_combinator, print_combinator_with_id};
pub use render::{render, render_all};
#[cfg(feature = "color")]
pub use render_colored::render_colored;
pub use short_string::ShortString;
pub use sources::Sources;
pub use span::{SourceId, Span};
pub use suggest::suggest;
