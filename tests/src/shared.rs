//! The optional folder `shared` beside the repository, with encodings made by other software.

use std::io::Write;
use std::path::{Path, PathBuf};

/// The path of something in the folder, if it is there. If not, one line says that the test was skipped.
#[must_use]
pub fn path_or_skip(inside: &str, test: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared").join(inside);
    if path.exists() {
        return Some(path);
    }
    say(&format!("skipped: {test} (no ../shared/{inside})"));
    None
}

/// Prints a line that is seen also where the output of tests is captured.
pub fn say(line: &str) {
    // The macros for printing are captured; a test does not fail because nobody listens.
    let _ = std::io::stderr().write_all(format!("{line}\n").as_bytes());
}
