//! The codes as values: their names and texts, and what is made of them.

use std::collections::BTreeSet;

use typelang_ir::codes::UNKNOWN_TYPE;
use typelang_lint::codes::SHARED_BIT;
use typelang_lint::{Group, all_codes, explain, find_code, reference};
use typelang_parser::codes::ID_MISMATCH;
use typelang_parser::{Code, DefaultLevel};

/// Returns whether a text is in kebab case: words of lower-case letters and digits.
fn is_kebab_case(text: &str) -> bool {
    let is_word =
        |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    text.contains('-') && text.split('-').all(is_word)
}

#[test]
fn names_are_unique_and_texts_are_whole() {
    let mut names = BTreeSet::new();
    for Code { name, summary, explanation, .. } in all_codes() {
        assert!(is_kebab_case(name) && names.insert(name), "{name}");
        assert!(!summary.is_empty() && !summary.ends_with('.'), "{name}");
        assert!(explanation.ends_with(['.', '`']), "{name}");
        assert_eq!(explanation.matches("```").count() % 2, 0, "{name}: a block is not closed");
    }
}

#[test]
fn lists_are_by_name() {
    for list in
        [typelang_parser::codes::ALL, typelang_ir::codes::ALL, typelang_facts::codes::ALL, typelang_history::codes::ALL]
    {
        assert!(list.is_sorted_by_key(|code| code.name), "{list:?}");
    }
}

#[test]
fn every_code_is_found_by_its_name() {
    for code in all_codes() {
        assert_eq!(find_code(code.name), Some(code));
    }
    assert_eq!(find_code("unknown"), None);
    let of_groups: usize = Group::ALL.map(|group| group.codes().len()).iter().sum();
    assert_eq!(of_groups, all_codes().count());
}

#[test]
fn only_lints_are_silent_by_default() {
    let silent = all_codes().filter(|code| code.level == DefaultLevel::Silence);
    let lints = Group::Lint.codes();
    for code in silent {
        assert!(lints.contains(&code), "{code}");
    }
}

#[test]
fn explanations_say_what_can_be_done() {
    let explained = |code: &Code| explain(code.name).expect("a code");
    let allowed = explained(&SHARED_BIT);
    assert!(allowed.starts_with("# `shared-bit`\n") && allowed.contains("`--warn shared-bit`"), "{allowed}");
    let warned = explained(&ID_MISMATCH);
    assert!(warned.contains("`// tl:allow(id-mismatch)`"), "{warned}");
    let error = explained(&UNKNOWN_TYPE);
    assert!(error.contains("This is an error.") && !error.contains("--allow"), "{error}");
    assert_eq!(explain("shared-bits"), None);
}

#[test]
fn the_reference_has_every_code() {
    let page = reference();
    for code in all_codes() {
        assert!(page.contains(&format!("\n## `{code}`\n")), "{code}");
        assert_eq!(page.matches(&format!("| [`{code}`]")).count(), 1, "{code}");
    }
}
