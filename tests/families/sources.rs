//! Which schemas there are.

use std::path::{Path, PathBuf};

use typelang_ir::Profile;

/// The groups. Each is compiled into one test.
pub(crate) const GROUPS: [&str; 5] = ["telegram", "layers", "tdlib", "ton", "vk"];

/// One schema, of one or more files.
pub(crate) struct Source {
    /// Name of the generated module.
    pub(crate) module: String,
    pub(crate) files: Vec<PathBuf>,
    /// What the files do not say themselves.
    pub(crate) profile: Option<Profile>,
}

/// The real schemas of a group: the name of each, and its files beneath the folder of schemas.
fn real_files(group: &str) -> &'static [(&'static str, &'static [&'static str])] {
    match group {
        "telegram" => &[
            ("api", &["telegram/api-230.tl", "telegram/mtproto.tl"]),
            ("containers", &["telegram/mtproto-containers.tl"]),
            ("secret_of_tdlib", &["telegram/secret-tdlib.tl"]),
        ],
        "layers" => &[
            ("layer_73", &["telegram/layers/layer-073.tl"]),
            ("layer_133", &["telegram/layers/layer-133.tl"]),
            ("layer_198", &["telegram/layers/layer-198.tl"]),
        ],
        "tdlib" => &[("td_api", &["tdlib/td_api.tl"])],
        "ton" => &[
            ("lite_api", &["ton/lite_api.tl"]),
            ("ton_api", &["ton/ton_api.tl"]),
            ("tonlib_api", &["ton/tonlib_api.tl"]),
        ],
        "vk" => &[
            ("cases", &["vk/cases.tl"]),
            ("schema", &["vk/schema.tl"]),
            ("kphp_common", &["vk/kphp-common.tl"]),
            ("kphp_tl", &["vk/kphp-tl.tl"]),
            ("goldmaster", &["vk/goldmaster.tl", "vk/goldmaster2.tl", "vk/goldmaster3.tl"]),
            ("kdb_memcache", &["vk/kdb/common.tl", "vk/kdb/memcache.tl"]),
            ("kdb_photo", &["vk/kdb/common.tl", "vk/kdb/photo.tl"]),
            ("kdb_tl", &["vk/kdb/common.tl", "vk/kdb/tl.tl"]),
        ],
        _ => &[],
    }
}

/// The schema of this package for a group, which says its profile itself.
pub(crate) fn own(schemas: &Path, group: &str) -> Vec<Source> {
    let file = schemas.join(format!("{group}.tl"));
    let source = Source { module: format!("own_{group}"), files: vec![file], profile: None };
    [source].into_iter().filter(|source| source.files[0].exists()).collect()
}

/// The real schemas of a group. What is wrapped in a container is a value of the API or
/// a service message.
pub(crate) fn real(shared: &Path, own: &Path, group: &str) -> Vec<Source> {
    let profile = match group {
        "tdlib" => Some(Profile::Tdlib),
        "ton" => Some(Profile::Ton),
        "vk" => Some(Profile::Vk),
        _ => None,
    };
    let sources = real_files(group).iter().map(|(module, files)| Source {
        module: (*module).to_owned(),
        files: files.iter().map(|file| shared.join(file)).collect(),
        profile,
    });
    let mut sources: Vec<Source> = sources.collect();
    for api in sources.iter_mut().filter(|source| source.module == "api") {
        api.files.push(own.join("containers.tl"));
    }
    sources
}
