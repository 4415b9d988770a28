//! `tl history check`: is a history what it should be?

use clap::Args;
use typelang_history::check_prefix;
use typelang_ir::ResolveOptions;
use typelang_parser::{Diagnostic, Severity};
use typelang_project::Project;

use crate::console::Console;
use crate::exit::{Failure, Outcome};
use crate::family::DialectChoice;
use crate::history::{HistoryPath, Loaded, dialect_of};
use crate::revision::content;
use crate::schemas::show_findings;
use crate::tally::plural;

/// Checks a history: ids, layouts and meanings of ids, its form, and that every layer is a schema without errors.
#[derive(Args, Debug)]
pub(crate) struct Check {
    /// A revision of git, such as origin/main, whose history this one continues.
    #[arg(long, value_name = "REVISION")]
    against: Option<String>,
    /// How ids are computed; found out from the ids if not given.
    #[arg(long, value_enum)]
    dialect: Option<DialectChoice>,
    #[command(flatten)]
    history: HistoryPath,
}

/// Runs the command.
pub(crate) fn run(arguments: &Check, console: &Console) -> Result<Outcome, Failure> {
    let mut loaded = Loaded::read(arguments.history.file())?;
    let is_readable = !loaded.diagnostics.iter().any(|it| it.severity == Severity::Error);
    if is_readable {
        let dialect = arguments.dialect.map_or_else(|| dialect_of(&loaded.history), Into::into);
        let found = loaded.history.check(loaded.text(), dialect);
        loaded.diagnostics.extend(found);
    }
    if let Some(revision) = &arguments.against {
        let old = content(&in_revision(revision, arguments))?;
        let old = String::from_utf8_lossy(&old);
        let found = check_prefix(&old, loaded.source, loaded.text());
        loaded.diagnostics.extend(found);
    }
    let mut has_errors = loaded.show_errors(console);
    if is_readable {
        has_errors |= layers_have_errors(&loaded, console);
    }
    if has_errors {
        return Ok(Outcome::Findings);
    }
    let history = &loaded.history;
    console.line(format_args!(
        "{}: {}, {}, {}",
        history.name,
        plural(history.revisions().len(), "layer"),
        plural(history.ids().count(), "id"),
        plural(history.declarations().len(), "declaration"),
    ))?;
    Ok(Outcome::Fine)
}

/// The history in a revision, from the current folder.
fn in_revision(revision: &str, arguments: &Check) -> String {
    let path = arguments.history.file().display();
    if arguments.history.file().is_absolute() { format!("{revision}:{path}") } else { format!("{revision}:./{path}") }
}

/// Shows the errors of layers that are not schemas.
fn layers_have_errors(loaded: &Loaded, console: &Console) -> bool {
    let mut has_errors = false;
    for at in 0..loaded.history.revisions().len() {
        let Some(layer) = loaded.history.revision(at) else { continue };
        let mut project = Project::new();
        project.add_schema(format!("layer {}", layer.number()), layer.schema_text().into_bytes());
        let checked = project.as_one(ResolveOptions::default());
        let errors: Vec<Diagnostic> =
            checked.diagnostics.into_iter().filter(|it| it.severity == Severity::Error).collect();
        has_errors |= !errors.is_empty();
        show_findings([(errors.as_slice(), &project.sources)], Severity::Error, console);
    }
    has_errors
}
