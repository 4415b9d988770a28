//! Files that have to be resolved together.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use typelang_ir::{Name, Resolution, ResolveOptions, Schema, codes, resolve};
use typelang_parser::ast::File;
use typelang_parser::{Diagnostic, SourceId, Span};

use crate::names;
use crate::project::chosen;

/// The files of a project, with the names that they declare and use.
pub(crate) struct Catalogue<'a> {
    files: Vec<&'a File>,
    /// By file. Needed only if a name is unknown, which is rare.
    declared: OnceCell<Vec<BTreeSet<Name>>>,
    used: OnceCell<BTreeMap<SourceId, Vec<(Span, Name)>>>,
}

/// The result of resolving a file.
pub(crate) struct Resolved {
    /// The schema of the file by itself.
    pub(crate) alone: Schema,
    /// The findings in the file and in those that it cannot be understood without.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl<'a> Catalogue<'a> {
    pub(crate) fn new(files: Vec<&'a File>) -> Self {
        Self { files, declared: OnceCell::new(), used: OnceCell::new() }
    }

    /// Resolves a file together with those that it cannot be understood without: for every name that is unknown, the
    /// first file that declares it, and what that one needs in turn.
    pub(crate) fn resolve(&self, own: usize, options: ResolveOptions) -> Resolved {
        let Resolution { schema: alone, mut diagnostics } = resolve(&chosen(&self.files, &[own]), options);
        let mut others = BTreeSet::new();
        while self.files.len() > 1 {
            let before = others.len();
            others.extend(self.unknown_names(&diagnostics).filter_map(|name| self.provider(name)));
            // A file that is there already cannot help.
            others.remove(&own);
            if others.len() == before {
                break;
            }
            // The file itself comes last, so that conflicts are found in it.
            let unit: Vec<usize> = others.iter().copied().chain([own]).collect();
            diagnostics = resolve(&chosen(&self.files, &unit), options).diagnostics;
        }
        Resolved { alone, diagnostics }
    }

    fn unknown_names(&self, diagnostics: &[Diagnostic]) -> impl Iterator<Item = &Name> {
        let places =
            diagnostics.iter().filter(|diagnostic| diagnostic.code == &codes::UNKNOWN_TYPE).map(|it| &it.primary);
        places.flat_map(|place| {
            let used = self.used().get(&place.source).map_or(&[][..], Vec::as_slice);
            let from = used.partition_point(|(span, _)| span.start < place.span.start);
            let inside = used.get(from..).unwrap_or_default();
            let inside = inside.iter().take_while(|(span, _)| span.start < place.span.end);
            inside.filter(|(span, _)| span.end <= place.span.end).map(|(_, name)| name)
        })
    }

    fn provider(&self, name: &Name) -> Option<usize> {
        let declared = self.declared.get_or_init(|| self.files.iter().map(|file| names::declared(file)).collect());
        declared.iter().position(|declared| declared.contains(name))
    }

    fn used(&self) -> &BTreeMap<SourceId, Vec<(Span, Name)>> {
        self.used.get_or_init(|| self.files.iter().map(|file| (file.source, names::used(file))).collect())
    }
}
