//! `tl doc`: documentation pages of a schema.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};
use typelang_doc::{Changes, Format, Options, Part, Site};
use typelang_parser::Severity;

use crate::console::Console;
use crate::exit::{Failure, Outcome};
use crate::family::Family;
use crate::paths::facts_beside;
use crate::schemas::{read, without_errors};
use crate::tally::plural;

const EXAMPLES: &str = "\
Examples:
  tl doc api.tl --out site                             open site/index.html; facts from api-….toml beside it
  tl doc api.tl --facts facts.toml --out site          with errors, callers and texts of this file
  tl doc api.tl secret.tl --out site                   two schemas; texts in one lead to the other
  tl doc api.tl --out docs/api --format markdown       for a repository
  tl doc api.tl --out docs/api --format markdown --check   exit code 1 if docs/api is not up to date

What a page of a method has: its description, an example in Rust, its declaration with those of its result, its parameters,
its result, its possible errors, who can use it, and related pages. Longs of examples are 2927390, texts and bytes are
\"some text here\" and \"some bytes here\", flags are set, and what else may be absent is.";

/// Makes documentation pages of schema files: one for each method, constructor and type, with an index and a search.
///
/// The pages need no server and load nothing from elsewhere.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Doc {
    /// Schema files. Several make one schema; a file that declares something otherwise than the files before begins a schema of
    /// its own, whose pages stand beside: Telegram's API and its secret chats.
    #[arg(required = true, value_name = "SCHEMA")]
    schemas: Vec<PathBuf>,
    /// The folder that the pages go to. What an earlier run wrote there and is not needed any more is removed; other files
    /// are never touched.
    #[arg(long, short, value_name = "DIR")]
    out: PathBuf,
    /// Fact files: errors of functions, who can call them, and texts. Without this, the files NAME-….toml beside a schema
    /// NAME.tl; with no file after it, none.
    #[arg(long, value_name = "FACTS", num_args = 0..)]
    facts: Option<Vec<PathBuf>>,
    #[command(flatten)]
    family: Family,
    /// The form of the pages.
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "html")]
    format: FormatChoice,
    /// The title of the first page; the names of the schema files if not given.
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
    /// The module of the generated code that examples speak of.
    #[arg(long, value_name = "PATH", default_value = "crate::tl")]
    module: String,
    /// Link each page of the first schema to the official one: method/NAME, constructor/NAME or type/NAME beneath this URL.
    #[arg(long, value_name = "URL")]
    documentation_url: Option<String>,
    /// Write nothing; list the files that differ, and exit with 1 if there is one.
    #[arg(long)]
    check: bool,
}

/// The form of pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FormatChoice {
    /// For a browser, with search; light and dark.
    Html,
    /// The same content as Markdown.
    Markdown,
}

impl Doc {
    fn fact_files(&self) -> Result<Vec<PathBuf>, Failure> {
        if let Some(files) = &self.facts {
            return Ok(files.clone());
        }
        let beside: Result<Vec<_>, Failure> = self.schemas.iter().map(|schema| facts_beside(schema)).collect();
        Ok(beside?.concat())
    }
}

/// Runs the command.
pub(crate) fn run(arguments: &Doc, console: &Console) -> Result<Outcome, Failure> {
    if let Some(url) = arguments.documentation_url.as_deref().filter(|url| !is_web_address(url)) {
        return Err(Failure::Message(format!("{url} is no address that begins with https:// or http://")));
    }
    if std::fs::metadata(&arguments.out).is_ok_and(|there| !there.is_dir()) {
        return Err(Failure::Message(format!("{} is not a folder; the pages go to one", arguments.out.display())));
    }
    let project = read(&arguments.schemas, &arguments.fact_files()?)?;
    let checked = project.in_groups(arguments.family.resolve_options());
    let Some((groups, facts)) = without_errors(checked, &project.sources, Severity::Warning, console) else {
        return Ok(Outcome::Findings);
    };
    let parts = groups.iter().enumerate().map(|(position, group)| Part {
        name: title(group.files.iter().filter_map(|&file| arguments.schemas.get(file))),
        schema: &group.schema,
        module: arguments.module.clone(),
        documentation_url: arguments.documentation_url.clone().filter(|_| position == 0),
    });
    let parts: Vec<Part<'_>> = parts.collect();
    let options = Options {
        format: match arguments.format {
            FormatChoice::Html => Format::Html,
            FormatChoice::Markdown => Format::Markdown,
        },
        title: arguments.title.clone().unwrap_or_else(|| title(&arguments.schemas)),
        facts,
    };
    let mut progress = Progress::new();
    let site = typelang_doc::site(&parts, &options, |done, all| progress.show(done, all));
    progress.clear();
    if arguments.check { check(&site, &arguments.out, console) } else { write(&site, &arguments.out, console) }
}

/// What is no such address could be a script.
fn is_web_address(url: &str) -> bool {
    ["https://", "http://"].iter().any(|scheme| url.starts_with(scheme))
}

fn write(site: &Site, folder: &Path, console: &Console) -> Result<Outcome, Failure> {
    let Changes { files, written, removed } =
        site.write(folder).map_err(|error| Failure::Message(error.to_string()))?;
    let what = match (written, removed) {
        (0, 0) => "unchanged".to_owned(),
        (written, 0) => format!("{written} written"),
        (written, removed) => format!("{written} written, {removed} removed"),
    };
    console.line(format_args!("{}: {}, {what}", folder.display(), plural(files, "file")))?;
    Ok(Outcome::Fine)
}

fn check(site: &Site, folder: &Path, console: &Console) -> Result<Outcome, Failure> {
    let different = site.compare(folder).map_err(|error| Failure::Message(error.to_string()))?;
    for path in &different {
        console.line(path)?;
    }
    if different.is_empty() {
        return Ok(Outcome::Fine);
    }
    console.error("these files are not what the schema gives; run the same command without --check");
    Ok(Outcome::Findings)
}

/// The names of the files without their endings.
fn title<'a>(schemas: impl IntoIterator<Item = &'a PathBuf>) -> String {
    let names = schemas.into_iter().filter_map(|path| path.file_stem()).map(|name| name.to_string_lossy().into_owned());
    names.collect::<Vec<_>>().join(", ")
}

/// A line on a terminal that says how far the work is, once it has taken a second.
struct Progress {
    begin: Instant,
    shown: Option<Instant>,
    is_terminal: bool,
}

impl Progress {
    fn new() -> Self {
        Self { begin: Instant::now(), shown: None, is_terminal: io::stderr().is_terminal() }
    }

    fn show(&mut self, done: usize, all: usize) {
        const WAIT: Duration = Duration::from_secs(1);
        const STEP: Duration = Duration::from_millis(100);
        let is_due = match self.shown {
            None => self.begin.elapsed() >= WAIT,
            Some(shown) => shown.elapsed() >= STEP,
        };
        if !self.is_terminal || !is_due {
            return;
        }
        self.shown = Some(Instant::now());
        self.write(&format!("\r{}", progress_line(done, all)));
    }

    fn clear(&self) {
        if self.shown.is_some() {
            self.write("\r\u{1b}[K");
        }
    }

    fn write(&self, text: &str) {
        let mut output = io::stderr().lock();
        // When standard error is closed, there is nobody to tell.
        let _ = output.write_all(text.as_bytes()).and_then(|()| output.flush());
    }
}

/// How far the work is: `███████░░░░░░░░ 812 of 3326 pages`.
fn progress_line(done: usize, all: usize) -> String {
    const WIDTH: usize = 30;
    let filled = WIDTH * done.min(all) / all.max(1);
    format!("{}{} {done} of {all} pages", "█".repeat(filled), "░".repeat(WIDTH - filled))
}

#[cfg(test)]
mod tests {
    use super::progress_line;

    #[test]
    fn the_bar_fills_and_keeps_its_width() {
        for (done, all, filled) in [(0, 3326, 0), (1663, 3326, 15), (3326, 3326, 30), (0, 0, 0)] {
            let line = progress_line(done, all);
            assert_eq!(line.chars().filter(|it| *it == '█').count(), filled, "{line}");
            assert_eq!(line.chars().filter(|it| "█░".contains(*it)).count(), 30, "{line}");
        }
    }
}
