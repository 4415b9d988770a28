//! The stages from the text of a schema to Rust, each timed once: `stages SCHEMA` prints a line with the name and the seconds of each.
//!
//! `benches/generate.rs` builds it without and with optimisation, and runs it many times.

use std::hint::black_box;
use std::process::ExitCode;
use std::time::Instant;

use typelang_build::{Options, generate_files};
use typelang_ir::{ResolveOptions, resolve};
use typelang_parser::{Severity, parse};

fn main() -> ExitCode {
    let Some(path) = std::env::args_os().nth(1) else {
        eprintln!("usage: stages SCHEMA");
        return ExitCode::from(2);
    };
    match std::fs::read_to_string(&path) {
        Ok(text) => stages(&text),
        Err(error) => {
            eprintln!("error: {}: {error}", path.display());
            ExitCode::FAILURE
        }
    }
}

fn stages(text: &str) -> ExitCode {
    let parsed = timed("parse", || parse(Default::default(), text));
    let files = [parsed.file];
    let resolution = timed("resolve", || resolve(&files, ResolveOptions::default()));
    let mut diagnostics = parsed.diagnostics.iter().chain(&resolution.diagnostics);
    if let Some(error) = diagnostics.find(|diagnostic| diagnostic.severity == Severity::Error) {
        eprintln!("error: {}", error.message);
        return ExitCode::FAILURE;
    }
    let unformatted = Options { pretty: false, ..Options::default() };
    timed("generate", || generate_files(&resolution.schema, &unformatted, "api"));
    timed("generate and format", || generate_files(&resolution.schema, &Options::default(), "api"));
    ExitCode::SUCCESS
}

/// Does something, and prints how long it took.
fn timed<T>(name: &str, run: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = black_box(run());
    println!("{name}: {:.6}", start.elapsed().as_secs_f64());
    result
}
