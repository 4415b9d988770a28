//! Generates the code of every schema of the snapshot tests, with the same options.

#[path = "../tests/codegen/cases.rs"]
mod cases;

use std::path::{Path, PathBuf};

use cases::CASES;

fn main() -> Result<(), tl_codegen::Error> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../tests/codegen/cases.rs");
    let schemas = Path::new("../tests/codegen/schemas");
    let output = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default());
    for case in CASES {
        case.builder(schemas).out_file(output.join(format!("{}.rs", case.name))).generate()?;
    }
    Ok(())
}
