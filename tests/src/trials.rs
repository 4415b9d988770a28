//! Tests that are only known when they run: one for each case of a folder, and those that need something from outside of the
//! repository. These are ignored where it is missing, with the reason.

use std::fmt;
use std::process::ExitCode;

use libtest_mimic::{Arguments, Completion};

pub use libtest_mimic::Trial;

/// Something that a test needs, or the reason why it is missing.
pub type Needed<T> = Result<T, Missing>;

/// Why a test is ignored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    reason: String,
}

impl Missing {
    /// Something that is not here, or does not fit: `needs Chromium`.
    pub fn new(reason: impl Into<String>) -> Self {
        Self { reason: reason.into() }
    }
}

impl fmt::Display for Missing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.reason)
    }
}

/// A test that always runs.
pub fn test(name: impl Into<String>, run: impl FnOnce() + Send + 'static) -> Trial {
    Trial::test(name, || {
        run();
        Ok(())
    })
}

/// A test that is ignored where what it needs is missing.
pub fn needing<T: Send + 'static>(
    name: impl Into<String>,
    needed: Needed<T>,
    run: impl FnOnce(T) + Send + 'static,
) -> Trial {
    Trial::ignorable_test(name, || match needed {
        Ok(found) => {
            run(found);
            Ok(Completion::Completed)
        }
        Err(missing) => Ok(Completion::ignored_with(missing)),
    })
}

/// Tests for each of what is needed, named after it; one that is ignored where it is missing.
pub fn for_each<T: Send + 'static>(
    group: &str,
    needed: Needed<Vec<T>>,
    name: impl Fn(&T) -> String,
    run: fn(T),
) -> Vec<Trial> {
    match needed {
        Ok(all) => all.into_iter().map(|it| test(format!("{group}::{}", name(&it)), move || run(it))).collect(),
        Err(missing) => vec![needing::<T>(group, Err(missing), run)],
    }
}

/// Runs the tests as the command line says, which has the options of every other test. This is the `main` of a test.
pub fn run(trials: impl IntoIterator<Item = Trial>) -> ExitCode {
    let mut trials: Vec<Trial> = trials.into_iter().collect();
    trials.sort_by(|one, other| one.name().cmp(other.name()));
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// The same, one after the other, for tests that measure what the whole process does.
pub fn run_one_by_one(trials: impl IntoIterator<Item = Trial>) -> ExitCode {
    let arguments = Arguments { test_threads: Some(1), ..Arguments::from_args() };
    libtest_mimic::run(&arguments, trials.into_iter().collect()).exit_code()
}
