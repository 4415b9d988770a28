//! Reading and resolving schemas.

use std::fs;
use std::path::{Path, PathBuf};

use typelang_ir::{Profile, ResolveOptions, Schema, resolve};
use typelang_parser::ast::File;
use typelang_parser::{Severity, Sources, render_all};

use crate::published::{Published, published as published_in};
use crate::shared;
use crate::trials::Needed;

/// The path of a schema file of this repository: `api.tl`, `mtproto.tl` or `secret.tl`.
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
/// The file is not there or is not right.
#[must_use]
pub fn parse(file_name: &str) -> File {
    read(&path(file_name), &mut Sources::new())
}

/// The resolved schema of a file of this repository: `api.tl`, `mtproto.tl` or `secret.tl`.
///
/// # Panics
///
/// The file is not there or is not right.
#[must_use]
pub fn load(file_name: &str) -> Schema {
    load_path(&path(file_name))
}

/// The resolved schema of a file.
///
/// # Panics
///
/// The file is not there or is not right.
#[must_use]
pub fn load_path(path: &Path) -> Schema {
    load_all(&[path.to_owned()], None)
}

/// The layer that a schema file names.
///
/// # Panics
///
/// The file is not there or is not right.
#[must_use]
pub fn layer(path: &Path) -> Option<u32> {
    read(path, &mut Sources::new()).layer.map(|layer| layer.number)
}

/// The resolved schema of several files.
///
/// # Panics
///
/// A file is not there, or they are not right.
#[must_use]
pub fn load_all(paths: &[PathBuf], profile: Option<Profile>) -> Schema {
    let mut sources = Sources::new();
    let files: Vec<File> = paths.iter().map(|path| read(path, &mut sources)).collect();
    let resolution = resolve(&files, ResolveOptions { profile, ..ResolveOptions::default() });
    assert!(!resolution.has_errors(), "{}", render_all(&resolution.diagnostics, &sources));
    resolution.schema
}

fn read(path: &Path, sources: &mut Sources) -> File {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let source = sources.add(path.display().to_string(), text);
    let parsed = typelang_parser::parse(source, sources.text(source));
    let is_error = parsed.diagnostics.iter().any(|it| it.severity == Severity::Error);
    assert!(!is_error, "{}", render_all(&parsed.diagnostics, sources));
    parsed.file
}
