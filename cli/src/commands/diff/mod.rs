//! `tl diff`: what has changed between two schemas.

mod json;
pub(super) mod text;

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use typelang_diff::{changelog, compare};

use crate::console::Console;
use crate::exit::{Failure, Outcome};
use crate::family::Family;
use crate::revision::schema;

const EXAMPLES: &str = "\
Examples:
  tl diff api-230.tl api-232.tl
  tl diff HEAD~3:schema/api.tl schema/api.tl
  tl diff layer:198 layer:232                     layers of schema/history.tl
  tl diff schema/history-secret.tl:46 schema/history-secret.tl:144
  tl diff --format markdown api-230.tl api-232.tl > changelog.md
  tl diff --old common.tl --new common.tl v1/engine.tl v2/engine.tl

Declarations are the same if they have the same name, else if they have the same id, else if they have the same fields, the same
result and a similar name. Where the text says `+ field`, the newer schema has it; `- field` is one that only the older schema has;
`~` stands before what is different.

Exit codes:
  0  compared, whatever the result, unless --exit-code is given
  1  a schema has errors, or, with --exit-code, there are changes
  2  wrong arguments, or a file that cannot be read";

/// Shows what has changed between two schemas: by declaration, field and type.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Diff {
    /// The older schema: a file, a folder, which is searched for *.tl, or REVISION:PATH in the git repository around the current
    /// folder, where PATH begins at its root, or with `./` at the current folder; or a layer, `layer:198` or HISTORY:198.
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The newer schema, in the same way.
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// Another file of the older schema. Can be repeated.
    #[arg(long = "old", value_name = "FILE")]
    more_old: Vec<PathBuf>,
    /// Another file of the newer schema. Can be repeated.
    #[arg(long = "new", value_name = "FILE")]
    more_new: Vec<PathBuf>,
    /// How the changes are written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Exit with 1 if there are changes.
    #[arg(long)]
    exit_code: bool,
    #[command(flatten)]
    family: Family,
}

/// How changes are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A line for each change.
    Text,
    /// A page for those who maintain code that uses the schema.
    Markdown,
    /// One object.
    Json,
}

/// Runs the command.
pub(crate) fn run(arguments: &Diff, console: &Console) -> Result<Outcome, Failure> {
    let load = |first: &PathBuf, more: &[PathBuf]| {
        let paths: Vec<&PathBuf> = std::iter::once(first).chain(more).collect();
        schema(&paths, arguments.family, console)
    };
    let (old, new) = (load(&arguments.old, &arguments.more_old)?, load(&arguments.new, &arguments.more_new)?);
    let (Some((old, _)), Some((new, _))) = (old, new) else { return Ok(Outcome::Findings) };
    let changes = compare(&old, &new);
    match arguments.format {
        Format::Text => text::show(&changes, console)?,
        Format::Markdown => console.text(&changelog(&changes))?,
        Format::Json => console.line(json::changes(&changes))?,
    }
    Ok(if arguments.exit_code && !changes.is_empty() { Outcome::Findings } else { Outcome::Fine })
}
