//! Features for namespaces: what the builder writes to a manifest, and what the code says.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;
use typelang_build::{Availability, Builder, Error, NamespaceFeatures};

const SCHEMA: &str = "\
user id:long = User;
userEmpty = User;
unused = Unused;
---functions---
users.get id:long = User;
help.get = User;
ping = Bool;
";

const MANIFEST: &str = "\
[features]
default = []
# Features of namespaces, written by typelang-build.
old = []
# End of the features of namespaces.
other = []
";

fn folder(manifest: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("schema.tl"), SCHEMA).expect("writable");
    fs::write(folder.path().join("Cargo.toml"), manifest).expect("writable");
    folder
}

fn manifest(folder: &TempDir) -> PathBuf {
    folder.path().join("Cargo.toml")
}

fn builder(folder: &TempDir) -> Builder {
    let choice = NamespaceFeatures { base: Some("_any".to_owned()), ..NamespaceFeatures::new("all") };
    Builder::new()
        .schema(folder.path().join("schema.tl"))
        .out_directory(folder.path(), "tl")
        .namespace_features(choice)
        .manifest(manifest(folder))
}

#[test]
fn the_manifest_is_kept_up_to_date() {
    let folder = folder(MANIFEST);
    let different = builder(&folder).check().expect("right");
    assert!(different.contains(&manifest(&folder)), "{different:?}");
    assert_eq!(fs::read_to_string(manifest(&folder)).unwrap(), MANIFEST);
    builder(&folder).generate().expect("right");
    let features = "all = [\n    \"help\", \"no-namespace\", \"users\",\n]\n\
        help = [\"_any\"]\nno-namespace = [\"_any\"]\nusers = [\"_any\"]\n_any = []\n";
    assert_eq!(fs::read_to_string(manifest(&folder)).unwrap(), MANIFEST.replace("old = []\n", features));
    assert_eq!(builder(&folder).check().expect("right"), Vec::<PathBuf>::new());
}

#[test]
fn nothing_is_written_if_the_manifest_has_no_place_for_features() {
    let folder = folder("[features]\n");
    let error = builder(&folder).generate().unwrap_err();
    assert!(matches!(&error, Error::NoFeatures { path } if *path == manifest(&folder)), "{error}");
    assert!(error.to_string().contains("`# Features of namespaces, written by typelang-build.`"), "{error}");
    assert!(!folder.path().join("tl").exists());
    fs::remove_file(manifest(&folder)).expect("there");
    assert!(matches!(builder(&folder).generate(), Err(Error::Read(_))));
}

#[test]
fn modules_have_conditions_and_items_have_none() {
    let folder = folder(MANIFEST);
    builder(&folder).serde(Availability::Feature("serde".to_owned())).generate().expect("right");
    let read = |path: &str| fs::read_to_string(folder.path().join("tl").join(path)).expect(path);
    let of_both = "#[cfg(any(feature = \"help\", feature = \"users\"))]\n";
    assert!(read("functions/mod.rs").contains("#[cfg(feature = \"users\")]\npub mod users;\n"));
    assert!(read("enums/root/mod.rs").contains(&format!("{of_both}mod help_and_users;\n")));
    assert!(read("enums/root/mod.rs").contains(&format!("{of_both}pub use help_and_users::*;\n")));
    assert!(read("types/root/mod.rs").contains("#[cfg(feature = \"all\")]\nmod unreached;\n"));
    assert!(read("serde/mod.rs").contains(&format!("{of_both}mod help_and_users;\n")));
    assert!(read("mod.rs").contains("#[cfg(feature = \"serde\")]\nmod serde;\n"));
    assert!(!read("enums/root/help_and_users.rs").contains("cfg(any"));
}

#[test]
fn without_features_a_manifest_is_left_alone() {
    let folder = folder("[features]\n");
    let builder = Builder::new()
        .schema(folder.path().join("schema.tl"))
        .out_directory(folder.path(), "tl")
        .manifest(manifest(&folder));
    builder.generate().expect("right");
    assert_eq!(fs::read_to_string(manifest(&folder)).unwrap(), "[features]\n");
}
