//! Crates with some of their features compile, without a warning. With the whole API the checked-in crate is compiled by all
//! that uses it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use typelang_build::{Availability, Builder, NamespaceFeatures};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Checks a package with some of its features; the builds share one folder for what they compile.
fn check(manifest: &Path, features: &str) {
    let output = Command::new(env!("CARGO"))
        .args(["check", "--offline", "--no-default-features", "--features", features, "--manifest-path"])
        .arg(manifest)
        .arg("--target-dir")
        .arg(Path::new(env!("CARGO_TARGET_TMPDIR")).join("features"))
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env("RUSTFLAGS", "-D warnings")
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .output()
        .expect("cargo runs");
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: `{features}`\n{message}", manifest.display());
}

#[test]
fn the_checked_in_crate_with_no_namespace_one_and_two() {
    let manifest = root().join("generated/Cargo.toml");
    for features in ["", "help", "help,photos", "mtproto,smsjobs"] {
        check(&manifest, features);
    }
}

#[test]
fn the_checked_in_crate_with_a_namespace_and_all_else_that_it_offers() {
    let others = "any-constructor,arbitrary,catalog,decode-functions,reflect,serde";
    check(&root().join("generated/Cargo.toml"), &format!("help,no-namespace,{others}"));
}

#[test]
fn the_checked_in_crate_with_a_namespace_that_reaches_most_types() {
    check(&root().join("generated/Cargo.toml"), "updates");
}

/// A crate of its own with the code of a small schema, as files, and the manifest as the builder writes it.
fn small_crate(folder: &Path, schema: &Path, features: &str) -> PathBuf {
    let manifest = folder.join("Cargo.toml");
    fs::create_dir(folder.join("src")).expect("writable");
    fs::write(folder.join("src/lib.rs"), "//! A test.\n#![deny(missing_docs)]\npub mod tl;\n").expect("writable");
    let runtime = root().join("runtime").canonicalize().expect("the runtime is there");
    let text = format!(
        "[package]\nname = \"small\"\nedition = \"2024\"\n\n[workspace]\n\n[features]\n{features}\
         # Features of namespaces, written by typelang-build.\n# End of the features of namespaces.\n\n\
         [dependencies]\ntypelang = {{ path = {runtime:?} }}\n"
    );
    fs::write(&manifest, text).expect("writable");
    // The versions of what the runtime can depend on, so that nothing has to be looked for.
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).expect("writable");
    let feature = |name: &str| match features.contains(name) {
        true => Availability::Feature(name.to_owned()),
        false => Availability::Never,
    };
    Builder::new()
        .schema(schema)
        .function_decoding(feature("decode"))
        .any_constructor(feature("any"))
        .catalog(Availability::Always)
        .namespace_features(NamespaceFeatures::new("all"))
        .manifest(&manifest)
        .out_directory(folder.join("src"), "tl")
        .generate()
        .expect("the schema is right");
    manifest
}

#[test]
fn a_crate_of_a_small_schema_with_each_feature() {
    let folder = tempfile::tempdir().expect("a folder");
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/codegen/cases/features/schema.tl");
    let manifest = small_crate(folder.path(), &schema, "any = []\ndecode = []\n");
    let each = ["help", "help.find", "news", "no-namespace", "root", "type", "users"];
    for features in each.into_iter().chain(["", "all", "any,decode", "all,any,decode", "users,no-namespace,decode"]) {
        check(&manifest, features);
    }
}

/// What reaches an `Object` reaches everything, and the enums of all constructors and functions are there with it.
#[test]
fn a_crate_with_objects_and_calls_behind_a_feature() {
    const SCHEMA: &str = "
        value id:int = Value;
        holder object:Object = Holder;
        holderEmpty = Holder;
        ---functions---
        plain.get = Value;
        objects.get = Holder;
        calls.wrap {X:Type} query:!X = X;
    ";
    let folder = tempfile::tempdir().expect("a folder");
    let schema = folder.path().join("schema.tl");
    fs::write(&schema, SCHEMA).expect("writable");
    let manifest = small_crate(folder.path(), &schema, "");
    let root = fs::read_to_string(folder.path().join("src/tl/mod.rs")).expect("generated");
    for module in ["any_constructor", "any_function"] {
        assert!(root.contains(&format!("#[cfg(feature = \"objects\")]\nmod {module};")), "{root}");
    }
    for features in ["plain", "objects", "calls", "all", ""] {
        check(&manifest, features);
    }
}
