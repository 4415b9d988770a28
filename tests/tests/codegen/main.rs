//! The code that is generated for small schemas, each aimed at one thing: one test for each folder in `cases`.
//! `tests/compiled` compiles the same code.

mod case;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use case::Case;
use typelang_build::Builder;
use typelang_tests::trials::{self, Trial};

fn main() -> ExitCode {
    let cases = case::all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/codegen/cases"));
    trials::run(cases.into_iter().flat_map(trials))
}

/// The tests of one case.
fn trials(case: Case) -> Vec<Trial> {
    let mut trials = Vec::new();
    if case.has_namespace_features() {
        let builder = case.builder();
        trials.push(trials::test(format!("manifest::{}", case.name), || check_manifest(builder)));
    }
    trials.push(trials::test(format!("code::{}", case.name), move || check_code(&case)));
    trials
}

/// The generated code of a case is that of its snapshot.
fn check_code(case: &Case) {
    let text = case.builder().generate_to_string().expect("the schema has no errors");
    insta::with_settings!({
        snapshot_path => &case.folder, prepend_module_to_snapshot => false, omit_expression => true
    }, {
        insta::assert_snapshot!("code", text);
    });
}

/// The crate that compiles all cases has the features of the case that has some.
fn check_manifest(builder: Builder) {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("compiled/Cargo.toml");
    let nowhere = PathBuf::from("no/such/file.rs");
    let differs = builder.out_file(&nowhere).manifest(manifest).check();
    assert_eq!(differs.expect("the schema has no errors"), [nowhere]);
}
