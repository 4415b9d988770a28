//! What the files of the checked-in crate define with some features, against what the schema says that functions reach.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use syn::punctuated::Punctuated;
use syn::{Item, Meta, Token};
use typelang_ir::{Combinator, FunctionId, Schema, ValueType};
use typelang_tests::schemas;

/// Names of constructors, functions, and types that are enums.
#[derive(Debug, Default, PartialEq, Eq)]
struct Names {
    combinators: BTreeSet<String>,
    enums: BTreeSet<String>,
}

/// Whether an item is there, by its `cfg` attributes.
fn is_there(attributes: &[syn::Attribute], features: &[&str]) -> bool {
    let conditions = attributes.iter().filter(|it| it.path().is_ident("cfg"));
    conditions.map(|it| it.parse_args::<Meta>().expect("a predicate")).all(|it| holds(&it, features))
}

fn holds(predicate: &Meta, features: &[&str]) -> bool {
    match predicate {
        Meta::NameValue(pair) if pair.path.is_ident("feature") => {
            let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(name), .. }) = &pair.value else {
                panic!("a feature that is no text")
            };
            features.contains(&name.value().as_str())
        }
        Meta::List(list) => {
            let parts = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated).expect("predicates");
            match list.path.get_ident().expect("one word").to_string().as_str() {
                "any" => parts.iter().any(|it| holds(it, features)),
                "all" => parts.iter().all(|it| holds(it, features)),
                other => panic!("`{other}` in a predicate"),
            }
        }
        _ => panic!("a predicate of another kind"),
    }
}

/// Goes through the files of a module that are compiled with some features.
fn visit(folder: &Path, features: &[&str], names: &mut Names) {
    let text = fs::read_to_string(folder.join("mod.rs")).expect("readable");
    read(&text, names);
    for item in syn::parse_file(&text).expect("Rust").items {
        let Item::Mod(module) = item else { continue };
        if !is_there(&module.attrs, features) {
            continue;
        }
        let below = folder.join(module.ident.to_string());
        if below.is_dir() {
            visit(&below, features, names);
        } else {
            read(&fs::read_to_string(below.with_extension("rs")).expect("readable"), names);
        }
    }
}

/// The names that a file says its items have in the schema.
fn read(text: &str, names: &mut Names) {
    for line in text.lines() {
        if let Some(name) = between(line, "    const NAME: &'static str = \"", "\";") {
            assert!(names.combinators.insert(name.to_owned()), "{name} is there twice");
        }
        if let Some(name) = line.strip_prefix("/// The type `").and_then(|rest| rest.split('`').next()) {
            assert!(names.enums.insert(name.to_owned()), "{name} is there twice");
        }
    }
}

fn between<'a>(line: &'a str, before: &str, after: &str) -> Option<&'a str> {
    line.strip_prefix(before)?.strip_suffix(after)
}

/// What stands between two lines.
fn between_lines<'a>(text: &'a str, first: &str, last: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(&format!("\n{first}\n"))?;
    rest.split_once(&format!("\n{last}\n")).map(|(between, _)| between)
}

/// What the crate defines with some features.
fn defined(features: &[&str]) -> Names {
    let mut names = Names::default();
    for module in ["types", "enums", "functions"] {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../generated/src/api").join(module);
        visit(&folder, features, &mut names);
    }
    names
}

/// What functions reach: a type with all of its constructors, a bare constructor by itself, and so on with all fields.
fn reached(schema: &Schema, functions: impl Iterator<Item = FunctionId>) -> Names {
    let mut names = Names::default();
    let mut open: Vec<&Combinator> = Vec::new();
    let mut types: Vec<&ValueType> = Vec::new();
    for id in functions {
        open.push(&schema[id].combinator);
        types.push(&schema[id].result);
    }
    loop {
        if let Some(combinator) = open.pop() {
            if names.combinators.insert(combinator.name.to_string()) {
                types.extend(combinator.fields.iter().map(|field| &field.ty));
            }
        } else if let Some(ty) = types.pop() {
            ty.walk(&mut |ty| match ty {
                ValueType::Boxed(id, _) => {
                    let constructors = &schema[*id].constructors;
                    if constructors.len() != 1 {
                        names.enums.insert(schema[*id].name.to_string());
                    }
                    open.extend(constructors.iter().map(|&it| &schema[it].combinator));
                }
                ValueType::Bare(id, _) => open.push(&schema[*id].combinator),
                _ => {}
            });
        } else {
            return names;
        }
    }
}

fn feature_of(schema: &Schema, id: FunctionId) -> String {
    match schema[id].combinator.name.namespace.join(".") {
        namespace if namespace.is_empty() => "no-namespace".to_owned(),
        namespace => namespace,
    }
}

fn check(schema: &Schema, features: &[&str]) -> Names {
    let is_chosen = |id: &FunctionId| features.contains(&feature_of(schema, *id).as_str());
    let expected = reached(schema, schema.function_ids().filter(is_chosen));
    let found = defined(features);
    let missing: Vec<_> = expected.combinators.difference(&found.combinators).collect();
    let too_many: Vec<_> = found.combinators.difference(&expected.combinators).collect();
    assert!(missing.is_empty() && too_many.is_empty(), "{features:?}: missing {missing:?}, too many {too_many:?}");
    assert_eq!(found.enums, expected.enums, "{features:?}");
    found
}

#[test]
fn each_feature_has_what_its_namespace_reaches_and_nothing_else() {
    let schema = schemas::load("api.tl");
    let features: BTreeSet<String> = schema.function_ids().map(|id| feature_of(&schema, id)).collect();
    assert!(features.len() > 20 && features.contains("no-namespace"));
    for feature in &features {
        let names = check(&schema, &[feature]);
        assert!(names.combinators.len() >= 2, "{feature}");
    }
    let all: Vec<&str> = features.iter().map(String::as_str).collect();
    for pair in all.windows(2) {
        check(&schema, pair);
    }
    check(&schema, &[]);
    check(&schema, &all);
    assert!(check(&schema, &["help"]).combinators.len() * 5 < check(&schema, &all).combinators.len());
}

#[test]
fn with_the_feature_of_the_whole_there_is_everything() {
    let schema = schemas::load("api.tl");
    let features: BTreeSet<String> = schema.function_ids().map(|id| feature_of(&schema, id)).collect();
    let manifest = include_str!("../../../generated/Cargo.toml");
    let list = between_lines(manifest, "api = [", "]").expect("a list of several lines");
    let all: Vec<&str> = list.split('"').skip(1).step_by(2).collect();
    assert_eq!(all, features.iter().map(String::as_str).collect::<Vec<_>>());
    for feature in &all {
        assert!(manifest.lines().any(|line| line == format!("{feature} = [\"_api\"]")), "{feature}");
    }
    let found = defined(&[&["api", "_api"], &all[..]].concat());
    let constructors = schema.constructors.iter().map(|it| &it.combinator);
    let combinators = constructors.chain(schema.functions.iter().map(|it| &it.combinator));
    assert_eq!(found.combinators, combinators.map(|it| it.name.to_string()).collect());
    assert_eq!(found.enums.len(), schema.types.iter().filter(|it| it.constructors.len() != 1).count());
}
