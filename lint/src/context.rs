//! What lints look at.

use typelang_parser::ast::{Combinator, File, Section};
use typelang_parser::{Label, SourceId, Sources, Span};

/// The files of a run.
pub(crate) struct Context<'a> {
    pub(crate) files: &'a [&'a File],
    pub(crate) sources: &'a Sources,
}

/// A declaration and the text that it stands in.
#[derive(Clone, Copy)]
pub(crate) struct Declaration<'a> {
    pub(crate) source: SourceId,
    pub(crate) combinator: &'a Combinator,
}

impl Declaration<'_> {
    pub(crate) fn label(&self, span: Span) -> Label {
        Label::new(self.source, span)
    }

    pub(crate) fn is_constructor(&self) -> bool {
        self.combinator.section == Section::Types
    }

    /// `constructor` or `function`.
    pub(crate) fn what(&self) -> &'static str {
        if self.is_constructor() { "constructor" } else { "function" }
    }
}

impl<'a> Context<'a> {
    pub(crate) fn new(files: &'a [&'a File], sources: &'a Sources) -> Self {
        Self { files, sources }
    }

    /// Every declaration that was read whole. Of the others nobody knows what they would say.
    pub(crate) fn declarations(&self) -> impl Iterator<Item = Declaration<'a>> {
        self.files.iter().flat_map(|file| {
            let whole = file.combinators().filter(|combinator| !combinator.incomplete);
            whole.map(|combinator| Declaration { source: file.source, combinator })
        })
    }
}
