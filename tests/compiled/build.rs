//! Generates the code of every case of the snapshot tests, with the same options, and once more with values that borrow, and
//! declares the modules that the tests of this package use.

#[path = "../tests/codegen/case.rs"]
mod case;

use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use case::Case;
use typelang_build::Builder;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../tests/codegen/case.rs");
    println!("cargo::rerun-if-changed=../tests/codegen/cases");
    let folder = Path::new("../tests/codegen/cases");
    let output = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default());
    let cases = case::all(folder);
    for case in &cases {
        case.builder().out_file(output.join(format!("{}.rs", case.name))).generate()?;
        case.borrowed_builder().out_file(output.join(format!("borrowed-{}.rs", case.name))).generate()?;
    }
    write_other_strings(folder, &output)?;
    let own = cases.iter().map(|case| module(case, "pub", ""));
    fs::write(output.join("cases.rs"), own.collect::<String>())?;
    let borrowing = cases.iter().map(|case| module(case, "pub", "borrowed-"));
    fs::write(output.join("borrowing.rs"), borrowing.collect::<String>())?;
    // What uses types of the crate can only be compiled in it.
    let private = cases.iter().filter(|case| !case.has_own_types).map(|case| module(case, "", ""));
    fs::write(output.join("private.rs"), private.collect::<String>())?;
    Ok(())
}

/// The declaration of the module of a case.
fn module(case: &Case, visibility: &str, prefix: &str) -> String {
    let name = &case.name;
    let mut text = format!("/// From `{name}/schema.tl`.\n");
    if !case.has_documentation() {
        text.push_str("#[allow(missing_docs)]\n");
    }
    // Writing to a string never fails.
    let _ = writeln!(
        text,
        "{visibility} mod {name} {{\n    include!(concat!(env!(\"OUT_DIR\"), \"/{prefix}{name}.rs\"));\n}}\n"
    );
    text
}

/// The code of two cases with other types for strings and bytes.
fn write_other_strings(cases: &Path, output: &Path) -> Result<(), typelang_build::Error> {
    const SHARED: &str = "typelang::bytes::Bytes";
    let borrowed = || Builder::new().schema(cases.join("borrowed/schema.tl"));
    let texts = borrowed().string_type("alloc::borrow::Cow<'a, str>").bytes_type("&'a [u8]");
    let texts = texts.extern_path("mediaPhoto", "crate::own::LentMedia<'a>");
    texts.extern_path("Texts", "crate::own::LentTexts<'a>").out_file(output.join("cow.rs")).generate()?;
    borrowed().bytes_type(SHARED).out_file(output.join("shared.rs")).generate()?;
    let strings = Builder::new().schema(cases.join("strings/schema.tl")).long_strings(true);
    strings.bytes_type(SHARED).out_file(output.join("shared-long.rs")).generate()
}
