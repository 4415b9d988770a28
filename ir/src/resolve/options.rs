//! The choices of a caller about the files: how ids are computed, and the conventions of their family.

use typelang_parser::ast::File;
use typelang_parser::ids::{Dialect, detect_dialect};

use crate::Profile;

/// Choices for [`resolve`](super::resolve).
#[derive(Clone, Copy, Debug, Default)]
pub struct ResolveOptions {
    /// How ids are computed; found from each file's explicit ids when not set.
    pub dialect: Option<Dialect>,
    /// The custom of the schema's family; what each file says, or what its dialect suggests, when not set.
    pub profile: Option<Profile>,
}

impl ResolveOptions {
    /// The custom that a file follows; `dialect` is that of its ids.
    #[must_use]
    pub fn profile_of(self, file: &File, dialect: Dialect) -> Profile {
        self.said_profile(file).unwrap_or(Profile::of_dialect(dialect))
    }

    /// The custom that the caller or the file states, or that the file shows.
    pub(super) fn said_profile(self, file: &File) -> Option<Profile> {
        self.profile.or_else(|| Profile::of_file(file)).or_else(|| Profile::shown_by(file))
    }

    /// How the ids of a file are computed.
    #[must_use]
    pub fn dialect_of(self, file: &File) -> Dialect {
        self.dialect.or(self.said_profile(file).map(Profile::dialect)).unwrap_or_else(|| detect_dialect(file))
    }
}
