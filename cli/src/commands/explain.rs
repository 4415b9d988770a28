//! `tl explain`: what the codes of findings mean.

use clap::Args;
use typelang_lint::{Group, all_codes, explain, reference};

use crate::console::Console;
use crate::exit::{Failure, Outcome};

const EXAMPLES: &str = "\
Examples:
  tl explain                    all codes, with their default levels
  tl explain shared-bit
  tl explain --markdown > docs/diagnostics.md

Exit codes: 0, or 2 if there is no such code.";

/// Explains what the code of a finding means, and what to do about it.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Explain {
    /// The code, as in `error[CODE]`; without it, all codes are listed.
    #[arg(value_name = "CODE")]
    code: Option<String>,
    /// Write the explanations of all codes as one Markdown page.
    #[arg(long, conflicts_with = "code")]
    markdown: bool,
}

/// Runs the command.
pub(crate) fn run(arguments: &Explain, console: &Console) -> Result<Outcome, Failure> {
    match &arguments.code {
        _ if arguments.markdown => console.text(&reference())?,
        Some(code) => console.text(&explain(code).ok_or_else(|| unknown(code))?)?,
        None => console.text(&list())?,
    }
    Ok(Outcome::Fine)
}

fn unknown(code: &str) -> Failure {
    let names: Vec<&str> = all_codes().map(|code| code.name).collect();
    Failure::Message(match typelang_parser::suggest(code, names) {
        Some(found) => format!("there is no code `{code}`; did you mean `{found}`?"),
        None => format!("there is no code `{code}`: `tl explain` lists them all"),
    })
}

/// A line for each code: its name, what becomes of it by default, and what is found.
fn list() -> String {
    let width = all_codes().map(|code| code.name.len()).max().unwrap_or_default();
    let groups = Group::ALL.map(|group| {
        let lines = group.codes().into_iter().map(|code| {
            let (name, level, summary) = (code.name, code.level.word(), code.summary);
            format!("  {name:width$}  {level:7}  {summary}\n")
        });
        format!("{}:\n{}", group.title(), lines.collect::<String>())
    });
    groups.join("\n")
}
