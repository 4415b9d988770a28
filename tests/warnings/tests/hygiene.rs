//! No name of a schema hides anything that generated code uses.
//!
//! The code of a schema that has everything, and whose names are like no others, gives all words that the generator writes itself. A
//! schema of nothing but these words, in every role that a name can have, must compile without a warning.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use typelang_build::{Options, generate_features, generate_file};
use typelang_facts::{Callers, CallersStatement, ErrorFacts, Facts, Method, MethodError};
use typelang_ir::{ResolveOptions, Schema, resolve};
use typelang_parser::{Severity, SourceId, parse};
use typelang_tests_warnings::option_sets::option_sets;
use typelang_tests_warnings::scratch::{Scratch, Tool};

const COVERAGE: &str = include_str!("coverage.tl");

fn schema(text: &str) -> Schema {
    let parsed = parse(SourceId::default(), text);
    assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics);
    let resolved = resolve(&[parsed.file], ResolveOptions::default());
    let errors: Vec<_> = resolved.diagnostics.iter().filter(|it| it.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    resolved.schema
}

/// The identifiers of tokens.
fn words(tokens: TokenStream, found: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => words(group.stream(), found),
            TokenTree::Ident(ident) => {
                let text = ident.to_string();
                found.insert(text.trim_start_matches("r#").to_owned());
            }
            TokenTree::Literal(_) | TokenTree::Punct(_) => {}
        }
    }
}

/// All words that the generator writes itself, and those of the macros that its code calls.
fn own_words() -> BTreeSet<String> {
    let schema = schema(COVERAGE);
    let mut found = BTreeSet::new();
    for (_, mut options) in option_sets() {
        options.facts = facts("zqGet", ["ZQ_FAULT"]);
        words(generate_file(&schema, &options).parse().expect("tokens"), &mut found);
    }
    for macros in ["arbitrary.rs", "debug.rs", "prelude.rs", "serde/mod.rs", "variant.rs"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../runtime/src").join(macros);
        let text = std::fs::read_to_string(path).expect("readable");
        words(text.parse().expect("tokens"), &mut found);
    }
    found.retain(|word| {
        !word.to_ascii_lowercase().contains("zq") && word.starts_with(|it: char| it.is_ascii_alphabetic())
    });
    // Words of the language and of systems that generated code may not use today.
    let others = "abstract crate self super Self union macro_rules str u128 f32 con aux nul prn com1 lpt9 mod lib main build core std alloc test a_";
    found.extend(others.split(' ').map(str::to_owned));
    found
}

/// Errors of these names, and a function that returns them all.
fn facts<'a>(function: &str, errors: impl IntoIterator<Item = &'a str>) -> Facts {
    let mut facts = Facts::default();
    let mut method = Method::default();
    for name in errors.into_iter().flat_map(|name| [name.to_owned(), format!("{name}_%d")]) {
        facts.errors.insert(name.clone(), ErrorFacts { codes: vec![400], ..ErrorFacts::default() });
        method.errors.push(MethodError { name, sources: Vec::new() });
    }
    method.callers.push(CallersStatement { callers: Callers::Both, source: None });
    facts.methods.insert(function.to_owned(), method);
    facts
}

/// A schema whose names are these words, in every role.
fn schema_of(words: &BTreeSet<String>) -> String {
    let (mut types, mut functions) = (String::new(), String::new());
    let mut seen = BTreeSet::new();
    for word in words {
        let (low, up) = (cased(word, u8::to_ascii_lowercase), cased(word, u8::to_ascii_uppercase));
        if !seen.insert(low.clone()) {
            continue;
        }
        // Built-in types are not a schema's to define.
        let built_in =
            ["bool", "bytes", "double", "function", "int", "long", "object", "string", "true", "tuple", "vector"];
        let is_built_in = built_in.contains(&low.as_str());
        let (low, up) = if is_built_in { (format!("{low}_"), format!("{up}_")) } else { (low, up) };
        // Structs and an enum at the root, and a function; fields, local variables, groups and their methods.
        let _ = writeln!(types, "{low} {low}:# zf:# za:zf.0?int {word}_x:{low}*[int] = {up};");
        let _ = writeln!(types, "{low}2 zf:# {word}:zf.0?int zb:zf.0?{up} zc:zf.1?true = {up};");
        let _ = writeln!(functions, "{low} {low}:{up} zf:# {word}_x:zf.0?int zy:zf.0?int = {up};");
        // Namespaces, and type variables in them.
        let _ =
            writeln!(types, "{low}.x {{{word}:Type}} {{zn:#}} za:{word} zb:zn*[{word}] zc:{up} = {low}.Y {word} zn;");
        let _ = writeln!(functions, "{low}.f {{{word}:Type}} zf:# za:zf.0?int zb:zf.0?int zq:!{word} = {word};");
    }
    format!("{types}holder a:Object b:Function = Holder;\n---functions---\n{functions}")
}

fn cased(word: &str, case: fn(&u8) -> u8) -> String {
    let mut bytes = word.as_bytes().to_vec();
    if let Some(first) = bytes.first_mut() {
        *first = case(first);
    }
    String::from_utf8(bytes).expect("ASCII")
}

/// Compiles what is generated for a schema of words with some sets of options.
fn check<'a>(words: &BTreeSet<String>, sets: impl Iterator<Item = (&'a str, Options)>, edition: &str) {
    let schema = schema(&schema_of(words));
    let mut scratch = Scratch::new("hygiene");
    for (name, options) in sets {
        let facts = facts("option", words.iter().map(String::as_str));
        let options = Options { facts, pretty: false, ..options };
        scratch.add(name, &generate_file(&schema, &options));
        scratch.add_features(&generate_features(&schema, &options).unwrap_or_default());
    }
    if let Err(report) = scratch.run(Tool::Clippy, edition) {
        panic!("edition {edition}: {}", report.get(..20_000).unwrap_or(&report));
    }
}

#[test]
fn no_name_hides_what_generated_code_uses() {
    let words = own_words();
    assert!(words.len() > 200, "{words:?}");
    check(&words, option_sets().into_iter().take(1), "2024");
}

#[test]
fn no_name_hides_what_code_with_other_options_uses() {
    // All words in both would take three times as long, and every option treats all words alike.
    let words: BTreeSet<String> = own_words().into_iter().step_by(4).collect();
    check(&words, option_sets().into_iter().skip(2), "2021");
}
