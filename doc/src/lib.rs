//! Documentation pages of TL (Type Language) schemas: one for each method, constructor and type, with an index by namespace
//! and a search that needs no server, as HTML or Markdown.
//!
//! [`site`] makes the pages from one or more resolved [`typelang_ir::Schema`]s and what is known about them ([`typelang_facts::Facts`]); it does no
//! input or output. [`Site::write`] and [`Site::compare`] are about files, and the only part of this library that is.

mod code;
mod combinators;
mod context;
mod overview;
mod page;
mod part;
mod places;
mod prose;
mod related;
mod render;
mod rich;
mod search;
mod site;
mod type_text;
mod types;
mod write;

pub use part::Part;
pub use site::{Format, Options, Site, site};
pub use write::{Changes, WriteError};
