//! The options that select the conventions of a schema's family.

use clap::{Args, ValueEnum};
use typelang_ir::{Profile, ResolveOptions};
use typelang_parser::ids::Dialect;

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

/// The conventions that a schema leaves implicit.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Family {
    /// How ids are computed; found out from the ids that each file declares if not given.
    #[arg(long, value_enum)]
    pub(crate) dialect: Option<DialectChoice>,
    /// The conventions of the schema's family; a comment `// tl:profile(NAME)` selects them for a file.
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
