//! Shared by the tests: the schemas in a folder of tests.

use std::path::{Path, PathBuf};

/// The schema files in a folder of this package, sorted. Histories are not schemas.
pub(crate) fn schemas(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = std::fs::read_dir(folder).expect("a folder of schemas");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("readable").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "tl"));
    paths.retain(|path| !std::fs::read_to_string(path).expect("readable").contains("\n// tl:history("));
    paths.sort();
    paths
}

/// The name of a file without its extension.
pub(crate) fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}
