use std::path::{Path, PathBuf};

use typelang_doc::Format;
use typelang_ir::Profile;
use typelang_tests::{pages, schemas, shared};

fn check(paths: &[PathBuf], profile: Profile) {
    let schema = schemas::load_all(paths, Some(profile));
    for format in [Format::Html, Format::Markdown] {
        let site = pages::plain(&schema, format);
        let (faults, count) = pages::faults(&site);
        assert!(faults.is_empty() && count > 20, "{paths:?}, {count} links: {faults:#?}");
        let methods = site.files.keys().filter(|path| path.starts_with("method/")).count();
        assert_eq!(methods, schema.functions.len(), "{paths:?}");
    }
}

#[test]
fn schemas_of_all_families_have_pages() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("families/schemas");
    for (name, profile) in [("tdlib", Profile::Tdlib), ("ton", Profile::Ton), ("vk", Profile::Vk)] {
        check(&[folder.join(format!("{name}.tl"))], profile);
    }
}

#[test]
fn published_schemas_have_pages() {
    let Some(folder) = shared::path_or_skip("schemas", "pages of published schemas") else { return };
    let groups: [(&[&str], Profile); 7] = [
        (&["tdlib/td_api.tl"], Profile::Tdlib),
        (&["ton/ton_api.tl"], Profile::Ton),
        (&["ton/lite_api.tl"], Profile::Ton),
        (&["ton/tonlib_api.tl"], Profile::Ton),
        (&["vk/cases.tl"], Profile::Vk),
        (&["vk/goldmaster.tl", "vk/goldmaster2.tl", "vk/goldmaster3.tl"], Profile::Vk),
        (&["vk/kdb/common.tl", "vk/kdb/memcache.tl"], Profile::Vk),
    ];
    for (names, profile) in groups {
        check(&names.iter().map(|name| folder.join(name)).collect::<Vec<_>>(), profile);
    }
}
