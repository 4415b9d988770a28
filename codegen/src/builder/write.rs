//! The one place that writes files, and that talks to Cargo.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use typelang_parser::{Limit, Severity};
use typelang_project::{is_written, write_file};

use super::{Error, Findings};

/// Extensions of generated files.
const KINDS: [&str; 2] = ["bin", "rs"];

/// Tells Cargo which files the output depends on.
pub(super) fn rerun_if_changed(paths: &[PathBuf]) {
    if in_build_script() {
        for path in paths {
            println!("cargo::rerun-if-changed={}", path.display());
        }
    }
}

/// Shows warnings, one line each, as Cargo has it for build scripts.
pub(super) fn warnings(Findings { diagnostics, sources }: &Findings) {
    if !in_build_script() {
        return;
    }
    let limit = Limit::new(Findings::SHOWN);
    let warnings = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Warning);
    for warning in warnings.filter(|warning| limit.allows(warning.severity)) {
        let place = &warning.primary;
        let (line, column) = sources.line_column(place.source, place.span.start);
        let name = sources.name(place.source);
        println!("cargo::warning={name}:{line}:{column}: {} [{}]", warning.message, warning.code);
    }
    match limit.hidden().total() {
        0 => {}
        hidden => println!("cargo::warning={hidden} more warnings about schemas; `tl check` shows them"),
    }
}

/// Cargo sets both for build scripts, and for nothing else that runs.
fn in_build_script() -> bool {
    ["OUT_DIR", "HOST"].iter().all(|name| std::env::var_os(name).is_some())
}

/// Writes a file if its content differs.
pub(super) fn file(path: &Path, content: &[u8]) -> Result<(), Error> {
    write_file(path, content).map(drop).map_err(|source| Error::Write { path: path.to_owned(), source })
}

/// Writes the files of a module, and removes earlier ones that are no longer among them.
pub(super) fn directory(root: &Path, name: &str, files: &BTreeMap<String, Vec<u8>>) -> Result<(), Error> {
    for (path, content) in files {
        file(&root.join(path), content)?;
    }
    for path in left_over(root, name, files)? {
        fs::remove_file(&path).map_err(|source| Error::Write { path: path.clone(), source })?;
        remove_empty_parents(&path, &root.join(name));
    }
    Ok(())
}

/// The path, if the file is missing or differs.
pub(super) fn compare_file(path: &Path, content: &[u8]) -> Result<Vec<PathBuf>, Error> {
    let same = is_written(path, content).map_err(|error| Error::read(path, error))?;
    Ok(if same { Vec::new() } else { vec![path.to_owned()] })
}

/// The paths of files that are missing, differ, or should not be there.
pub(super) fn compare_directory(
    root: &Path,
    name: &str,
    files: &BTreeMap<String, Vec<u8>>,
) -> Result<Vec<PathBuf>, Error> {
    let mut different = left_over(root, name, files)?;
    for (path, content) in files {
        different.extend(compare_file(&root.join(path), content)?);
    }
    different.sort();
    Ok(different)
}

/// Files of [`KINDS`] in the folder of a module that are not among its files.
fn left_over(root: &Path, name: &str, files: &BTreeMap<String, Vec<u8>>) -> Result<Vec<PathBuf>, Error> {
    let mut found = Vec::new();
    files_of_kinds(&root.join(name), &mut found)?;
    let expected: BTreeSet<PathBuf> = files.keys().map(|path| root.join(path)).collect();
    found.retain(|path| !expected.contains(path));
    found.sort();
    Ok(found)
}

fn files_of_kinds(directory: &Path, found: &mut Vec<PathBuf>) -> Result<(), Error> {
    let error = |error| Error::read(directory, error);
    let entries = match fs::read_dir(directory) {
        Err(source) if source.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(error)?,
    };
    for entry in entries {
        let path = entry.map_err(error)?.path();
        if path.is_dir() {
            files_of_kinds(&path, found)?;
        } else if path.extension().is_some_and(|it| KINDS.iter().any(|kind| it == *kind)) {
            found.push(path);
        }
    }
    Ok(())
}

/// Removes the folders above a removed file that are empty now, up to and without the module's own.
fn remove_empty_parents(path: &Path, module: &Path) {
    let parents = path.ancestors().skip(1).take_while(|parent| parent.starts_with(module) && *parent != module);
    for parent in parents {
        // A folder that is not empty stays, which is what the error says.
        if fs::remove_dir(parent).is_err() {
            return;
        }
    }
}
