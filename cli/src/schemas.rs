//! The one place that reads schema files, and what is shown of their findings.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::{fs, io};

use typelang_facts::Facts;
use typelang_parser::{Diagnostic, Severity, Sources};
use typelang_project::{Checked, Project};

use crate::console::Console;
use crate::exit::Failure;
use crate::tally::Tally;

/// Reads schema files and fact files. Fails with the names of all files that cannot be read.
pub(crate) fn read(schemas: &[PathBuf], facts: &[PathBuf]) -> Result<Project, Failure> {
    Ok(Project::read_with_facts(schemas, facts, read_bytes)?)
}

/// The content of a file, or all of standard input.
pub(crate) fn read_bytes(path: &Path) -> io::Result<Vec<u8>> {
    if path == Path::new("-") {
        return read_to_end(io::stdin().lock());
    }
    let file = fs::File::open(path)?;
    if file.metadata()?.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"));
    }
    read_to_end(file)
}

/// All that there is to read, up to a length that no input has but one that never ends.
fn read_to_end(reader: impl Read) -> io::Result<Vec<u8>> {
    const MOST_BYTES: u64 = 1 << 30;
    let mut bytes = Vec::new();
    reader.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length <= MOST_BYTES) {
        Ok(bytes)
    } else {
        Err(io::Error::new(io::ErrorKind::FileTooLarge, "it has more than 1 GiB"))
    }
}

/// Shows the findings from a severity on. Returns the schema and its facts, or nothing if there is an error.
pub(crate) fn without_errors<S>(
    checked: Checked<S>,
    sources: &Sources,
    least: Severity,
    console: &Console,
) -> Option<(S, Facts)> {
    let shown: Vec<&Diagnostic> = checked.diagnostics.iter().filter(|it| it.severity >= least).collect();
    let tally = Tally::of(shown.iter().copied());
    console.limit.expect(tally);
    for diagnostic in &shown {
        console.diagnostic(diagnostic, sources);
    }
    console.tally(tally);
    (!checked.has_errors()).then_some((checked.schema, checked.facts))
}
