//! `tl explain`: what the codes of findings mean.

use clap::Args;
use typelang_diff::{RULES, Rule, find_rule};
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
        Some(code) => {
            let text = explain(code).or_else(|| find_rule(code).map(explain_rule));
            console.text(&text.ok_or_else(|| unknown(code))?)?;
        }
        None => console.text(&list())?,
    }
    Ok(Outcome::Fine)
}

fn unknown(code: &str) -> Failure {
    let names: Vec<&str> = all_codes().map(|code| code.name).chain(RULES.iter().map(|rule| rule.code.name)).collect();
    Failure::Message(match typelang_parser::suggest(code, names) {
        Some(found) => format!("there is no code `{code}`; did you mean `{found}`?"),
        None => format!("there is no code `{code}`: `tl explain` lists them all"),
    })
}

/// The explanation of a rule of `tl breaking`, as Markdown.
fn explain_rule(rule: &Rule) -> String {
    let (code, verdicts) = (&rule.code, rule.verdicts);
    format!(
        "# `{}`\n\n{}. `tl breaking` looks for it.\n\n{}\n\n| who | what happens |\n|---|---|\n\
         | the newer schema, bytes of the older one | {} |\n| the older schema, bytes of the newer one | {} |\n\
         | JSON | {} |\n| Rust that uses generated code | {} |\n\nTo allow it: `--allow {}` on the command line, or \
         `// tl:allow({})` before the declaration.\n",
        code.name,
        code.summary,
        code.explanation,
        verdicts.new_reads_old.name(),
        verdicts.old_reads_new.name(),
        verdicts.json.name(),
        verdicts.source.name(),
        code.name,
        code.name,
    )
}

/// A line for each code: its name, what becomes of it by default, and what is found.
fn list() -> String {
    let rules = RULES.iter().map(|rule| &rule.code);
    let width = all_codes().chain(rules.clone()).map(|code| code.name.len()).max().unwrap_or_default();
    let groups = Group::ALL.map(|group| {
        let lines = group.codes().into_iter().map(|code| {
            let (name, level, summary) = (code.name, code.level.word(), code.summary);
            format!("  {name:width$}  {level:7}  {summary}\n")
        });
        format!("{}:\n{}", group.title(), lines.collect::<String>())
    });
    let rules = rules.map(|code| format!("  {:width$}           {}\n", code.name, code.summary));
    format!("{}\nChanges (tl breaking):\n{}", groups.join("\n"), rules.collect::<String>())
}
