//! Lists what the checked-in crate defines, so that tests can go through all of it, and generates the code of a small
//! schema.
//!
//! The lists come from the text of the generated files: every `pub enum` in a module `enums`, every `impl Function`.
//! The tests compare their lengths with the schema, so that nothing can be missing.

use std::env;
use std::fmt::Write;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let package = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let generated = package.join("../generated/src");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={}", generated.display());

    let mut items = String::new();
    for module in ["api", "mtproto", "secret"] {
        list_items(&generated, module, &mut items)?;
    }
    fs::write(out.join("items.rs"), items)?;
    tl_codegen::Builder::new()
        .schema(package.join("data/demo.tl"))
        .function_decoding(tl_codegen::Availability::Always)
        .any_constructor(tl_codegen::Availability::Always)
        .out_file(out.join("demo.rs"))
        .generate()?;
    Ok(())
}

/// Appends `API_ENUMS` and `API_ANSWERS` (or those of another module) to the text.
fn list_items(generated: &Path, module: &str, items: &mut String) -> Result<(), Box<dyn std::error::Error>> {
    let mut files = Vec::new();
    rust_files(&generated.join(module), &mut files)?;
    let (mut enums, mut answers) = (String::new(), String::new());
    for file in files {
        let path = module_path(file.strip_prefix(generated)?);
        let text = fs::read_to_string(&file)?;
        for line in text.lines() {
            let in_enums = path.starts_with(&format!("{module}::enums"));
            if let Some(name) = between(line, "pub enum ", " {").filter(|_| in_enums) {
                write_entry(&mut enums, "Enumeration", &path, name)?;
            }
            if let Some(name) = between(line, "impl Function for ", " {") {
                write_entry(&mut answers, "Answer", &path, name)?;
            }
        }
    }
    let name = module.to_uppercase();
    writeln!(
        items,
        "/// The enums of the module `{module}`.\npub static {name}_ENUMS: &[Enumeration] = &[\n{enums}];"
    )?;
    writeln!(
        items,
        "/// The functions of the module `{module}`, but those that wrap others.\n\
         pub static {name}_ANSWERS: &[Answer] = &[\n{answers}];"
    )?;
    Ok(())
}

fn write_entry(list: &mut String, entry: &str, path: &str, name: &str) -> std::fmt::Result {
    writeln!(list, "    {entry}::of::<tl_telegram::{path}::{name}>(\"{path}::{name}\"),")
}

fn rust_files(directory: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    let mut entries = fs::read_dir(directory)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    entries.sort();
    for path in entries {
        if path.is_dir() {
            rust_files(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

/// The path by which the items of a file are known. What is beneath a folder `root` is re-exported from above it.
fn module_path(file: &Path) -> String {
    let file = file.with_extension("");
    let parts = file.iter().filter_map(|part| part.to_str());
    parts.take_while(|part| *part != "root").filter(|part| *part != "mod").collect::<Vec<_>>().join("::")
}

fn between<'a>(line: &'a str, before: &str, after: &str) -> Option<&'a str> {
    line.strip_prefix(before)?.strip_suffix(after)
}
