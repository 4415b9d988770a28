//! The schemas that are measured.

use std::fs;
use std::path::{Path, PathBuf};

/// A schema.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// The name of its file.
    pub name: &'static str,
    /// Where the file is.
    pub path: PathBuf,
    /// What is in it.
    pub text: String,
}

/// Telegram's API, `schema/api.tl` of this repository.
#[must_use]
pub fn api() -> Option<Input> {
    read("api.tl", "schema/api.tl")
}

/// TDLib's interface, a mebibyte of text: `../shared/schemas/tdlib/td_api.tl`, which is not part of this repository.
/// Nothing, and a line that says so, if it is not there.
#[must_use]
pub fn td_api() -> Option<Input> {
    read("td_api.tl", "../shared/schemas/tdlib/td_api.tl")
}

/// An encoded value of layer 230, from the folder `../shared/vectors/fixtures`, which is not part of this repository.
/// Nothing, and a line that says so, if it is not there.
#[must_use]
pub fn fixture(name: &str) -> Option<Vec<u8>> {
    let path = format!("../shared/vectors/fixtures/{name}");
    match fs::read(root().join(&path)) {
        Ok(bytes) => Some(bytes),
        Err(error) => {
            println!("skipped: {path}: {error}\n");
            None
        }
    }
}

/// The folder of the workspace.
#[must_use]
pub fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}

fn read(name: &'static str, path: &str) -> Option<Input> {
    let full_path = root().join(path);
    match fs::read_to_string(&full_path) {
        Ok(text) => Some(Input { name, path: full_path, text }),
        Err(error) => {
            println!("skipped: {path}: {error}\n");
            None
        }
    }
}
