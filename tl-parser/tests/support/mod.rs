//! What the tests share: the optional folder of real schemas beside the repository.

use std::io::Write;
use std::path::{Path, PathBuf};

/// Every `.tl` file below `../shared/schemas/<folder>`, sorted, as path and bytes; empty, with a line that says so,
/// where the folder does not exist.
pub(crate) fn real_schemas(folder: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/schemas").join(folder);
    if !root.is_dir() {
        // Written past the test harness, which would hold it back.
        let note = format!("skipped: there is no ../shared/schemas/{folder} beside the repository\n");
        std::io::stderr().write_all(note.as_bytes()).expect("standard error");
        return Vec::new();
    }
    let mut schemas = Vec::new();
    collect(&root, &mut schemas);
    schemas.sort();
    assert!(!schemas.is_empty(), "no schema in {}", root.display());
    schemas
}

fn collect(folder: &Path, schemas: &mut Vec<(PathBuf, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            collect(&path, schemas);
        } else if path.extension().is_some_and(|extension| extension == "tl") {
            let bytes = std::fs::read(&path).expect("a readable file");
            schemas.push((path, bytes));
        }
    }
}
