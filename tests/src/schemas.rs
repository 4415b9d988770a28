//! Reading and resolving schemas.

use std::fs;
use std::path::Path;

use tl_ir::{ResolveOptions, Schema, resolve};
use tl_parser::ast::File;
use tl_parser::{Severity, Sources, render_all};

/// The syntax tree of a schema file of this repository: `api.tl`, `mtproto.tl` or `secret.tl`.
///
/// # Panics
///
/// The file is not there or is not right.
#[must_use]
pub fn parse(file_name: &str) -> File {
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema").join(file_name)).0
}

/// The resolved schema of a file of this repository: `api.tl`, `mtproto.tl` or `secret.tl`.
///
/// # Panics
///
/// The file is not there or is not right.
#[must_use]
pub fn load(file_name: &str) -> Schema {
    load_path(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema").join(file_name))
}

/// The resolved schema of a file.
///
/// # Panics
///
/// The file is not there or is not right.
#[must_use]
pub fn load_path(path: &Path) -> Schema {
    let (file, sources) = read(path);
    let resolution = resolve(&[file], ResolveOptions::default());
    assert!(!resolution.has_errors(), "{}", render_all(&resolution.diagnostics, &sources));
    resolution.schema
}

fn read(path: &Path) -> (File, Sources) {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut sources = Sources::new();
    let source = sources.add(path.display().to_string(), text);
    let parsed = tl_parser::parse(source, sources.text(source));
    let is_error = parsed.diagnostics.iter().any(|it| it.severity == Severity::Error);
    assert!(!is_error, "{}", render_all(&parsed.diagnostics, &sources));
    (parsed.file, sources)
}
