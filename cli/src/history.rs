//! Reading histories: files with all layers of a schema.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use typelang_history::{History, Layer};
use typelang_parser::ids::Dialect;
use typelang_parser::{Diagnostic, Severity, SourceId, Sources};

use crate::console::Console;
use crate::exit::Failure;
use crate::schemas::{read_bytes, show_findings};

/// The path of the history that commands read if none is given.
const PATH: &str = "schema/history.tl";

/// The history of Telegram's API that the command has with it.
static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/history.deflate"));

/// The history of Telegram's API that the command has with it. It is read where something asks for it.
pub(crate) fn own() -> Option<&'static History> {
    static HISTORY: OnceLock<Option<History>> = OnceLock::new();
    HISTORY.get_or_init(|| Loaded::own().ok().map(|loaded| loaded.history)).as_ref()
}

/// The layers of an id by that history: "`message#38116ee0` of layers 136 to 169".
pub(crate) fn layers_of(id: u32) -> Option<String> {
    let history = own()?;
    let newest = history.with_id(id).last()?;
    Some(format!("`{}#{id:08x}` of {}", newest.name, history.layers_of(id)))
}

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

    /// The history of Telegram's API that the command has with it.
    fn own() -> Result<Self, Failure> {
        let bytes = miniz_oxide::inflate::decompress_to_vec(PACKED).unwrap_or_default();
        match bytes.is_empty() {
            true => Err(Failure::Message(format!("there is no {PATH}; name a history with --history"))),
            false => Ok(Self::of("<history of the Telegram API>".to_owned(), bytes)),
        }
    }

    /// The history of a file; if none is given, that of `schema/history.tl`, else the one of Telegram's API that the command has.
    pub(crate) fn find(path: Option<&Path>) -> Result<Self, Failure> {
        match path {
            Some(path) => Self::read(path),
            None if Path::new(PATH).exists() => Self::read(Path::new(PATH)),
            None => Self::own(),
        }
    }

    /// The same, kept for the next layer that is asked for.
    pub(crate) fn find_once(path: Option<&Path>) -> Result<Arc<Self>, Failure> {
        static KEPT: Mutex<Vec<(Option<PathBuf>, Arc<Loaded>)>> = Mutex::new(Vec::new());
        let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, loaded)) = kept.iter().find(|it| it.0.as_deref() == path) {
            return Ok(Arc::clone(loaded));
        }
        let loaded = Arc::new(Self::find(path)?);
        kept.push((path.map(Path::to_owned), Arc::clone(&loaded)));
        Ok(loaded)
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
    /// The file with the history; schema/history.tl if not given.
    #[arg(long = "history", value_name = "FILE")]
    path: Option<PathBuf>,
}

impl HistoryPath {
    /// A file.
    pub(crate) fn of(path: PathBuf) -> Self {
        Self { path: Some(path) }
    }

    /// The file to be written or checked.
    pub(crate) fn file(&self) -> &Path {
        self.path.as_deref().unwrap_or(Path::new(PATH))
    }

    /// The history to be read: without a file that of Telegram's API.
    pub(crate) fn load(&self) -> Result<Loaded, Failure> {
        Loaded::find(self.path.as_deref())
    }
}
