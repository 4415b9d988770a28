//! Schemas for tests.

use std::path::{Path, PathBuf};

use typelang_ir::{ConstructorId, FunctionId, Resolution, ResolveOptions, Schema, TypeId, resolve};
use typelang_parser::{Severity, Sources, parse, render_all};

/// Resolves texts that together make one schema.
pub(crate) fn resolve_texts(texts: &[&str]) -> Resolution {
    let mut sources = Sources::new();
    let files = texts.iter().map(|text| {
        let source = sources.add("test.tl", *text);
        let parsed = parse(source, sources.text(source));
        let is_sound = parsed.diagnostics.iter().all(|it| it.severity == Severity::Note);
        assert!(is_sound, "{}", render_all(&parsed.diagnostics, &sources));
        parsed.file
    });
    resolve(&files.collect::<Vec<_>>(), ResolveOptions::default())
}

/// The schema of a text without errors.
pub(crate) fn schema(text: &str) -> Schema {
    let resolution = resolve_texts(&[text]);
    let errors: Vec<_> = resolution.diagnostics.iter().filter(|it| it.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    resolution.schema
}

/// The schema of a text, and its errors as a reader sees them.
pub(crate) fn schema_and_errors(name: &str, text: &str) -> (Schema, String) {
    let mut sources = Sources::new();
    let source = sources.add(name, text);
    let parsed = parse(source, sources.text(source));
    let resolution = resolve(&[parsed.file], ResolveOptions::default());
    let all = parsed.diagnostics.into_iter().chain(resolution.diagnostics);
    let errors: Vec<_> = all.filter(|it| it.severity == Severity::Error).collect();
    (resolution.schema, render_all(&errors, &sources))
}

/// The schema of a file without errors.
pub(crate) fn schema_of_file(path: &Path) -> Schema {
    let text = std::fs::read_to_string(path).expect("a schema");
    let (schema, errors) = schema_and_errors(&path.display().to_string(), &text);
    assert_eq!(errors, "");
    schema
}

/// A file or folder of the repository, or beside it.
pub(crate) fn beneath_root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

pub(crate) fn ty(schema: &Schema, name: &str) -> TypeId {
    schema.find_type(name).unwrap_or_else(|| panic!("no type {name}"))
}

pub(crate) fn constructor(schema: &Schema, name: &str) -> ConstructorId {
    schema.find_constructor(name).unwrap_or_else(|| panic!("no constructor {name}"))
}

pub(crate) fn function(schema: &Schema, name: &str) -> FunctionId {
    let found = schema.function_ids().find(|&id| schema[id].combinator.name.to_string() == name);
    found.unwrap_or_else(|| panic!("no function {name}"))
}

/// Names of all types, constructors and functions.
pub(crate) fn names(schema: &Schema) -> [Vec<String>; 3] {
    [
        schema.types.iter().map(|it| it.name.to_string()).collect(),
        schema.constructors.iter().map(|it| it.combinator.name.to_string()).collect(),
        schema.functions.iter().map(|it| it.combinator.name.to_string()).collect(),
    ]
}
