//! How severe findings are, as chosen.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use typelang_parser::{Code, DefaultLevel};

use crate::{all_codes, find_code};

/// What becomes of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// It is not shown.
    Allow,
    /// It is a warning.
    Warn,
    /// It is an error.
    Deny,
}

impl Level {
    /// The levels, from mild to strict.
    pub const ALL: [Self; 3] = [Self::Allow, Self::Warn, Self::Deny];

    /// The word for it in comments and on the command line: `allow`, `warn` or `deny`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Warn => "warn",
            Self::Deny => "deny",
        }
    }

    /// `allowed by`, `a warning by`, `denied by`: how a note says where the level comes from.
    pub(crate) fn set_by(self) -> &'static str {
        match self {
            Self::Allow => "allowed by",
            Self::Warn => "a warning by",
            Self::Deny => "denied by",
        }
    }
}

/// What a choice of a level speaks of. Read from text with [`str::parse`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selector {
    /// Every code whose level can be chosen: `all`.
    All,
    /// One code.
    Code(&'static Code),
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::All => ALL,
            Self::Code(code) => code.name,
        })
    }
}

/// The name of the group of all codes.
const ALL: &str = "all";

impl FromStr for Selector {
    type Err = BadSelector;

    fn from_str(text: &str) -> Result<Self, BadSelector> {
        if text == ALL {
            return Ok(Self::All);
        }
        match find_code(text) {
            Some(code) if code.level == DefaultLevel::Error => Err(BadSelector::AlwaysError(code)),
            Some(code) => Ok(Self::Code(code)),
            None => {
                let settable = all_codes().filter(|code| code.level != DefaultLevel::Error).map(|code| code.name);
                let suggestion = typelang_parser::suggest(text, settable.chain([ALL]));
                Err(BadSelector::Unknown { code: text.to_owned(), suggestion })
            }
        }
    }
}

/// Why a level cannot be chosen for a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadSelector {
    /// There is no such code.
    Unknown {
        /// What was asked for.
        code: String,
        /// What may have been meant.
        suggestion: Option<&'static str>,
    },
    /// Findings of this code are errors, whatever anybody chooses.
    AlwaysError(&'static Code),
}

impl fmt::Display for BadSelector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { code, suggestion: None } => write!(f, "there is no code `{code}`"),
            Self::Unknown { code, suggestion: Some(suggestion) } => {
                write!(f, "there is no code `{code}`; did you mean `{suggestion}`?")
            }
            Self::AlwaysError(code) => write!(f, "`{code}` is always an error: its level cannot be chosen"),
        }
    }
}

impl std::error::Error for BadSelector {}

/// The level chosen for some codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    pub(crate) selector: Selector,
    pub(crate) level: Level,
}

/// Choices for one thing, of which the last one for a code counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Choices {
    /// The last choice for each code.
    of_codes: BTreeMap<&'static str, Choice>,
    /// The last choice for all codes, after which no other one was made for those that are not in `of_codes`.
    of_all: Option<Choice>,
}

impl Choices {
    pub(crate) fn add(&mut self, choice: Choice) {
        match choice.selector {
            Selector::All => {
                self.of_codes.clear();
                self.of_all = Some(choice);
            }
            Selector::Code(code) => _ = self.of_codes.insert(code.name, choice),
        }
    }

    /// The choice that counts for a code.
    pub(crate) fn of(&self, code: &Code) -> Option<&Choice> {
        self.of_codes.get(code.name).or(self.of_all.as_ref())
    }
}

impl Extend<Choice> for Choices {
    fn extend<I: IntoIterator<Item = Choice>>(&mut self, choices: I) {
        choices.into_iter().for_each(|choice| self.add(choice));
    }
}

/// Levels chosen for a run, in the order of choosing: the last one for a code counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels {
    choices: Choices,
}

impl Levels {
    /// The defaults of all codes.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Chooses a level, in place of what was chosen before for the same codes.
    pub fn set(&mut self, selector: Selector, level: Level) {
        self.choices.add(Choice { selector, level });
    }

    pub(crate) fn choices(&self) -> &Choices {
        &self.choices
    }
}

#[cfg(test)]
mod tests {
    use typelang_ir::codes::UNKNOWN_TYPE;
    use typelang_parser::codes::ID_MISMATCH;

    use super::*;

    #[test]
    fn codes_are_found_or_suggested() {
        assert_eq!("all".parse(), Ok(Selector::All));
        assert_eq!(ID_MISMATCH.name.parse(), Ok(Selector::Code(&ID_MISMATCH)));
        assert_eq!(UNKNOWN_TYPE.name.parse::<Selector>(), Err(BadSelector::AlwaysError(&UNKNOWN_TYPE)));
        let slip = "id-mismtch".parse::<Selector>().expect_err("a slip");
        assert_eq!(slip.to_string(), "there is no code `id-mismtch`; did you mean `id-mismatch`?");
        let none = "zzz".parse::<Selector>().expect_err("no code");
        assert_eq!(none.to_string(), "there is no code `zzz`");
        // What cannot be chosen is not suggested.
        let near_error = "unknown-typ".parse::<Selector>().expect_err("a slip");
        assert_eq!(near_error, BadSelector::Unknown { code: "unknown-typ".to_owned(), suggestion: None });
    }
}
