//! Generates the code of schemas of every family, and for each group of them a file that declares the modules and lists
//! them: `FAMILIES`.
//!
//! The schemas of this package are always there, real ones only where a folder `shared` stands beside the repository.

mod instances;
#[path = "../listing.rs"]
mod listing;
mod sources;

use std::env;
use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use listing::Listing;
use sources::{GROUPS, Source};
use tl_codegen::{Availability, Builder};

fn main() -> Result<(), Box<dyn Error>> {
    let package = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var("OUT_DIR")?);
    for watched in ["build.rs", "instances.rs", "sources.rs", "schemas", "../listing.rs"] {
        println!("cargo::rerun-if-changed={watched}");
    }
    let shared = package.join("../../../shared/schemas");
    if shared.exists() {
        println!("cargo::rerun-if-changed={}", shared.display());
    } else {
        println!(
            "cargo::warning=no ../shared/schemas beside the repository: only the schemas of this package are tested"
        );
    }
    let schemas = package.join("schemas");
    for group in GROUPS {
        let mut sources = sources::own(&schemas, group);
        if shared.exists() {
            sources.extend(sources::real(&shared, &schemas, group));
        }
        let mut families = Families::default();
        for mut source in sources {
            let instances = out.join(format!("{}_instances.tl", source.module));
            source.files.extend(instances::write(&source.files, source.profile, instances)?);
            generate(&source, &out)?;
            families.add(&source, &Listing::new(&out, &source.module)?, &out)?;
        }
        fs::write(out.join(format!("{group}.rs")), families.text()?)?;
    }
    Ok(())
}

fn generate(source: &Source, out: &Path) -> Result<(), tl_codegen::Error> {
    let mut builder = Builder::new()
        .schemas(&source.files)
        .function_decoding(Availability::Always)
        .any_constructor(Availability::Always)
        .out_directory(out, &source.module);
    if let Some(profile) = source.profile {
        builder = builder.profile(profile);
    }
    builder.generate()
}

/// The text of the file of a group.
#[derive(Default)]
struct Families {
    modules: String,
    answers: String,
    entries: String,
}

impl Families {
    fn add(&mut self, source: &Source, listing: &Listing, out: &Path) -> std::fmt::Result {
        let module = &source.module;
        let upper = module.to_uppercase();
        let path = out.join(module).join("mod.rs");
        writeln!(self.modules, "#[path = {path:?}]\npub mod {module};")?;
        writeln!(self.answers, "static {upper}_ANSWERS: &[tl_tests::modules::Answer] = &[")?;
        for function in &listing.functions {
            writeln!(self.answers, "    tl_tests::modules::Answer::of::<{function}>({function:?}),")?;
        }
        writeln!(self.answers, "];")?;
        let recode = |is_there: bool, name: &str| match is_there {
            true => format!("Some(tl_tests::modules::recode::<{module}::{name}>)"),
            false => "None".to_owned(),
        };
        writeln!(self.entries, "    tl_tests_families::Family {{")?;
        writeln!(self.entries, "        name: {module:?},")?;
        writeln!(self.entries, "        files: &{:?},", source.files)?;
        writeln!(self.entries, "        profile: {:?},", source.profile.map(|profile| profile.name()))?;
        writeln!(self.entries, "        constructor: {},", recode(listing.any_constructor, "AnyConstructor"))?;
        writeln!(self.entries, "        function: {},", recode(listing.any_function, "AnyFunction"))?;
        writeln!(self.entries, "        answers: {upper}_ANSWERS,\n    }},")
    }

    fn text(&self) -> Result<String, std::fmt::Error> {
        let mut text = format!("{}{}", self.modules, self.answers);
        writeln!(text, "/// The families of this group.")?;
        writeln!(text, "pub static FAMILIES: &[tl_tests_families::Family] = &[\n{}];", self.entries)?;
        Ok(text)
    }
}
