//! Every code that the parser, the resolver, fact files or the command can report is explained, and nothing else is.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use typelang_lint::{Default, Group, codes, explain, find_code, reference};

/// Whether a text has the form of a code.
fn is_code(text: &str) -> bool {
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    text.contains('-') && text.split('-').all(is_word)
}

/// The string literals of the form of a code in the sources beneath a folder, tests aside.
fn literals(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            literals(&path, found);
        } else if path.extension().is_some_and(|it| it == "rs") && path.file_stem().is_some_and(|it| it != "tests") {
            let text = fs::read_to_string(&path).expect("a source");
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
            found.extend(
                lines.flat_map(|line| line.split('"').skip(1).step_by(2)).filter(|it| is_code(it)).map(str::to_owned),
            );
        }
    }
}

fn reported() -> BTreeSet<String> {
    let root: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = BTreeSet::new();
    for folder in ["tl-parser/src", "ir/src", "facts/src", "cli/src/commands/check"] {
        literals(&root.join(folder), &mut found);
    }
    found
}

#[test]
fn every_code_is_explained() {
    let missing: Vec<String> = reported().into_iter().filter(|name| find_code(name).is_none()).collect();
    assert!(missing.is_empty(), "add these to a list in src/codes: {missing:?}");
}

#[test]
fn nothing_is_explained_that_is_not_reported() {
    let reported = reported();
    for group in [Group::Parser, Group::Resolver, Group::Facts] {
        let stale: Vec<&str> =
            group.codes().iter().map(|code| code.name).filter(|name| !reported.contains(*name)).collect();
        assert!(stale.is_empty(), "nobody reports {stale:?}");
    }
}

#[test]
fn names_are_unique_and_texts_are_whole() {
    let mut names = BTreeSet::new();
    for code in codes() {
        assert!(is_code(code.name) && names.insert(code.name), "{}", code.name);
        assert!(!code.summary.ends_with('.'), "{}", code.name);
        assert!(code.explanation.ends_with(['.', '`']), "{}", code.name);
        assert!(code.explanation.matches("```").count() % 2 == 0, "{}", code.name);
    }
}

#[test]
fn explanations_say_what_can_be_done() {
    let allowed = explain("shared-bit").expect("a code");
    assert!(allowed.starts_with("# `shared-bit`\n") && allowed.contains("`--warn shared-bit`"), "{allowed}");
    let warned = explain("id-mismatch").expect("a code");
    assert!(warned.contains("`// tl:allow(id-mismatch)`"), "{warned}");
    let error = explain("unknown-type").expect("a code");
    assert!(error.contains("This is an error.") && !error.contains("--allow"), "{error}");
    assert_eq!(explain("shared-bits"), None);
}

#[test]
fn the_reference_has_every_code() {
    let page = reference();
    for code in codes() {
        assert!(page.contains(&format!("\n## `{}`\n", code.name)), "{}", code.name);
        assert_eq!(page.matches(&format!("| [`{}`]", code.name)).count(), 1, "{}", code.name);
    }
    assert_eq!(find_code("unknown-type").map(|code| code.default), Some(Default::Error));
}
