//! `tl history list`: the layers of a history.

use clap::Args;
use typelang_history::{Declaration, History, Revision};

use crate::console::Console;
use crate::exit::{Failure, Outcome};
use crate::history::HistoryPath;

/// Lists the layers of a history, a line each: number, date, how many declarations are added, changed and removed, and the source.
#[derive(Args, Debug)]
pub(crate) struct List {
    #[command(flatten)]
    history: HistoryPath,
}

/// Runs the command.
pub(crate) fn run(arguments: &List, console: &Console) -> Result<Outcome, Failure> {
    let loaded = arguments.history.load()?;
    if loaded.show_errors(console) {
        return Ok(Outcome::Findings);
    }
    for (at, revision) in loaded.history.revisions().iter().enumerate() {
        console.line(line(&loaded.history, at, revision))?;
    }
    Ok(Outcome::Fine)
}

fn line(history: &History, at: usize, revision: &Revision) -> String {
    let declared = revision.declared.len();
    let ended = history.declarations().iter().filter(|it| it.end == Some(at)).count();
    let removed = revision.removed.len();
    let changed = ended - removed.min(ended);
    let total = history.revision(at).map_or(0, |layer| layer.declarations().map(|_: &Declaration| 1).sum::<usize>());
    let date = revision.date.as_deref().unwrap_or("-");
    let added = declared.saturating_sub(changed);
    format!("{:>3}  {date:10}  {total:>4}  +{added} ~{changed} -{removed}  {}", revision.layer, revision.source)
        .trim_end()
        .to_owned()
}
