//! What it costs to generate code: the stages without and with optimisation, and all of the checked-in crate beside what compiling
//! it costs. `TL_BENCH_ROUNDS` sets how often, `TL_BENCH_ROWS` what: see `--help`.

use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, ExitCode};

use tempfile::TempDir;
use typelang_bench::environment::summary;
use typelang_bench::inputs::root;
use typelang_bench::measure::Spread;
use typelang_bench::peers::{built, tl};
use typelang_bench::process::{Cost, cargo_in, run};
use typelang_bench::selection::Selection;
use typelang_bench::table::{Column, Row, comparison};

const USAGE: &str = "\
Measures what it costs to generate code.

  TL_BENCH_ROUNDS=5             how many times
  TL_BENCH_ROWS=stages,crate    what: the stages for schema/api.tl; all of the checked-in crate, beside compiling it";

fn main() -> ExitCode {
    if std::env::args().any(|argument| argument == "--help") {
        println!("{USAGE}");
        return ExitCode::SUCCESS;
    }
    match report() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn report() -> io::Result<()> {
    let selection = Selection::from_environment(&["stages", "crate"]).map_err(io::Error::other)?;
    println!("# Generating\n\n{}; medians of {} rounds\n", summary(), selection.rounds());
    if selection.has("stages") {
        println!("{}", stages(selection.rounds())?);
    }
    if selection.has("crate") {
        println!("{}", whole_crate(selection.rounds())?);
    }
    Ok(())
}

/// The stages from text to files, at both levels of optimisation in turn.
fn stages(rounds: usize) -> io::Result<String> {
    let schema = root().join("schema").join("api.tl");
    let programs = [(3, built("typelang-bench", "stages", true)), (0, built("typelang-bench", "stages", false))];
    let mut rows = Vec::new();
    for (level, program) in programs {
        let program = program.map_err(io::Error::other)?;
        rows.push((program, Row { name: format!("opt-level {level}"), rounds: Vec::new() }));
    }
    for round in 0..rounds {
        for (program, row) in &mut rows {
            eprintln!("generate: stages at {}, round {} of {rounds}", row.name, round + 1);
            let (cost, text) = run(Command::new(program).arg(&schema))?;
            row.rounds.push(milliseconds(&text).into_iter().chain([cost.peak]).collect());
        }
    }
    let names = ["parse, ms", "resolve, ms", "generate, ms", "generate and format, ms", "peak MiB"];
    let digits = [1, 1, 0, 0, 0];
    let columns: Vec<Column> = names.into_iter().zip(digits).map(|(name, digits)| Column { name, digits }).collect();
    let rows: Vec<Row> = rows.into_iter().map(|(_, row)| row).collect();
    Ok(format!("## The stages, schema/api.tl, one process\n\n{}", comparison(&columns, &rows)))
}

/// The times that the program prints: a name, a colon and seconds on each line.
fn milliseconds(text: &str) -> Vec<f64> {
    let seconds = text.lines().filter_map(|line| line.rsplit_once(": ")?.1.parse::<f64>().ok());
    seconds.map(|seconds| seconds * 1e3).collect()
}

/// `tl regenerate` in its release build, which writes every file anew, beside what compiling these files takes.
fn whole_crate(rounds: usize) -> io::Result<String> {
    let tl = tl().map_err(io::Error::other)?;
    let mut regenerating = Row { name: "`tl regenerate`".to_owned(), rounds: Vec::new() };
    let mut compiling = Row { name: "compiling what it writes, dev".to_owned(), rounds: Vec::new() };
    for round in 0..rounds {
        eprintln!("generate: all of generated/, round {} of {rounds}", round + 1);
        let folder = TempDir::new()?;
        copy_schemas(folder.path())?;
        let (cost, _) = run(Command::new(&tl).arg("regenerate").arg("--root").arg(folder.path()))?;
        regenerating.rounds.push(figures(cost));
        compiling.rounds.push(figures(compile(folder.path())?));
    }
    let seconds = |row: &Row| row.rounds.iter().filter_map(|round| round.first().copied()).collect::<Vec<_>>();
    let factor = Spread::of_ratios(&seconds(&compiling), &seconds(&regenerating)).median;
    let columns = [Column { name: "CPU s", digits: 2 }, Column { name: "peak MiB", digits: 0 }];
    Ok(format!(
        "## All of generated/\n\n{}\nCompiling takes {factor:.0} times the processor time of generating.\n",
        comparison(&columns, &[compiling, regenerating])
    ))
}

fn figures(cost: Cost) -> Vec<f64> {
    vec![cost.seconds, cost.peak]
}

/// A folder as `tl regenerate` wants it: the schemas with what is known about them, and no generated file.
fn copy_schemas(folder: &Path) -> io::Result<()> {
    fs::create_dir(folder.join("schema"))?;
    for entry in fs::read_dir(root().join("schema"))? {
        let path = entry?.path();
        if let (true, Some(name)) = (path.is_file(), path.file_name()) {
            fs::copy(&path, folder.join("schema").join(name))?;
        }
    }
    fs::create_dir_all(folder.join("generated").join("src"))
}

/// Compiles the generated files of a folder as the checked-in crate with all of its modules, the runtime included.
fn compile(folder: &Path) -> io::Result<Cost> {
    let generated = folder.join("generated");
    fs::copy(root().join("generated").join("src").join("lib.rs"), generated.join("src").join("lib.rs"))?;
    let manifest = fs::read_to_string(root().join("generated").join("Cargo.toml"))?;
    fs::write(generated.join("Cargo.toml"), manifest)?;
    fs::write(folder.join("Cargo.toml"), workspace(&root().join("runtime"))?)?;
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock"))?;
    let mut cargo = cargo_in(folder);
    cargo.args(["build", "--quiet", "--offline", "-p", "typelang-telegram", "--features", "mtproto,secret,borrowed"]);
    Ok(run(&mut cargo)?.0)
}

/// The manifest of a workspace that has the generated crate alone, with all that it takes from ours.
fn workspace(runtime: &Path) -> io::Result<String> {
    let ours = fs::read_to_string(root().join("Cargo.toml"))?;
    let shared = ours.find("[workspace.package]").map(|start| &ours[start..]).unwrap_or_default();
    let runtime = format!("typelang = {{ path = {runtime:?}");
    Ok(format!("[workspace]\nresolver = \"3\"\nmembers = [\"generated\"]\n\n{shared}")
        .replace("typelang = { path = \"runtime\"", &runtime))
}
