//! What it costs to build with generated crates: processor time, memory and size, beside a peer.
//!
//! Each subject is a program in a folder of its own that depends on one crate. All of it is built anew in each round, with what
//! the crate depends on and its build scripts.

use std::io;
use std::process::ExitCode;

use typelang_bench::environment::{locked_version, summary};
use typelang_bench::selection::Selection;
use typelang_bench::table::{Column, Row, comparison};

use crate::program::{Cost, Profile, Subject};

mod program;
mod script;

const USAGE: &str = "\
Measures what it costs to build with generated crates.

  TL_BENCH_ROUNDS=5       how many times; a round of everything takes some minutes
  TL_BENCH_ROWS=ROW,...   what; everything if not set:
    dev, release            which profiles the rows crate, app and namespace are built in; both if neither is named
    crate                   the crate alone, with and without conversions, beside the peer's
    app                     the crate and a program that decodes updates and sends three methods: built clean, and again after
                            the program alone was touched
    namespace               the crate with one namespace of the API, beside the peer's whole crate
    script                  a program whose build script generates ten methods, with and without formatting (dev)";

const ROWS: [&str; 6] = ["dev", "release", "crate", "app", "namespace", "script"];

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
    let selection = Selection::from_environment(&ROWS).map_err(io::Error::other)?;
    println!("# Building\n\n{}; medians of {} rounds\n", summary(), selection.rounds());
    println!("The peer is grammers-tl-types {}, of the same layer.\n", locked_version("grammers-tl-types"));
    let subjects = subjects(&selection);
    let either = selection.has("dev") || selection.has("release");
    for (profile, name) in [(Profile::Dev, "dev"), (Profile::Release, "release")] {
        if subjects.len() > 1 && (selection.has(name) || !either) {
            crates(&subjects, profile, &selection)?;
        }
    }
    if selection.has("script") {
        println!("{}", script::table(selection.rounds())?);
    }
    Ok(())
}

/// The crates alone, and with a program on top.
fn crates(subjects: &[Subject], profile: Profile, selection: &Selection) -> io::Result<()> {
    let mut costs: Vec<Vec<Cost>> = vec![Vec::new(); subjects.len()];
    for round in 0..selection.rounds() {
        for (subject, costs) in subjects.iter().zip(&mut costs) {
            eprintln!("build: {}, {profile:?}, round {} of {}", subject.name, round + 1, selection.rounds());
            costs.push(subject.build(profile, selection.has("app"))?);
        }
    }
    let rows = |figures: fn(&Cost) -> Option<Vec<f64>>| -> Vec<Row> {
        let rows = subjects.iter().zip(&costs).map(|(subject, costs)| Row {
            name: subject.name.to_owned(),
            rounds: costs.iter().filter_map(figures).collect(),
        });
        rows.filter(|row| !row.rounds.is_empty()).collect()
    };
    println!("## The crate alone, {profile:?}\n\n{}", comparison(&LIBRARY, &rows(library_figures)));
    if selection.has("app") {
        println!("## With a program on top, {profile:?}\n\n{}", comparison(&PROGRAM, &rows(program_figures)));
    }
    Ok(())
}

/// What is built; the first is what the others are compared with.
fn subjects(selection: &Selection) -> Vec<Subject> {
    let mut subjects = vec![Subject::peer()];
    if selection.has("crate") || selection.has("app") {
        subjects.push(Subject::ours());
    }
    if selection.has("crate") {
        subjects.push(Subject::api_alone());
    }
    if selection.has("namespace") {
        subjects.extend(Subject::namespace());
    }
    subjects
}

const LIBRARY: [Column; 4] = [
    Column { name: "CPU s", digits: 1 },
    Column { name: "peak MiB", digits: 0 },
    Column { name: "library MiB", digits: 1 },
    Column { name: "lines of source", digits: 0 },
];

fn library_figures(cost: &Cost) -> Option<Vec<f64>> {
    Some(vec![cost.library.seconds, cost.library.peak, cost.library_size, cost.lines])
}

const PROGRAM: [Column; 4] = [
    Column { name: "CPU s, clean", digits: 1 },
    Column { name: "peak MiB", digits: 0 },
    Column { name: "program MiB", digits: 1 },
    Column { name: "CPU s, only the program again", digits: 2 },
];

fn program_figures(cost: &Cost) -> Option<Vec<f64>> {
    let program = cost.program?;
    let clean = cost.library.then(program.first);
    Some(vec![clean.seconds, clean.peak, program.size, program.again.seconds])
}
