//! Which files have to be looked at together.

use std::collections::{BTreeMap, BTreeSet};

use tl_ir::{Name, ResolveOptions, resolve};
use tl_parser::ast::File;
use tl_parser::{Diagnostic, SourceId, Span};

use super::names;

/// What the files of a run declare and use.
pub(super) struct Catalogue<'a> {
    files: Vec<&'a File>,
    declared: Vec<BTreeSet<Name>>,
    used: BTreeMap<SourceId, Vec<(Span, Name)>>,
}

impl<'a> Catalogue<'a> {
    pub(super) fn new(files: impl IntoIterator<Item = &'a File>) -> Self {
        let files: Vec<&File> = files.into_iter().collect();
        Self {
            declared: files.iter().map(|file| names::declared(file)).collect(),
            used: files.iter().map(|file| (file.source, names::used(file))).collect(),
            files,
        }
    }

    /// Resolves a file together with those that it cannot be understood without: for every name that is unknown, the
    /// first file that declares it, and what that one needs in turn.
    pub(super) fn resolve(&self, own: usize, options: ResolveOptions) -> Vec<Diagnostic> {
        let mut others = BTreeSet::new();
        loop {
            // The file itself comes last, so that conflicts are found in it.
            let unit = others.iter().copied().chain([own]).filter_map(|index: usize| self.files.get(index));
            let unit: Vec<File> = unit.map(|file| File::clone(file)).collect();
            let diagnostics = resolve(&unit, options).diagnostics;
            let before = others.len();
            others.extend(self.unknown_names(&diagnostics).filter_map(|name| self.provider(name)));
            // A file that is there already cannot help.
            others.remove(&own);
            if others.len() == before {
                return diagnostics;
            }
        }
    }

    fn unknown_names(&self, diagnostics: &[Diagnostic]) -> impl Iterator<Item = &Name> {
        let places = diagnostics.iter().filter(|diagnostic| diagnostic.code == "unknown-type").map(|it| &it.primary);
        places.flat_map(|place| {
            let used = self.used.get(&place.source).map_or(&[][..], Vec::as_slice);
            let inside = |span: &Span| place.span.start <= span.start && span.end <= place.span.end;
            used.iter().filter(move |(span, _)| inside(span)).map(|(_, name)| name)
        })
    }

    fn provider(&self, name: &Name) -> Option<usize> {
        self.declared.iter().position(|declared| declared.contains(name))
    }
}
