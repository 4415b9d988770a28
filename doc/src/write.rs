//! The one place that reads and writes files.
//!
//! A list of the files of a site stands beside them. What is in the list is the site's own: it may be overwritten, and removed
//! once it is not needed any more. Nothing else is touched.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};
use std::{fmt, fs, io};

use crate::Site;

/// The file with the list of the files of a site.
const LIST: &str = ".tl-doc-files";

/// First line of the list.
const HEAD: &str = "# Files that `tl doc` wrote here, and may overwrite and remove.";

/// What writing a site did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// How many files the site has.
    pub files: usize,
    /// How many of them are new or different.
    pub written: usize,
    /// How many files of an earlier run are gone.
    pub removed: usize,
}

/// Why a site was not written, or not compared.
#[derive(Debug)]
#[non_exhaustive]
pub enum WriteError {
    /// A file of the site is there already, and no earlier run wrote it. Nothing was changed.
    Foreign(PathBuf),
    /// A file cannot be read.
    Read(PathBuf, io::Error),
    /// A file cannot be written or removed.
    Write(PathBuf, io::Error),
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Foreign(path) => write!(
                f,
                "{} was not written by an earlier run and would be overwritten; choose another folder",
                path.display()
            ),
            Self::Read(path, error) => write!(f, "cannot read {}: {error}", path.display()),
            Self::Write(path, error) => write!(f, "cannot write {}: {error}", path.display()),
        }
    }
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Foreign(_) => None,
            Self::Read(_, error) | Self::Write(_, error) => Some(error),
        }
    }
}

impl Site {
    /// Writes what is new or different into a folder, each file beside its place and then in one step into it, and removes
    /// files that an earlier run wrote and that the site no longer has.
    ///
    /// # Errors
    ///
    /// A file of the site's name is there that no earlier run wrote, or a file cannot be read or written.
    pub fn write(&self, folder: &Path) -> Result<Changes, WriteError> {
        let before = listed(folder)?;
        let different = self.different(folder)?;
        let foreign = different.iter().find(|path| !before.contains(**path) && folder.join(path).exists());
        if let Some(path) = foreign {
            return Err(WriteError::Foreign(folder.join(path)));
        }
        let own: BTreeSet<String> = self.files.keys().cloned().collect();
        if !different.is_empty() {
            // Until all is done both the old and the new files are the site's: a run that is cut short can be repeated.
            write_list(folder, &before.union(&own).cloned().collect())?;
        }
        for path in &different {
            write_file(&folder.join(path), self.files.get(*path).map_or("", String::as_str))?;
        }
        let mut changes = Changes { files: self.files.len(), written: different.len(), removed: 0 };
        for path in before.difference(&own) {
            changes.removed += usize::from(remove(folder, path)?);
        }
        write_list(folder, &own)?;
        Ok(changes)
    }

    /// The paths of files that are missing, differ, or should not be there any more, in order. Changes nothing.
    ///
    /// # Errors
    ///
    /// A file cannot be read.
    pub fn compare(&self, folder: &Path) -> Result<Vec<String>, WriteError> {
        let left_over = listed(folder)?.into_iter().filter(|path| !self.files.contains_key(path));
        let mut paths: Vec<String> = left_over.filter(|path| folder.join(path).exists()).collect();
        paths.extend(self.different(folder)?.into_iter().cloned());
        paths.sort();
        Ok(paths)
    }

    /// The files that are not in the folder as they should be.
    fn different(&self, folder: &Path) -> Result<Vec<&String>, WriteError> {
        let mut different = Vec::new();
        for (path, text) in &self.files {
            let path_there = folder.join(path);
            let is_same = typelang_project::is_written(&path_there, text.as_bytes());
            if !is_same.map_err(|error| WriteError::Read(path_there, error))? {
                different.push(path);
            }
        }
        Ok(different)
    }
}

/// The files that an earlier run wrote. Paths that lead out of the folder are not ours, whatever the list says.
fn listed(folder: &Path) -> Result<BTreeSet<String>, WriteError> {
    let list = read(&folder.join(LIST))?.unwrap_or_default();
    let list = String::from_utf8_lossy(&list);
    let paths = list.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let is_inside = |path: &&str| Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    Ok(paths.filter(is_inside).map(str::to_owned).collect())
}

fn write_list(folder: &Path, paths: &BTreeSet<String>) -> Result<(), WriteError> {
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let text = format!("{HEAD}\n{}\n", paths.join("\n"));
    let path = folder.join(LIST);
    if read(&path)?.is_some_and(|there| there == text.as_bytes()) { Ok(()) } else { write_file(&path, &text) }
}

/// The content of a file, if there is one.
fn read(path: &Path) -> Result<Option<Vec<u8>>, WriteError> {
    match typelang_project::read_file(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(WriteError::Read(path.to_owned(), error)),
    }
}

fn write_file(path: &Path, text: &str) -> Result<(), WriteError> {
    typelang_project::write_file(path, text.as_bytes())
        .map(drop)
        .map_err(|error| WriteError::Write(path.to_owned(), error))
}

/// Removes a file, and the folders above it that are empty then. Says whether it was there.
fn remove(folder: &Path, path: &str) -> Result<bool, WriteError> {
    let full = folder.join(path);
    match fs::remove_file(&full) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(WriteError::Write(full, error)),
    }
    for parent in full.ancestors().skip(1).take_while(|parent| *parent != folder) {
        // A folder that is not empty stays, which is what the error says.
        if fs::remove_dir(parent).is_err() {
            break;
        }
    }
    Ok(true)
}
