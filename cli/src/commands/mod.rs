//! The commands, one module each.

pub(crate) mod check;
pub(crate) mod decode;
pub(crate) mod doc;
pub(crate) mod encode;
pub(crate) mod explain;
pub(crate) mod fmt;
pub(crate) mod generate;
pub(crate) mod id;
pub(crate) mod regenerate;

use crate::arguments::Command;
use crate::console::Console;
use crate::exit::{Failure, Outcome};

/// Does what the command line asks for.
pub(crate) fn run(command: Command, console: &Console) -> Result<Outcome, Failure> {
    match command {
        Command::Regenerate(regenerate) => regenerate::run(&regenerate, console),
        Command::Generate(generate) => generate::run(&generate, console),
        Command::Doc(doc) => doc::run(&doc, console),
        Command::Check(check) => check::run(&check, console),
        Command::Explain(explain) => explain::run(&explain, console),
        Command::Fmt(fmt) => fmt::run(&fmt, console),
        Command::Id(id) => id::run(&id, console),
        Command::Decode(decode) => decode::run(&decode, console),
        Command::Encode(encode) => encode::run(&encode, console),
    }
}

/// What an error of the generator means for the run.
fn generator_failed(error: &typelang_build::Error, console: &Console) -> Result<Outcome, Failure> {
    match error {
        typelang_build::Error::Schema { rendered } | typelang_build::Error::Facts { rendered } => {
            console.hint(rendered);
            Ok(Outcome::Findings)
        }
        other => Err(Failure::Message(other.to_string())),
    }
}
