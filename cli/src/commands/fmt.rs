//! `tl fmt`: schemas in the one canonical layout.

use std::path::{Path, PathBuf};

use clap::Args;
use typelang_ir::is_prelude;
use typelang_parser::{Diagnostic, Label, Parsed, Severity, Tally, codes, format, order_matters, sort};
use typelang_project::{Project, write_source};

use crate::console::Console;
use crate::difference::unified;
use crate::exit::{Failure, Outcome};
use crate::schemas::{files, read_bytes};

const LAYOUT: &str = "\
The layout:
  - A declaration on one line stays on one line, whatever its length. One with a line break between its name and its
    result gets a line for its name, id and {…} arguments, one for each field, and one for its result:

      adnl.addressList#2227e658
        addrs:(vector adnl.Address)
        // in seconds
        version:int // of the list
        = adnl.AddressList;

  - Types are spelled in one way: x:flags.0?Vector<int>, n*[ int ], ids of eight lower-case digits.
  - Comments are kept: on lines of their own, at the ends of lines, or before what follows them. Annotations stay on the
    line of the declaration or on their own.
  - The order stays. One empty line at most is kept between declarations and between fields; a section header has one on
    each side.
  - No blanks at the ends of lines, no byte order mark, line feeds as line ends, one of them at the end.

The order with --sort:
  - Comments about the file, and the one that states the layer; then built-in declarations as they are.
  - Constructors by the namespace of their type, by type and by name, in byte order. A comment `// namespace account` opens a
    namespace, an empty line separates types.
  - `---functions---`, and functions by namespace and name.
  - Comments, texts (`//@description`) among them, go with the declaration that follows. A file whose order has a meaning, since
    lines such as `===8===` divide it by layers, is not touched: the exit code is 1.

What a schema declares stays the same, ids and documentation included. A file with errors is not touched: they are shown,
and the exit code is 1.

Examples:
  tl fmt schema.tl             rewrites a file
  tl fmt --check schema        for continuous integration: exit code 1 if a .tl file beneath schema/ differs
  tl fmt --check --diff a.tl   shows what would change
  tl fmt --sort api.tl         sorts the declarations as well
  tl fmt - < a.tl              writes to standard output";

/// Rewrites schemas in the one canonical layout, comments included.
#[derive(Args, Debug)]
#[command(after_help = LAYOUT)]
pub(crate) struct Fmt {
    /// Schema files, or folders, which are searched for *.tl; `-`, by itself, reads standard input and writes standard
    /// output. The names of the files that change are printed.
    #[arg(value_name = "FILE", required = true)]
    paths: Vec<PathBuf>,
    /// Write nothing; print the names of the files that would change, and exit with 1 if there is one.
    #[arg(long)]
    check: bool,
    /// Print what would change in place of the names.
    #[arg(long, requires = "check")]
    diff: bool,
    /// Sort the declarations as well, with their comments.
    #[arg(long)]
    sort: bool,
}

/// Runs the command.
pub(crate) fn run(arguments: &Fmt, console: &Console) -> Result<Outcome, Failure> {
    if arguments.paths.iter().any(|path| is_standard_input(path)) && arguments.paths.len() > 1 {
        return Err(Failure::Message("`-` stands by itself".to_owned()));
    }
    // All files are read before the first is written, so that a wrong name changes nothing.
    let mut texts = Vec::new();
    for path in files(&arguments.paths)? {
        let bytes = read_bytes(&path).map_err(|error| Failure::read(&path, &error))?;
        texts.push((path, bytes));
    }
    let mut project = Project::new();
    for (path, bytes) in &mut texts {
        project.add_schema(shown_name(path), std::mem::take(bytes));
    }
    let faults: Vec<Vec<Diagnostic>> = project.schemas.iter().map(|schema| faults(schema, arguments.sort)).collect();
    let tally = Tally::of(faults.iter().flatten());
    console.limit.expect(tally);
    let run = Run { arguments, console, project: &project };
    let mut differs = false;
    for (((path, _), schema), faults) in texts.iter().zip(&project.schemas).zip(&faults) {
        differs |= run.file(path, schema, faults)?;
    }
    console.tally(tally);
    let has_findings = tally.total() > 0 || (arguments.check && differs);
    Ok(if has_findings { Outcome::Findings } else { Outcome::Fine })
}

/// The findings for which a file is not touched. Bytes that are not UTF-8 would be lost, even if they are in comments alone.
fn faults(schema: &Parsed, is_sorted: bool) -> Vec<Diagnostic> {
    let is_fault = |it: &&Diagnostic| it.severity == Severity::Error || it.code == &codes::INVALID_UTF8;
    let mut faults: Vec<Diagnostic> = schema.diagnostics.iter().filter(is_fault).cloned().collect();
    if let Some(span) = order_matters(&schema.file).filter(|_| is_sorted) {
        let label = Label::new(schema.file.source, span).with_message("a layer begins here");
        let message = "the declarations of several layers cannot be sorted";
        let fault = Diagnostic::new(&codes::LAYER_MARKER, message, label);
        faults.push(Diagnostic { severity: Severity::Error, ..fault });
    }
    faults
}

fn shown_name(path: &Path) -> String {
    if is_standard_input(path) { "<stdin>".to_owned() } else { path.display().to_string() }
}

struct Run<'a> {
    arguments: &'a Fmt,
    console: &'a Console,
    project: &'a Project,
}

impl Run<'_> {
    /// Writes or shows the layout of a file, or what is wrong with it. Returns whether it is laid out otherwise.
    fn file(&self, path: &Path, schema: &Parsed, faults: &[Diagnostic]) -> Result<bool, Failure> {
        let old = self.project.sources.text(schema.file.source);
        let Some(new) = self.formatted(schema, old, faults) else { return Ok(false) };
        let (name, differs) = (shown_name(path), old != new);
        if self.arguments.diff {
            self.console.text(&unified((&name, old), (&format!("{name} (formatted)"), &new)))?;
        } else if is_standard_input(path) && !self.arguments.check {
            self.console.text(&new)?;
        } else if differs {
            if !self.arguments.check {
                write_source(path, new.as_bytes())
                    .map_err(|error| Failure::Message(format!("cannot write {}: {error}", path.display())))?;
            }
            self.console.line(name)?;
        }
        Ok(differs)
    }

    /// The layout of a file. Shows what is wrong with it, if anything is.
    fn formatted(&self, schema: &Parsed, text: &str, faults: &[Diagnostic]) -> Option<String> {
        for fault in faults {
            self.console.diagnostic(fault, &self.project.sources);
        }
        match (faults.is_empty(), self.arguments.sort) {
            (false, _) => None,
            (true, false) => format(schema, text),
            (true, true) => sort(schema, text, is_prelude),
        }
    }
}

fn is_standard_input(path: &Path) -> bool {
    path == Path::new("-")
}
