//! Real schemas resolve without errors, and nothing of them is lost.

#[allow(dead_code, reason = "each test uses a part")]
mod support;

use std::path::{Path, PathBuf};

use support::{beneath_root, resolve_texts, schema_and_errors, schema_of_file};
use typelang_ir::{Facts, ResolveOptions, Schema, resolve};
use typelang_parser::Severity;
use typelang_parser::ids::{Dialect, detect_dialect};

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
    for name in ["api", "mtproto", "secret"] {
        check(&beneath_root("schema").join(format!("{name}.tl")));
    }
    let api = schema_of_file(&beneath_root("schema/api.tl"));
    assert_eq!(api.layer, Some(230));
    println!("{} constructors, {} functions", api.constructors.len(), api.functions.len());
}

/// The folder of schemas beside the repository, if it is there.
fn shared_schemas() -> Option<PathBuf> {
    let folder = beneath_root("../shared/schemas");
    if !folder.is_dir() {
        println!("skipped: no folder {}", folder.display());
        return None;
    }
    Some(folder)
}

#[test]
fn schemas_beside_the_repository() {
    let Some(folder) = shared_schemas() else { return };
    let mut paths = files(&folder.join("telegram"));
    paths.extend(files(&folder.join("telegram/layers")));
    paths.extend(files(&folder.join("tdlib")));
    assert!(paths.len() > 10, "{paths:?}");
    for path in paths {
        check(&path);
    }
}

/// Files of the families with dependent types, each with those that it needs.
const FAMILIES: &[&[&str]] = &[
    &["ton/ton_api.tl"],
    &["ton/lite_api.tl"],
    &["ton/tonlib_api.tl"],
    &["vk/cases.tl"],
    &["vk/schema.tl"],
    &["vk/kphp-common.tl"],
    &["vk/kphp-tl.tl"],
    &["vk/goldmaster.tl"],
    &["vk/goldmaster.tl", "vk/goldmaster2.tl"],
    &["vk/goldmaster.tl", "vk/goldmaster3.tl"],
    &["vk/goldmaster.tl", "vk/goldmaster2.tl", "vk/goldmaster3.tl"],
    &["vk/kdb/common.tl"],
    &["vk/kdb/common.tl", "vk/kdb/memcache.tl"],
    &["vk/kdb/common.tl", "vk/kdb/photo.tl"],
    &["vk/kdb/common.tl", "vk/kdb/tl.tl"],
];

#[test]
fn families_beside_the_repository() {
    let Some(folder) = shared_schemas() else { return };
    for names in FAMILIES {
        let read = |name: &&str| std::fs::read_to_string(folder.join(name)).expect("a schema");
        let texts: Vec<String> = names.iter().map(read).collect();
        let resolution = resolve_texts(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        let errors: Vec<_> = resolution.diagnostics.iter().filter(|it| it.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{names:?}: {errors:#?}");
        let schema = &resolution.schema;
        let repeated = resolution.diagnostics.iter().filter(|it| it.code == "repeated-definition").count();
        let declared: usize = texts.iter().map(|text| declarations(text)).sum();
        let found = schema.declared_constructors() + schema.functions.len() + schema.builtins.len();
        assert_eq!(found + repeated, declared, "{names:?}");
        check_facts(schema);
    }
}

/// Combinators of a text, as the parser reads them.
fn declarations(text: &str) -> usize {
    typelang_parser::parse(Default::default(), text).file.combinators().count()
}

/// The dialect of every file with ids of its own shows itself.
#[test]
fn dialects_are_found() {
    let Some(folder) = shared_schemas() else { return };
    let telegram = ["telegram", "telegram/layers"].map(|name| files(&folder.join(name))).concat();
    let reference = ["tdlib", "ton", "vk", "vk/kdb"].map(|name| files(&folder.join(name))).concat();
    let expected = [(Dialect::Telegram, telegram), (Dialect::Reference, reference)];
    for (dialect, path) in expected.iter().flat_map(|(dialect, paths)| paths.iter().map(move |path| (*dialect, path))) {
        let text = std::fs::read_to_string(path).expect("a schema");
        let file = typelang_parser::parse(Default::default(), &text).file;
        assert_eq!(detect_dialect(&file), dialect, "{}", path.display());
        assert_eq!(ResolveOptions::default().dialect_of(&file), dialect);
        // Telegram assigns few ids by hand, and those are known. One layer has the slip of `corrected`.
        let schema = resolve(std::slice::from_ref(&file), ResolveOptions::default());
        let mismatches = schema.diagnostics.iter().filter(|it| it.code == "id-mismatch").count();
        let slips = usize::from(path.ends_with("layer-051.tl"));
        assert!(mismatches == slips || dialect == Dialect::Reference, "{}: {mismatches}", path.display());
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder of schemas");
    let paths = entries.map(|entry| entry.expect("readable").path());
    let mut paths: Vec<PathBuf> = paths.filter(|path| path.extension().is_some_and(|it| it == "tl")).collect();
    paths.sort();
    paths
}
