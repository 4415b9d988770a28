//! Uses for the types with parameters of a schema: no value of such a type stands alone, and some are used by nothing.

use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use typelang_ir::{ConstructorKind, ParameterKind, Schema, TypeId};

/// Writes a schema file with two uses of every type with parameters, and returns its path if there is such a type.
pub(crate) fn write(schema: &Schema, path: PathBuf) -> Result<Option<PathBuf>, Box<dyn Error>> {
    let mut text = String::new();
    for id in schema.type_ids().filter(|&id| has_parameters(schema, id)) {
        let number = id.index();
        let first = applied(schema, id, "int", "n");
        let second = applied(schema, id, "(Vector string)", "2");
        writeln!(text, "instances.use{number} n:# first:{first} second:{second} = instances.Use{number};")?;
    }
    if text.is_empty() {
        return Ok(None);
    }
    fs::write(&path, &text)?;
    Ok(Some(path))
}

/// Whether a type has parameters and a name that can be written.
fn has_parameters(schema: &Schema, id: TypeId) -> bool {
    let is_group = |id: &typelang_ir::ConstructorId| schema[*id].kind == ConstructorKind::Group;
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
