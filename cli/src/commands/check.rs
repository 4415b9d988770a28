//! `tl check`.

use clap::Args;

use crate::console::Console;
use crate::exit::{Failure, Outcome};

/// Checks schema files.
#[derive(Args, Debug)]
pub(crate) struct Check {}

/// Runs the command.
pub(crate) fn run(_: &Check, _: &Console) -> Result<Outcome, Failure> {
    Ok(Outcome::Fine)
}
