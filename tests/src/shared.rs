//! The optional folder `shared` beside the repository, with schemas of others and encodings made by other software.

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::trials::{Missing, Needed};

/// The path of something in the folder.
///
/// # Errors
///
/// Returns why a test is ignored if it is not there.
pub fn find(inside: &str) -> Needed<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared").join(inside);
    if path.exists() { Ok(path) } else { Err(Missing::new(format!("needs ../shared/{inside}"))) }
}

/// Prints a line that is seen also where the output of tests is captured.
pub fn say(line: &str) {
    // The macros for printing are captured; a test does not fail because nobody listens.
    let _ = std::io::stderr().write_all(format!("{line}\n").as_bytes());
}
