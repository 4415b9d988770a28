//! What the user sees: results on standard output, diagnostics on standard error.

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use clap::ValueEnum;
use typelang_parser::{Diagnostic, Limit, Sources, Tally, render, render_colored};

use crate::exit::Failure;
use crate::tally::in_words;

/// When diagnostics are coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColorChoice {
    /// On a terminal.
    Auto,
    /// Even into a file or pipe.
    Always,
    /// Not even on a terminal.
    Never,
}

/// The two output streams.
#[derive(Debug)]
pub(crate) struct Console {
    /// Whether standard error gets colours.
    color: bool,
    /// Set if changes on standard output get colours.
    colored_changes: bool,
    /// How many findings are shown.
    pub(crate) limit: Limit,
}

impl Console {
    pub(crate) fn new(choice: ColorChoice, limit: Limit) -> Self {
        let colored = |is_terminal: bool| match choice {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => is_terminal && !colors_refused(),
        };
        let (color, colored_changes) = (colored(io::stderr().is_terminal()), colored(io::stdout().is_terminal()));
        Self { color, colored_changes, limit }
    }

    /// Returns whether standard error gets colours.
    pub(crate) fn has_colors(&self) -> bool {
        self.color
    }

    /// Writes a change behind its mark, as a line of the result: what was added in green, what is gone in red.
    pub(crate) fn change(&self, mark: char, text: &str) -> Result<(), Failure> {
        let color = match mark {
            '+' => "32",
            '-' => "31",
            _ => "33",
        };
        if self.colored_changes {
            self.line(format_args!("\u{1b}[{color}m{mark}\u{1b}[0m {text}"))
        } else {
            self.line(format_args!("{mark} {text}"))
        }
    }

    /// Writes a line of the result.
    pub(crate) fn line(&self, line: impl Display) -> Result<(), Failure> {
        Ok(writeln!(io::stdout().lock(), "{line}")?)
    }

    /// Writes a text of the result as it is.
    pub(crate) fn text(&self, text: &str) -> Result<(), Failure> {
        self.bytes(text.as_bytes())
    }

    /// Writes bytes of the result as they are.
    pub(crate) fn bytes(&self, bytes: &[u8]) -> Result<(), Failure> {
        let mut output = io::stdout().lock();
        output.write_all(bytes)?;
        Ok(output.flush()?)
    }

    /// Shows a diagnostic with the lines that it refers to, if the limit allows it.
    pub(crate) fn diagnostic(&self, diagnostic: &Diagnostic, sources: &Sources) {
        if !self.limit.allows(diagnostic.severity) {
            return;
        }
        self.hint(if self.color { render_colored(diagnostic, sources) } else { render(diagnostic, sources) });
    }

    /// Shows an error that has no place in a schema.
    pub(crate) fn error(&self, message: &str) {
        let word = if self.color { "\u{1b}[1;91merror\u{1b}[0m" } else { "error" };
        self.hint(format_args!("{word}: {message}"));
    }

    /// Shows why a run could not do what it was asked to, and returns the exit code.
    pub(crate) fn failure(&self, failure: &Failure) -> ExitCode {
        match failure {
            Failure::Message(message) => self.error(message),
            // Whoever closed the pipe has seen enough.
            Failure::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => return ExitCode::SUCCESS,
            Failure::Output(error) => self.error(&format!("cannot write to standard output: {error}")),
        }
        ExitCode::from(2)
    }

    /// Shows how many errors and warnings there were, if any, and how many findings were not shown.
    pub(crate) fn tally(&self, tally: Tally) {
        if let Some(counts) = in_words(Tally { notes: 0, ..tally }) {
            self.hint(counts);
        }
        if let Some(hidden) = in_words(self.limit.hidden()) {
            self.hint(format_args!("not shown: {hidden}; --limit 0 shows all"));
        }
    }

    /// Writes a line for the user that is no part of the result.
    pub(crate) fn hint(&self, line: impl Display) {
        // When standard error is closed, there is nobody to tell.
        let _ = writeln!(io::stderr().lock(), "{line}");
    }
}

/// Returns whether the environment asks for text without colours.
fn colors_refused() -> bool {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    set("NO_COLOR").is_some() || set("TERM").is_some_and(|terminal| terminal == "dumb")
}
