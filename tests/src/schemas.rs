//! Schemas as tests need them: loaded, and without errors.

use std::fs;
use std::path::{Path, PathBuf};

use typelang_facts::Facts;
use typelang_ir::{Profile, ResolveOptions, Schema};
use typelang_parser::ast::File;
use typelang_parser::{Diagnostic, Severity, render_all};
use typelang_project::{Checked, Project};

use crate::published::{Published, published as published_in};
use crate::shared;
use crate::trials::Needed;

/// The path of a file in the folder `schema` of this repository.
#[must_use]
pub fn path(file_name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema").join(file_name)
}

/// The schemas that others published.
///
/// # Errors
///
/// Returns why tests are ignored if there are none.
pub fn published() -> Needed<Vec<Published>> {
    Ok(published_in(&shared::find("schemas")?, include_str!("../data/published.toml")))
}

/// The syntax tree of a schema file of this repository: `api.tl`, `mtproto.tl` or `secret.tl`.
///
/// # Panics
///
/// Panics if the file is missing or has errors.
#[must_use]
pub fn parse(file_name: &str) -> File {
    parse_path(&path(file_name))
}

/// The resolved schema of a file of this repository: `api.tl`, `mtproto.tl` or `secret.tl`.
///
/// # Panics
///
/// Panics if the file is missing or has errors.
#[must_use]
pub fn load(file_name: &str) -> Schema {
    load_path(&path(file_name))
}

/// The resolved schema of a file.
///
/// # Panics
///
/// Panics if the file is missing or has errors.
#[must_use]
pub fn load_path(path: &Path) -> Schema {
    load_all(&[path.to_owned()], None)
}

/// The layer that a schema file names.
///
/// # Panics
///
/// Panics if the file is missing or has errors.
#[must_use]
pub fn layer(path: &Path) -> Option<u32> {
    parse_path(path).layer.map(|layer| layer.number)
}

/// The resolved schema of several files.
///
/// # Panics
///
/// Panics if a file is missing or has errors.
#[must_use]
pub fn load_all(paths: &[PathBuf], profile: Option<Profile>) -> Schema {
    let project = read(paths, &[]);
    let checked = project.as_one(ResolveOptions { profile, ..ResolveOptions::default() });
    without(Severity::Error, &project, checked).0
}

/// The schemas of some files of this repository, each by itself, and the facts of some fact files about them.
///
/// # Panics
///
/// Panics if a file is missing or has errors or warnings.
#[must_use]
pub fn load_with_facts(schemas: &[&str], facts: &[&str]) -> (Vec<Schema>, Facts) {
    let paths = |names: &[&str]| names.iter().copied().map(path).collect::<Vec<_>>();
    let project = read(&paths(schemas), &paths(facts));
    let checked = project.by_file(ResolveOptions::default());
    without(Severity::Warning, &project, checked)
}

/// The resolved schema of a text.
///
/// # Panics
///
/// Panics if the text has errors.
#[must_use]
pub fn load_text(text: &str) -> Schema {
    let mut project = Project::new();
    project.add_schema("schema.tl", text.as_bytes().to_vec());
    without(Severity::Error, &project, project.as_one(ResolveOptions::default())).0
}

fn parse_path(path: &Path) -> File {
    let mut project = read(&[path.to_owned()], &[]);
    let parsed = project.schemas.remove(0);
    assert!(!parsed.has_errors(), "{}", render_all(&parsed.diagnostics, &project.sources));
    parsed.file
}

fn read(schemas: &[PathBuf], facts: &[PathBuf]) -> Project {
    Project::read_with_facts(schemas, facts, |path| fs::read(path)).unwrap_or_else(|error| panic!("{error}"))
}

/// The schema and facts, if nothing was found of a severity or a higher one.
fn without<S>(severity: Severity, project: &Project, checked: Checked<S>) -> (S, Facts) {
    let found: Vec<Diagnostic> = checked.diagnostics.iter().filter(|it| it.severity >= severity).cloned().collect();
    assert!(found.is_empty(), "{}", render_all(&found, &project.sources));
    (checked.schema, checked.facts)
}
