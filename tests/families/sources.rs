//! Which schemas are compiled.

use std::path::{Path, PathBuf};

use typelang_ir::Profile;

use crate::published::Published;

/// Published schemas by group. Each group is compiled into one test, and each list of names into one module. A name is that
/// of a published schema or of a file in `tests/data`.
pub(crate) const GROUPS: &[(&str, &[&[&str]])] = &[
    (
        "telegram",
        &[
            // What is wrapped in a container is a value of the API or a service message.
            &["telegram/api-230", "telegram/mtproto", "containers"],
            &["telegram/mtproto-containers"],
            &["telegram/secret-tdlib"],
        ],
    ),
    ("layers", &[&["telegram/layers/layer-073"], &["telegram/layers/layer-133"], &["telegram/layers/layer-198"]]),
    ("tdlib", &[&["tdlib/td_api"]]),
    ("ton", &[&["ton/lite_api"], &["ton/ton_api"], &["ton/tonlib_api"]]),
    (
        "vk",
        &[
            &["vk/cases"],
            &["vk/schema"],
            &["vk/kphp-common"],
            &["vk/kphp-tl"],
            &["vk/goldmaster3"],
            &["vk/kdb/memcache"],
            &["vk/kdb/photo"],
            &["vk/kdb/tl"],
        ],
    ),
];

/// One schema, of one or more files.
pub(crate) struct Source {
    /// Name of the generated module.
    pub(crate) module: String,
    pub(crate) files: Vec<PathBuf>,
    /// The profile, where the files do not name it.
    pub(crate) profile: Option<Profile>,
}

/// The schemas of this package, which name their profiles.
pub(crate) fn own(folder: &Path) -> Result<Vec<Source>, std::io::Error> {
    let entries = std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
    let mut files = entries.collect::<Result<Vec<PathBuf>, std::io::Error>>()?;
    files.sort();
    let source = |file: PathBuf| {
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        Source { module: format!("own_{name}"), files: vec![file], profile: None }
    };
    Ok(files.into_iter().map(source).collect())
}

/// The schema of some names. The module has the name of the first.
pub(crate) fn joined(names: &[&str], published: &[Published], data: &Path) -> Source {
    let mut source = Source { module: module_name(names[0]), files: Vec::new(), profile: None };
    for name in names {
        match published.iter().find(|schema| schema.name == *name) {
            Some(schema) => {
                source.files.extend(schema.files.iter().cloned());
                source.profile = source.profile.or(schema.profile);
            }
            None => source.files.push(data.join(format!("{name}.tl"))),
        }
    }
    source
}

/// `layer_073` for `telegram/layers/layer-073`.
fn module_name(name: &str) -> String {
    name.rsplit('/').next().unwrap_or_default().replace('-', "_")
}
