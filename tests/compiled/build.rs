//! Generates the code of every schema of the snapshot tests, with the same options, and once more with values that borrow.

#[path = "../tests/codegen/cases.rs"]
mod cases;

use std::path::{Path, PathBuf};

use cases::CASES;
use typelang_build::Builder;

fn main() -> Result<(), typelang_build::Error> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../tests/codegen/cases.rs");
    let schemas = Path::new("../tests/codegen/schemas");
    let output = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default());
    for case in CASES {
        case.builder(schemas).out_file(output.join(format!("{}.rs", case.name))).generate()?;
        case.borrowed_builder(schemas).out_file(output.join(format!("borrowed-{}.rs", case.name))).generate()?;
    }
    let borrowed = || Builder::new().schema(schemas.join("borrowed.tl"));
    let texts = borrowed().string_type("alloc::borrow::Cow<'a, str>").bytes_type("&'a [u8]");
    let texts = texts.extern_path("mediaPhoto", "crate::own::LentMedia<'a>");
    texts.extern_path("Texts", "crate::own::LentTexts<'a>").out_file(output.join("cow.rs")).generate()?;
    const SHARED: &str = "typelang::bytes::Bytes";
    borrowed().bytes_type(SHARED).out_file(output.join("shared.rs")).generate()?;
    let strings = Builder::new().schema(schemas.join("strings.tl")).long_strings(true);
    strings.bytes_type(SHARED).out_file(output.join("shared-long.rs")).generate()
}
