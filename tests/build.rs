//! Lists what the checked-in crate defines, so that tests can go through all of it, and generates the code of a small
//! schema.
//!
//! The tests compare the lengths of the lists with the schema, so that nothing can be missing.

#[path = "listing.rs"]
mod listing;
#[path = "readme.rs"]
mod readme;

use std::env;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use listing::Listing;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let package = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let generated = package.join("../generated/src");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=listing.rs");
    println!("cargo::rerun-if-changed=readme.rs");
    println!("cargo::rerun-if-changed=../README.md");
    println!("cargo::rerun-if-changed={}", generated.display());

    let mut items = String::new();
    for module in ["api", "mtproto", "secret"] {
        write_items(module, &Listing::new(&generated, module)?, &mut items)?;
    }
    fs::write(out.join("items.rs"), items)?;
    fs::write(out.join("examples.rs"), examples(&package)?)?;
    fs::write(out.join("readme.rs"), readme::functions(&fs::read_to_string(package.join("../README.md"))?)?)?;
    typelang_build::Builder::new()
        .schema(package.join("data/demo.tl"))
        .function_decoding(typelang_build::Availability::Always)
        .any_constructor(typelang_build::Availability::Always)
        .out_file(out.join("demo.rs"))
        .generate()?;
    typelang_build::Builder::new()
        .schema(package.join("data/dependent.tl"))
        .function_decoding(typelang_build::Availability::Always)
        .serde(typelang_build::Availability::Always)
        .out_file(out.join("dependent.rs"))
        .generate()?;
    Ok(())
}

/// For some functions of the API, sending to a secret chat and others that a fixed step picks: the text of the example, and a
/// function of it.
fn examples(package: &Path) -> Result<String, Box<dyn std::error::Error>> {
    const STEP: usize = 11;
    let path = |name: &str| package.join("../schema").join(name);
    let (schemas, facts) = ([path("api.tl")], [path("api-groups.toml")]);
    for path in schemas.iter().chain(&facts) {
        println!("cargo::rerun-if-changed={}", path.display());
    }
    let project = typelang_project::Project::read_with_facts(&schemas, &facts, |path| fs::read(path))?;
    let typelang_project::Checked { schema, facts, .. } = project.as_one(typelang_ir::ResolveOptions::default());
    let options = typelang_build::Options { facts, ..typelang_build::Options::default() };
    let examples = typelang_build::Examples::new(&schema, &options, "typelang_telegram::api");
    let mut code = String::from("const EXAMPLES: &[(&str, &str, Call)] = &[\n");
    let mut without = Vec::new();
    for id in schema.function_ids() {
        let name = schema[id].combinator.name.to_string();
        match examples.of(id) {
            None => without.push(name),
            Some(example) if id.index() % STEP == 0 || name == "messages.sendEncrypted" => {
                writeln!(
                    code,
                    "({name:?}, {example:?}, || {{ {example} request.to_bytes().expect(\"short enough\") }}),"
                )?;
            }
            Some(_) => {}
        }
    }
    writeln!(code, "];\n\nconst WITHOUT: &[&str] = &{without:?};")?;
    Ok(code)
}

/// Appends `API_ENUMS` and `API_ANSWERS` (or those of another module) to the text.
fn write_items(module: &str, listing: &Listing, items: &mut String) -> std::fmt::Result {
    let name = module.to_uppercase();
    writeln!(items, "/// The enums of the module `{module}`.\npub static {name}_ENUMS: &[Enumeration] = &[")?;
    for path in &listing.enums {
        writeln!(items, "    Enumeration::of::<typelang_telegram::{path}>(\"{path}\"),")?;
    }
    writeln!(items, "];\n/// The functions of the module `{module}`, but those that wrap others.")?;
    writeln!(items, "pub static {name}_ANSWERS: &[Answer] = &[")?;
    for path in &listing.functions {
        writeln!(items, "    Answer::of::<typelang_telegram::{path}>(\"{path}\"),")?;
    }
    writeln!(items, "];")
}
