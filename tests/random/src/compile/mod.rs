//! Generated code of random schemas, compiled without a warning and run.
//!
//! Each schema and each set of options is a crate of its own, compiled by calling rustc with the libraries that one run of cargo has
//! built. So a crate that does not compile is no concern of the others, and nothing is built twice. The crates that are run become
//! parts of one program.

mod sets;
mod toolchain;

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

pub use sets::OptionSet;
pub use toolchain::Toolchain;
use typelang_build::{Builder, Error};

use crate::check::{Checked, Failure, step};

/// A place where crates are compiled.
#[derive(Clone, Copy, Debug)]
pub struct Workshop<'a> {
    /// The compiler and the libraries.
    pub toolchain: &'a Toolchain,
    /// A folder for the crates.
    pub folder: &'a Path,
}

/// What a program tried.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tried {
    /// Values in generated types, through the walker, as JSON.
    pub values: usize,
    /// Choices that made no value, or one beyond a limit.
    pub given_up: usize,
    /// Values that were made as arbitrary ones.
    pub arbitrary: usize,
}

impl Tried {
    fn read(text: &str) -> Option<Self> {
        let mut numbers = text.split(' ').map(|number| number.parse().ok());
        let mut next = || numbers.next().flatten();
        let tried = Self { values: next()?, given_up: next()?, arbitrary: next()? };
        numbers.next().is_none().then_some(tried)
    }

    /// Adds what another program tried.
    pub fn add(&mut self, other: Self) {
        self.values += other.values;
        self.given_up += other.given_up;
        self.arbitrary += other.arbitrary;
    }
}

/// A crate that compiled.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// The name of the crate.
    pub name: String,
    library: PathBuf,
}

impl Workshop<'_> {
    /// Generates the code of a schema with a set of options, and compiles it with warnings as errors.
    ///
    /// # Errors
    ///
    /// Returns what the generator or the compiler says.
    pub fn compile(&self, checked: &Checked, seed: u64, set: OptionSet, name: &str) -> Result<Compiled, Failure> {
        let name = format!("{name}_{}", set.name().replace('-', "_"));
        let folder = self.folder.join(&name);
        let features = set.on(checked, seed);
        let kind = format!("generate {}", set.name());
        let root = step(&kind, || write(set.builder(checked, seed), set, &folder))?;
        let rlib = self.folder.join(format!("lib{name}.rlib"));
        let result = self.rustc(&name, set, &root, &features);
        if result.is_ok() && set == OptionSet::Documented {
            self.rustdoc(&name, set, &root)?;
        }
        // The text is written again where it is asked for.
        _ = fs::remove_dir_all(&folder);
        result.map(|()| Compiled { name, library: rlib })
    }

    fn rustc(&self, name: &str, set: OptionSet, root: &Path, features: &[String]) -> Result<(), Failure> {
        let emit = if set == OptionSet::Run { "--emit=link" } else { "--emit=metadata" };
        let mut arguments = arguments(name, set);
        arguments.extend([emit, "--crate-type=rlib", "-Cdebuginfo=0", "-Ccodegen-units=1"].map(str::to_owned));
        arguments.extend(features.iter().flat_map(|feature| ["--cfg".to_owned(), format!("feature={feature:?}")]));
        let arguments = arguments.iter().map(AsRef::<OsStr>::as_ref);
        let output = [OsStr::new("--out-dir"), self.folder.as_os_str(), root.as_os_str()];
        let arguments: Vec<&OsStr> = arguments.chain(output).collect();
        let program = if self.toolchain.clippy && set != OptionSet::Run { "clippy-driver" } else { "rustc" };
        self.call(program, set, &arguments)
    }

    fn rustdoc(&self, name: &str, set: OptionSet, root: &Path) -> Result<(), Failure> {
        let arguments = arguments(name, set);
        let folder = root.with_file_name("doc");
        let output = [OsStr::new("-o"), folder.as_os_str(), root.as_os_str()];
        let arguments: Vec<&OsStr> = arguments.iter().map(AsRef::<OsStr>::as_ref).chain(output).collect();
        self.call("rustdoc", set, &arguments)
    }

    fn call(&self, program: &str, set: OptionSet, arguments: &[&OsStr]) -> Result<(), Failure> {
        let failed =
            |message: String| Failure::new(format!("{program} {}: {}", set.name(), first_error(&message)), message);
        let output = self.toolchain.compile(program, arguments, &[]).map_err(failed)?;
        let text = String::from_utf8_lossy(&output.stderr);
        if output.status.success() && text.is_empty() { Ok(()) } else { Err(failed(text.into_owned())) }
    }

    /// Runs the crates in one program. Returns what each says; nothing of those that compile and say nothing is lost.
    ///
    /// # Errors
    ///
    /// Returns an error if the program cannot be built, which does not depend on a single crate.
    pub fn run(&self, crates: &[Compiled]) -> Result<Vec<Result<Tried, Failure>>, String> {
        let main = self.folder.join("main.rs");
        let names: Vec<&str> = crates.iter().map(|it| it.name.as_str()).collect();
        let subjects: String = names.iter().map(|name| format!("{name}::SUBJECT, ")).collect();
        let text = format!("fn main() -> std::process::ExitCode {{ support::main(&[{subjects}]) }}");
        fs::write(&main, text).map_err(|error| error.to_string())?;
        let program = self.folder.join(format!("program{}", std::env::consts::EXE_SUFFIX));
        let arguments = ["--crate-name=program", "--edition=2024", "-Cdebuginfo=0", "-o"].map(OsStr::new);
        let arguments: Vec<&OsStr> = arguments.into_iter().chain([program.as_os_str(), main.as_os_str()]).collect();
        let externs: Vec<_> = crates.iter().map(|it| (it.name.clone(), it.library.clone())).collect();
        let output = self.toolchain.compile("rustc", &arguments, &externs)?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned());
        }
        // One by one, so that one that aborts takes no other with it.
        crates.iter().map(|it| run_one(&program, &it.name)).collect()
    }
}

fn run_one(program: &Path, name: &str) -> Result<Result<Tried, Failure>, String> {
    let output = Command::new(program).arg(name).output().map_err(|error| error.to_string())?;
    let text = String::from_utf8_lossy(&output.stdout);
    if let Some(values) = text.lines().find_map(|line| line.strip_prefix(&format!("passed {name} "))) {
        let counts =
            Tried::read(values).ok_or_else(|| format!("{name}: {values:?} are not the counts of what was tried"))?;
        return Ok(Ok(counts));
    }
    if let Some(message) = text.lines().find_map(|line| line.strip_prefix(&format!("failed {name} "))) {
        let kind: String = message.split(':').next().unwrap_or_default().chars().take(20).collect();
        // The kind of entry only: a smaller schema has other names.
        let kind = kind.split(' ').next().unwrap_or_default();
        return Ok(Err(Failure::new(format!("run: {kind}"), message)));
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    Ok(Err(Failure::new("run: aborted", format!("{}: {errors}", output.status))))
}

/// What rustc and rustdoc have in common.
fn arguments(name: &str, set: OptionSet) -> Vec<String> {
    let edition = set.edition();
    let name = format!("--crate-name={name}");
    vec![name, format!("--edition={edition}"), "--check-cfg=cfg(feature, values(any()))".to_owned()]
}

/// The first line that says what is wrong, without what differs from schema to schema.
fn first_error(text: &str) -> String {
    let is_error = |line: &&str| line.starts_with("error") || line.starts_with("warning");
    let line = text.lines().find(is_error).unwrap_or_default();
    let mut parts = line.split('`').enumerate().map(|(index, part)| if index % 2 == 0 { part } else { "…" });
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| all + "`" + part)
}

/// Writes the code of a schema beneath a folder, and returns the path of the root of a crate with it.
fn write(builder: Builder, set: OptionSet, folder: &Path) -> Result<PathBuf, Failure> {
    let failed = |error: &dyn std::fmt::Display| Failure::new("refused", error.to_string());
    let source = folder.join("src");
    fs::create_dir_all(&source).map_err(|error| failed(&error))?;
    let builder = match set.is_in_files() {
        true => builder.out_directory(&source, "schema"),
        false => builder.out_file(source.join("schema.rs")),
    };
    builder.generate().map_err(|error: Error| failed(&error))?;
    let root = source.join("lib.rs");
    let code = if set == OptionSet::Run {
        fs::read_to_string(source.join("schema.rs")).unwrap_or_default()
    } else {
        String::new()
    };
    fs::write(&root, root_text(set, &code)).map_err(|error| failed(&error))?;
    Ok(root)
}

fn root_text(set: OptionSet, code: &str) -> String {
    let documented = if set == OptionSet::Borrowed { "" } else { ", missing_docs" };
    let mut text = format!("//! A random schema.\n\n#![deny(warnings{documented})]\n\n/// The code.\n");
    text += match set {
        OptionSet::Borrowed => "pub mod schema {\n    include!(\"schema.rs\");\n}\n",
        _ => "pub mod schema;\n",
    };
    if set == OptionSet::Run {
        // The code is not laid out. Both enums have an impl by a macro, which names them.
        let code: String = code.split_whitespace().collect();
        let is_there = |name: &&str| code.contains(&format!("anysuper::{name}="));
        let any = ["AnyConstructor", "AnyFunction"].into_iter().filter(is_there);
        let any: String = any.map(|name| format!("support::Any::of::<schema::{name}>({name:?}), ")).collect();
        text += &format!(
            "/// What is tried.
pub static SUBJECT: support::Subject = support::Subject {{
    name: module_path!(),
    table: &schema::TABLE,
    entries: &[&schema::CATALOG, &schema::CALLS],
    any: &[{any}],
}};
"
        );
    }
    text
}
