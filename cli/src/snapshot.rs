//! What a folder or a file held before and after generating.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

use typelang_project::read_file;

use crate::exit::Failure;
use crate::tally::plural;

/// The content of a file, or of all generated files beneath a folder. Empty if there is no such path.
#[derive(Debug, Default)]
pub(crate) struct Snapshot {
    pub(crate) files: BTreeMap<PathBuf, Vec<u8>>,
}

impl Snapshot {
    /// Reads what is there.
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let mut snapshot = Self::default();
        snapshot.add(path).map_err(|(path, error)| Failure::read(&path, &error))?;
        Ok(snapshot)
    }

    fn add(&mut self, path: &Path) -> Result<(), (PathBuf, io::Error)> {
        let failed = |error| (path.to_owned(), error);
        let kind = match fs::metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            kind => kind.map_err(failed)?,
        };
        // A pipe or a device may never end.
        if !kind.is_dir() && !kind.is_file() {
            return Ok(());
        }
        if kind.is_file() {
            self.files.insert(path.to_owned(), read_file(path).map_err(failed)?);
            return Ok(());
        }
        for entry in fs::read_dir(path).map_err(failed)? {
            let entry = entry.map_err(failed)?.path();
            if entry.is_dir() || entry.extension().is_some_and(|it| it == "rs" || it == "bin") {
                self.add(&entry)?;
            }
        }
        Ok(())
    }

    /// What happened from an earlier snapshot to this one.
    pub(crate) fn changes_since(&self, earlier: &Self) -> Changes {
        let differs = |(path, content): &(&PathBuf, &Vec<u8>)| earlier.files.get(*path) != Some(*content);
        let written = self.files.iter().filter(differs).count();
        let removed = earlier.files.keys().filter(|path| !self.files.contains_key(*path)).count();
        Changes { files: self.files.len(), written, removed }
    }
}

/// How many files there are now, and how many of them are new or different.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Changes {
    files: usize,
    written: usize,
    removed: usize,
}

impl fmt::Display for Changes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, ", plural(self.files, "file"))?;
        match (self.written, self.removed) {
            (0, 0) => f.write_str("unchanged"),
            (written, 0) => write!(f, "{written} written"),
            (written, removed) => write!(f, "{written} written, {removed} removed"),
        }
    }
}
