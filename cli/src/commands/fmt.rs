//! `tl fmt`: schemas in the one canonical layout.

use std::path::{Path, PathBuf};

use clap::Args;
use typelang_parser::{Diagnostic, Parsed, Severity, Tally, codes, format};
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

What a schema declares stays the same, ids and documentation included. A file with errors is not touched: they are shown,
and the exit code is 1.

Examples:
  tl fmt schema.tl             rewrites a file
  tl fmt --check schema        for continuous integration: exit code 1 if a .tl file beneath schema/ differs
  tl fmt --check --diff a.tl   shows what would change
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
    let tally = Tally::of(project.schemas.iter().flat_map(faults));
    console.limit.expect(tally);
    let run = Run { arguments, console, project: &project };
    let mut differs = false;
    for ((path, _), schema) in texts.iter().zip(&project.schemas) {
        differs |= run.file(path, schema)?;
    }
    console.tally(tally);
    let has_findings = tally.total() > 0 || (arguments.check && differs);
    Ok(if has_findings { Outcome::Findings } else { Outcome::Fine })
}

/// The findings for which a file is not touched. Bytes that are not UTF-8 would be lost, even if they are in comments alone.
fn faults(schema: &Parsed) -> impl Iterator<Item = &Diagnostic> {
    schema.diagnostics.iter().filter(|it| it.severity == Severity::Error || it.code == &codes::INVALID_UTF8)
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
    fn file(&self, path: &Path, schema: &Parsed) -> Result<bool, Failure> {
        let old = self.project.sources.text(schema.file.source);
        let Some(new) = self.formatted(schema, old) else { return Ok(false) };
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
    fn formatted(&self, schema: &Parsed, text: &str) -> Option<String> {
        let mut has_faults = false;
        for fault in faults(schema) {
            has_faults = true;
            self.console.diagnostic(fault, &self.project.sources);
        }
        if has_faults { None } else { format(schema, text) }
    }
}

fn is_standard_input(path: &Path) -> bool {
    path == Path::new("-")
}
