//! What the text of a schema does not say, but everybody who uses it knows.

use typelang_parser::ast::{Combinator, File};
use typelang_parser::ids::{Dialect, detect_dialect};

/// The custom of a family of schemas.
///
/// A file says its own with a comment `// tl:profile(ton)`; a builder or a command line can set one for all files. A file that
/// shows its family is taken to be of it: see [`Profile::shown_by`]. Otherwise it follows from the dialect of the ids:
/// [`Telegram`](Self::Telegram) or [`Ton`](Self::Ton).
///
/// | | ids | strings of 2²⁴ bytes and more | bits of a `#` that no field depends on |
/// |---|---|---|---|
/// | `telegram` | Telegram's | no | mean nothing |
/// | `tdlib` | reference | yes | mean nothing |
/// | `ton` | reference | yes | the user's |
/// | `vk` | reference | yes | the user's |
///
/// Long strings need a profile that is said: that a schema's ids follow the reference rule does not tell enough. Nor does it
/// tell enough about a `#` that is called `flags`, `flags2`, …: unless a profile is said, its other bits mean nothing.
///
/// In all of them `int53` takes 8 bytes like `long`, `Object` is a boxed value of any type, and a bare `true` takes no bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Profile {
    /// Telegram's API, MTProto and secret chats.
    Telegram,
    /// TDLib's own interface.
    Tdlib,
    /// TON's node, lite server and library.
    Ton,
    /// VK's engines.
    Vk,
}

impl Profile {
    /// All profiles.
    pub const ALL: [Self; 4] = [Self::Telegram, Self::Tdlib, Self::Ton, Self::Vk];

    /// The name that files and command lines use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Telegram => "telegram",
            Self::Tdlib => "tdlib",
            Self::Ton => "ton",
            Self::Vk => "vk",
        }
    }

    /// The profile of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|profile| profile.name() == name)
    }

    /// What a file's `// tl:profile(…)` comment says, if there is one. An unknown name counts as none; a
    /// remark may follow.
    #[must_use]
    pub fn of_file(file: &File) -> Option<Self> {
        file.comments.iter().find_map(|comment| {
            let (name, _) = comment.text.trim_start().strip_prefix("tl:profile(")?.split_once(')')?;
            Self::from_name(name.trim())
        })
    }

    /// The profile that a file shows by what only schemas of its family declare:
    ///
    /// - TON's declare `int256` as eight numbers, have namespaces within namespaces (`liteServer.signatureSet.ordinary`), and follow the
    ///   reference rule of ids.
    /// - TDLib's declare `int53`, document constructors with `//@` comments, and write no ids at all.
    ///
    /// All published schemas of the two families are recognised by this, and none of another family.
    #[must_use]
    pub fn shown_by(file: &File) -> Option<Self> {
        let declares = |name: &str| file.combinators().any(|it| it.name.namespace.is_empty() && it.name.name == name);
        if declares("int256") {
            let is_deep = |combinator: &Combinator| combinator.name.namespace.len() > 1;
            let is_ton = file.combinators().any(is_deep) && detect_dialect(file) == Dialect::Reference;
            return is_ton.then_some(Self::Ton);
        }
        let is_documented = |combinator: &Combinator| combinator.documentation.is_some();
        let is_tdlib = declares("int53")
            && file.combinators().any(is_documented)
            && file.combinators().all(|combinator| combinator.id.is_none());
        is_tdlib.then_some(Self::Tdlib)
    }

    /// What the dialect of the ids suggests.
    #[must_use]
    pub fn of_dialect(dialect: Dialect) -> Self {
        match dialect {
            Dialect::Telegram => Self::Telegram,
            Dialect::Reference => Self::Ton,
        }
    }

    /// How ids are computed.
    #[must_use]
    pub fn dialect(self) -> Dialect {
        match self {
            Self::Telegram => Dialect::Telegram,
            Self::Tdlib | Self::Ton | Self::Vk => Dialect::Reference,
        }
    }

    /// Returns whether strings and byte strings can have 2²⁴ bytes and more.
    #[must_use]
    pub fn has_long_strings(self) -> bool {
        self != Self::Telegram
    }

    /// Returns whether the bits of a `#` that no condition tests are the user's.
    #[must_use]
    pub fn has_free_bits(self) -> bool {
        matches!(self, Self::Ton | Self::Vk)
    }
}
