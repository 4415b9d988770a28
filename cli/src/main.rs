//! The `tl` command: checks TL (Type Language) schemas, generates Rust from them, computes ids, and reads and writes
//! values.
//!
//! A thin shell around the libraries: arguments in, library calls, rendered diagnostics out.

mod arguments;
mod commands;
mod console;
mod difference;
mod exit;
mod family;
mod hexadecimal;
mod history;
mod input;
mod json;
mod lookup;
mod paths;
mod revision;
mod schemas;
mod snapshot;
mod tables;
mod tally;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let arguments = arguments::Arguments::parse();
    let console = console::Console::new(arguments.color, typelang_parser::Limit::new(arguments.limit));
    match commands::run(arguments.command, &console) {
        Ok(outcome) => outcome.into(),
        Err(failure) => console.failure(&failure),
    }
}
