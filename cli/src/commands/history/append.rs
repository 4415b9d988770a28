//! `tl history append`: one more layer.

use std::path::{Path, PathBuf};

use clap::Args;
use typelang_history::{Appended, NewLayer, SourceOptions};
use typelang_parser::ast::File;
use typelang_parser::ids::{Dialect, detect_dialect_of_all};
use typelang_parser::{Diagnostic, Severity};
use typelang_project::{Project, write_source};

use crate::console::Console;
use crate::exit::{Failure, Outcome};
use crate::family::DialectChoice;
use crate::history::{HistoryPath, Loaded, dialect_of};
use crate::schemas::{files, read, show_findings};
use crate::tally::plural;

const EXAMPLES: &str = "\
What the new layer has in common with the last one of the history is not written. Where the id of a declaration is not the checksum of
its text, the source is wrong, unless the id is a known exception. --proof names schemas that are right, nearest first: a declaration
whose id one of them proves is taken from there and gets the mark tl:repaired; one that none proves is dropped, and listed as
tl:dropped. Of two declarations of one name the one is kept that the first proof has.

Examples:
  tl history append --layer 233 --date 2026-11-30 --source 'Telegram Desktop' api.tl
  tl history append --layer 103 --without schema/mtproto.tl --source 'Telegram Desktop' layer-103.tl
  tl history append --layer 228 --proof api-230.tl layer-227.tl --source 'an extractor' layer-228.tl
  tl history append --history own.tl --name 'Our API' --layer 1 api.tl      begins a history

Exit codes:
  0  the layer is written
  1  the history or the schema has errors; nothing is written
  2  wrong arguments, or a file that cannot be read or written";

/// Appends a published layer to a history.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Append {
    /// The files of the layer, or folders, which are searched for *.tl.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// The number of the layer.
    #[arg(long, value_name = "NUMBER")]
    layer: u32,
    /// The day on which it was published, as 2024-01-31.
    #[arg(long, value_name = "DATE", value_parser = date)]
    date: Option<String>,
    /// The place where it is from, in a few words.
    #[arg(long, value_name = "TEXT", default_value = "", value_parser = source)]
    source: String,
    /// The name of the schema, for a history that does not exist yet.
    #[arg(long, value_name = "NAME", value_parser = source)]
    name: Option<String>,
    /// Leave out what this schema declares. Can be repeated.
    #[arg(long, value_name = "FILE")]
    without: Vec<PathBuf>,
    /// Repair declarations by what these schemas prove, and leave out what none proves.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    proof: Vec<PathBuf>,
    /// Leave out declarations of the source, and list them as dropped.
    #[arg(long, value_name = "NAME#ID", value_delimiter = ',', value_parser = name_and_id)]
    drop: Vec<(String, u32)>,
    /// How ids are computed; found out from the history, or else from the files, if not given.
    #[arg(long, value_enum)]
    dialect: Option<DialectChoice>,
    #[command(flatten)]
    history: HistoryPath,
}

impl Append {
    /// Appends a file, with all that is known about it, as the newest layer.
    pub(crate) fn of(file: &Path, layer: u32, origin: &Origin, history: PathBuf) -> Self {
        Self {
            files: vec![file.to_owned()],
            layer,
            date: origin.date.clone(),
            source: origin.source.clone(),
            name: None,
            without: Vec::new(),
            proof: Vec::new(),
            drop: Vec::new(),
            dialect: None,
            history: HistoryPath::of(history),
        }
    }
}

/// Where a layer is from.
#[derive(Args, Debug)]
pub(crate) struct Origin {
    /// With --history: the day on which the layer was published, as 2024-01-31.
    #[arg(long, value_name = "DATE", value_parser = date, requires = "history")]
    date: Option<String>,
    /// With --history: the place where the layer is from, in a few words.
    #[arg(long, value_name = "TEXT", default_value = "", value_parser = source)]
    source: String,
}

/// Runs the command.
pub(crate) fn run(arguments: &Append, console: &Console) -> Result<Outcome, Failure> {
    let path = arguments.history.file();
    let loaded = load(arguments)?;
    if loaded.show_errors(console) {
        return Ok(Outcome::Findings);
    }
    if let Some(last) = loaded.history.newest().filter(|last| last.number() > arguments.layer) {
        let message = format!("{} has layer {} already: layers are appended in order", path.display(), last.number());
        return Err(Failure::Message(message));
    }
    let project = read(&files(&arguments.files)?, &[])?;
    // What a source has beside the schema can be as wrong as it likes.
    let [without, proofs] = [read(&arguments.without, &[])?, read(&arguments.proof, &[])?];
    let errors: Vec<Diagnostic> = project.schemas.iter().flat_map(|it| it.diagnostics.iter().cloned()).collect();
    if has_errors(&errors) {
        show_findings([(errors.as_slice(), &project.sources)], Severity::Error, console);
        return Ok(Outcome::Findings);
    }
    let sources: Vec<&File> = project.files().collect();
    let options = SourceOptions {
        dialect: dialect(arguments, &loaded, &sources),
        without: without.files().collect(),
        proofs: proofs.files().collect(),
        dropped: arguments.drop.clone(),
    };
    let layer = NewLayer { number: arguments.layer, date: arguments.date.clone(), source: arguments.source.clone() };
    let appended = loaded.history.append(&layer, &sources, &options);
    show_findings([(appended.diagnostics.as_slice(), &project.sources)], Severity::Warning, console);
    if has_errors(&appended.diagnostics) {
        return Ok(Outcome::Findings);
    }
    if appended.text.is_empty() {
        console.hint(format_args!("layer {}: {} has it already", arguments.layer, path.display()));
        return Ok(Outcome::Fine);
    }
    let text = format!("{}{}", loaded.text(), appended.text);
    if !is_sound(path, &text, arguments.layer, console) {
        return Ok(Outcome::Findings);
    }
    write_source(path, text.as_bytes())
        .map_err(|error| Failure::Message(format!("cannot write {}: {error}", path.display())))?;
    tell(arguments.layer, &appended, console);
    Ok(Outcome::Fine)
}

/// The history, or the beginning of one.
fn load(arguments: &Append) -> Result<Loaded, Failure> {
    let path = arguments.history.file();
    match &arguments.name {
        Some(name) if !path.exists() => {
            let head = format!(
                "// {name}: every published layer, oldest first. Append only: `tl history append`.\n\
                 // A layer is the one before it, without what is removed and with what is declared.\n\
                 // tl:history({name})\n"
            );
            Ok(Loaded::of(path.display().to_string(), head.into_bytes()))
        }
        None if !path.exists() => {
            Err(Failure::Message(format!("there is no {}; --name begins a history", path.display())))
        }
        _ => Loaded::read(path),
    }
}

fn dialect(arguments: &Append, loaded: &Loaded, sources: &[&File]) -> Dialect {
    match arguments.dialect {
        Some(choice) => choice.into(),
        None if loaded.history.declarations().is_empty() => detect_dialect_of_all(sources.iter().copied()),
        None => dialect_of(&loaded.history),
    }
}

/// Reads the new text: it must be a history whose newest layer is a schema without errors.
fn is_sound(path: &Path, text: &str, number: u32, console: &Console) -> bool {
    let new = Loaded::of(path.display().to_string(), text.as_bytes().to_vec());
    if new.show_errors(console) {
        return false;
    }
    let Ok(layer) = new.layer(Some(number)) else { return false };
    let mut project = Project::new();
    project.add_schema(format!("layer {number}"), layer.schema_text().into_bytes());
    let checked = project.as_one(typelang_ir::ResolveOptions::default());
    show_findings([(checked.diagnostics.as_slice(), &project.sources)], Severity::Error, console);
    !checked.has_errors()
}

fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|it| it.severity == Severity::Error)
}

/// Tells what became of the layer.
fn tell(number: u32, appended: &Appended, console: &Console) {
    for (name, id, how) in &appended.repaired {
        console.hint(format_args!("repaired: {name}#{id:08x} ({how})"));
    }
    for (name, id) in &appended.dropped {
        console.hint(format_args!("dropped: {name}#{id:08x}"));
    }
    for (name, id, how) in &appended.meanings {
        console.hint(format_args!("another meaning: {name}#{id:08x}: {how}"));
    }
    let Appended { added, changed, removed, .. } = appended;
    let lines = plural(appended.text.lines().count(), "line");
    console.hint(format_args!("layer {number}: {added} added, {changed} changed, {removed} removed; {lines} appended"));
}

fn date(text: &str) -> Result<String, String> {
    match typelang_history::is_date(text) {
        true => Ok(text.to_owned()),
        false => Err("a date such as 2024-01-31 is expected".to_owned()),
    }
}

/// Text that can be part of a comment.
fn source(text: &str) -> Result<String, String> {
    match text.chars().any(char::is_control) {
        true => Err("it has a control character".to_owned()),
        false => Ok(text.trim().to_owned()),
    }
}

fn name_and_id(text: &str) -> Result<(String, u32), String> {
    let found = typelang_history::name_and_id(text).map(|(name, id)| (name.to_owned(), id));
    found.ok_or_else(|| "a name and an id are expected, name#01234567".to_owned())
}
