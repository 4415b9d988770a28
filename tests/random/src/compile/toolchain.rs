//! Runs cargo once, for what generated code depends on, and rustc for each crate of generated code.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

/// What generated code depends on, compiled.
#[derive(Clone, Debug)]
pub struct Toolchain {
    libraries: BTreeMap<String, PathBuf>,
    dependencies: PathBuf,
    pub(crate) clippy: bool,
}

impl Toolchain {
    /// Builds the runtime, and the part of the tests that is compiled with generated code, into a folder.
    ///
    /// # Errors
    ///
    /// Returns what cargo says if it fails.
    pub fn build(folder: &Path) -> Result<Self, String> {
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        let crate_folder = folder.join("support");
        fs::create_dir_all(&crate_folder).map_err(|error| error.to_string())?;
        let write =
            |name: &str, text: &str| fs::write(crate_folder.join(name), text).map_err(|error| error.to_string());
        write("Cargo.toml", &manifest(package))?;
        // The same versions as here, so that nothing has to be looked up.
        let lock = fs::read_to_string(package.join("../../Cargo.lock")).map_err(|error| error.to_string())?;
        write("Cargo.lock", &lock)?;
        let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(["build", "--offline", "--lib", "--message-format=json", "--manifest-path"])
            .arg(crate_folder.join("Cargo.toml"))
            .arg("--target-dir")
            .arg(folder.join("target"))
            .env_remove("CARGO_BUILD_TARGET")
            .env_remove("CARGO_ENCODED_RUSTFLAGS")
            .env_remove("RUSTFLAGS")
            .output()
            .map_err(|error| format!("cargo: {error}"))?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned());
        }
        let libraries = libraries(&String::from_utf8_lossy(&output.stdout));
        Ok(Self { libraries, dependencies: folder.join("target/debug/deps"), clippy: false })
    }

    /// The same, with clippy in place of the compiler for code that is not run.
    #[must_use]
    pub fn with_clippy(self, clippy: bool) -> Self {
        Self { clippy, ..self }
    }

    /// A call of the compiler with the libraries; `program` is `rustc`, `rustdoc` or `clippy-driver`.
    pub(crate) fn compile(
        &self,
        program: &str,
        arguments: &[&OsStr],
        externs: &[(String, PathBuf)],
    ) -> Result<Output, String> {
        let mut command = Command::new(program);
        command.args(arguments).arg("-L").arg(prefixed("dependency=", &self.dependencies));
        let libraries = ["typelang", "support", "serde", "arbitrary"];
        let own = libraries.iter().filter_map(|name| Some((*name, self.libraries.get(*name)?)));
        let others = externs.iter().map(|(name, path)| (name.as_str(), path));
        for (name, path) in own.chain(others) {
            command.arg("--extern").arg(prefixed(&format!("{name}="), path));
        }
        command.env_remove("RUSTFLAGS").output().map_err(|error| format!("{program}: {error}"))
    }
}

fn prefixed(prefix: &str, path: &Path) -> std::ffi::OsString {
    let mut text = std::ffi::OsString::from(prefix);
    text.push(path);
    text
}

/// The libraries in the messages of cargo, by name.
fn libraries(messages: &str) -> BTreeMap<String, PathBuf> {
    let mut libraries = BTreeMap::new();
    for line in messages.lines() {
        let Ok(message) = serde_json::from_str::<serde_json::Value>(line) else { continue };
        let name = message["target"]["name"].as_str().unwrap_or_default().replace('-', "_");
        let files = message["filenames"].as_array().into_iter().flatten().filter_map(serde_json::Value::as_str);
        for file in files.filter(|file| file.ends_with(".rlib")) {
            libraries.insert(name.clone(), PathBuf::from(file));
        }
    }
    libraries
}

fn manifest(package: &Path) -> String {
    let (runtime, library) = (package.join("../../runtime"), package.join("support/lib.rs"));
    format!(
        "[package]
name = \"support\"
edition = \"2024\"

[lib]
path = {library:?}

[dependencies]
arbitrary = \"1\"
serde = \"1\"
serde_json = {{ version = \"1\", features = [\"float_roundtrip\"] }}
typelang = {{ path = {runtime:?}, features = [\"arbitrary\", \"bytes\", \"serde\"] }}

[profile.dev]
debug = false
incremental = false

[workspace]
"
    )
}
