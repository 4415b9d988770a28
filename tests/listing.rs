//! Lists what generated files define, for build scripts that include this file: every enum in a module `enums`, every
//! function that has a result of its own.
//!
//! The lists come from the text of the files, so nothing can be missing that the compiler sees.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What the files of one generated module define, by paths such as `api::functions::messages::SendMessage`.
#[derive(Debug, Default)]
pub(crate) struct Listing {
    /// Every enum of the module `enums`.
    pub(crate) enums: Vec<String>,
    /// Every function but those that wrap another call.
    pub(crate) functions: Vec<String>,
    /// Whether there is an enum of all constructors.
    pub(crate) any_constructor: bool,
    /// Whether there is an enum of all functions.
    pub(crate) any_function: bool,
}

impl Listing {
    /// Reads the files of a module beneath a folder.
    pub(crate) fn new(root: &Path, module: &str) -> Result<Self, Box<dyn std::error::Error>> {
        let mut files = Vec::new();
        rust_files(&root.join(module), &mut files)?;
        let mut listing = Self::default();
        for file in files {
            let path = module_path(file.strip_prefix(root)?);
            let in_enums = path.starts_with(&format!("{module}::enums"));
            for line in fs::read_to_string(&file)?.lines() {
                listing.line(line, &path, in_enums);
            }
        }
        Ok(listing)
    }

    fn line(&mut self, line: &str, path: &str, in_enums: bool) {
        if let Some(name) = between(line, "pub enum ", " {") {
            match name {
                _ if in_enums => self.enums.push(format!("{path}::{name}")),
                "AnyConstructor" => self.any_constructor = true,
                "AnyFunction" => self.any_function = true,
                _ => {}
            }
        }
        if let Some(name) = function_of(line) {
            self.functions.push(format!("{path}::{name}"));
        }
    }
}

fn rust_files(directory: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut entries = fs::read_dir(directory)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    entries.sort();
    for path in entries {
        if path.is_dir() {
            rust_files(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    Ok(())
}

/// The path by which the items of a file are known. What is beneath a folder `root` is re-exported from above it.
fn module_path(file: &Path) -> String {
    let file = file.with_extension("");
    let parts = file.iter().filter_map(|part| part.to_str());
    parts.take_while(|part| *part != "root").filter(|part| *part != "mod").collect::<Vec<_>>().join("::")
}

fn between<'a>(line: &'a str, before: &str, after: &str) -> Option<&'a str> {
    line.strip_prefix(before)?.strip_suffix(after)
}

/// The function that has its result from this line.
fn function_of(line: &str) -> Option<&str> {
    between(line, "impl Returns for ", " {").or_else(|| between(line, "impl Function for ", " {"))
}
