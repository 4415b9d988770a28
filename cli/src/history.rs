//! Reading histories: files with all layers of a schema.

use std::path::{Path, PathBuf};

use typelang_history::{History, Layer};
use typelang_parser::ids::Dialect;
use typelang_parser::{Diagnostic, Severity, SourceId, Sources};

use crate::console::Console;
use crate::exit::Failure;
use crate::schemas::{read_bytes, show_findings};

/// The path of the history that commands read if none is given.
pub(crate) const PATH: &str = "schema/history.tl";

/// A history with its text.
pub(crate) struct Loaded {
    pub(crate) sources: Sources,
    pub(crate) source: SourceId,
    pub(crate) history: History,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Loaded {
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let bytes = read_bytes(path).map_err(|error| Failure::read(path, &error))?;
        Ok(Self::of(path.display().to_string(), bytes))
    }

    pub(crate) fn of(name: String, bytes: Vec<u8>) -> Self {
        let mut sources = Sources::new();
        let (source, mut diagnostics) = sources.add_bytes(name, bytes);
        let parsed = typelang_history::parse(source, sources.text(source));
        diagnostics.extend(parsed.diagnostics);
        Self { sources, source, history: parsed.history, diagnostics }
    }

    pub(crate) fn text(&self) -> &str {
        self.sources.text(self.source)
    }

    /// Shows what is wrong. Returns whether there is an error.
    pub(crate) fn show_errors(&self, console: &Console) -> bool {
        show_findings([(self.diagnostics.as_slice(), &self.sources)], Severity::Warning, console);
        self.diagnostics.iter().any(|it| it.severity == Severity::Error)
    }

    /// A layer by its number, or the newest one.
    pub(crate) fn layer(&self, number: Option<u32>) -> Result<Layer<'_>, Failure> {
        let found = number.map_or_else(|| self.history.newest(), |number| self.history.layer(number));
        found.ok_or_else(|| Failure::Message(no_layer(&self.history, number)))
    }
}

/// The layers nearest to one that does not exist.
fn no_layer(history: &History, number: Option<u32>) -> String {
    let layers = || history.revisions().iter().map(|it| it.layer);
    let Some(number) = number else { return format!("the history `{}` has no layer", history.name) };
    let near = [layers().filter(|it| *it < number).max(), layers().filter(|it| *it > number).min()];
    let near: Vec<String> = near.into_iter().flatten().map(|it| it.to_string()).collect();
    let nearest = if near.is_empty() { String::new() } else { format!("; nearest: {}", near.join(" and ")) };
    format!("the history `{}` has no layer {number}{nearest}", history.name)
}

/// The dialect that explains most ids of a history.
pub(crate) fn dialect_of(history: &History) -> Dialect {
    typelang_parser::ids::detect_dialect_of_combinators(history.declarations().iter().map(|it| &it.combinator))
}

/// The option that names a history.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct HistoryPath {
    /// The file with the history.
    #[arg(long = "history", value_name = "FILE", default_value = PATH)]
    pub(crate) path: PathBuf,
}
