//! Each lint has schemas in which it finds something and schemas in which it must not. So has each explanation.

use std::fs;
use std::path::{Path, PathBuf};

use typelang_lint::codes::{COMBINATOR_CASE, UNUSED_TYPE};
use typelang_lint::{Group, Level, Levels, Selector};
use typelang_parser::codes::ID_MISMATCH;
use typelang_parser::{Code, Severity, apply_edits, render_all};

use crate::common::{self, Checked};

fn lints() -> Vec<&'static Code> {
    Group::Lint.codes()
}

fn folder(code: &str, kind: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas").join(code).join(kind)
}

/// Checks the schemas of a folder together, with one lint as a warning and the others allowed.
fn check(code: &str, kind: &str) -> Checked {
    let folder = folder(code, kind);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let texts: Vec<(String, String)> = paths
        .iter()
        .map(|path| {
            let name = path.file_name().expect("a file").to_string_lossy().into_owned();
            (name, fs::read_to_string(path).expect("a schema"))
        })
        .collect();
    assert!(!texts.is_empty(), "{code}: no schemas in {kind}");
    let texts: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    common::check(&texts, &only(code))
}

fn only(code: &str) -> Levels {
    let mut levels = Levels::new();
    levels.set("all".parse().expect("a group"), Level::Allow);
    levels.set(code.parse().expect("a code"), Level::Warn);
    levels
}

#[test]
fn what_is_to_be_found_is_found() {
    for code in lints() {
        let checked = check(code.name, "found");
        assert!(!checked.diagnostics.is_empty(), "{} finds nothing", code.name);
        let expected = vec![(code, Severity::Warning); checked.diagnostics.len()];
        assert_eq!(checked.severities(), expected);
        insta::assert_snapshot!(code.name, render_all(&checked.diagnostics, &checked.sources));
    }
}

#[test]
fn codes_tell_which_findings_can_be_mended() {
    for code in lints() {
        let checked = check(code.name, "found");
        let has_fix = checked.diagnostics.iter().any(|finding| finding.fix.is_some());
        assert_eq!(has_fix, code.fix.is_some(), "{code}");
    }
}

#[test]
fn what_is_mended_is_no_finding_any_more() {
    for (text, expected) in [
        ("// tl:allow(shared-bits)\na = A;\n", "// tl:allow(shared-bit)\na = A;\n"),
        ("// tl:alow(all)\na = A;\n", "// tl:allow(all)\na = A;\n"),
        ("// é tl:x\n// tl:profile( tom )\na = A;\n", "// é tl:x\n// tl:profile(ton)\na = A;\n"),
        ("@wirte a = A;\n", "@write a = A;\n"),
        ("bot_photo#2 = BotPhoto;\n", "bot_photo#00000002 = BotPhoto;\n"),
    ] {
        let mut levels = Levels::new();
        levels.set("all".parse().expect("a group"), Level::Warn);
        for allowed in [&ID_MISMATCH, &COMBINATOR_CASE, &UNUSED_TYPE] {
            levels.set(Selector::Code(allowed), Level::Allow);
        }
        let found = common::check(&[("a.tl", text)], &levels).diagnostics;
        let edits = found.iter().filter_map(|finding| finding.fix.as_ref()).flat_map(|fix| &fix.edits);
        assert_eq!(apply_edits(text, edits), expected);
        assert_eq!(common::check(&[("a.tl", expected)], &levels).diagnostics, []);
    }
}

#[test]
fn what_is_right_is_left_alone() {
    for code in lints() {
        let checked = check(code.name, "quiet");
        assert_eq!(checked.diagnostics, [], "{}", render_all(&checked.diagnostics, &checked.sources));
    }
}

#[test]
fn the_examples_of_the_explanations_are_findings() {
    for code in lints() {
        let example = code.explanation.split("```").nth(1).and_then(|block| block.strip_prefix("text\n"));
        let example = example.unwrap_or_else(|| panic!("{} has no example", code.name));
        // A line `// name.tl` begins a file.
        let mut files: Vec<(String, String)> = vec![(String::new(), String::new())];
        for line in example.lines() {
            match line.strip_prefix("// ").filter(|name| name.ends_with(".tl")) {
                Some(name) => files.push((name.to_owned(), String::new())),
                None => files.last_mut().expect("a file").1.push_str(&format!("{line}\n")),
            }
        }
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let checked = common::check(&files, &only(code.name));
        assert!(checked.codes().contains(&code), "the example of {} gives {:?}", code.name, checked.codes());
    }
}

#[test]
fn every_folder_belongs_to_a_lint() {
    let folders = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas")).expect("the schemas");
    for folder in folders {
        let name = folder.expect("an entry").file_name().to_string_lossy().into_owned();
        assert!(lints().iter().any(|code| code.name == name), "there is no lint {name}");
    }
}
