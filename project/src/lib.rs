//! Loads TL (Type Language) schemas and the facts about them: the one way from files, or from texts in memory, to checked
//! schemas.
//!
//! A [`Project`] has the texts and their syntax trees. It reads files through a function that the caller gives, so that it does
//! no input of its own: an editor can pass texts that are not saved yet. Three methods check it, and each returns a [`Checked`]
//! with schemas, facts and every finding as data:
//!
//! - [`Project::as_one`]: all files make one schema. This is what generators and decoders need.
//! - [`Project::in_groups`]: files that do not fit together make several schemas: Telegram's API and its secret chats.
//! - [`Project::by_file`]: each file makes its own schema, and is understood with those of the other files that it needs.
//!
//! ```
//! use std::io;
//! use std::path::Path;
//!
//! use typelang_ir::ResolveOptions;
//! use typelang_project::Project;
//!
//! let read = |path: &Path| match path.to_str() {
//!     Some("user.tl") => Ok(b"user id:long home:Point = User;\n".to_vec()),
//!     Some("point.tl") => Ok(b"point x:int y:int = Point;\n".to_vec()),
//!     _ => Err(io::ErrorKind::NotFound.into()),
//! };
//! let project = Project::read(&["user.tl", "point.tl"], read).expect("both files can be read");
//! let checked = project.as_one(ResolveOptions::default());
//! assert!(!checked.has_errors());
//! assert_eq!(checked.schema.constructors.len(), 2);
//!
//! let unreadable = Project::read(&["users.tl", "points.tl"], read).expect_err("neither file can be read");
//! assert_eq!(unreadable.files.len(), 2);
//! ```
//!
//! # Features
//!
//! Both are on by default. A build script that only reads schemas needs neither.
//!
//! - `facts` reads fact files, which are TOML: `Project::read_with_facts` and `Project::add_facts`.
//! - `lint` finds what is legal and yet likely a mistake: `Project::lint`.

mod checked;
mod device;
mod groups;
mod names;
mod project;
mod read;
mod units;
mod unreadable;
mod write;

pub use checked::Checked;
pub use device::is_device;
pub use groups::Group;
pub use project::Project;
pub use read::{MOST_BYTES, read_file, read_input};
pub use unreadable::{Unreadable, UnreadableFile};
pub use write::{is_written, write_file, write_source};
