//! From syntax trees to a [`Schema`]: names, ids, boxed and bare, conditions. Everything that can be wrong with a schema
//! is found here; what comes out needs no further checks.

mod checks;
mod collect;
mod condition;
mod declared;
mod fields;
mod frame;
mod nats;
mod scope;

use std::borrow::Borrow;

use typelang_parser::ast::File;
use typelang_parser::ids::{Dialect, detect_dialect};
use typelang_parser::{Diagnostic, Severity};

use crate::{Profile, Schema};

/// Choices for [`resolve`].
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

    /// The custom that the caller or the file states.
    fn said_profile(self, file: &File) -> Option<Profile> {
        self.profile.or_else(|| Profile::of_file(file))
    }

    /// How the ids of a file are computed.
    #[must_use]
    pub fn dialect_of(self, file: &File) -> Dialect {
        self.dialect.or(self.said_profile(file).map(Profile::dialect)).unwrap_or_else(|| detect_dialect(file))
    }
}

/// What [`resolve`] found out.
#[derive(Clone, Debug)]
pub struct Resolution {
    /// The schema; leaves out what is wrong, so it is whole only if there is no error.
    pub schema: Schema,
    /// Findings in the order of the texts.
    pub diagnostics: Vec<Diagnostic>,
}

impl Resolution {
    /// Whether a diagnostic is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }
}

/// Resolves files, or references to files, that together make one schema.
///
/// A definition that a later file repeats word for word is kept once, with a note; a second definition of a name is an
/// error. Declared ids are recomputed: a difference is a warning, or a note for known exceptions.
#[must_use]
pub fn resolve<F: Borrow<File>>(files: &[F], options: ResolveOptions) -> Resolution {
    let mut collected = collect::collect(files.iter().map(Borrow::borrow), options);
    let names = scope::Names::new(&collected);
    fields::resolve_fields(&mut collected, &names);
    let collect::Collected { schema, mut diagnostics, .. } = collected;
    checks::infinite_types(&schema, &mut diagnostics);
    checks::growing_arguments(&schema, &mut diagnostics);
    diagnostics.sort_by_key(|diagnostic| (diagnostic.primary.source, diagnostic.primary.span));
    Resolution { schema, diagnostics }
}
