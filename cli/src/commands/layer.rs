//! `tl layer`: a published layer as a schema.

use clap::Args;

use crate::console::Console;
use crate::exit::{Failure, Outcome};
use crate::history::HistoryPath;

const EXAMPLES: &str = "\
Examples:
  tl layer 198 > api-198.tl
  tl layer 200 | tl check -
  tl layer 46 --history schema/history-secret.tl
  tl layer 85 --revision 1      the first of two published forms of layer 85

Without --history and without a file schema/history.tl, the built-in history of Telegram's API is used.

Exit codes:
  0  the layer is on standard output
  1  the history has errors
  2  wrong arguments, no such layer, or a file that cannot be read";

/// Prints a published layer, in the layout of schema/api.tl.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Layer {
    /// The number of the layer; the newest one if not given.
    #[arg(value_name = "LAYER")]
    number: Option<u32>,
    /// Which published form of the layer, from 1, where there are several; the last one if not given.
    #[arg(long, value_name = "NUMBER", requires = "number")]
    revision: Option<usize>,
    #[command(flatten)]
    history: HistoryPath,
}

/// Runs the command.
pub(crate) fn run(arguments: &Layer, console: &Console) -> Result<Outcome, Failure> {
    let loaded = arguments.history.load()?;
    if loaded.show_errors(console) {
        return Ok(Outcome::Findings);
    }
    let mut layer = loaded.layer(arguments.number)?;
    if let Some(revision) = arguments.revision {
        let number = layer.number();
        let revisions = loaded.history.revisions();
        let mut positions = (0..revisions.len()).filter(|&at| revisions.get(at).is_some_and(|it| it.layer == number));
        let found = revision.checked_sub(1).and_then(|index| positions.nth(index));
        layer = found
            .and_then(|at| loaded.history.revision(at))
            .ok_or_else(|| Failure::Message(format!("layer {number} has no revision {revision}")))?;
    }
    console.text(&layer.schema_text())?;
    Ok(Outcome::Fine)
}
