//! Real schemas resolve without errors, and nothing of them is lost.

#[allow(dead_code, reason = "each test uses a part")]
mod support;

use std::path::{Path, PathBuf};

use support::{beneath_root, schema_and_errors, schema_of_file};
use tl_ir::{Facts, LayoutOptions};

/// Declarations of a text, counted without the parser: lines with `=`, before and after the header of functions.
fn counted(text: &str) -> usize {
    let lines = text.lines().map(|line| line.split("//").next().unwrap_or_default().trim());
    lines.filter(|line| line.ends_with(';') && line.contains('=')).count()
}

/// One of the schemas has a slip of its own, which is found.
fn corrected(path: &Path, text: String) -> String {
    if !path.ends_with("layer-051.tl") {
        return text;
    }
    let (_, errors) = schema_and_errors("layer-051.tl", &text);
    assert!(errors.contains("layer-051.tl:87:60") && errors.contains("did you mean `future_salt`?"), "{errors}");
    assert_eq!(errors.matches("error[").count(), 1, "{errors}");
    text.replace("vector<futureSalt>", "vector<future_salt>")
}

fn check(path: &Path) {
    let text = corrected(path, std::fs::read_to_string(path).expect("a schema"));
    let (schema, errors) = schema_and_errors(&path.display().to_string(), &text);
    assert_eq!(errors, "");
    let found = schema.constructors.len() + schema.functions.len() + schema.builtins.len();
    assert_eq!(found, counted(&text), "{}", path.display());
    assert!(schema.types.iter().all(|ty| !ty.constructors.is_empty()));
    // Facts are there for everything, and agree with each other.
    let facts = Facts::new(&schema, LayoutOptions::default());
    for id in schema.type_ids() {
        let facts = facts.ty(id);
        assert!(facts.fixed_length.is_none_or(|fixed| fixed == facts.least_length), "{}", schema[id].name);
    }
    for id in schema.constructor_ids() {
        let facts = facts.constructor(id);
        assert!(facts.fixed_length.is_none_or(|fixed| fixed == facts.least_length), "{}", schema[id].combinator.name);
        assert!(!facts.traits.hash || facts.traits.eq);
    }
}

#[test]
fn schemas_of_the_repository() {
    for name in ["api", "mtproto", "secret"] {
        check(&beneath_root("schema").join(format!("{name}.tl")));
    }
    let api = schema_of_file(&beneath_root("schema/api.tl"));
    assert_eq!(api.layer, Some(230));
    println!("{} constructors, {} functions", api.constructors.len(), api.functions.len());
}

#[test]
fn schemas_beside_the_repository() {
    let folder = beneath_root("../shared/schemas");
    if !folder.is_dir() {
        println!("skipped: no folder {}", folder.display());
        return;
    }
    let mut paths = files(&folder.join("telegram"));
    paths.extend(files(&folder.join("telegram/layers")));
    paths.extend(files(&folder.join("tdlib")));
    assert!(paths.len() > 10, "{paths:?}");
    for path in paths {
        check(&path);
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder of schemas");
    let paths = entries.map(|entry| entry.expect("readable").path());
    let mut paths: Vec<PathBuf> = paths.filter(|path| path.extension().is_some_and(|it| it == "tl")).collect();
    paths.sort();
    paths
}
