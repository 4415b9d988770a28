//! Histories of TL (Type Language) schemas: all published layers in one file that only grows.
//!
//! A layer is the one before it, without what is removed and with what is declared. [`parse`] reads a history, and
//! [`History`] gives each layer again, the layers in which an id exists, and the ids that need the layer to be understood.
//!
//! ```
//! let text = "\
//! // tl:history(example)
//!
//! // tl:layer(1) 2024-01-31 our server
//! ---types---
//! user#d23c81a3 id:int first_name:string last_name:string = User;
//! userEmpty#d3bc4b7a id:int = User;
//!
//! // tl:layer(2) 2024-03-01 our server
//! // tl:removed(userEmpty#d3bc4b7a)
//! ---types---
//! user#7dcd56b8 id:long first_name:string last_name:string = User;
//! ";
//! let parsed = typelang_history::parse(Default::default(), text);
//! assert!(parsed.diagnostics.is_empty());
//! let history = parsed.history;
//! assert_eq!(history.layer(1).unwrap().declarations().count(), 2);
//! assert_eq!(history.layer(2).unwrap().declarations().count(), 1);
//! assert_eq!(history.layers_of(0xd23c81a3).to_string(), "layer 1");
//! ```
//!
//! # The file
//!
//! - `// tl:history(NAME)` is before everything but comments.
//! - `// tl:layer(N) DATE SOURCE` begins a layer. `N` grows; the same number again is a later revision of the layer. The date
//!   (`2024-01-31`) and the source can be left out.
//! - `// tl:removed(name#id)`, before the declarations of a layer, removes a declaration.
//! - `---types---` and `---functions---` begin declarations, each with its id. A declaration replaces the one of the same kind
//!   and name, and the one of the same id.
//! - `// tl:dropped(name#id)`, before the declarations of a layer: the source has this declaration and it is wrong.
//! - Behind a declaration there can be marks: `// tl:pinned` if the id is not the checksum of the text, `// tl:repaired(WHY)` if the
//!   source had it wrong, `// tl:meaning(…)` if a bit means something else than it did before.

mod append;
mod check;
pub mod codes;
mod directive;
mod layers;
mod layout;
mod meaning;
mod model;
mod read;
mod source;
#[cfg(feature = "upgrades")]
pub mod upgrades;

pub use append::{Appended, NewLayer};
pub use check::check_prefix;
pub use directive::{is_date, name_and_id};
pub use layers::{Layers, LayersIter};
pub use model::{Declaration, Dropped, History, Layer, Mark, Revision};
pub use read::{Parsed, parse};
pub use source::SourceOptions;
