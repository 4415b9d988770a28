//! Uses for the types with parameters of a schema: no value of such a type stands alone, and some are used by nothing.

use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use tl_ir::{ConstructorKind, ParameterKind, Profile, ResolveOptions, Schema, TypeId, resolve};
use tl_parser::{Sources, parse};

/// Writes a schema file with two uses of every type with parameters, and returns its path if there is such a type. The
/// types are those of `files`, which have no errors that generating would not report.
pub(crate) fn write(
    files: &[PathBuf],
    profile: Option<Profile>,
    path: PathBuf,
) -> Result<Option<PathBuf>, Box<dyn Error>> {
    let schema = load(files, profile)?;
    let mut text = String::new();
    for id in schema.type_ids().filter(|&id| has_parameters(&schema, id)) {
        let number = id.index();
        let first = applied(&schema, id, "int", "n");
        let second = applied(&schema, id, "(Vector string)", "2");
        writeln!(text, "instances.use{number} n:# first:{first} second:{second} = instances.Use{number};")?;
    }
    if text.is_empty() {
        return Ok(None);
    }
    write_if_changed(&path, &text)?;
    Ok(Some(path))
}

fn load(files: &[PathBuf], profile: Option<Profile>) -> Result<Schema, Box<dyn Error>> {
    let mut sources = Sources::new();
    let mut parsed = Vec::new();
    for file in files {
        let source = sources.add(file.display().to_string(), fs::read_to_string(file)?);
        parsed.push(parse(source, sources.text(source)).file);
    }
    Ok(resolve(&parsed, ResolveOptions { profile, ..ResolveOptions::default() }).schema)
}

/// Whether a type has parameters and a name that can be written.
fn has_parameters(schema: &Schema, id: TypeId) -> bool {
    let is_group = |id: &tl_ir::ConstructorId| schema[*id].kind == ConstructorKind::Group;
    !schema[id].parameters.is_empty() && !schema[id].constructors.iter().any(is_group)
}

/// The type with the same argument for all parameters of a kind: `(ns.Pair int int)`.
fn applied(schema: &Schema, id: TypeId, ty: &str, number: &str) -> String {
    let arguments = schema[id].parameters.iter().map(|parameter| match parameter.kind {
        ParameterKind::Type => ty,
        ParameterKind::Nat => number,
    });
    format!("({} {})", schema[id].name, arguments.collect::<Vec<_>>().join(" "))
}

/// A file that did not change keeps its date, so that nothing is built again.
fn write_if_changed(path: &Path, text: &str) -> std::io::Result<()> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) { Ok(()) } else { fs::write(path, text) }
}
