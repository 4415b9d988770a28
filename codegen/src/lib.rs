//! Generates Rust from TL (Type Language) schemas.
//!
//! In a build script, [`Builder`] does everything: it reads schemas, reports what is wrong with them, keeps what the named
//! functions reach, and writes one file for `include!`.
//!
//! ```no_run
//! fn main() -> Result<(), typelang_build::Error> {
//!     typelang_build::Builder::new().schema("schema/api.tl").only(["messages.sendEncrypted"]).generate()
//! }
//! ```
//!
//! ```ignore
//! mod tl {
//!     include!(concat!(env!("OUT_DIR"), "/tl.rs"));
//! }
//! ```
//!
//! [`generate_file`] and [`generate_files`] turn a resolved [`typelang_ir::Schema`] into text and do no input or output.

mod borrowing;
mod builder;
mod emit;
mod example;
mod features;
mod generate;
mod generics;
mod model;
mod names;
mod options;
mod outline;
mod output;
mod record;
mod rust;
mod rust_type;
mod simplest;
mod tokens;

pub use builder::{Builder, Error, Findings};
pub use example::Examples;
pub use generate::{generate_features, generate_file, generate_files, table};
pub use options::{Availability, GroupName, History, NamespaceFeatures, Options, PathAttribute};
pub use outline::{OutlineItem, OutlineKind, OutlineMember, outline};
pub use rust::layout::LayoutOptions;
pub use typelang_ir::Profile;
pub use typelang_parser::ids::Dialect;
pub use typelang_project::{Unreadable, UnreadableFile};
