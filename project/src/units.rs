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
    /// The files by themselves.
    alone: Vec<Resolution>,
    /// The first file that declares each name. Needed only if a name is unknown, which is rare.
    providers: OnceCell<BTreeMap<Name, usize>>,
    /// By file.
    declared: OnceCell<Vec<BTreeSet<Name>>>,
    used: OnceCell<BTreeMap<SourceId, Vec<(Span, Name)>>>,
    /// For each file, the names that it uses and does not declare.
    needed: OnceCell<Vec<BTreeSet<Name>>>,
}

impl<'a> Catalogue<'a> {
    pub(crate) fn new(files: Vec<&'a File>, options: ResolveOptions) -> Self {
        let alone = (0..files.len()).map(|own| resolve(&chosen(&files, &[own]), options)).collect();
        Self {
            files,
            alone,
            providers: OnceCell::new(),
            declared: OnceCell::new(),
            used: OnceCell::new(),
            needed: OnceCell::new(),
        }
    }

    /// The schemas of all files by themselves.
    pub(crate) fn into_schemas(self) -> Vec<Schema> {
        self.alone.into_iter().map(|resolution| resolution.schema).collect()
    }

    /// The findings in a file and in those that it cannot be understood without: for every name that is unknown, the first file
    /// that declares it, and what that one needs in turn.
    pub(crate) fn findings(&self, own: usize, options: ResolveOptions) -> Vec<Diagnostic> {
        let mut others = self.needed_by(own);
        let mut diagnostics = Vec::new();
        let mut count = usize::MAX;
        // One round does unless a name is unknown only where all of them are together.
        while others.len() != count {
            count = others.len();
            if others.is_empty() {
                return self.alone.get(own).map(|it| it.diagnostics.clone()).unwrap_or_default();
            }
            // The file itself comes last, so that conflicts are found in it.
            let unit: Vec<usize> = others.iter().copied().chain([own]).collect();
            diagnostics = resolve(&chosen(&self.files, &unit), options).diagnostics;
            others.extend(self.unknown_names(&diagnostics).filter_map(|name| self.provider(name)));
            // A file that is there already cannot help.
            others.remove(&own);
        }
        diagnostics
    }

    /// The other files that a file needs, and that these need in turn.
    fn needed_by(&self, own: usize) -> BTreeSet<usize> {
        let mut unit = BTreeSet::from([own]);
        let mut new = vec![own];
        while self.files.len() > 1 && !new.is_empty() {
            let is_first = new == [own];
            let names = new.iter().filter_map(|&file| self.needed().get(file)).flatten();
            let unknown = names.filter(|name| is_first || !self.declares(&unit, name));
            let providers: BTreeSet<usize> = unknown.filter_map(|name| self.provider(name)).collect();
            new = providers.into_iter().filter(|&file| unit.insert(file)).collect();
        }
        unit.remove(&own);
        unit
    }

    fn needed(&self) -> &[BTreeSet<Name>] {
        let needed = || self.alone.iter().map(|it| self.unknown_names(&it.diagnostics).cloned().collect()).collect();
        self.needed.get_or_init(needed)
    }

    /// Returns whether one of some files declares a name.
    fn declares(&self, unit: &BTreeSet<usize>, name: &Name) -> bool {
        let is_declared = |file: &usize| self.declared().get(*file).is_some_and(|declared| declared.contains(name));
        self.provider(name).is_some_and(|provider| unit.contains(&provider) || unit.iter().any(is_declared))
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

    /// The first file that declares a name.
    fn provider(&self, name: &Name) -> Option<usize> {
        let providers = self.providers.get_or_init(|| {
            let mut providers = BTreeMap::new();
            for (file, declared) in self.declared().iter().enumerate() {
                declared.iter().for_each(|name| _ = providers.entry(name.clone()).or_insert(file));
            }
            providers
        });
        providers.get(name).copied()
    }

    fn declared(&self) -> &[BTreeSet<Name>] {
        self.declared.get_or_init(|| self.files.iter().map(|file| names::declared(file)).collect())
    }

    fn used(&self) -> &BTreeMap<SourceId, Vec<(Span, Name)>> {
        self.used.get_or_init(|| self.files.iter().map(|file| (file.source, names::used(file))).collect())
    }
}
