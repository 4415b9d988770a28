//! The one place that reads files.

use std::path::{Path, PathBuf};

use typelang_project::Project;

use super::Error;

/// Reads a text file.
pub(super) fn text(path: &Path) -> Result<String, Error> {
    std::fs::read_to_string(path).map_err(|error| Error::read(path, error))
}

/// Reads and parses schema files and fact files.
#[cfg(feature = "facts")]
pub(super) fn project(schemas: &[PathBuf], facts: &[PathBuf]) -> Result<Project, Error> {
    Project::read_with_facts(schemas, facts, |path| std::fs::read(path)).map_err(Error::Read)
}

/// Reads and parses schema files. Without the feature no fact file can be named.
#[cfg(not(feature = "facts"))]
pub(super) fn project(schemas: &[PathBuf], _: &[PathBuf]) -> Result<Project, Error> {
    Project::read(schemas, |path| std::fs::read(path)).map_err(Error::Read)
}
