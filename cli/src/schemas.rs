//! The one place that reads schema files, and what is shown of their findings.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use typelang_facts::Facts;
use typelang_parser::{Diagnostic, Severity, Sources, Tally};
use typelang_project::{Checked, Project, read_file, read_input};

use crate::console::Console;
use crate::exit::Failure;

/// Reads schema files and fact files. Fails with the names of all files that cannot be read.
pub(crate) fn read(schemas: &[PathBuf], facts: &[PathBuf]) -> Result<Project, Failure> {
    Ok(Project::read_with_facts(schemas, facts, read_bytes)?)
}

/// The content of a file, or all of standard input.
pub(crate) fn read_bytes(path: &Path) -> io::Result<Vec<u8>> {
    if path == Path::new("-") {
        return read_input(io::stdin().lock());
    }
    read_file(path)
}

/// The files as named, and those beneath the folders as named.
pub(crate) fn files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let count = files.len();
        search(path, &mut files)?;
        if files.len() == count {
            return Err(Failure::Message(format!("there is no .tl file beneath {}", path.display())));
        }
    }
    Ok(files)
}

/// Returns whether a file is a history: a folder of schemas can have one, and it is not a schema.
fn is_history(path: &Path) -> bool {
    let mut beginning = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(4096).read_to_end(&mut beginning));
    read.is_ok() && typelang_parser::is_history(&String::from_utf8_lossy(&beginning))
}

/// Adds the schemas beneath a folder, in the order of their names. Hidden folders, links to folders and histories are left out.
fn search(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let failed = |error: io::Error| Failure::read(folder, &error);
    let mut entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>).map_err(failed)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
        if entry.file_type().map_err(failed)?.is_dir() {
            if !is_hidden {
                search(&path, files)?;
            }
        } else if path.extension().is_some_and(|extension| extension == "tl") && path.is_file() && !is_history(&path) {
            files.push(path);
        }
    }
    Ok(())
}

/// Shows the findings from a severity on. Returns the schema and its facts, or nothing if there is an error.
pub(crate) fn without_errors<S>(
    checked: Checked<S>,
    sources: &Sources,
    least: Severity,
    console: &Console,
) -> Option<(S, Facts)> {
    show_findings([(checked.diagnostics.as_slice(), sources)], least, console);
    (!checked.has_errors()).then_some((checked.schema, checked.facts))
}

/// Shows the findings in several projects from a severity on.
pub(crate) fn show_findings<'f>(
    projects: impl IntoIterator<Item = (&'f [Diagnostic], &'f Sources)>,
    least: Severity,
    console: &Console,
) {
    let of_project = |(diagnostics, sources): (&'f [Diagnostic], &'f Sources)| {
        diagnostics.iter().filter(move |it| it.severity >= least).map(move |it| (it, sources))
    };
    let shown: Vec<(&Diagnostic, &Sources)> = projects.into_iter().flat_map(of_project).collect();
    let tally = Tally::of(shown.iter().map(|(diagnostic, _)| *diagnostic));
    console.limit.expect(tally);
    for (diagnostic, sources) in shown {
        console.diagnostic(diagnostic, sources);
    }
    console.tally(tally);
}
