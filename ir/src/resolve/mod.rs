//! From syntax trees to a [`Schema`]: names, ids, boxed and bare, conditions. Everything that can be wrong with a schema
//! is found here; what comes out needs no further checks.

mod brackets;
mod checks;
mod collect;
mod condition;
mod contained;
mod declared;
mod fields;
mod frame;
mod layers;
mod missing;
mod nats;
mod notes;
mod opaque;
mod options;
mod scope;
mod shared_ids;

use std::borrow::Borrow;

use notes::Notes;
pub use options::ResolveOptions;
use typelang_parser::ast::File;
use typelang_parser::{Diagnostic, Severity};

use crate::{Schema, Uses};

/// What [`resolve`] found out.
#[derive(Clone, Debug)]
pub struct Resolution {
    /// The schema; leaves out what is wrong, so it is whole only if there is no error.
    pub schema: Schema,
    /// Findings in the order of the texts.
    pub diagnostics: Vec<Diagnostic>,
}

impl Resolution {
    /// Returns whether a diagnostic is an error.
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
    resolve_and_note(files, options, Notes::new(false)).0
}

/// Resolves files as [`resolve`] does, and finds where the names of the schema are declared and used. It takes about a
/// fifth more time.
#[must_use]
pub fn resolve_with_uses<F: Borrow<File>>(files: &[F], options: ResolveOptions) -> (Resolution, Uses) {
    resolve_and_note(files, options, Notes::new(true))
}

fn resolve_and_note<F: Borrow<File>>(files: &[F], options: ResolveOptions, notes: Notes) -> (Resolution, Uses) {
    let mut collected = collect::collect(files.iter().map(Borrow::borrow), options);
    let names = scope::Names::new(&collected);
    fields::resolve_fields(&mut collected, &names, &notes);
    let collect::Collected { schema, mut diagnostics, .. } = collected;
    shared_ids::shared_ids(&schema, &mut diagnostics);
    opaque::opaque_builtins(&schema, &mut diagnostics);
    checks::infinite_types(&schema, &mut diagnostics);
    checks::growing_arguments(&schema, &mut diagnostics);
    contained::contained_values(&schema, &mut diagnostics);
    diagnostics.sort_by_key(|diagnostic| (diagnostic.primary.source, diagnostic.primary.span));
    (Resolution { schema, diagnostics }, notes.finish())
}
