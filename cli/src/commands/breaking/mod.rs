//! `tl breaking`: what a new schema breaks for those who use an older one.

mod json;
mod report;
mod sarif;

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use typelang_diff::{Change, Finding, Level, Mode, RULES, Side, Subject, compare_with, judge};
use typelang_ir::{Schema, SubsetOptions};
use typelang_lint::ChangeComments;
use typelang_parser::SourceId;

use self::report::{Broken, Report};
use crate::console::Console;
use crate::exit::{Failure, Outcome};
use crate::family::Family;
use crate::revision::schema;

const EXAMPLES: &str = "\
Examples:
  tl breaking --against HEAD~1:schema/api.tl schema/api.tl
  tl breaking --level source --against v1.tl --against v2.tl v3.tl
  tl breaking --mode backward --only messages.* --against api-230.tl api-232.tl
  tl breaking --mode backward --against layer:198 layer:232
  tl breaking --format github --against origin/main:schema.tl schema.tl

Levels, each with the ones before it:
  id      nothing is misread: no id means something else (for schemas of the profile telegram)
  wire    and nothing is refused (for the profiles ton and vk, and where nothing says the profile)
  json    and JSON is read as well (for the profile tdlib)
  source  and Rust that uses generated code compiles

`tl explain RULE` says what a rule means. Comments in the schema allow changes, and say former names:
  // tl:allow(required-added)        for the declaration that follows, or that is gone
  // tl:allow-file(constructor-added)
  // tl:was(oldName)                 the declaration that follows is that one, renamed

Exit codes:
  0  nothing is broken
  1  something is broken, or a schema has errors
  2  wrong arguments, or a file that cannot be read";

/// Finds changes of a schema that break those who use an older one: bytes, JSON, code.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Breaking {
    /// Files, folders, REVISION:PATH in git, or a layer (`layer:232`, HISTORY:232), which make the newer schema.
    #[arg(value_name = "NEW", required = true)]
    new: Vec<PathBuf>,
    /// An older schema: a file, a folder, REVISION:PATH, or a layer. Can be repeated: the newer one is compared with each.
    #[arg(long, value_name = "OLD", required = true)]
    against: Vec<PathBuf>,
    /// The promise to be kept; by the profile of the newer schema if not given.
    #[arg(long, value_enum)]
    level: Option<LevelChoice>,
    /// Whose bytes are read by whom.
    #[arg(long, value_enum, default_value_t = ModeChoice::Full)]
    mode: ModeChoice,
    /// Look only at what these functions, types or namespaces (`messages.*`) reach.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    only: Vec<String>,
    /// Do not report changes of a rule.
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = rule)]
    allow: Vec<String>,
    /// How findings are written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    family: Family,
}

/// The promise to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum LevelChoice {
    /// Nothing is misread.
    Id,
    /// And nothing is refused.
    Wire,
    /// And JSON is read as well.
    Json,
    /// And Rust that uses generated code compiles.
    Source,
}

impl From<LevelChoice> for Level {
    fn from(choice: LevelChoice) -> Self {
        match choice {
            LevelChoice::Id => Self::Id,
            LevelChoice::Wire => Self::Wire,
            LevelChoice::Json => Self::Json,
            LevelChoice::Source => Self::Source,
        }
    }
}

/// Whose bytes are read by whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ModeChoice {
    /// The newer schema reads bytes of the older one.
    Backward,
    /// The older schema reads bytes of the newer one.
    Forward,
    /// Both.
    Full,
}

impl From<ModeChoice> for Mode {
    fn from(choice: ModeChoice) -> Self {
        match choice {
            ModeChoice::Backward => Self::Backward,
            ModeChoice::Forward => Self::Forward,
            ModeChoice::Full => Self::Full,
        }
    }
}

/// How findings are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// With the lines of the schema.
    Text,
    /// One object a line.
    Json,
    /// Annotations of GitHub's workflows.
    Github,
    /// One SARIF 2.1.0 log.
    Sarif,
}

/// Runs the command.
pub(crate) fn run(arguments: &Breaking, console: &Console) -> Result<Outcome, Failure> {
    let new: Vec<&PathBuf> = arguments.new.iter().collect();
    let Some(newest) = schema(&new, arguments.family, console)? else { return Ok(Outcome::Findings) };
    let level = arguments.level.map_or_else(|| Level::of_profile(newest.schema.profile), Level::from);
    let (comments, former) = (newest.comments(), newest.former_names());
    let mut report = Report::new(level, arguments.mode.into());
    for path in &arguments.against {
        let Some(oldest) = schema(&[path], arguments.family, console)? else { return Ok(Outcome::Findings) };
        let (old, new) = (&oldest.schema, &newest.schema);
        let (old, new) = (parts(old, new, &arguments.only)?, parts(new, old, &arguments.only)?);
        let changes = compare_with(&old, &new, &former);
        let found = judge(&changes, &old, &new);
        let is_allowed = |it: &Finding<'_>| {
            let rule = it.rule.code.name;
            arguments.allow.iter().any(|allowed| allowed == rule) || is_allowed(it, &comments, &oldest.comments())
        };
        for finding in found.iter().filter(|it| !is_allowed(it)) {
            let sources = (&oldest.project.sources, &newest.project.sources);
            report.add(finding, &path.display().to_string(), sources);
        }
    }
    show(arguments.format, &report, console)?;
    Ok(if report.broken.is_empty() { Outcome::Fine } else { Outcome::Findings })
}

/// Returns whether a comment allows a change: at the declaration, the older one if it is gone, or for a whole file of the newer schema.
fn is_allowed(finding: &Finding<'_>, new: &Comments, old: &Comments) -> bool {
    let rule = finding.rule.code.name;
    let allows = |comments: &Comments, side: &Side| {
        let of_file = comments.get(&side.origin.source);
        of_file.is_some_and(|of_file| of_file.allows(rule, Some(side.origin.span.start)))
    };
    new.values().any(|comments| comments.allows(rule, None))
        || match finding.subject {
            Subject::Declaration(Change { new: Some(side), .. }) => allows(new, side),
            Subject::Declaration(Change { old: Some(side), .. }) => allows(old, side),
            _ => false,
        }
}

/// The comments of files about changes.
type Comments = BTreeMap<SourceId, ChangeComments>;

fn show(format: Format, report: &Report, console: &Console) -> Result<(), Failure> {
    match format {
        Format::Text => {
            report.broken.iter().for_each(|broken| console.hint(broken.text(console)));
        }
        Format::Json => report.broken.iter().try_for_each(|broken| console.line(json::finding(broken)))?,
        Format::Github => report.broken.iter().try_for_each(|broken| console.line(broken.annotation()))?,
        Format::Sarif => console.line(sarif::log(&report.broken))?,
    }
    console.hint(report.summary());
    Ok(())
}

/// The part of a schema that roots reach, if there are any. One that only the other schema has reaches nothing.
fn parts(schema: &Schema, other: &Schema, only: &[String]) -> Result<Schema, Failure> {
    if only.is_empty() {
        return Ok(schema.clone());
    }
    let is_known = |schema: &Schema, root: &String| schema.subset(&[root], SubsetOptions::default()).err();
    let mut known = Vec::new();
    for root in only {
        match (is_known(schema, root), is_known(other, root)) {
            (None, _) => known.push(root),
            (Some(_), None) => {}
            (Some(unknown), Some(_)) => {
                let names: Vec<String> = unknown.iter().map(ToString::to_string).collect();
                return Err(Failure::Message(names.join("; ")));
            }
        }
    }
    Ok(schema.subset(&known, SubsetOptions::default()).unwrap_or_default())
}

/// The name of a rule.
fn rule(name: &str) -> Result<String, String> {
    let names = || RULES.iter().map(|rule| rule.code.name);
    match (names().any(|it| it == name), typelang_parser::suggest(name, names())) {
        (true, _) => Ok(name.to_owned()),
        (false, Some(found)) => Err(format!("unknown rule; did you mean `{found}`?")),
        (false, None) => Err("unknown rule; `tl explain` lists them".to_owned()),
    }
}
