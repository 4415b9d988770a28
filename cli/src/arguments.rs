//! What can be said on the command line, beside what each command says for itself.

use clap::{Args, Parser, Subcommand, ValueEnum};
use typelang_ir::{Profile, ResolveOptions};
use typelang_parser::ids::Dialect;

use crate::commands::{check, decode, doc, encode, explain, fmt, generate, id, regenerate};

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
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Regenerate(regenerate::Regenerate),
    Generate(Box<generate::Generate>),
    Doc(doc::Doc),
    Check(check::Check),
    Explain(explain::Explain),
    Fmt(fmt::Fmt),
    Id(id::Id),
    Decode(decode::Decode),
    Encode(encode::Encode),
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

/// What a schema takes for granted.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Family {
    /// How ids are computed; found out from the ids that each file declares if not given.
    #[arg(long, value_enum)]
    pub(crate) dialect: Option<DialectChoice>,
    /// What the schema's family takes for granted; a comment `// tl:profile(NAME)` says it for a file.
    #[arg(long, value_enum)]
    pub(crate) profile: Option<ProfileChoice>,
}

impl Family {
    pub(crate) fn resolve_options(self) -> ResolveOptions {
        ResolveOptions { dialect: self.dialect.map(Into::into), profile: self.profile.map(Into::into) }
    }
}

/// A family of schemas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ProfileChoice {
    /// Telegram's API, MTProto and secret chats: bits that no field depends on mean nothing.
    Telegram,
    /// TDLib: reference ids, strings of any length.
    Tdlib,
    /// TON: as TDLib, and bits that no field depends on are the user's.
    Ton,
    /// VK: as TON.
    Vk,
}

impl From<ProfileChoice> for Profile {
    fn from(choice: ProfileChoice) -> Self {
        match choice {
            ProfileChoice::Telegram => Self::Telegram,
            ProfileChoice::Tdlib => Self::Tdlib,
            ProfileChoice::Ton => Self::Ton,
            ProfileChoice::Vk => Self::Vk,
        }
    }
}
