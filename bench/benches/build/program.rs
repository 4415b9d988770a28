//! Programs that depend on a generated crate, and what it costs to build them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use typelang_bench::environment::locked_version;
use typelang_bench::inputs::root;
use typelang_bench::process::{self, cargo_in, mebibytes, run};

/// The namespace of the API that stands for all in the row `namespace`.
const NAMESPACE: &str = "help";

/// How a program is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Profile {
    Dev,
    Release,
}

/// A crate, and a program on top of it.
pub(crate) struct Subject {
    pub(crate) name: &'static str,
    /// The name of the crate's package.
    package: &'static str,
    /// How a manifest depends on it, without the name.
    dependency: String,
    /// The program; nothing if the crate is measured alone.
    main: Option<&'static str>,
}

/// What one clean build cost.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cost {
    /// Building the crate, with what it depends on.
    pub(crate) library: process::Cost,
    /// Size of the crate's library, in mebibytes.
    pub(crate) library_size: f64,
    /// Lines of the files that the compiler read for the crate.
    pub(crate) lines: f64,
    /// Building the program after that.
    pub(crate) program: Option<ProgramCost>,
}

/// What a program on top of a crate cost.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ProgramCost {
    /// Building it, the crate being there.
    pub(crate) first: process::Cost,
    /// Its size, in mebibytes.
    pub(crate) size: f64,
    /// Building it again after its source was touched.
    pub(crate) again: process::Cost,
}

impl Profile {
    fn folder(self) -> &'static str {
        match self {
            Self::Dev => "debug",
            Self::Release => "release",
        }
    }
}

impl Subject {
    pub(crate) fn peer() -> Self {
        let package = "grammers-tl-types";
        let dependency = format!("\"={}\"", locked_version(package));
        Self { name: "the peer, as it comes", package, dependency, main: Some(include_str!("programs/peer.rs")) }
    }

    pub(crate) fn ours() -> Self {
        let dependency = format!("{{ path = {:?} }}", root().join("generated"));
        let main = Some(include_str!("programs/ours.rs"));
        Self { name: "typelang-telegram, as it comes", package: "typelang-telegram", dependency, main }
    }

    /// Our crate with the whole API and nothing else: no conversions between structs and enums, which the peer has.
    pub(crate) fn api_alone() -> Self {
        let generated = root().join("generated");
        let dependency = format!("{{ path = {generated:?}, default-features = false, features = [\"api\"] }}");
        Self { name: "typelang-telegram, without conversions", package: "typelang-telegram", dependency, main: None }
    }

    /// Our crate with one namespace alone; nothing, and a line that says so, as long as it has no such feature.
    pub(crate) fn namespace() -> Option<Self> {
        let generated = root().join("generated");
        let manifest = fs::read_to_string(generated.join("Cargo.toml")).unwrap_or_default();
        if !manifest.lines().any(|line| line.starts_with(&format!("{NAMESPACE} = "))) {
            println!("skipped: typelang-telegram has no feature `{NAMESPACE}`\n");
            return None;
        }
        let dependency = format!("{{ path = {generated:?}, default-features = false, features = [{NAMESPACE:?}] }}");
        Some(Self { name: "typelang-telegram, one namespace", package: "typelang-telegram", dependency, main: None })
    }

    /// Builds the crate, and the program on top of it if there is one and it is wanted.
    pub(crate) fn build(&self, profile: Profile, with_program: bool) -> io::Result<Cost> {
        let folder = TempDir::new()?;
        let source = folder.path().join("main.rs");
        write_package(folder.path(), &format!("[dependencies]\n{} = {}\n", self.package, self.dependency))?;
        fs::write(&source, self.main.unwrap_or("fn main() {}\n"))?;
        let library = build(folder.path(), profile, &["--package", self.package])?;
        let deps = folder.path().join("target").join(profile.folder()).join("deps");
        let program = match self.main {
            Some(main) if with_program => {
                let first = build(folder.path(), profile, &[])?;
                let program = deps.with_file_name("program").with_extension(std::env::consts::EXE_EXTENSION);
                let size = mebibytes(fs::metadata(program)?.len());
                fs::write(&source, format!("{main}\n"))?;
                Some(ProgramCost { first, size, again: build(folder.path(), profile, &[])? })
            }
            _ => None,
        };
        let library_size = mebibytes(fs::metadata(self.output(&deps, "lib", ".rlib")?)?.len());
        Ok(Cost { library, library_size, lines: lines_of(&self.output(&deps, "", ".d")?)?, program })
    }

    /// A file that the compiler wrote for the crate.
    fn output(&self, deps: &Path, prefix: &str, suffix: &str) -> io::Result<PathBuf> {
        let beginning = format!("{prefix}{}-", self.package.replace('-', "_"));
        let is_wanted = |name: &str| name.starts_with(&beginning) && name.ends_with(suffix);
        for entry in fs::read_dir(deps)? {
            let path = entry?.path();
            if path.file_name().and_then(|name| name.to_str()).is_some_and(is_wanted) {
                return Ok(path);
            }
        }
        Err(io::Error::other(format!("no {beginning}…{suffix} in {}", deps.display())))
    }
}

/// Writes the manifest of a package of its own, with the versions of all dependencies that this workspace has.
pub(crate) fn write_package(folder: &Path, dependencies: &str) -> io::Result<()> {
    let manifest = format!(
        "[package]\nname = \"program\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[[bin]]\nname = \"program\"\n\
         path = \"main.rs\"\n\n{dependencies}\n[workspace]\n"
    );
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock"))?;
    Ok(())
}

/// Builds the package of a folder.
pub(crate) fn build(folder: &Path, profile: Profile, arguments: &[&str]) -> io::Result<process::Cost> {
    let mut cargo = cargo_in(folder);
    cargo.args(["build", "--quiet", "--offline"]).args((profile == Profile::Release).then_some("--release"));
    Ok(run(cargo.args(arguments))?.0)
}

/// Lines of the files that the compiler read, which is what it lists for Cargo: `OUTPUT: FILE FILE …`, with a backslash before
/// spaces inside of names.
fn lines_of(listing: &Path) -> io::Result<f64> {
    const SPACE: &str = "\u{0}";
    let text = fs::read_to_string(listing)?;
    let files = text.lines().next().and_then(|line| line.split_once(": ")).map_or("", |(_, files)| files);
    let mut lines = 0;
    for file in files.replace("\\ ", SPACE).split_whitespace().filter(|file| file.ends_with(".rs")) {
        lines += fs::read_to_string(file.replace(SPACE, " "))?.lines().count();
    }
    Ok(lines as f64)
}
