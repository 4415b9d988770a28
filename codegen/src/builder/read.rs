//! The one place that reads files.

use std::io;
use std::path::{Path, PathBuf};

use typelang_project::{Project, read_file};

use super::Error;

/// Reads a text file.
pub(super) fn text(path: &Path) -> Result<String, Error> {
    let text = read_file(path)
        .and_then(|bytes| String::from_utf8(bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error)));
    text.map_err(|error| Error::read(path, error))
}

/// Reads and parses schema files and fact files.
#[cfg(feature = "facts")]
pub(super) fn project(schemas: &[PathBuf], facts: &[PathBuf]) -> Result<Project, Error> {
    Project::read_with_facts(schemas, facts, read_file).map_err(Error::Read)
}

/// Reads and parses schema files. Without the feature no fact file can be named.
#[cfg(not(feature = "facts"))]
pub(super) fn project(schemas: &[PathBuf], _: &[PathBuf]) -> Result<Project, Error> {
    Project::read(schemas, read_file).map_err(Error::Read)
}
