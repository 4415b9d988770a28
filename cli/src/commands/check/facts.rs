//! What is said about each fact file, as data.

use typelang_facts::FactFile;
use typelang_parser::{Diagnostic, SourceId};

/// What is said about one fact file.
#[derive(Debug)]
pub(super) struct FactReport {
    /// Names the text.
    pub(super) source: SourceId,
    /// How much the file says.
    pub(super) counts: Counts,
    /// The findings in this file, in the order of the text.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// How much a fact file says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// Errors with their codes or texts.
    pub(super) errors: usize,
    /// Functions that list errors.
    pub(super) functions_with_errors: usize,
    /// Pairs of a function and an error.
    pub(super) errors_of_functions: usize,
    /// Functions of which the file says who can call them.
    pub(super) functions_with_callers: usize,
    /// Texts of types, constructors, functions, fields and errors.
    pub(super) texts: usize,
}

impl FactReport {
    pub(super) fn new(file: &FactFile) -> Self {
        Self { source: file.source, counts: Counts::of(file), diagnostics: Vec::new() }
    }
}

impl Counts {
    fn of(file: &FactFile) -> Self {
        let combinators = || file.functions.iter().chain(&file.constructors);
        let of_combinators = combinators().filter_map(|it| it.text.as_ref()).count();
        let of_fields: usize = combinators().map(|it| it.fields.len()).sum();
        let of_types = file.types.iter().filter_map(|it| it.text.as_ref()).count();
        let of_errors = file.errors.iter().filter_map(|it| it.text.as_ref()).count();
        Self {
            errors: file.errors.len(),
            functions_with_errors: file.functions.iter().filter(|it| !it.errors.is_empty()).count(),
            errors_of_functions: file.functions.iter().map(|it| it.errors.len()).sum(),
            functions_with_callers: file.functions.iter().filter(|it| it.callers.is_some()).count(),
            texts: of_combinators + of_fields + of_types + of_errors,
        }
    }
}
