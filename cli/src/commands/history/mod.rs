//! `tl history`: a file with all layers of a schema.

pub(super) mod append;
mod check;
mod list;

use clap::{Args, Subcommand};

use crate::console::Console;
use crate::exit::{Failure, Outcome};

const EXAMPLES: &str = "\
A history is a file with all published layers of a schema. A layer is the one before it, without what is removed and with what is
declared, so that the file only grows. `tl layer N` prints a layer, and `tl diff layer:198 layer:232` compares two.

Examples:
  tl history list
  tl history append --layer 233 --date 2026-11-30 --source 'Telegram Desktop' api.tl
  tl history check --against origin/main

Exit codes:
  0  nothing is wrong
  1  the history, or the schema to be appended, has errors
  2  wrong arguments, or a file that cannot be read or written";

/// Appends layers to a history, checks it, and lists its layers.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct History {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Append(append::Append),
    Check(check::Check),
    List(list::List),
}

/// Runs the command.
pub(crate) fn run(arguments: &History, console: &Console) -> Result<Outcome, Failure> {
    match &arguments.command {
        Command::Append(append) => append::run(append, console),
        Command::Check(check) => check::run(check, console),
        Command::List(list) => list::run(list, console),
    }
}
