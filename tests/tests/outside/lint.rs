//! Published schemas are what the default levels of the lints are made for.

use std::fs;

use typelang_lint::Levels;
use typelang_parser::codes::ID_MISMATCH;
use typelang_parser::ids::{check_ids, detect_dialect};
use typelang_parser::{Severity, Sources, parse, render_all};
use typelang_tests::published::Published;
use typelang_tests::schemas;
use typelang_tests::trials::{Trial, for_each};

pub(crate) fn trials() -> Vec<Trial> {
    let flat =
        |all: Vec<Published>| all.into_iter().filter(|it| ["telegram", "tdlib"].contains(&it.family())).collect();
    for_each("lint::quiet_by_default", schemas::published().map(flat), |schema| schema.name.clone(), is_quiet)
}

fn is_quiet(schema: Published) {
    let mut sources = Sources::new();
    let source = sources.add(schema.name.as_str(), fs::read_to_string(schema.path()).expect("UTF-8"));
    let parsed = parse(source, sources.text(source));
    let ids = check_ids(&parsed.file, detect_dialect(&parsed.file));
    let found = parsed.diagnostics.into_iter().chain(ids).collect();
    let mut found = typelang_lint::check(&[&parsed.file], &sources, &Levels::new(), found);
    // One id of layer 51 is wrong.
    found.retain(|it| it.severity > Severity::Note && it.code != &ID_MISMATCH);
    assert!(found.is_empty(), "{}", render_all(&found, &sources));
}
