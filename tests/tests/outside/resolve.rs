//! Published schemas resolve without errors, and nothing of them is lost.

use std::fs;
use std::path::Path;

use typelang_ir::codes::REPEATED_DEFINITION;
use typelang_ir::{Facts, Resolution, ResolveOptions, Schema, resolve};
use typelang_parser::ast::File;
use typelang_parser::codes::ID_MISMATCH;
use typelang_parser::ids::{Dialect, detect_dialect};
use typelang_parser::{Severity, Sources, parse, render_all};
use typelang_tests::published::Published;
use typelang_tests::schemas;
use typelang_tests::trials::{Trial, for_each};

pub(crate) fn trials() -> Vec<Trial> {
    let resolved = for_each("resolve", schemas::published(), |schema| schema.name.clone(), resolves);
    let dialects = for_each("dialect", schemas::published(), |schema| schema.name.clone(), shows_its_dialect);
    resolved.into_iter().chain(dialects).collect()
}

/// Texts that make one schema, resolved, and the errors as a reader sees them.
fn resolved(texts: &[(&str, &str)]) -> (Vec<File>, Resolution, String) {
    let mut sources = Sources::new();
    let mut files = Vec::new();
    let mut found = Vec::new();
    for (name, text) in texts {
        let source = sources.add(*name, *text);
        let parsed = parse(source, sources.text(source));
        files.push(parsed.file);
        found.extend(parsed.diagnostics);
    }
    let resolution = resolve(&files, ResolveOptions::default());
    found.extend(resolution.diagnostics.iter().cloned());
    found.retain(|it| it.severity == Severity::Error);
    (files, resolution, render_all(&found, &sources))
}

/// One of the schemas has a slip of its own, which is found.
fn corrected(path: &Path, text: String) -> String {
    if !path.ends_with("layer-051.tl") {
        return text;
    }
    let (_, _, errors) = resolved(&[("layer-051.tl", &text)]);
    assert!(errors.contains("layer-051.tl:87:60") && errors.contains("did you mean `future_salt`?"), "{errors}");
    assert_eq!(errors.matches("error[").count(), 1, "{errors}");
    text.replace("vector<futureSalt>", "vector<future_salt>")
}

fn resolves(published: Published) {
    let read = |path: &_| corrected(path, fs::read_to_string(path).expect("a schema"));
    let texts: Vec<String> = published.files.iter().map(|path| read(path)).collect();
    let named: Vec<(&str, &str)> = texts.iter().map(|text| (published.name.as_str(), text.as_str())).collect();
    let (files, resolution, errors) = resolved(&named);
    assert_eq!(errors, "");
    let schema = &resolution.schema;
    let repeated = resolution.diagnostics.iter().filter(|it| it.code == &REPEATED_DEFINITION).count();
    let declared: usize = files.iter().map(|file| file.combinators().count()).sum();
    let found = schema.declared_constructors() + schema.functions.len() + schema.builtins.len();
    assert_eq!(found + repeated, declared);
    if ["telegram", "tdlib"].contains(&published.family()) {
        // One declaration a line, so that they can be counted without the parser.
        assert_eq!(declared, texts.iter().map(|text| counted(text)).sum::<usize>());
        assert_eq!(schema.constructors.len(), schema.declared_constructors());
        assert!(schema.types.iter().all(|ty| !ty.constructors.is_empty()));
    }
    check_facts(schema);
}

/// Lines with `=` and a semicolon.
fn counted(text: &str) -> usize {
    let lines = text.lines().map(|line| line.split("//").next().unwrap_or_default().trim());
    lines.filter(|line| line.ends_with(';') && line.contains('=')).count()
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

/// The dialect of every file shows itself.
fn shows_its_dialect(schema: Published) {
    let text = fs::read_to_string(schema.path()).expect("a schema");
    let file = parse(Default::default(), &text).file;
    let expected = if schema.family() == "telegram" { Dialect::Telegram } else { Dialect::Reference };
    assert_eq!(detect_dialect(&file), expected);
    assert_eq!(ResolveOptions::default().dialect_of(&file), expected);
    // Telegram assigns few ids by hand, and those are known. One layer has the slip of `corrected`.
    let resolution = resolve(&[file], ResolveOptions::default());
    let mismatches = resolution.diagnostics.iter().filter(|it| it.code == &ID_MISMATCH).count();
    let slips = usize::from(schema.stem() == "layer-051");
    assert!(mismatches == slips || expected == Dialect::Reference, "{mismatches}");
}
