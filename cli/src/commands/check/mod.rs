//! `tl check`: what is wrong with schema files, and what is in them.

mod facts;
mod fix;
mod human;
mod json;
mod levels;
mod report;

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use typelang_parser::Tally;
use typelang_project::Project;

use crate::console::Console;
use crate::exit::{Failure, Outcome};
use crate::family::Family;
use crate::schemas::read;
use fix::Fixer;
use report::Reports;

const DETAILS: &str = "\
Every file is checked by itself. A name that it uses and does not declare may come from another file that is given: then
that file (the first that declares the name, and what that one needs in turn) is checked together with it. So a file and
the one that it builds upon are given together, in any order, while files that have nothing to do with each other may
declare the same names differently. Each finding is shown once, at the file that it is in.

For each file, standard output says what is in it, which ids are known exceptions, and how its ids compare:
  declared    written in the file
  recomputed  compared with the checksum of the declaration's text
  match       the same as the checksum
  pinned      known exceptions, which are listed
  computed    not written in the file, so that the checksum is the id
Ids that should match and do not are warnings.

Fact files (--facts) say which errors functions return, who can call them, and what things are. What they speak of must be
in one of the schemas. They are looked at together, and only if the schemas have no errors.

Beside errors, what is legal and yet likely a mistake is looked for. `tl explain` lists the codes of all findings and what
becomes of them by default. --allow, --warn and --deny choose otherwise, and so do comments in the files:
  // tl:allow(shared-bit, bit-gap)                 for the declaration that follows
  // tl:allow-file(id-mismatch)                    for the whole file

--fix changes the files so that findings whose remedy is clear are gone (`tl explain` says which have one), prints a line for
each, and then shows what remains:
  fixed: api.tl:3:21: write `string` [unknown-type]
Findings that are allowed are left as they are. A file that changed since it was read, or that is not UTF-8, is left alone.

With --message-format json, standard output has one JSON object a line instead: one for each finding, with the reason
\"diagnostic\", and a last one with the reason \"summary\". Lines and columns count from 1, columns in characters;
bytes count from 0, and ends are exclusive. A finding has its \"fix\", if there is one: a title, and edits with a place and
the \"new_text\" to write there. What --fix changed has the reason \"fixed\".
--limit counts for JSON as well, for findings and for what was fixed: the summary counts all findings, those that were left
out as \"hidden\", and with --fix all that were \"fixed\".

Examples:
  tl check schema/api.tl schema/mtproto.tl schema/secret.tl
  tl check common.tl memcache.tl                   memcache.tl uses types of common.tl
  tl check api.tl --message-format json --deny-warnings
  tl check api.tl --warn all --allow combinator-case
  tl check schema/api.tl --facts schema/api-errors.toml schema/api-texts.toml
  tl check api.tl --fix
  curl https://example.org/api.tl | tl check -

Exit codes: 0 no errors, 1 errors (or warnings with --deny-warnings), 2 wrong arguments or an unreadable file.";

/// Checks schema files, and says what is in them.
#[derive(Args, Debug)]
#[command(after_long_help = DETAILS, after_help = "`tl check --help` tells more, with examples.")]
pub(crate) struct Check {
    /// Schema files; `-` is standard input.
    #[arg(required = true, value_name = "SCHEMA")]
    schemas: Vec<PathBuf>,
    /// Fact files about the schemas, which may speak of any of them.
    #[arg(long, value_name = "FACTS", num_args = 1..)]
    facts: Vec<PathBuf>,
    /// How findings are shown.
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "human")]
    message_format: MessageFormat,
    #[command(flatten)]
    family: Family,
    #[command(flatten)]
    levels: levels::LevelArguments,
    /// Exit with 1 if there are warnings, too.
    #[arg(long)]
    deny_warnings: bool,
    /// Change the files so that findings whose remedy is clear are gone, and show what remains.
    #[arg(long)]
    fix: bool,
}

impl Check {
    /// The files in the order in which they are read.
    fn paths(&self) -> impl Iterator<Item = &PathBuf> {
        self.schemas.iter().chain(&self.facts)
    }

    /// Reads and checks the files.
    fn check(&self) -> Result<(Project, Reports), Failure> {
        let project = read(&self.schemas, &self.facts)?;
        let reports = report::check(&project, self.family.resolve_options(), &self.levels.levels);
        Ok((project, reports))
    }
}

/// How findings are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum MessageFormat {
    /// Text with the lines of the schema.
    Human,
    /// One JSON object a line.
    Json,
}

/// Fixes the files, and prints a line for each finding that is gone, as many as the limit allows. Returns how many are gone.
fn fix(arguments: &Check, console: &Console) -> Result<usize, Failure> {
    let mut fixer = Fixer::default();
    let (limit, mut count) = (console.limit.another(), 0);
    for _ in 0..Fixer::MAX_ROUNDS {
        let (project, reports) = arguments.check()?;
        let sources =
            project.files().map(|file| file.source).chain(project.facts.iter().map(|facts| facts.file.source));
        let files = sources.zip(arguments.paths().map(PathBuf::as_path)).collect();
        let Some(fixes) = fixer.round(&files, &project.sources, reports.diagnostics(), console)? else { break };
        count += fixes.len();
        for (diagnostic, fix) in fixes.into_iter().filter(|(diagnostic, _)| limit.allows(diagnostic.severity)) {
            match arguments.message_format {
                MessageFormat::Human => console.line(human::fixed(diagnostic, fix, &project.sources))?,
                MessageFormat::Json => console.line(json::fixed(diagnostic, fix, &project.sources))?,
            }
        }
    }
    if let (MessageFormat::Human, more @ 1..) = (arguments.message_format, limit.hidden().total()) {
        console.line(format_args!("fixed: {more} more; --limit 0 shows all"))?;
    }
    Ok(count)
}

/// Runs the command.
pub(crate) fn run(arguments: &Check, console: &Console) -> Result<Outcome, Failure> {
    let fixed = match arguments.paths().filter(|path| *path == Path::new("-")).count() {
        0 if arguments.fix => Some(fix(arguments, console)?),
        1.. if arguments.fix => {
            return Err(Failure::Message("`--fix` changes files, so `-` cannot be given with it".to_owned()));
        }
        0 | 1 => None,
        _ => return Err(Failure::Message("`-` can be given only once".to_owned())),
    };
    let (project, reports) = arguments.check()?;
    let tally = Tally::of(reports.diagnostics());
    console.limit.expect(tally);
    let Reports { schemas, facts } = reports;
    match arguments.message_format {
        MessageFormat::Human => human::show(&schemas, &facts, &project.sources, tally, console)?,
        MessageFormat::Json => json::show(&schemas, &facts, &project.sources, (tally, fixed), console)?,
    }
    // The program ends here; taking the trees apart piece by piece would take longer than linting them.
    std::mem::forget((project, schemas, facts));
    let findings = tally.errors > 0 || (arguments.deny_warnings && tally.warnings > 0);
    Ok(if findings { Outcome::Findings } else { Outcome::Fine })
}
