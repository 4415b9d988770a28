//! A fact file as it is written, with places.

use typelang_parser::{Diagnostic, Label, SourceId, Span};

use crate::model::Callers;

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

/// A fact file. Names are not looked up yet: [`merge`](crate::merge) does that.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FactFile {
    /// The text.
    pub source: SourceId,
    /// Where the facts are from, as the file says it.
    pub origin: Option<String>,
    /// Errors, in the order of their names.
    pub errors: Vec<ErrorEntry>,
    /// Functions, in the order of their names.
    pub functions: Vec<CombinatorEntry>,
    /// Constructors, in the order of their names, without errors and callers.
    pub constructors: Vec<CombinatorEntry>,
    /// Types, in the order of their names.
    pub types: Vec<TypeEntry>,
}

/// A fact file, and everything that is wrong with its text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parsed {
    /// The facts of the file, without those that are wrong.
    pub file: FactFile,
    /// The findings in the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// What a file says about an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorEntry {
    /// The name: `FLOOD_WAIT_%d`.
    pub name: Spanned<String>,
    /// The codes that it comes with.
    pub codes: Vec<Spanned<i32>>,
    /// What its number is: `seconds`.
    pub parameter: Option<Spanned<String>>,
    /// What it means.
    pub text: Option<Spanned<String>>,
    /// Whether something else was said about it that made no sense, which was reported.
    pub is_broken: bool,
}

/// What a file says about a constructor or a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CombinatorEntry {
    /// The name.
    pub name: Spanned<String>,
    /// What it is or does.
    pub text: Option<Spanned<String>>,
    /// What its fields are: names and texts.
    pub fields: Vec<(Spanned<String>, Spanned<String>)>,
    /// The names of its groups of fields: a field of each, and the name.
    pub groups: Vec<(Spanned<String>, Spanned<String>)>,
    /// The errors that it returns.
    pub errors: Vec<Spanned<String>>,
    /// Who can call it.
    pub callers: Option<Spanned<Callers>>,
}

/// What a file says about a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeEntry {
    /// The name.
    pub name: Spanned<String>,
    /// What it is.
    pub text: Option<Spanned<String>>,
}

impl FactFile {
    /// A place in this file.
    pub(crate) fn label<T>(&self, at: &Spanned<T>) -> Label {
        Label::new(self.source, at.span)
    }
}
