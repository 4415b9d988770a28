//! Published schemas are what the defaults are made for. They are not part of the repository.

use std::fs;
use std::path::{Path, PathBuf};

use typelang_lint::Levels;
use typelang_parser::codes::ID_MISMATCH;
use typelang_parser::{Severity, render_all};

use crate::common;

fn schemas(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "tl"));
    paths.sort();
    paths
}

#[test]
fn telegram_and_tdlib_are_quiet_by_default() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/schemas");
    if !root.is_dir() {
        eprintln!("skipped: there is no folder ../shared beside the repository");
        return;
    }
    let folders = ["telegram", "telegram/layers", "tdlib"].map(|folder| root.join(folder));
    let paths: Vec<PathBuf> = folders.iter().flat_map(|folder| schemas(folder)).collect();
    assert!(!paths.is_empty());
    for path in paths {
        let text = fs::read_to_string(&path).expect("UTF-8");
        let mut checked = common::check(&[(&path.display().to_string(), &text)], &Levels::new());
        // One id of layer 51 is wrong.
        checked.diagnostics.retain(|it| it.severity > Severity::Note && it.code != &ID_MISMATCH);
        assert!(checked.diagnostics.is_empty(), "{}", render_all(&checked.diagnostics, &checked.sources));
    }
}
