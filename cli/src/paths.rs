//! Paths as they are shown, and files that stand beside others.

use std::fs;
use std::path::{Path, PathBuf};

use crate::exit::Failure;

/// A path beneath a folder, with forward slashes on every system. A path elsewhere is shown as it is.
pub(crate) fn shown_beneath(path: &Path, folder: &Path) -> String {
    let beneath = path.strip_prefix(folder).unwrap_or(path);
    let parts: Vec<_> = beneath.iter().map(|part| part.to_string_lossy()).collect();
    if beneath.has_root() { beneath.display().to_string() } else { parts.join("/") }
}

/// The fact files about a schema `NAME.tl`: the files `NAME-….toml` beside it, in the order of their names.
pub(crate) fn facts_beside(schema: &Path) -> Result<Vec<PathBuf>, Failure> {
    let (Some(stem), Some(folder)) = (schema.file_stem().and_then(|stem| stem.to_str()), schema.parent()) else {
        return Ok(Vec::new());
    };
    let listed = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let prefix = format!("{stem}-");
    let mut paths = Vec::new();
    for entry in fs::read_dir(listed).map_err(|error| Failure::read(listed, &error))? {
        let name = entry.map_err(|error| Failure::read(listed, &error))?.file_name();
        if name.to_str().is_some_and(|name| name.starts_with(&prefix) && name.ends_with(".toml")) {
            paths.push(folder.join(name));
        }
    }
    paths.sort();
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_shown_beneath_a_folder_with_forward_slashes() {
        let path: std::path::PathBuf = ["root", "generated", "src", "mod.rs"].iter().collect();
        assert_eq!(shown_beneath(&path, Path::new("root")), "generated/src/mod.rs");
        assert_eq!(shown_beneath(&path, Path::new("")), "root/generated/src/mod.rs");
        assert_eq!(shown_beneath(&path, Path::new("elsewhere")), "root/generated/src/mod.rs");
    }
}
