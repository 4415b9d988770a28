//! Which files have to be looked at together.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::slice;

use typelang_ir::{Name, Resolution, ResolveOptions, Schema, resolve};
use typelang_parser::ast::File;
use typelang_parser::{Diagnostic, SourceId, Span};

use super::names;

/// What the files of a run declare and use.
pub(super) struct Catalogue<'a> {
    files: Vec<&'a File>,
    /// By file. Only asked for where a name is unknown, which is rare.
    declared: OnceCell<Vec<BTreeSet<Name>>>,
    used: OnceCell<BTreeMap<SourceId, Vec<(Span, Name)>>>,
}

/// What resolving a file gave.
pub(super) struct Resolved {
    /// The schema of the file by itself.
    pub(super) alone: Schema,
    /// The findings in the file and in those that it cannot be understood without.
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl<'a> Catalogue<'a> {
    pub(super) fn new(files: impl IntoIterator<Item = &'a File>) -> Self {
        Self { files: files.into_iter().collect(), declared: OnceCell::new(), used: OnceCell::new() }
    }

    /// Resolves a file together with those that it cannot be understood without: for every name that is unknown, the
    /// first file that declares it, and what that one needs in turn.
    pub(super) fn resolve(&self, own: usize, options: ResolveOptions) -> Resolved {
        let file = self.files.get(own).map_or(&[][..], |file| slice::from_ref(*file));
        let Resolution { schema: alone, mut diagnostics, .. } = resolve(file, options);
        let mut others = BTreeSet::new();
        loop {
            let before = others.len();
            others.extend(self.unknown_names(&diagnostics).filter_map(|name| self.provider(name)));
            // A file that is there already cannot help.
            others.remove(&own);
            if others.len() == before {
                return Resolved { alone, diagnostics };
            }
            // The file itself comes last, so that conflicts are found in it.
            let unit = others.iter().copied().chain([own]).filter_map(|index: usize| self.files.get(index));
            let unit: Vec<File> = unit.map(|file| File::clone(file)).collect();
            diagnostics = resolve(&unit, options).diagnostics;
        }
    }

    fn unknown_names(&self, diagnostics: &[Diagnostic]) -> impl Iterator<Item = &Name> {
        let places = diagnostics.iter().filter(|diagnostic| diagnostic.code == "unknown-type").map(|it| &it.primary);
        places.flat_map(|place| {
            let used = self.used().get(&place.source).map_or(&[][..], Vec::as_slice);
            let inside = |span: &Span| place.span.start <= span.start && span.end <= place.span.end;
            used.iter().filter(move |(span, _)| inside(span)).map(|(_, name)| name)
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
