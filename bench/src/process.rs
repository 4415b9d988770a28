//! What processes cost: processor time and memory, with all that they start.

use std::ffi::OsString;
use std::io::{self, Read};
use std::path::Path;
use std::process::{Command, Stdio};

use wait4::Wait4;

/// What a process cost, with all processes that it started.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cost {
    /// Processor time of all of them, user and system, in seconds.
    pub seconds: f64,
    /// Peak memory of the one that took most, in mebibytes. The system counts the memory that this program has when it starts a
    /// process as the least peak of it, so this program should be small then.
    pub peak: f64,
}

impl Cost {
    /// What two processes cost that run one after the other.
    #[must_use]
    pub fn then(self, next: Self) -> Self {
        Self { seconds: self.seconds + next.seconds, peak: self.peak.max(next.peak) }
    }
}

/// Runs a program to its end, and returns what it cost and what it wrote to standard output. What it writes to standard error is
/// shown.
///
/// # Errors
///
/// The program cannot be started, fails, or writes what is no text.
pub fn run(command: &mut Command) -> io::Result<(Cost, String)> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
    let mut text = String::new();
    if let Some(mut output) = child.stdout.take() {
        output.read_to_string(&mut text)?;
    }
    let usage = child.wait4()?;
    if !usage.status.success() {
        return Err(io::Error::other(format!("{command:?}: {}", usage.status)));
    }
    let seconds = (usage.rusage.utime + usage.rusage.stime).as_secs_f64();
    Ok((Cost { seconds, peak: mebibytes(usage.rusage.maxrss) }, text))
}

/// Cargo in a folder of a package of its own, with a target folder inside of it. Settings of this shell that change what is built
/// (`RUSTFLAGS`, `CARGO_PROFILE_…`, …) do not count. Nothing is compiled incrementally, since packages of a registry never are,
/// and all are to be built the same way.
#[must_use]
pub fn cargo_in(folder: &Path) -> Command {
    let mut command = Command::new(cargo());
    for (name, _) in std::env::vars_os().filter(|(name, _)| changes_what_is_built(name)) {
        command.env_remove(name);
    }
    command.current_dir(folder).env("CARGO_TARGET_DIR", folder.join("target")).env("CARGO_INCREMENTAL", "0");
    command
}

/// The cargo that runs this benchmark.
#[must_use]
pub fn cargo() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// A number of bytes in mebibytes.
#[must_use]
pub fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}

fn changes_what_is_built(name: &OsString) -> bool {
    const BEGINNINGS: [&str; 6] =
        ["CARGO_BUILD_", "CARGO_ENCODED_RUSTFLAGS", "CARGO_PROFILE_", "CARGO_TARGET_", "RUSTC", "RUSTFLAGS"];
    name.to_str().is_some_and(|name| BEGINNINGS.iter().any(|beginning| name.starts_with(beginning)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs_add_up_and_peaks_do_not() {
        let (first, second) = (Cost { seconds: 1.5, peak: 20.0 }, Cost { seconds: 0.25, peak: 30.0 });
        assert_eq!(first.then(second), Cost { seconds: 1.75, peak: 30.0 });
        assert_eq!(second.then(first), first.then(second));
    }

    #[test]
    fn a_process_says_what_it_wrote_and_took() {
        let (cost, text) = run(Command::new(cargo()).arg("--version")).expect("cargo runs");
        assert!(text.starts_with("cargo ") && cost.peak > 1.0, "{text} {cost:?}");
    }

    #[test]
    fn a_process_that_fails_is_no_measure() {
        let error = run(Command::new(cargo()).args(["--quiet", "no-such-command"]).stderr(Stdio::null()));
        assert!(error.expect_err("there is no such command").to_string().contains("no-such-command"));
    }

    #[test]
    fn settings_of_the_shell_do_not_count() {
        for (name, changes) in [("RUSTFLAGS", true), ("CARGO_PROFILE_DEV_DEBUG", true), ("CARGO_HOME", false)] {
            assert_eq!(changes_what_is_built(&name.into()), changes, "{name}");
        }
    }
}
