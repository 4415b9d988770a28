//! What can be said on the command line, beside what each command says for itself.

use clap::{Parser, Subcommand, ValueEnum};
use tl_parser::ids::Dialect;

use crate::commands::{check, explain, fmt, generate, id, regenerate};

const EXIT_CODES: &str = "\
Exit codes:
  0  nothing is wrong
  1  findings: errors in schemas, files that differ
  2  wrong arguments, or a file that cannot be read or written

Results go to standard output, diagnostics to standard error.";

/// Checks TL (Type Language) schemas, generates Rust from them, and computes ids.
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
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Regenerate(regenerate::Regenerate),
    Generate(generate::Generate),
    Check(check::Check),
    Explain(explain::Explain),
    Fmt(fmt::Fmt),
    Id(id::Id),
}

/// When diagnostics are coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorChoice {
    /// On a terminal.
    Auto,
    /// Even into a file or pipe.
    Always,
    /// Not even on a terminal.
    Never,
}

/// How ids are computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DialectChoice {
    /// As Telegram's API and MTProto do.
    Telegram,
    /// As the reference parser does, and with it TDLib, TON and VK.
    Reference,
}

impl From<DialectChoice> for Dialect {
    fn from(choice: DialectChoice) -> Self {
        match choice {
            DialectChoice::Telegram => Self::Telegram,
            DialectChoice::Reference => Self::Reference,
        }
    }
}
