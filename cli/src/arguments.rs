//! The command line as a whole.

use clap::Parser;
use typelang_parser::Limit;

use crate::commands::Command;
use crate::console::ColorChoice;

const EXIT_CODES: &str = "\
Exit codes:
  0  nothing is wrong
  1  findings: errors in schemas or input, files that differ
  2  wrong arguments, or a file that cannot be read or written

Results go to standard output, diagnostics to standard error.";

/// Checks TL (Type Language) schemas, generates Rust and documentation from them, computes ids, and reads and writes values.
#[derive(Debug, Parser)]
#[command(name = "tl", version, after_help = EXIT_CODES, disable_help_subcommand = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Whether diagnostics are coloured.
    ///
    /// `auto` colours them on a terminal, unless the environment variable NO_COLOR is set.
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: ColorChoice,
    /// How many findings are shown, errors first; 0 shows all. The count of the others is shown in any case.
    #[arg(long, global = true, value_name = "NUMBER", default_value_t = Limit::DEFAULT)]
    pub(crate) limit: usize,
}
