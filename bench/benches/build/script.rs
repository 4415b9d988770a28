//! What it costs to generate code in a build script: Cargo builds it and all that it uses without optimisation, and runs it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use typelang_bench::inputs::root;
use typelang_bench::process::{Cost, run};
use typelang_bench::table::{Column, Row, comparison};

use crate::program::{Profile, build, write_package};

/// What a client begins with.
const FUNCTIONS: [&str; 10] = [
    "auth.sendCode",
    "auth.signIn",
    "help.getConfig",
    "messages.getDialogs",
    "messages.getHistory",
    "messages.sendMessage",
    "updates.getDifference",
    "updates.getState",
    "upload.getFile",
    "users.getUsers",
];

const COLUMNS: [Column; 6] = [
    Column { name: "CPU s, clean", digits: 1 },
    Column { name: "peak MiB", digits: 0 },
    Column { name: "of it the toolchain, CPU s", digits: 1 },
    Column { name: "the script's run, CPU ms", digits: 0 },
    Column { name: "its peak MiB", digits: 0 },
    Column { name: "generated lines", digits: 0 },
];

/// The table: with and without formatting.
pub(crate) fn table(rounds: usize) -> io::Result<String> {
    let mut rows = [
        ("default-features = true", "`typelang-build` as it comes, formatted"),
        ("default-features = false", "without the feature `pretty`"),
    ]
    .map(|(features, name)| (features, Row { name: name.to_owned(), rounds: Vec::new() }));
    for round in 0..rounds {
        for (features, row) in &mut rows {
            eprintln!("build: a build script, {}, round {} of {rounds}", row.name, round + 1);
            row.rounds.push(measure(features)?);
        }
    }
    let rows = rows.map(|(_, row)| row);
    Ok(format!("## A build script that generates ten methods, Dev\n\n{}", comparison(&COLUMNS, &rows)))
}

/// Builds a program whose build script generates what it includes, in two steps: first what the script uses, then the rest.
fn measure(features: &str) -> io::Result<Vec<f64>> {
    let folder = TempDir::new()?;
    let folder = folder.path();
    let dependency =
        |name: &str, folder: &str, more: &str| format!("{name} = {{ path = {:?}{more} }}\n", root().join(folder));
    let codegen =
        format!("[build-dependencies]\n{}", dependency("typelang-build", "codegen", &format!(", {features}")));
    write_package(folder, &codegen)?;
    fs::write(folder.join("build.rs"), "fn main() {}\n")?;
    fs::write(folder.join("main.rs"), "fn main() {}\n")?;
    let toolchain = build(folder, Profile::Dev, &[])?;
    let runtime = dependency("typelang", "runtime", "");
    write_package(folder, &format!("[dependencies]\n{runtime}\n{codegen}"))?;
    fs::write(folder.join("build.rs"), script())?;
    fs::write(folder.join("main.rs"), MAIN)?;
    let rest = build(folder, Profile::Dev, &[])?;
    let (alone, lines) = run_alone(folder)?;
    let whole = toolchain.then(rest);
    Ok(vec![whole.seconds, whole.peak, toolchain.seconds, alone.seconds * 1e3, alone.peak, lines])
}

const MAIN: &str = "#![allow(dead_code)]\n\nmod tl {\n    include!(concat!(env!(\"OUT_DIR\"), \"/tl.rs\"));\n}\n\n\
                    fn main() {}\n";

fn script() -> String {
    let schema = root().join("schema").join("api.tl");
    format!(
        "fn main() -> Result<(), typelang_build::Error> {{\n    \
         typelang_build::Builder::new().schema({schema:?}).only({FUNCTIONS:?}).generate()\n}}\n"
    )
}

/// Runs the program that Cargo built from the script by itself, and counts the lines that it writes.
fn run_alone(folder: &Path) -> io::Result<(Cost, f64)> {
    let output = TempDir::new()?;
    let script = newest_script(&folder.join("target").join("debug").join("build"))?;
    let (cost, _) = run(Command::new(script).current_dir(folder).env("OUT_DIR", output.path()))?;
    let lines = fs::read_to_string(output.path().join("tl.rs"))?.lines().count();
    Ok((cost, lines as f64))
}

/// The program of the build script; there can be another one of the first step.
fn newest_script(folder: &Path) -> io::Result<PathBuf> {
    let mut newest = None;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_ours = path.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.starts_with("program-"));
        let script = path.join("build-script-build").with_extension(std::env::consts::EXE_EXTENSION);
        if let (true, Ok(metadata)) = (is_ours, fs::metadata(&script)) {
            newest = newest.max(Some((metadata.modified()?, script)));
        }
    }
    newest.map(|(_, script)| script).ok_or_else(|| io::Error::other("Cargo built no build script"))
}
