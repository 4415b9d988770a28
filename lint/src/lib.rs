//! Lints for TL (Type Language) schemas: what is legal and yet likely a mistake, or against a custom.
//!
//! [`check`] runs the lints over files that [`typelang_parser`] has read, and settles how severe each finding is: those of the
//! lints, and the warnings and notes of the parser and the resolver. [`Levels`] holds the choices of whoever runs it;
//! comments in the files make finer ones. [`explain`] says what a code means, [`reference()`] all of them as one page.
//!
//! ```
//! use typelang_lint::{Level, Levels, Selector, check, codes};
//! use typelang_parser::{Severity, Sources, parse};
//!
//! let mut sources = Sources::new();
//! let source = sources.add("chat.tl", "chat flags:# title:flags.0?string photo:flags.0?bytes = Chat;");
//! let file = parse(source, sources.text(source)).file;
//! assert_eq!(check(&[&file], &sources, &Levels::new(), Vec::new()), []);
//!
//! let mut levels = Levels::new();
//! levels.set(Selector::Code(&codes::SHARED_BIT), Level::Deny);
//! let findings = check(&[&file], &sources, &levels, Vec::new());
//! assert_eq!((findings[0].code, findings[0].severity), (&codes::SHARED_BIT, Severity::Error));
//! ```
//!
//! # Levels
//!
//! A lint is allowed (says nothing), warns, or is denied (an error). The parser's and the resolver's warnings and notes
//! follow the same choices; their errors cannot be allowed, because such a schema has no meaning. From weak to strong:
//! the default of the code, [`Levels`], a comment about the file, a comment about the declaration. Among equals the last
//! one counts.
//!
//! # Comments
//!
//! | comment | what it does |
//! |---|---|
//! | `// tl:allow(code, code)` | allows findings in the declaration that follows |
//! | `// tl:warn(code)`, `// tl:deny(code)` | makes them warnings, or errors |
//! | `// tl:allow-file(code)`, `tl:warn-file`, `tl:deny-file` | the same for the whole file, wherever it stands |
//! | `// tl:allow(required-added)`, `tl:allow-file` | allows a change that falls under a rule of `typelang_diff` |
//! | `// tl:was(oldName)` | says the former name of the declaration that follows, for comparisons |
//! | `// tl:profile(ton)` | says the profile of the file, which is [`typelang_ir::Profile`] |
//!
//! Inside of a declaration, or behind it on its line, a comment speaks of that one. `all` stands for every code. What
//! follows the parenthesis is a remark: `// tl:allow(id-mismatch): assigned by hand`. A comment that names an unknown code
//! is itself reported, as `lint-comment`.

mod changes;
mod check;
mod context;
mod directive;
mod explain;
mod groups;
mod level;
mod lints;
mod walk;

pub use changes::ChangeComments;
pub use check::check;
pub use explain::{explain, reference};
pub use groups::{Group, all_codes, find_code};
pub use level::{BadSelector, Level, Levels, Selector};
pub use lints::{codes, text_directions};
