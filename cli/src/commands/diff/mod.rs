//! `tl diff`: what has changed between two schemas.

mod json;
mod rust;
pub(super) mod text;

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use typelang_build::{NamespaceFeatures, Options, outline};
use typelang_diff::{changelog, compare_with};
use typelang_ir::Schema;

use crate::console::Console;
use crate::exit::{Failure, Outcome};
use crate::family::Family;
use crate::revision::schema;
use crate::schemas::read;
use rust::RustChange;

const EXAMPLES: &str = "\
Examples:
  tl diff api-230.tl api-232.tl
  tl diff HEAD~3:schema/api.tl schema/api.tl
  tl diff layer:198 layer:232                     layers of schema/history.tl
  tl diff schema/history-secret.tl:46 schema/history-secret.tl:144
  tl diff --format markdown api-230.tl api-232.tl > changelog.md
  tl diff --rust --facts schema/api-*.toml HEAD~1:schema/api.tl schema/api.tl
  tl diff --old common.tl --new common.tl v1/engine.tl v2/engine.tl

Declarations are the same if they have the same name, else if they have the same id, else if they have the same fields, the same
result and a similar name. Where the text says `+ field`, the newer schema has it; `- field` is one that only the older schema has;
`~` stands before what is different. A comment `// tl:was(oldName)` before a declaration of the newer schema says its former name,
which counts more than all of these.

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
    /// Show what changes in generated Rust as well: fields and variants, what contains a pointer, traits, features.
    #[arg(long)]
    rust: bool,
    /// With --rust: fact files, which name groups of fields. What they have about something that a schema does not have is ignored.
    #[arg(long, value_name = "FACTS", num_args = 1.., requires = "rust")]
    facts: Vec<PathBuf>,
    /// With --rust: each namespace of functions has a feature, and the feature named here turns on all of them.
    #[arg(long, value_name = "FEATURE", requires = "rust")]
    namespace_features: Option<String>,
    /// With --rust: values borrow strings and bytes.
    #[arg(long, requires = "rust")]
    borrowed: bool,
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
    let (Some(old), Some(new)) = (old, new) else { return Ok(Outcome::Findings) };
    let changes = compare_with(&old.schema, &new.schema, &new.former_names());
    let rust = if arguments.rust { Some(rust_changes(arguments, &old.schema, &new.schema)?) } else { None };
    match arguments.format {
        Format::Text => {
            text::show(&changes, console)?;
            rust.iter().flatten().try_for_each(|change| console.change(change.mark, &change.line()))?;
        }
        Format::Markdown => {
            console.text(&changelog(&changes))?;
            if let Some(rust) = rust {
                console.text(&rust_page(&rust))?;
            }
        }
        Format::Json => console.line(json::changes(&changes, rust.as_deref()))?,
    }
    Ok(if arguments.exit_code && !changes.is_empty() { Outcome::Findings } else { Outcome::Fine })
}

/// The changes of generated code with the options that were given.
fn rust_changes(arguments: &Diff, old: &Schema, new: &Schema) -> Result<Vec<RustChange>, Failure> {
    let project = read(&[], &arguments.facts)?;
    let files: Vec<_> = project.facts.iter().map(|facts| &facts.file).collect();
    let outline_of = |schema: &Schema| {
        let mut options = Options { facts: typelang_facts::merge(&files, &[schema]).facts, ..Options::default() };
        options.namespace_features = arguments.namespace_features.as_deref().map(NamespaceFeatures::new);
        if arguments.borrowed {
            options.string_type = Some("&'a str".to_owned());
            options.bytes_type = Some("&'a [u8]".to_owned());
        }
        outline(schema, &options)
    };
    Ok(rust::changes(&outline_of(old), &outline_of(new)))
}

/// The changes of generated code as a part of a page.
fn rust_page(changes: &[RustChange]) -> String {
    let mut page = String::from("\n## In Rust\n\n");
    if changes.is_empty() {
        page.push_str("Nothing changes.\n");
    }
    for change in changes {
        page.push_str(&format!("- {} `{}`", change.mark, change.path));
        let line = change.line();
        page.push_str(line.strip_prefix(&change.path).unwrap_or_default());
        page.push('\n');
    }
    page
}
