//! What is generated for small schemas, each aimed at one thing. `tests/compiled` compiles the same code.

#[allow(dead_code, reason = "shared with a build script that uses all of it")]
mod cases;

use std::collections::BTreeSet;
use std::path::PathBuf;

use cases::CASES;

fn schemas() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/codegen/schemas")
}

/// The generated code of a case is what its snapshot says.
fn check(name: &str) {
    let case = CASES.iter().find(|case| case.name == name).expect("the case is in the table");
    let text = case.builder(&schemas()).generate_to_string().expect("the schema has no errors");
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, text);
    });
}

macro_rules! snapshots {
    ($($name:ident)*) => {
        $(
            #[test]
            fn $name() {
                check(stringify!($name));
            }
        )*

        const TESTED: &[&str] = &[$(stringify!($name)),*];
    };
}

snapshots! {
    borrowed boxed collisions containers corners defaults documentation ends facts features flags generics masks names namespaces numbers objects only options
    parameters
    recursion repetitions single sizes strings tdlib templates vectors wrapper
}

/// The crate that compiles all cases has the features of the case that has some.
#[test]
fn the_manifest_has_the_features() {
    let case = CASES.iter().find(|case| case.name == "features").expect("the case is in the table");
    let manifest = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("compiled/Cargo.toml");
    let nowhere = PathBuf::from("no/such/file.rs");
    let differs = case.builder(&schemas()).out_file(&nowhere).manifest(manifest).check();
    assert_eq!(differs.expect("the schema has no errors"), [nowhere]);
}

#[test]
fn every_schema_has_a_case_and_a_test() {
    let entries = std::fs::read_dir(schemas()).expect("the folder is there");
    let files: BTreeSet<String> = entries
        .map(|entry| entry.expect("readable").path())
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .collect();
    let cases: BTreeSet<String> = CASES.iter().map(|case| case.name.to_owned()).collect();
    let tested: BTreeSet<String> = TESTED.iter().map(|&name| name.to_owned()).collect();
    assert_eq!(cases, files);
    assert_eq!(tested, files);
}
