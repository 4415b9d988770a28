//! The one place that reads schema files.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::{fs, io};

use typelang_facts::{FactFile, Facts, Merged};
use typelang_ir::{ResolveOptions, Schema, codes, resolve};
use typelang_parser::ast::File;
use typelang_parser::{Diagnostic, Severity, SourceId, Sources, parse};

use crate::console::{Console, Tally};
use crate::exit::Failure;

/// Schema files as read and parsed, each by itself.
#[derive(Debug, Default)]
pub(crate) struct Schemas {
    /// The texts.
    pub(crate) sources: Sources,
    /// The files in the order in which they were named.
    pub(crate) files: Vec<SchemaFile>,
    /// The fact files in the order in which they were named.
    pub(crate) facts: Vec<FactFile>,
    /// What is wrong with the texts of the fact files.
    pub(crate) of_facts: Vec<Diagnostic>,
}

/// A schema file as parsed.
#[derive(Debug)]
pub(crate) struct SchemaFile {
    /// Names the text.
    pub(crate) source: SourceId,
    /// The declarations.
    pub(crate) file: File,
    /// What is wrong with the text.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Schemas {
    /// Reads and parses files; `-` is standard input. Fails with the names of all files that cannot be read.
    pub(crate) fn read(paths: &[PathBuf]) -> Result<Self, Failure> {
        Self::read_with_facts(paths, &[])
    }

    /// Reads and parses schema files and fact files, as [`read`](Self::read) does.
    pub(crate) fn read_with_facts(paths: &[PathBuf], facts: &[PathBuf]) -> Result<Self, Failure> {
        let mut schemas = Self::default();
        let mut unreadable = Vec::new();
        let paths = paths.iter().map(|path| (path, false)).chain(facts.iter().map(|path| (path, true)));
        for (path, is_facts) in paths {
            match read_bytes(path) {
                Ok(bytes) if is_facts => schemas.add_facts(name_of(path), bytes),
                Ok(bytes) => schemas.add(name_of(path), bytes),
                Err(error) => unreadable.push(format!("cannot read {}: {error}", name_of(path))),
            }
        }
        if unreadable.is_empty() { Ok(schemas) } else { Err(Failure::Message(unreadable.join("\nerror: "))) }
    }

    /// Parses a text with facts.
    fn add_facts(&mut self, name: String, bytes: Vec<u8>) {
        let (source, diagnostics) = self.sources.add_bytes(name, bytes);
        let parsed = typelang_facts::parse(source, self.sources.text(source));
        self.of_facts.extend(diagnostics);
        self.of_facts.extend(parsed.diagnostics);
        self.facts.push(parsed.file);
    }

    /// Checks the fact files against schemas.
    pub(crate) fn merge_facts(&self, schemas: &[&Schema]) -> Merged {
        let mut merged = typelang_facts::merge(&self.facts, schemas);
        merged.diagnostics.splice(0..0, self.of_facts.iter().cloned());
        merged
    }

    /// Parses a text.
    pub(crate) fn add(&mut self, name: String, bytes: Vec<u8>) {
        let (source, mut diagnostics) = self.sources.add_bytes(name, bytes);
        let parsed = parse(source, self.sources.text(source));
        diagnostics.extend(parsed.diagnostics);
        self.files.push(SchemaFile { source, file: parsed.file, diagnostics });
    }

    /// Checks all files as one schema, and shows errors and warnings. Says whether there is no error.
    pub(crate) fn report_as_one(self, options: ResolveOptions, console: &Console) -> bool {
        self.resolve_with_facts(options, console).is_some()
    }

    /// The schema that all files make together, and the facts about it. Shows errors and warnings; returns nothing if there
    /// is an error.
    fn resolve_with_facts(&self, options: ResolveOptions, console: &Console) -> Option<(Schema, Facts)> {
        let all: Vec<usize> = (0..self.files.len()).collect();
        let (mut schemas, facts) = self.resolve_groups(&[all], options, console)?;
        schemas.pop().map(|schema| (schema, facts))
    }

    /// The schema that the files of each group make together, and the facts about all of them. Shows errors and warnings;
    /// returns nothing if there is an error.
    pub(crate) fn resolve_groups(
        &self,
        groups: &[Vec<usize>],
        options: ResolveOptions,
        console: &Console,
    ) -> Option<(Vec<Schema>, Facts)> {
        let mut diagnostics: Vec<Diagnostic> = self.files.iter().flat_map(|file| file.diagnostics.clone()).collect();
        let mut schemas = Vec::new();
        for group in groups {
            let resolution = resolve(&self.files_of(group), options);
            diagnostics.extend(resolution.diagnostics);
            schemas.push(resolution.schema);
        }
        let mut facts = Facts::default();
        // Against half a schema, facts would look wrong that are right.
        if diagnostics.iter().all(|diagnostic| diagnostic.severity != Severity::Error) {
            let merged = self.merge_facts(&schemas.iter().collect::<Vec<_>>());
            diagnostics.extend(merged.diagnostics);
            facts = merged.facts;
        } else {
            diagnostics.extend(self.of_facts.iter().cloned());
        }
        diagnostics.retain(|diagnostic| diagnostic.severity > Severity::Note);
        diagnostics.sort_by_key(|diagnostic| (diagnostic.primary.source, diagnostic.primary.span));
        for diagnostic in &diagnostics {
            console.diagnostic(diagnostic, &self.sources);
        }
        let tally = Tally::of(&diagnostics);
        console.tally(tally);
        (tally.errors == 0).then_some((schemas, facts))
    }

    /// Which files can be one schema, by position: each file goes with the first ones that declare no name or id otherwise than it
    /// does.
    pub(crate) fn groups(&self, options: ResolveOptions) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for file in 0..self.files.len() {
            let fits = |group: &Vec<usize>| {
                let together = [group.as_slice(), &[file]].concat();
                let diagnostics = resolve(&self.files_of(&together), options).diagnostics;
                let is_conflict = |it: &Diagnostic| [&codes::DUPLICATE_NAME, &codes::DUPLICATE_ID].contains(&it.code);
                !diagnostics.iter().any(|it| it.severity == Severity::Error && is_conflict(it))
            };
            match groups.iter().position(fits).and_then(|group| groups.get_mut(group)) {
                Some(group) => group.push(file),
                None => groups.push(vec![file]),
            }
        }
        groups
    }

    fn files_of(&self, group: &[usize]) -> Vec<File> {
        group.iter().filter_map(|&file| self.files.get(file)).map(|file| file.file.clone()).collect()
    }
}

impl Schemas {
    /// The schema that all files make together. Shows errors, and nothing else, if there are any, and returns nothing then.
    pub(crate) fn resolve_as_one(&self, options: ResolveOptions, console: &Console) -> Option<Schema> {
        let files: Vec<File> = self.files.iter().map(|file| file.file.clone()).collect();
        let resolution = resolve(&files, options);
        let of_files = self.files.iter().flat_map(|file| &file.diagnostics);
        let all = of_files.chain(&resolution.diagnostics);
        let errors: Vec<&Diagnostic> = all.filter(|it| it.severity == Severity::Error).collect();
        for error in &errors {
            console.diagnostic(error, &self.sources);
        }
        console.tally(Tally::of(errors.iter().copied()));
        errors.is_empty().then_some(resolution.schema)
    }
}

fn name_of(path: &Path) -> String {
    if path == Path::new("-") { "<stdin>".to_owned() } else { path.display().to_string() }
}

/// The content of a file, or all of standard input.
pub(crate) fn read_bytes(path: &Path) -> io::Result<Vec<u8>> {
    if path != Path::new("-") {
        return fs::read(path);
    }
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}
