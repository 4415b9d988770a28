//! The one place that reads schema files, and what is shown of their findings.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::{fs, io};

use typelang_facts::Facts;
use typelang_parser::{Diagnostic, Severity, Sources};
use typelang_project::{Checked, Project};

use crate::console::{Console, Tally};
use crate::exit::Failure;

/// Reads schema files and fact files. Fails with the names of all files that cannot be read.
pub(crate) fn read(schemas: &[PathBuf], facts: &[PathBuf]) -> Result<Project, Failure> {
    Ok(Project::read_with_facts(schemas, facts, read_bytes)?)
}

/// The content of a file, or all of standard input.
pub(crate) fn read_bytes(path: &Path) -> io::Result<Vec<u8>> {
    if path != Path::new("-") {
        return fs::read(path);
    }
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Shows the findings from a severity on. Returns the schema and its facts, or nothing if there is an error.
pub(crate) fn without_errors<S>(
    checked: Checked<S>,
    sources: &Sources,
    least: Severity,
    console: &Console,
) -> Option<(S, Facts)> {
    let shown: Vec<&Diagnostic> = checked.diagnostics.iter().filter(|it| it.severity >= least).collect();
    for diagnostic in &shown {
        console.diagnostic(diagnostic, sources);
    }
    console.tally(Tally::of(shown));
    (!checked.has_errors()).then_some((checked.schema, checked.facts))
}
