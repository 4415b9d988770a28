//! Schemas from files, folders, revisions of a git repository, and layers of a history.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use typelang_diff::FormerName;
use typelang_ir::Schema;
use typelang_lint::ChangeComments;
use typelang_parser::{Parsed, Severity, SourceId};
use typelang_project::Project;

use crate::console::Console;
use crate::exit::Failure;
use crate::family::Family;
use crate::history::Loaded;
use crate::schemas::{files, read_bytes, without_errors};

/// A schema, and the files that it was made from.
pub(crate) struct Resolved {
    pub(crate) schema: Schema,
    pub(crate) project: Project,
}

impl Resolved {
    /// The comments of its files about changes, by file.
    pub(crate) fn comments(&self) -> BTreeMap<SourceId, ChangeComments> {
        let sources = &self.project.sources;
        self.project.files().map(|file| (file.source, ChangeComments::read(file, sources.text(file.source)))).collect()
    }

    /// The former names that its files say.
    pub(crate) fn former_names(&self) -> Vec<FormerName> {
        self.comments().into_values().flat_map(|comments| comments.former_names).collect()
    }
}

/// The schema that files, folders and revisions make; none if it has errors, which are shown then.
pub(crate) fn schema(paths: &[&PathBuf], family: Family, console: &Console) -> Result<Option<Resolved>, Failure> {
    let Some(project) = read(paths, console)? else { return Ok(None) };
    let checked = project.as_one(family.resolve_options());
    let schema = without_errors(checked, &project.sources, Severity::Error, console);
    Ok(schema.map(|(schema, _)| Resolved { schema, project }))
}

/// Reads everything that makes one schema; none if a history has errors, which are shown then.
fn read(paths: &[&PathBuf], console: &Console) -> Result<Option<Project>, Failure> {
    let mut project = Project::new();
    for path in paths {
        if let Some((history, layer)) = layer(path).filter(|_| !path.exists()) {
            if !add_layer(&mut project, history.as_deref(), layer, console)? {
                return Ok(None);
            }
        } else if let Some(revision) = revision(path) {
            project.add_schema(revision, content(revision)?);
        } else {
            for path in files(std::slice::from_ref(*path))? {
                let bytes = read_bytes(&path).map_err(|error| Failure::read(&path, &error))?;
                project.add_schema(path.display().to_string(), bytes);
            }
        }
    }
    Ok(Some(project))
}

/// The history and the number of `layer:198`, or of `FILE:198` where the file exists.
fn layer(path: &Path) -> Option<(Option<PathBuf>, u32)> {
    let (history, number) = path.to_str()?.rsplit_once(':')?;
    let number = number.parse().ok()?;
    match history {
        "layer" => Some((None, number)),
        _ => Path::new(history).is_file().then(|| (Some(PathBuf::from(history)), number)),
    }
}

/// Adds a layer, whose places are those of the history. Returns whether the history has no error.
fn add_layer(project: &mut Project, path: Option<&Path>, number: u32, console: &Console) -> Result<bool, Failure> {
    let loaded = Loaded::find_once(path)?;
    if loaded.show_errors(console) {
        return Ok(false);
    }
    let source = project.sources.add(loaded.sources.name(loaded.source), loaded.text());
    let mut file = loaded.layer(Some(number))?.file();
    file.source = source;
    project.schemas.push(Parsed { file, diagnostics: Vec::new() });
    Ok(true)
}

/// `REVISION:PATH`, unless there is a file of this name. A letter before the colon is a drive.
fn revision(path: &Path) -> Option<&str> {
    let text = path.to_str()?;
    let (revision, file) = text.split_once(':')?;
    (revision.len() > 1 && !file.is_empty() && !path.exists()).then_some(text)
}

/// The content of a file in a revision.
pub(crate) fn content(revision: &str) -> Result<Vec<u8>, Failure> {
    let output = Command::new("git").args(["show", "--end-of-options", revision]).output();
    let output = output.map_err(|error| Failure::Message(format!("cannot run git for {revision}: {error}")))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.trim().trim_start_matches("fatal: ");
    Err(Failure::Message(format!("cannot read {revision} from git: {said}")))
}
