//! A project with its names resolved, and everything that was found.

use std::collections::BTreeSet;

use typelang_facts::{Facts, merge};
use typelang_ir::codes::ASSIGNED_IDS;
use typelang_ir::{Profile, ResolveOptions, Schema, resolve};
use typelang_parser::ast::File;
use typelang_parser::codes::ID_MISMATCH;
use typelang_parser::{Diagnostic, Label, Severity, SourceId};

use crate::Project;
use crate::groups::{Group, grouped};
use crate::units::Catalogue;

/// A checked project. `S` is one [`Schema`], or several of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked<S> {
    /// The schema, without the declarations that have errors.
    pub schema: S,
    /// The joined facts of all fact files. Empty if there is an error in a schema: against half a schema, facts would look
    /// wrong that are right.
    pub facts: Facts,
    /// All findings, notes included, in the order of files and places.
    pub diagnostics: Vec<Diagnostic>,
}

impl<S> Checked<S> {
    /// Returns whether a finding is an error, so that the schema must not be used.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        has_errors(&self.diagnostics)
    }
}

impl Project {
    /// Checks all schema files as one schema.
    #[must_use]
    pub fn as_one(&self, options: ResolveOptions) -> Checked<Schema> {
        let files: Vec<_> = self.files().collect();
        let resolution = resolve(&files, options);
        let diagnostics = self.with_assigned_ids(options, resolution.diagnostics);
        self.checked(resolution.schema, |schema| vec![schema], diagnostics)
    }

    /// Checks the schema files as one schema for each group of files that fit together: each file goes to the first group in
    /// which nothing has the same name or id as something else of the file.
    #[must_use]
    pub fn in_groups(&self, options: ResolveOptions) -> Checked<Vec<Group>> {
        let files: Vec<_> = self.files().collect();
        let (groups, diagnostics) = grouped(&files, options);
        let diagnostics = self.with_assigned_ids(options, diagnostics);
        self.checked(groups, |groups| groups.iter().map(|group| &group.schema).collect(), diagnostics)
    }

    /// Checks each schema file by itself.
    ///
    /// A name that a file uses and does not declare may come from another file: then the first file that declares the name,
    /// and all that this one needs in turn, is checked together with it. So a file and the one that it builds upon can be
    /// given in any order, while unrelated files may declare the same names differently. The schemas are those of the files
    /// alone, in the order of the files. Each finding is there once, at the file that it is in.
    #[must_use]
    pub fn by_file(&self, options: ResolveOptions) -> Checked<Vec<Schema>> {
        let catalogue = Catalogue::new(self.files().collect(), options);
        let mut diagnostics = Vec::new();
        for (position, schema) in self.schemas.iter().enumerate() {
            let of_file = |diagnostic: &Diagnostic| diagnostic.primary.source == schema.file.source;
            diagnostics.extend(catalogue.findings(position, options).into_iter().filter(of_file));
        }
        let schemas = catalogue.into_schemas();
        let diagnostics = self.with_assigned_ids(options, diagnostics);
        self.checked(schemas, |schemas| schemas.iter().collect(), diagnostics)
    }

    /// Runs the lints over the schema files, one of them over fact files, and settles the level of every finding by the choices in `levels` and in comments
    /// of the files. `found` are the findings of a [`Checked`]; they are among those that are returned.
    #[cfg(feature = "lint")]
    #[must_use]
    pub fn lint(&self, levels: &typelang_lint::Levels, mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let files: Vec<_> = self.files().collect();
        let in_facts = self.facts.iter().map(|facts| typelang_lint::text_directions(facts.file.source, &self.sources));
        found.extend(in_facts.flatten());
        typelang_lint::check(&files, &self.sources, levels, found)
    }

    /// In place of a warning for each id that somebody assigned by hand, one note for all, where the family of a file does so.
    fn with_assigned_ids(&self, options: ResolveOptions, mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let assigns = |file: &&File| options.profile_of(file, options.dialect_of(file)) == Profile::Vk;
        let sources: BTreeSet<SourceId> = self.files().filter(assigns).map(|file| file.source).collect();
        let is_assigned = |it: &mut Diagnostic| it.code == &ID_MISMATCH && sources.contains(&it.primary.source);
        let mut assigned: Vec<Diagnostic> = diagnostics.extract_if(.., is_assigned).collect();
        assigned.sort_by_key(|diagnostic| (diagnostic.primary.source, diagnostic.primary.span));
        if let Some(first) = assigned.first() {
            let message = match assigned.len() {
                1 => "an id is assigned by hand, as VK's schemas do".to_owned(),
                count => format!("{count} ids are assigned by hand, as VK's schemas do; this is the first"),
            };
            let place = Label::new(first.primary.source, first.primary.span);
            diagnostics.push(Diagnostic::new(&ASSIGNED_IDS, message, place));
        }
        diagnostics
    }

    /// Adds the findings in texts, and the facts if there is no error. `resolved` are the findings of the resolver.
    fn checked<S>(&self, schema: S, list: fn(&S) -> Vec<&Schema>, resolved: Vec<Diagnostic>) -> Checked<S> {
        let of_texts = self.schemas.iter().flat_map(|schema| schema.diagnostics.iter().cloned());
        let mut diagnostics: Vec<Diagnostic> = of_texts.chain(resolved).collect();
        let is_whole = !has_errors(&diagnostics);
        diagnostics.extend(self.facts.iter().flat_map(|facts| facts.diagnostics.iter().cloned()));
        let mut facts = Facts::default();
        if is_whole && !self.facts.is_empty() {
            let files: Vec<_> = self.facts.iter().map(|facts| &facts.file).collect();
            let merged = merge(&files, &list(&schema));
            diagnostics.extend(merged.diagnostics);
            facts = merged.facts;
        }
        diagnostics.sort_by_key(|diagnostic| (diagnostic.primary.source, diagnostic.primary.span));
        Checked { schema, facts, diagnostics }
    }
}

fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}
