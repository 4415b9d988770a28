//! Generates code from published schemas with several sets of options, and looks for warnings of rustc, clippy and rustdoc.
//!
//! ```sh
//! nice cargo run -p typelang-tests-warnings --bin published -- FOLDER [--rustdoc] [--edition-2021] [PART-OF-A-NAME…]
//! ```
//!
//! The folder has what `../shared/schemas` has. It prints a line for each crate, and what the tools report. Clippy has the lints of
//! rustc as well.

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use typelang_build::{Options, generate_features, generate_file};
use typelang_ir::{ResolveOptions, Schema};
use typelang_project::Project;
use typelang_tests_warnings::option_sets::option_sets;
use typelang_tests_warnings::published::{Published, published};
use typelang_tests_warnings::scratch::{Scratch, Tool};

fn main() -> ExitCode {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut take = |option: &str| {
        let found = arguments.iter().position(|it| it == option);
        found.map(|at| arguments.remove(at)).is_some()
    };
    let tool = if take("--rustdoc") { Tool::Rustdoc } else { Tool::Clippy };
    let edition = if take("--edition-2021") { "2021" } else { "2024" };
    let Some((folder, names)) = arguments.split_first() else {
        eprintln!("which folder of schemas?");
        return ExitCode::from(2);
    };
    let all = published(Path::new(folder), include_str!("../../../data/published.toml"));
    let wanted = |it: &&Published| names.is_empty() || names.iter().any(|name| it.name.contains(name.as_str()));
    let (mut crates, mut failed, mut lines) = (0, 0, 0);
    let begin = Instant::now();
    for published in all.iter().filter(wanted) {
        let Some(schema) = load(published) else {
            println!("{}: has errors", published.name);
            continue;
        };
        for (set, options) in option_sets() {
            let (report, length) = check(&schema, set, &options, tool, edition);
            crates += 1;
            lines += length;
            let outcome = if report.is_ok() { "no warning" } else { "WARNINGS" };
            println!("{} {set}: {length} lines, {outcome}", published.name);
            if let Err(report) = report {
                failed += 1;
                println!("{}", report.get(..4_000).unwrap_or(&report));
            }
        }
    }
    if crates == 0 {
        eprintln!("no schema without errors has such a name in {folder}");
        return ExitCode::from(2);
    }
    println!("{crates} crates, {lines} lines, {failed} with warnings, {} s", begin.elapsed().as_secs());
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// A published schema; nothing if it has errors.
fn load(published: &Published) -> Option<Schema> {
    let project = Project::read(&published.files, |path| std::fs::read(path)).ok()?;
    let checked = project.as_one(ResolveOptions { profile: published.profile, ..ResolveOptions::default() });
    (!checked.has_errors()).then_some(checked.schema)
}

/// What a tool reports about the code of a schema, and how many lines it has.
fn check(schema: &Schema, set: &str, options: &Options, tool: Tool, edition: &str) -> (Result<(), String>, usize) {
    let mut scratch = Scratch::new("published");
    let code = generate_file(schema, options);
    scratch.add(set, &code);
    scratch.add_features(&generate_features(schema, options).unwrap_or_default());
    (scratch.run(tool, edition), code.lines().count())
}
