//! Generated code has no warning of rustc, clippy and rustdoc, whatever the names and texts of a schema are. Shared by the tests and by
//! the command that does the same for published schemas.

pub mod option_sets;
pub mod scratch;

/// The schemas that others published.
#[path = "../../src/published.rs"]
pub mod published;
