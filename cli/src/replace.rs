//! Replaces files.

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;
use std::{fs, process};

/// Replaces the content of a file as one step: whoever reads it meanwhile sees the old text or the new one.
pub(crate) fn replace(path: &Path, text: &str) -> io::Result<()> {
    // A link stays; what it points to is replaced.
    let path = fs::canonicalize(path)?;
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(format!(".{}.tmp", process::id()));
    let temporary = path.with_file_name(name);
    let replaced = write_like(&path, &temporary, text).and_then(|()| fs::rename(&temporary, &path));
    if replaced.is_err() {
        // It may not have been made; there is nothing more to do about it.
        let _ = fs::remove_file(&temporary);
    }
    replaced
}

/// Writes a new file with the permissions of another one.
fn write_like(model: &Path, path: &Path, text: &str) -> io::Result<()> {
    let mut file = fs::File::create_new(path)?;
    file.write_all(text.as_bytes())?;
    file.set_permissions(fs::metadata(model)?.permissions())?;
    file.sync_all()
}
