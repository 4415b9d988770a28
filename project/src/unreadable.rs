//! Files that cannot be read.

use std::path::{Path, PathBuf};
use std::{fmt, io};

/// The error of a project with files that cannot be read. It lists all of them, so that one run is enough to mend every path.
#[derive(Debug)]
pub struct Unreadable {
    /// The files in the order in which they were named; at least one.
    pub files: Vec<UnreadableFile>,
}

/// A file that cannot be read.
#[derive(Debug)]
pub struct UnreadableFile {
    /// The path as it was given.
    pub path: PathBuf,
    /// The error of the system.
    pub error: io::Error,
}

impl Unreadable {
    /// Fails if there is a file.
    pub(crate) fn refuse(files: Vec<UnreadableFile>) -> Result<(), Self> {
        if files.is_empty() { Ok(()) } else { Err(Self { files }) }
    }
}

impl fmt::Display for Unreadable {
    /// Writes a line for each file.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.files.iter().map(ToString::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl fmt::Display for UnreadableFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot read {}: {}", name_of(&self.path), self.error)
    }
}

impl std::error::Error for Unreadable {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.files.first().map(|file| &file.error as _)
    }
}

impl std::error::Error for UnreadableFile {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}

/// The name of a file in messages.
pub(crate) fn name_of(path: &Path) -> String {
    if path == Path::new("-") { "<stdin>".to_owned() } else { path.display().to_string() }
}
