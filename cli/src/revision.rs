//! Schemas from files, folders and revisions of a git repository.

use std::path::{Path, PathBuf};
use std::process::Command;

use typelang_ir::Schema;
use typelang_parser::{Severity, Sources};
use typelang_project::Project;

use crate::console::Console;
use crate::exit::Failure;
use crate::family::Family;
use crate::schemas::{files, read_bytes, without_errors};

/// The schema that files, folders and revisions make; none if it has errors, which are shown then.
pub(crate) fn schema(
    paths: &[&PathBuf],
    family: Family,
    console: &Console,
) -> Result<Option<(Schema, Sources)>, Failure> {
    let project = read(paths)?;
    let checked = project.as_one(family.resolve_options());
    let schema = without_errors(checked, &project.sources, Severity::Error, console);
    Ok(schema.map(|(schema, _)| (schema, project.sources)))
}

/// Reads everything that makes one schema.
fn read(paths: &[&PathBuf]) -> Result<Project, Failure> {
    let mut project = Project::new();
    for path in paths {
        if let Some(revision) = revision(path) {
            project.add_schema(revision, content(revision)?);
            continue;
        }
        for path in files(std::slice::from_ref(*path))? {
            let bytes = read_bytes(&path).map_err(|error| Failure::read(&path, &error))?;
            project.add_schema(path.display().to_string(), bytes);
        }
    }
    Ok(project)
}

/// `REVISION:PATH`, unless there is a file of this name. A letter before the colon is a drive.
fn revision(path: &Path) -> Option<&str> {
    let text = path.to_str()?;
    let (revision, file) = text.split_once(':')?;
    (revision.len() > 1 && !file.is_empty() && !path.exists()).then_some(text)
}

/// The content of a file in a revision.
fn content(revision: &str) -> Result<Vec<u8>, Failure> {
    let output = Command::new("git").args(["show", "--end-of-options", revision]).output();
    let output = output.map_err(|error| Failure::Message(format!("cannot run git for {revision}: {error}")))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.trim().trim_start_matches("fatal: ");
    Err(Failure::Message(format!("cannot read {revision} from git: {said}")))
}
