//! The files that an import changes.

use std::path::{Path, PathBuf};

use typelang_project::{read_file, write_source};

use crate::console::Console;
use crate::exit::Failure;

/// Texts to be written, after all of them are known.
#[derive(Default)]
pub(super) struct Records {
    files: Vec<(PathBuf, String)>,
}

impl Records {
    /// Changes a text. One that stays as it is is not written.
    pub(super) fn add(&mut self, path: &Path, change: impl FnOnce(&str) -> String) -> Result<(), Failure> {
        let bytes = read_file(path).map_err(|error| Failure::read(path, &error))?;
        let pending = self.files.iter().position(|(other, _)| other == path).map(|at| self.files.remove(at).1);
        let text = match &pending {
            Some(text) => text.clone(),
            None => String::from_utf8(bytes.clone())
                .map_err(|_| Failure::Message(format!("{} is not UTF-8", path.display())))?,
        };
        let changed = change(&text);
        if changed.as_bytes() != bytes {
            self.files.push((path.to_owned(), changed));
        }
        Ok(())
    }

    /// Writes the texts, or only names them. Returns whether there are any.
    pub(super) fn write(&self, is_dry: bool, console: &Console) -> Result<bool, Failure> {
        for (path, text) in &self.files {
            if !is_dry {
                write_source(path, text.as_bytes())
                    .map_err(|error| Failure::Message(format!("cannot write {}: {error}", path.display())))?;
            }
            console.hint(format_args!("{} {}", if is_dry { "would write" } else { "wrote" }, path.display()));
        }
        Ok(!self.files.is_empty())
    }
}
