//! The one place that reads files.

use std::path::{Path, PathBuf};

use typelang_facts::Facts;
use typelang_ir::Schema;
use typelang_parser::ast::File;
use typelang_parser::{Diagnostic, Sources, parse};

use super::Error;

/// Reads a text file.
pub(super) fn text(path: &Path) -> Result<String, Error> {
    std::fs::read_to_string(path).map_err(|source| Error::Read { path: path.to_owned(), source })
}

/// Reads and parses schema files. What is wrong inside of them is among the diagnostics.
pub(super) fn parse_files(paths: &[PathBuf]) -> Result<(Sources, Vec<Diagnostic>, Vec<File>), Error> {
    let mut sources = Sources::new();
    let mut diagnostics = Vec::new();
    let mut files = Vec::new();
    for path in paths {
        let bytes = std::fs::read(path).map_err(|source| Error::Read { path: path.clone(), source })?;
        let (id, invalid) = sources.add_bytes(path.display().to_string(), bytes);
        let parsed = parse(id, sources.text(id));
        diagnostics.extend(invalid);
        diagnostics.extend(parsed.diagnostics);
        files.push(parsed.file);
    }
    Ok((sources, diagnostics, files))
}

/// Reads fact files and checks them against the schema. What is wrong with them is added to the diagnostics.
#[cfg(feature = "facts")]
pub(super) fn facts(
    paths: &[PathBuf],
    schema: &Schema,
    sources: &mut Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Facts, Error> {
    let mut files = Vec::new();
    for path in paths {
        let bytes = std::fs::read(path).map_err(|source| Error::Read { path: path.clone(), source })?;
        let (id, invalid) = sources.add_bytes(path.display().to_string(), bytes);
        let parsed = typelang_facts::parse(id, sources.text(id));
        diagnostics.extend(invalid);
        diagnostics.extend(parsed.diagnostics);
        files.push(parsed.file);
    }
    let merged = typelang_facts::merge(&files, &[schema]);
    diagnostics.extend(merged.diagnostics);
    Ok(merged.facts)
}

/// Without the feature no fact file can be named.
#[cfg(not(feature = "facts"))]
pub(super) fn facts(_: &[PathBuf], _: &Schema, _: &mut Sources, _: &mut Vec<Diagnostic>) -> Result<Facts, Error> {
    Ok(Facts::default())
}
