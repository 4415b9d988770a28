//! The commands, one module each.

pub(crate) mod breaking;
pub(crate) mod check;
pub(crate) mod decode;
pub(crate) mod diff;
pub(crate) mod doc;
pub(crate) mod encode;
pub(crate) mod explain;
pub(crate) mod fmt;
pub(crate) mod generate;
pub(crate) mod history;
pub(crate) mod id;
pub(crate) mod import;
pub(crate) mod layer;
pub(crate) mod regenerate;
pub(crate) mod show;

use clap::Subcommand;

use crate::console::Console;
use crate::exit::{Failure, Outcome};

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Regenerate(regenerate::Regenerate),
    Generate(Box<generate::Generate>),
    Doc(doc::Doc),
    Check(check::Check),
    Diff(diff::Diff),
    Breaking(breaking::Breaking),
    Explain(explain::Explain),
    Fmt(fmt::Fmt),
    Import(import::Import),
    History(history::History),
    Layer(layer::Layer),
    Id(id::Id),
    Show(show::Show),
    Decode(decode::Decode),
    Encode(encode::Encode),
}

/// Does what the command line asks for.
pub(crate) fn run(command: Command, console: &Console) -> Result<Outcome, Failure> {
    match command {
        Command::Regenerate(regenerate) => regenerate::run(&regenerate, console),
        Command::Generate(generate) => generate::run(&generate, console),
        Command::Doc(doc) => doc::run(&doc, console),
        Command::Check(check) => check::run(&check, console),
        Command::Breaking(breaking) => breaking::run(&breaking, console),
        Command::Diff(diff) => diff::run(&diff, console),
        Command::Explain(explain) => explain::run(&explain, console),
        Command::Fmt(fmt) => fmt::run(&fmt, console),
        Command::Import(import) => import::run(&import, console),
        Command::History(history) => history::run(&history, console),
        Command::Layer(layer) => layer::run(&layer, console),
        Command::Id(id) => id::run(&id, console),
        Command::Show(show) => show::run(&show, console),
        Command::Decode(decode) => decode::run(&decode, console),
        Command::Encode(encode) => encode::run(&encode, console),
    }
}
