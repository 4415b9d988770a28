//! A crate outside of the workspace, made of generated modules, for the tools of Rust to look at.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::option_sets::PARTS;

/// The tools that look at a crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// `cargo check`
    Rustc,
    /// `cargo clippy`, which has the lints of the compiler as well.
    Clippy,
    /// `cargo doc`
    Rustdoc,
}

/// A crate of generated modules.
pub struct Scratch {
    folder: TempDir,
    target: PathBuf,
    modules: String,
    features: BTreeSet<String>,
}

impl Scratch {
    /// A crate with nothing but the runtime by another path and the features of the parts, which the sets of options refer to. The
    /// tools keep their results in `target/scratch`.
    ///
    /// # Panics
    ///
    /// There is no temporary folder.
    #[must_use]
    pub fn new(target: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/scratch").join(target);
        let mut scratch = Self { folder, target, modules: String::new(), features: BTreeSet::new() };
        scratch.add("runtime", "//! The runtime by another path.\npub use typelang::*;");
        scratch.add_features(&PARTS.map(|part| format!("{part} = []\n")).concat());
        scratch
    }

    /// Adds a module of one file. Its documentation, if it has none, is not asked for.
    pub fn add(&mut self, name: &str, code: &str) {
        self.write(&format!("src/{name}.rs"), code.as_bytes());
        // Writing to a string never fails.
        let _ = writeln!(self.modules, "/// Generated.\npub mod {name};");
    }

    /// Adds the features that lines of the section `[features]` name. Several modules may need the same ones.
    ///
    /// # Panics
    ///
    /// The lines are not TOML.
    pub fn add_features(&mut self, lines: &str) {
        let table: toml::Table = lines.parse().expect("TOML");
        self.features.extend(table.keys().cloned());
    }

    fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.folder.path().join(path);
        fs::create_dir_all(path.parent().expect("in a folder")).expect("writable");
        fs::write(path, bytes).expect("writable");
    }

    /// Runs a tool over the crate with all its features, and returns what it reports, if it does.
    ///
    /// # Errors
    ///
    /// The tool reports something, be it a warning.
    ///
    /// # Panics
    ///
    /// The tool cannot be started.
    pub fn run(&self, tool: Tool, edition: &str) -> Result<(), String> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the repository is there");
        let runtime = root.join("runtime").display().to_string().replace('\\', "/");
        let own: String = self.features.iter().map(|name| format!("\"{name}\" = []\n")).collect();
        self.write(
            "Cargo.toml",
            format!(
                "[package]\nname = \"scratch\"\nversion = \"0.0.0\"\nedition = \"{edition}\"\n\n[features]\n{own}\n\
                 [dependencies]\ntypelang = {{ path = \"{runtime}\", features = [\"arbitrary\", \"bytes\", \"conversions\", \
                 \"reflect\", \"serde\"] }}\n\n[workspace]\n"
            )
            .as_bytes(),
        );
        let modules = &self.modules;
        self.write("src/lib.rs", format!("//! Generated.\n#![deny(warnings, missing_docs)]\n\n{modules}").as_bytes());
        fs::copy(root.join("Cargo.lock"), self.folder.path().join("Cargo.lock")).expect("writable");
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(match tool {
            Tool::Rustc => &["check"][..],
            Tool::Clippy => &["clippy"],
            Tool::Rustdoc => &["doc", "--no-deps"],
        });
        let output = cargo
            .args(["--offline", "--quiet", "--all-features", "--target-dir"])
            .arg(&self.target)
            .current_dir(self.folder.path())
            .env_remove("CARGO_ENCODED_RUSTFLAGS")
            .env_remove("RUSTFLAGS")
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .output()
            .expect("cargo runs");
        let report = String::from_utf8_lossy(&output.stderr).into_owned();
        if output.status.success() && report.trim().is_empty() { Ok(()) } else { Err(report) }
    }
}
