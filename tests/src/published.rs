//! Schemas that others published: the files of `../shared/schemas`. Which files belong together is in `data/published.toml`.
//!
//! The build script of the tests of families compiles this file as well: it refers to no other module.

use std::fs;
use std::path::{Path, PathBuf};

use toml::Table;
use typelang_ir::Profile;

/// One schema, of one or more files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The path of its last file beneath the folder, without the extension: `vk/kdb/photo`.
    pub name: String,
    /// The files in the order in which they are read.
    pub files: Vec<PathBuf>,
    /// The profile of its family, which these files do not name themselves.
    pub profile: Option<Profile>,
}

impl Published {
    /// The last file. Those before it are schemas by themselves.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.files[self.files.len() - 1]
    }

    /// The family, which is the name of the first folder: `vk`.
    #[must_use]
    pub fn family(&self) -> &str {
        self.name.split('/').next().unwrap_or_default()
    }

    /// The name of its last file, without the extension: `photo`.
    #[must_use]
    pub fn stem(&self) -> &str {
        self.name.rsplit('/').next().unwrap_or_default()
    }
}

/// All schemas of a folder, by name. `joined` is the text of `data/published.toml`.
///
/// # Panics
///
/// The folder cannot be read, or a file that is to be joined is not in it.
#[must_use]
pub fn published(folder: &Path, joined: &str) -> Vec<Published> {
    let joined: Table = joined.parse().unwrap_or_else(|error| panic!("{error}"));
    let mut names = Vec::new();
    collect(folder, "", &mut names);
    names.sort();
    for name in joined.keys() {
        assert!(names.contains(name), "no {name} in {}", folder.display());
    }
    names.into_iter().map(|name| one(folder, &joined, name)).collect()
}

/// The names of all schema files beneath a folder, whose own name is `prefix`.
fn collect(folder: &Path, prefix: &str, names: &mut Vec<String>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries {
        let path = entry.expect("readable").path();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            collect(&path, &format!("{prefix}{stem}/"), names);
        } else if path.extension().is_some_and(|extension| extension == "tl") {
            names.push(format!("{prefix}{stem}"));
        }
    }
}

fn one(folder: &Path, joined: &Table, name: String) -> Published {
    let before = joined.get(&name).and_then(|names| names.as_array()).into_iter().flatten();
    let names = before.map(|name| name.as_str().expect("a name")).chain([name.as_str()]);
    let files = names.map(|name| folder.join(format!("{name}.tl"))).collect();
    let profile = name.split('/').next().and_then(Profile::from_name);
    Published { name, files, profile }
}
