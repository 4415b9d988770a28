//! Generates the code of schemas of every family, and for each group of them a file that declares the modules and lists
//! them: `FAMILIES`.
//!
//! The schemas of this package are always there, published ones only where a folder `shared` is beside the repository. Without it
//! their groups are empty.

mod instances;
#[path = "../listing.rs"]
mod listing;
#[path = "../src/published.rs"]
#[allow(dead_code, unreachable_pub, reason = "the tests use more of it")]
mod published;
mod sources;

use std::env;
use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use listing::Listing;
use published::published;
use sources::{GROUPS, Source};
use typelang_build::{Availability, Options, generate_files};
use typelang_ir::{ResolveOptions, Schema};
use typelang_parser::{Diagnostic, Severity, render_all};
use typelang_project::Project;

fn main() -> Result<(), Box<dyn Error>> {
    let package = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let data = package.join("../data");
    for watched in
        ["build.rs", "instances.rs", "sources.rs", "schemas", "../listing.rs", "../src/published.rs", "../data"]
    {
        println!("cargo::rerun-if-changed={watched}");
    }
    write_group("own", sources::own(&package.join("schemas"))?, &out)?;
    let shared = package.join("../../../shared/schemas");
    let mut schemas = Vec::new();
    if shared.exists() {
        println!("cargo::rerun-if-changed={}", shared.display());
        schemas = published(&shared, &fs::read_to_string(data.join("published.toml"))?);
    }
    for (group, names) in GROUPS {
        let names = if schemas.is_empty() { &[] } else { *names };
        let sources = names.iter().map(|names| sources::joined(names, &schemas, &data));
        write_group(group, sources.collect(), &out)?;
    }
    Ok(())
}

/// Groups whose values are compared through serde as well.
const WITH_SERDE: [&str; 1] = ["telegram"];

fn write_group(group: &str, sources: Vec<Source>, out: &Path) -> Result<(), Box<dyn Error>> {
    let mut families = Families::default();
    for mut source in sources {
        let instances = out.join(format!("{}_instances.tl", source.module));
        source.files.extend(instances::write(&load(&source)?, instances)?);
        let serde = WITH_SERDE.contains(&group);
        generate(&source, serde, out)?;
        families.add(&source, &Listing::new(out, &source.module)?, serde, out)?;
    }
    fs::write(out.join(format!("{group}.rs")), families.text()?)?;
    Ok(())
}

/// Loads the files. What is wrong with published schemas but not an error is known, so it is not reported at each build.
fn load(source: &Source) -> Result<Schema, Box<dyn Error>> {
    let project = Project::read(&source.files, |path| fs::read(path))?;
    let checked = project.as_one(ResolveOptions { profile: source.profile, ..ResolveOptions::default() });
    let errors: Vec<Diagnostic> = checked.diagnostics.into_iter().filter(|it| it.severity == Severity::Error).collect();
    if errors.is_empty() { Ok(checked.schema) } else { Err(render_all(&errors, &project.sources).into()) }
}

/// Writes the files of the module, and leaves none of an earlier run.
fn generate(source: &Source, serde: bool, out: &Path) -> Result<(), Box<dyn Error>> {
    let options = Options {
        function_decoding: Availability::Always,
        any_constructor: Availability::Always,
        serde: if serde { Availability::Always } else { Availability::Never },
        ..Options::default()
    };
    let folder = out.join(&source.module);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    for (path, text) in generate_files(&load(source)?, &options, &source.module) {
        let path = out.join(path);
        fs::create_dir_all(path.parent().unwrap_or(out))?;
        fs::write(path, text)?;
    }
    Ok(())
}

/// The text of the file of a group.
#[derive(Default)]
struct Families {
    modules: String,
    answers: String,
    entries: String,
}

impl Families {
    fn add(&mut self, source: &Source, listing: &Listing, serde: bool, out: &Path) -> std::fmt::Result {
        let module = &source.module;
        let upper = module.to_uppercase();
        let path = out.join(module).join("mod.rs");
        writeln!(self.modules, "#[path = {path:?}]\npub mod {module};")?;
        writeln!(self.answers, "static {upper}_ANSWERS: &[typelang_tests::modules::Answer] = &[")?;
        for function in &listing.functions {
            writeln!(self.answers, "    typelang_tests::modules::Answer::of::<{function}>({function:?}),")?;
        }
        writeln!(self.answers, "];")?;
        let recode = |is_there: bool, name: &str| match is_there {
            true => format!("Some(typelang_tests::modules::recode::<{module}::{name}>)"),
            false => "None".to_owned(),
        };
        writeln!(self.entries, "    typelang_tests_families::Family {{")?;
        writeln!(self.entries, "        name: {module:?},")?;
        writeln!(self.entries, "        files: &{:?},", source.files)?;
        writeln!(self.entries, "        profile: {:?},", source.profile.map(|profile| profile.name()))?;
        writeln!(self.entries, "        constructor: {},", recode(listing.any_constructor, "AnyConstructor"))?;
        writeln!(self.entries, "        function: {},", recode(listing.any_function, "AnyFunction"))?;
        let codec = |is_there: bool, name: &str| match is_there {
            true => format!("Some(typelang_tests::vectors::Codec::of::<{module}::{name}>())"),
            false => "None".to_owned(),
        };
        let constructors = codec(listing.any_constructor, "AnyConstructor");
        let functions = codec(listing.any_function, "AnyFunction");
        let subject = format!(
            "Some(typelang_tests::vectors::Subject {{ table: {module}::TABLE, constructors: {constructors}, functions: {functions} }})"
        );
        writeln!(self.entries, "        json: {},", if serde { subject } else { "None".to_owned() })?;
        writeln!(self.entries, "        answers: {upper}_ANSWERS,\n    }},")
    }

    fn text(&self) -> Result<String, std::fmt::Error> {
        let mut text = format!("{}{}", self.modules, self.answers);
        writeln!(text, "/// The families of this group.")?;
        writeln!(text, "pub static FAMILIES: &[typelang_tests_families::Family] = &[\n{}];", self.entries)?;
        Ok(text)
    }
}
