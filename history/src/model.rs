//! Histories as data.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use typelang_parser::ast::{Combinator, Section};
use typelang_parser::{SourceId, Span, print_combinator_with_id};

use crate::Layers;

/// All layers of a schema.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// The text that the spans point into.
    pub source: SourceId,
    /// The name that `tl:history` gives.
    pub name: String,
    pub(crate) revisions: Vec<Revision>,
    pub(crate) declarations: Vec<Declaration>,
    /// For each id the declarations that have it, oldest first.
    pub(crate) by_id: BTreeMap<u32, Vec<usize>>,
}

/// One published form of a layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// The comment that begins it.
    pub span: Span,
    /// The number of the layer.
    pub layer: u32,
    /// The date in the form `2024-01-31`, where it is known.
    pub date: Option<String>,
    /// The place where the layer is from, as the file states it.
    pub source: String,
    /// The declarations that the revision is the first to have, by position in [`History::declarations`].
    pub declared: Range<usize>,
    /// The declarations that the revision removes, by position, in the order of the file. Those that it replaces are not among them.
    pub removed: Vec<usize>,
    /// Declarations of the source that are wrong and that no other source corrects.
    pub dropped: Vec<Dropped>,
}

/// A declaration that is left out of a layer although its source has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dropped {
    /// The comment.
    pub span: Span,
    /// The name of the declaration.
    pub name: String,
    /// Its id.
    pub id: u32,
}

/// A declaration of a history: one form of a constructor or a function, for as long as it was unchanged.
///
/// A declaration that is removed and published again is there twice.
#[derive(Clone, Debug, PartialEq)]
pub struct Declaration {
    /// The syntax tree, with places.
    pub combinator: Combinator,
    /// The name with its namespaces.
    pub name: String,
    /// The id.
    pub id: u32,
    /// The marks behind it.
    pub marks: Vec<Mark>,
    /// The position of the first revision that has it.
    pub first: usize,
    /// The position of the first revision after it that does not have it; none if the newest has it.
    pub end: Option<usize>,
}

impl Declaration {
    /// A constructor or a function.
    #[must_use]
    pub fn section(&self) -> Section {
        self.combinator.section
    }

    /// The line in canonical spelling, with its semicolon.
    #[must_use]
    pub fn text(&self) -> String {
        print_combinator_with_id(&self.combinator, self.id)
    }

    /// Returns whether the id is stated to be another one than the text gives.
    #[must_use]
    pub fn is_pinned(&self) -> bool {
        self.marks.contains(&Mark::Pinned)
    }

    /// Returns whether the revision at a position has the declaration.
    #[must_use]
    pub fn is_in(&self, revision: usize) -> bool {
        self.first <= revision && self.end.is_none_or(|end| revision < end)
    }
}

/// A mark behind a declaration.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// `tl:pinned`: the id is not the checksum of the text.
    Pinned,
    /// `tl:repaired(WHY)`: the source has the declaration in another form, which is wrong.
    Repaired(String),
    /// `tl:meaning(WHAT)`: a bit means something else than in an earlier layer, under the same id.
    Meaning(String),
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pinned => f.write_str("tl:pinned"),
            Self::Repaired(why) => write!(f, "tl:repaired({why})"),
            Self::Meaning(what) => write!(f, "tl:meaning({what})"),
        }
    }
}

impl History {
    /// The revisions, oldest first.
    #[must_use]
    pub fn revisions(&self) -> &[Revision] {
        &self.revisions
    }

    /// Every declaration of every layer, in the order of the file.
    #[must_use]
    pub fn declarations(&self) -> &[Declaration] {
        &self.declarations
    }

    /// A layer, in its last revision; none if the history does not have it.
    #[must_use]
    pub fn layer(&self, number: u32) -> Option<Layer<'_>> {
        self.revisions.iter().rposition(|it| it.layer == number).and_then(|at| self.revision(at))
    }

    /// The newest layer; none if the history is empty.
    #[must_use]
    pub fn newest(&self) -> Option<Layer<'_>> {
        self.revisions.len().checked_sub(1).and_then(|at| self.revision(at))
    }

    /// The revision at a position.
    #[must_use]
    pub fn revision(&self, at: usize) -> Option<Layer<'_>> {
        let revision = self.revisions.get(at)?;
        Some(Layer { history: self, at, revision })
    }

    /// The ids of all layers, in order.
    pub fn ids(&self) -> impl Iterator<Item = u32> {
        self.by_id.keys().copied()
    }

    /// The declarations that have an id, oldest first.
    pub fn with_id(&self, id: u32) -> impl Iterator<Item = &Declaration> {
        let positions = self.by_id.get(&id).map_or(&[][..], Vec::as_slice);
        positions.iter().filter_map(|&at| self.declarations.get(at))
    }

    /// The layers in which an id exists.
    #[must_use]
    pub fn layers_of(&self, id: u32) -> Layers {
        Layers::of(&self.numbers(), self.with_id(id).map(|it| (it.first, it.end)))
    }

    /// The layers of the revisions.
    fn numbers(&self) -> Vec<u32> {
        self.revisions.iter().map(|it| it.layer).collect()
    }

    /// The layers that have a declaration in exactly this form.
    #[must_use]
    pub fn layers_of_declaration(&self, declaration: &Declaration) -> Layers {
        Layers::of(&self.numbers(), [(declaration.first, declaration.end)])
    }
}

/// One layer of a history, or an earlier revision of it.
#[derive(Clone, Copy, Debug)]
pub struct Layer<'h> {
    /// The history.
    pub history: &'h History,
    /// The position of the revision.
    pub at: usize,
    /// The number, date and source.
    pub revision: &'h Revision,
}

impl<'h> Layer<'h> {
    /// The number of the layer.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.revision.layer
    }

    /// The declarations, in the order of the file: those that are unchanged for longest come first.
    pub fn declarations(&self) -> impl Iterator<Item = &'h Declaration> + use<'h> {
        let at = self.at;
        let until = self.history.declarations.get(..self.revision.declared.end).unwrap_or_default();
        until.iter().filter(move |it| it.is_in(at))
    }

    /// The declaration of an id.
    #[must_use]
    pub fn find_id(&self, id: u32) -> Option<&'h Declaration> {
        self.history.with_id(id).find(|it| it.is_in(self.at))
    }
}
