//! How a run ends.

use std::io;
use std::path::Path;
use std::process::ExitCode;

use typelang_project::Unreadable;

/// The end of a run that did what it was asked to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Nothing is wrong: exit code 0.
    Fine,
    /// Schemas have errors, or files differ: exit code 1.
    Findings,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Fine => Self::SUCCESS,
            Outcome::Findings => Self::from(1),
        }
    }
}

/// Why a run could not do what it was asked to: exit code 2.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Wrong arguments, or a file that cannot be read or written. Holds what to tell the user.
    Message(String),
    /// Standard output cannot be written.
    Output(io::Error),
}

impl Failure {
    /// A file that cannot be read.
    pub(crate) fn read(path: &Path, error: &io::Error) -> Self {
        Self::Message(format!("cannot read {}: {error}", path.display()))
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl From<Unreadable> for Failure {
    fn from(unreadable: Unreadable) -> Self {
        let messages: Vec<String> = unreadable.files.iter().map(ToString::to_string).collect();
        Self::Message(messages.join("\nerror: "))
    }
}

impl From<typelang_build::Error> for Failure {
    fn from(error: typelang_build::Error) -> Self {
        Self::Message(error.to_string())
    }
}
