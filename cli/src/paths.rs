//! Paths as they are shown.

use std::path::Path;

/// A path beneath a folder, with forward slashes on every system. A path elsewhere is shown as it is.
pub(crate) fn shown_beneath(path: &Path, folder: &Path) -> String {
    let beneath = path.strip_prefix(folder).unwrap_or(path);
    let parts: Vec<_> = beneath.iter().map(|part| part.to_string_lossy()).collect();
    if beneath.has_root() { beneath.display().to_string() } else { parts.join("/") }
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
