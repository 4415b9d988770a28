//! `tl import`: the next layer of a schema, from whatever published form.

mod facts;
mod records;

use std::path::{Path, PathBuf};

use clap::Args;
use typelang_diff::{Changes, Counts, compare, import, upstream};
use typelang_ir::{ResolveOptions, Schema, resolve};
use typelang_parser::ast::File;
use typelang_parser::codes::{ID_MISMATCH, LAYER_MARKER};
use typelang_parser::{Diagnostic, Document, Label, Parsed, Severity, Span, order_matters, print_combinator};
use typelang_project::Project;

use self::records::Records;
use crate::commands::diff::text;
use crate::commands::history::append::{self, Append, Origin};
use crate::console::Console;
use crate::exit::{Failure, Outcome};
use crate::family::Family;
use crate::history::Loaded;
use crate::paths::facts_beside;
use crate::schemas::{files, read, show_findings};

const DETAILS: &str = "\
The declarations of the upstream files replace those of the schema. They can be in any order and layout, with or without built-in
declarations, in one file or in several. The result has the order of `tl fmt --sort`. From the schema stay: the comments at the
beginning, built-in declarations, comments and texts of each declaration that goes on to exist, and the lines of those that are the
same. Comments of the upstream files are left out. The layer is the one that an upstream file or --layer states.

Fact files NAME-….toml beside NAME.tl are looked at as well: facts about what is gone are errors, facts about what has changed and
new functions without facts are listed.

With errors in an upstream file nothing is written. An id that the text of its declaration does not give is one, unless the schema
has the same declaration already; --allow-ids accepts it. All files are written at the end, each in one step; the history comes last.

Examples:
  tl import new.tl --into schema/api.tl
  tl import types.tl functions.tl --into api.tl --layer 232 --except mtproto.tl
  tl import new.tl --into schema/api.tl --changelog CHANGELOG.md --update README.md
  tl import new.tl --into api.tl --history history.tl --source 'our server' --date 2026-11-30
  curl https://example.org/api.tl | tl import - --into api.tl --dry-run

Exit codes:
  0  the schema has the declarations, and all facts are about something that exists
  1  an upstream file has errors, or facts are about something that is gone; with --check also if something would be written
  2  wrong arguments, or a file that cannot be read or written";

/// Replaces the declarations of a schema by published ones, and shows what has changed.
#[derive(Args, Debug)]
#[command(after_long_help = DETAILS, after_help = "`tl import --help` tells more, with examples.")]
pub(crate) struct Import {
    /// The published schema: files, or folders, which are searched for *.tl; `-` is standard input.
    #[arg(value_name = "UPSTREAM", required = true)]
    upstream: Vec<PathBuf>,
    /// The schema that gets the declarations.
    #[arg(long, value_name = "SCHEMA")]
    into: PathBuf,
    /// Leave out what this schema declares in the same words. Can be repeated.
    #[arg(long, value_name = "SCHEMA")]
    except: Vec<PathBuf>,
    /// The layer, where no upstream file states it.
    #[arg(long, value_name = "NUMBER")]
    layer: Option<u32>,
    /// A changelog in Markdown that gets an entry.
    #[arg(long, value_name = "FILE")]
    changelog: Option<PathBuf>,
    /// A text in which the layer and the counts of the older schema are replaced: `layer 230`, `850 functions`. Can be repeated.
    #[arg(long, value_name = "FILE")]
    update: Vec<PathBuf>,
    /// A history that gets the layer as well, see `tl history append`.
    #[arg(long, value_name = "FILE")]
    history: Option<PathBuf>,
    #[command(flatten)]
    origin: Origin,
    /// Accept ids that the texts of their declarations do not give.
    #[arg(long)]
    allow_ids: bool,
    /// Write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Write nothing, and exit with 1 if something would be written.
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    family: Family,
}

/// Runs the command.
pub(crate) fn run(arguments: &Import, console: &Console) -> Result<Outcome, Failure> {
    let Some(ours) = Ours::read(arguments, console)? else { return Ok(Outcome::Findings) };
    let Some((files, layer)) = published(arguments, &ours, console)? else { return Ok(Outcome::Findings) };
    let text = import(&ours.document, &files, layer, ours.options.dialect.unwrap_or_default());
    let project = with_facts(&arguments.into, &text)?;
    let checked = project.as_one(ours.options);
    // The facts are looked at only if the schema has no errors.
    let of_schema = |it: &Diagnostic| project.schemas.iter().any(|schema| schema.file.source == it.primary.source);
    let (of_schema, of_facts): (Vec<Diagnostic>, Vec<Diagnostic>) =
        checked.diagnostics.into_iter().filter(|it| it.severity >= Severity::Warning).partition(of_schema);
    if of_schema.iter().any(|it| it.severity == Severity::Error) {
        show_findings([(of_schema.as_slice(), &project.sources)], Severity::Error, console);
        return Ok(Outcome::Findings);
    }
    let changes = compare(&ours.schema, &checked.schema);
    text::show(&changes, console)?;
    show_findings([(of_facts.as_slice(), &project.sources)], Severity::Warning, console);
    facts::show(&changes, &project, &checked.facts, console)?;
    let has_gone = of_facts.iter().any(|it| it.severity == Severity::Error);
    let counts = Counts::of(&project.schemas[0].file);
    let would_change = write(arguments, &ours, &text, &changes, counts, console)?;
    if append(arguments, counts.layer, console)? == Outcome::Findings {
        return Ok(Outcome::Findings);
    }
    Ok(if has_gone || (arguments.check && would_change) { Outcome::Findings } else { Outcome::Fine })
}

/// The schema that gets the declarations.
struct Ours {
    document: Document,
    schema: Schema,
    file: File,
    options: ResolveOptions,
    /// Those whose declarations are left out.
    except: Project,
}

impl Ours {
    fn read(arguments: &Import, console: &Console) -> Result<Option<Self>, Failure> {
        let project = read(std::slice::from_ref(&arguments.into), &[])?;
        let except = read(&arguments.except, &[])?;
        let Some(parsed) = project.schemas.first() else { return Ok(None) };
        let mut options = arguments.family.resolve_options();
        options.dialect = Some(options.dialect_of(&parsed.file));
        let mut checked = project.as_one(options);
        checked.diagnostics.extend(layers(parsed));
        let found = [(&project, checked.diagnostics.as_slice())];
        let of_except: Vec<Diagnostic> = except.schemas.iter().flat_map(|it| it.diagnostics.clone()).collect();
        if stop(found.into_iter().chain([(&except, of_except.as_slice())]), console) {
            return Ok(None);
        }
        let document = Document::read(parsed, project.sources.text(parsed.file.source)).unwrap_or_default();
        Ok(Some(Self { document, schema: checked.schema, file: parsed.file.clone(), options, except }))
    }
}

/// Shows errors, if there are any. Returns whether there are.
fn stop<'p>(found: impl Iterator<Item = (&'p Project, &'p [Diagnostic])>, console: &Console) -> bool {
    let found: Vec<_> = found.collect();
    let has_errors = found.iter().flat_map(|(_, it)| it.iter()).any(|it| it.severity == Severity::Error);
    if has_errors {
        show_findings(found.iter().map(|(project, it)| (*it, &project.sources)), Severity::Error, console);
    }
    has_errors
}

/// An error where a file has several layers one after the other.
fn layers(parsed: &Parsed) -> Option<Diagnostic> {
    let label = Label::new(parsed.file.source, order_matters(&parsed.file)?).with_message("a layer begins here");
    let message = "a file with several layers one after the other cannot be imported";
    Some(Diagnostic { severity: Severity::Error, ..Diagnostic::new(&LAYER_MARKER, message, label) })
}

/// The declarations of upstream files, and their layer.
type Published = (Vec<File>, Option<u32>);

/// Reads the upstream files. Nothing is returned if there are errors, which are shown.
fn published(arguments: &Import, ours: &Ours, console: &Console) -> Result<Option<Published>, Failure> {
    let project = read(&files(&arguments.upstream)?, &[])?;
    let all: Vec<&File> = project.files().collect();
    let except: Vec<&File> = ours.except.files().collect();
    let dialect = ours.options.dialect.unwrap_or_default();
    let files = upstream(&all, &except, dialect);
    let references: Vec<&File> = files.iter().collect();
    let mut diagnostics: Vec<Diagnostic> = project.schemas.iter().flat_map(|it| it.diagnostics.clone()).collect();
    diagnostics.extend(project.schemas.iter().filter_map(layers));
    diagnostics.extend(resolve(&references, ours.options).diagnostics);
    let is_known = |span: Span, file: &File| {
        let found = file.combinators().find(|it| it.id.is_some_and(|id| id.span == span));
        found.map(print_combinator).is_some_and(|it| ours.file.combinators().any(|own| print_combinator(own) == it))
    };
    for it in diagnostics.iter_mut().filter(|it| it.code == &ID_MISMATCH && !arguments.allow_ids) {
        let file = all.iter().find(|file| file.source == it.primary.source);
        if !file.is_some_and(|file| is_known(it.primary.span, file)) {
            it.severity = Severity::Error;
        }
    }
    if stop([(&project, diagnostics.as_slice())].into_iter(), console) {
        return Ok(None);
    }
    let stated = all.iter().find_map(|file| Some(file.layer?.number));
    let layer = arguments.layer.or(stated);
    if layer.is_none() && ours.file.layer.is_some() {
        return Err(Failure::Message("no upstream file states its layer; state it with --layer".to_owned()));
    }
    Ok(Some((files, layer)))
}

/// The new text under the name of the schema, with the fact files beside it.
fn with_facts(into: &Path, text: &str) -> Result<Project, Failure> {
    let mut project = Project::new();
    project.add_schema(into.display().to_string(), text.as_bytes().to_vec());
    for path in facts_beside(into)? {
        let bytes = typelang_project::read_file(&path).map_err(|error| Failure::read(&path, &error))?;
        project.add_facts(path.display().to_string(), bytes);
    }
    Ok(project)
}

/// Appends the layer to the history, unless it is there or nothing is to be written.
fn append(arguments: &Import, layer: Option<u32>, console: &Console) -> Result<Outcome, Failure> {
    let (Some(path), Some(layer)) = (&arguments.history, layer) else { return Ok(Outcome::Fine) };
    let newest = Loaded::read(path)?.history.newest().map(|newest| newest.number());
    if newest.is_some_and(|newest| newest >= layer) {
        console.hint(format_args!("{} has layer {layer} already", path.display()));
        return Ok(Outcome::Fine);
    }
    if arguments.dry_run || arguments.check {
        console.hint(format_args!("would append layer {layer} to {}", path.display()));
        return Ok(Outcome::Fine);
    }
    append::run(&Append::of(&arguments.into, layer, &arguments.origin, path.clone()), console)
}

/// Writes all files, unless nothing is to be written. Returns whether something is different.
fn write(
    arguments: &Import,
    ours: &Ours,
    text: &str,
    changes: &Changes,
    counts: Counts,
    console: &Console,
) -> Result<bool, Failure> {
    let mut records = Records::default();
    records.add(&arguments.into, |_| text.to_owned())?;
    let name = arguments.into.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let older = Counts::of(&ours.file);
    for path in &arguments.update {
        records.add(path, |text| counts.replaced_in(text, older, &name))?;
    }
    if let Some(path) = &arguments.changelog
        && !changes.is_empty()
    {
        records.add(path, |text| typelang_diff::with_entry(text, changes, &name))?;
    }
    records.write(arguments.dry_run || arguments.check, console)
}
