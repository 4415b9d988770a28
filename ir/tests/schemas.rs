//! The schemas of the repository resolve without errors, and nothing of them is lost. `tests` does the same with published
//! schemas.

#[allow(dead_code, reason = "each test uses a part")]
mod support;

use std::path::Path;

use typelang_ir::{Facts, Schema};

use support::{beneath_root, schema_and_errors};

/// Declarations of a text, counted without the parser: lines with `=`, before and after the header of functions.
fn counted(text: &str) -> usize {
    let lines = text.lines().map(|line| line.split("//").next().unwrap_or_default().trim());
    lines.filter(|line| line.ends_with(';') && line.contains('=')).count()
}

/// The layer that a comment of a text names.
fn layer(text: &str) -> Option<u32> {
    let layer = text.lines().find_map(|line| line.strip_prefix("// LAYER "))?;
    Some(layer.trim().parse().expect("a number"))
}

fn check(path: &Path) {
    let text = std::fs::read_to_string(path).expect("a schema");
    let (schema, errors) = schema_and_errors(&path.display().to_string(), &text);
    assert_eq!(errors, "");
    let found = schema.constructors.len() + schema.functions.len() + schema.builtins.len();
    assert_eq!(found, counted(&text), "{}", path.display());
    assert!(schema.types.iter().all(|ty| !ty.constructors.is_empty()));
    assert_eq!(schema.layer, layer(&text), "{}", path.display());
    check_facts(&schema);
}

/// Facts are there for everything, and agree with each other.
fn check_facts(schema: &Schema) {
    let facts = Facts::new(schema);
    for id in schema.type_ids() {
        let facts = facts.ty(id);
        assert!(facts.fixed_length.is_none_or(|fixed| fixed == facts.least_length), "{}", schema[id].name);
    }
    for id in schema.constructor_ids() {
        let facts = facts.constructor(id);
        assert!(facts.fixed_length.is_none_or(|fixed| fixed == facts.least_length), "{}", schema[id].combinator.name);
    }
}

#[test]
fn schemas_of_the_repository() {
    for entry in std::fs::read_dir(beneath_root("schema")).expect("the folder of schemas") {
        let path = entry.expect("readable").path();
        let is_history = || typelang_parser::is_history(&std::fs::read_to_string(&path).expect("readable"));
        if path.extension().is_some_and(|extension| extension == "tl") && !is_history() {
            check(&path);
        }
    }
}
