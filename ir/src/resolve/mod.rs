//! From syntax trees to a [`Schema`]: names, ids, boxed and bare, conditions. Everything that can be wrong with a schema
//! is found here; what comes out needs no further checks.

mod collect;
mod fields;
mod scope;

use tl_parser::ast::File;
use tl_parser::ids::Dialect;
use tl_parser::{Diagnostic, Severity};

use crate::Schema;

/// Choices for [`resolve`].
#[derive(Clone, Copy, Debug, Default)]
pub struct ResolveOptions {
    /// How ids are computed; found from each file's explicit ids when not set.
    pub dialect: Option<Dialect>,
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

/// Resolves files that together make one schema.
///
/// A definition that a later file repeats word for word is kept once, with a note; a second definition of a name is an
/// error. Declared ids are recomputed: a difference is a warning, or a note for known exceptions.
#[must_use]
pub fn resolve(files: &[File], options: ResolveOptions) -> Resolution {
    let mut collected = collect::collect(files, options);
    let names = scope::Names::new(&collected);
    fields::resolve_fields(&mut collected, &names);
    let collect::Collected { mut schema, mut diagnostics, .. } = collected;
    schema.types.retain(|ty| !ty.constructors.is_empty());
    report_infinite_types(&schema, &mut diagnostics);
    diagnostics.sort_by_key(|diagnostic| (diagnostic.primary.source, diagnostic.primary.span));
    Resolution { schema, diagnostics }
}

/// A type all of whose values would be infinite can neither be built nor received.
fn report_infinite_types(schema: &Schema, diagnostics: &mut Vec<Diagnostic>) {
    let lengths = crate::facts::least_lengths(schema);
    for id in schema.constructor_ids().filter(|id| lengths.constructors[id.index()].is_none()) {
        let combinator = &schema[id].combinator;
        let origin = combinator.origin;
        diagnostics.push(
            Diagnostic::error(
                "infinite-type",
                format!("every value of `{}` would be infinite", combinator.name),
                tl_parser::Label::new(origin.source, origin.span),
            )
            .with_note("the constructor contains itself, and nothing on the way is optional or a vector"),
        );
    }
}
