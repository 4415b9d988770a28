//! The texts of a project and their syntax trees.

use std::io;
use std::path::Path;

use typelang_parser::ast::File;
use typelang_parser::{Parsed, SourceId, Sources};

use crate::unreadable::{Unreadable, UnreadableFile, name_of};

/// Schema files and fact files, each parsed by itself.
///
/// A project is a snapshot: for a new version of a text, make a new project.
#[derive(Clone, Debug, Default)]
pub struct Project {
    /// The texts of all files, by the ids that places refer to.
    pub sources: Sources,
    /// The schema files in the order in which they were added, with the findings in their texts.
    pub schemas: Vec<Parsed>,
    /// The fact files in the order in which they were added, with the findings in their texts.
    pub facts: Vec<typelang_facts::Parsed>,
}

impl Project {
    /// Returns a project without files.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads and parses schema files. Faults in a text are among the diagnostics of its file.
    ///
    /// `read` returns the content of a file, and is called once for each path, in order. The path `-` is called `<stdin>` in
    /// messages, since command lines use it for standard input; where its content comes from is up to `read`.
    ///
    /// # Errors
    ///
    /// Returns all files for which `read` returns an error, if there are any.
    pub fn read<P: AsRef<Path>>(
        schemas: &[P],
        mut read: impl FnMut(&Path) -> io::Result<Vec<u8>>,
    ) -> Result<Self, Unreadable> {
        let mut project = Self::new();
        let mut unreadable = Vec::new();
        for (name, bytes) in contents(schemas, &mut read, &mut unreadable) {
            project.add_schema(name, bytes);
        }
        Unreadable::refuse(unreadable)?;
        Ok(project)
    }

    /// Reads and parses schema files, then fact files, as [`read`](Self::read) does.
    ///
    /// # Errors
    ///
    /// Returns all files for which `read` returns an error, if there are any.
    #[cfg(feature = "facts")]
    pub fn read_with_facts<S: AsRef<Path>, F: AsRef<Path>>(
        schemas: &[S],
        facts: &[F],
        mut read: impl FnMut(&Path) -> io::Result<Vec<u8>>,
    ) -> Result<Self, Unreadable> {
        let mut project = Self::new();
        let mut unreadable = Vec::new();
        for (name, bytes) in contents(schemas, &mut read, &mut unreadable) {
            project.add_schema(name, bytes);
        }
        for (name, bytes) in contents(facts, &mut read, &mut unreadable) {
            project.add_facts(name, bytes);
        }
        Unreadable::refuse(unreadable)?;
        Ok(project)
    }

    /// Adds the text of a schema. `name` is what diagnostics call it, usually the path of its file. A file that is something else
    /// than a schema has one error, which says what it looks like.
    pub fn add_schema(&mut self, name: impl Into<String>, bytes: Vec<u8>) -> SourceId {
        let parsed = self.sources.parse_bytes(name, bytes);
        let source = parsed.file.source;
        self.schemas.push(parsed);
        source
    }

    /// Adds the text of a fact file.
    #[cfg(feature = "facts")]
    pub fn add_facts(&mut self, name: impl Into<String>, bytes: Vec<u8>) -> SourceId {
        let (source, mut diagnostics) = self.sources.add_bytes(name, bytes);
        let parsed = typelang_facts::parse(source, self.sources.text(source));
        diagnostics.extend(parsed.diagnostics);
        self.facts.push(typelang_facts::Parsed { file: parsed.file, diagnostics });
        source
    }

    /// Returns the syntax trees of the schema files, in order.
    pub fn files(&self) -> impl Iterator<Item = &File> {
        self.schemas.iter().map(|schema| &schema.file)
    }
}

/// Reads files: their names and contents.
fn contents<P: AsRef<Path>>(
    paths: &[P],
    read: &mut impl FnMut(&Path) -> io::Result<Vec<u8>>,
    unreadable: &mut Vec<UnreadableFile>,
) -> Vec<(String, Vec<u8>)> {
    let mut contents = Vec::with_capacity(paths.len());
    for path in paths.iter().map(AsRef::as_ref) {
        match read(path) {
            Ok(bytes) => contents.push((name_of(path), bytes)),
            Err(error) => unreadable.push(UnreadableFile { path: path.to_owned(), error }),
        }
    }
    contents
}

/// The files at some positions.
pub(crate) fn chosen<'f>(files: &[&'f File], positions: &[usize]) -> Vec<&'f File> {
    positions.iter().filter_map(|&position| files.get(position).copied()).collect()
}
