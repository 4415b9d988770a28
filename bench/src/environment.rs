//! What a run says about itself: the day, the machine, the versions.

use std::process::Command;
use std::thread::available_parallelism;
use std::time::{SystemTime, UNIX_EPOCH};

/// One line about the day, the machine and the compiler.
#[must_use]
pub fn summary() -> String {
    let processors = available_parallelism().map_or(1, usize::from);
    let rustc = output("rustc", &["--version"]).unwrap_or_else(|| "unknown rustc".to_owned());
    format!("{}; {}, {processors} processors; {rustc}", today(), processor())
}

/// The version of a package that this workspace is built with, from its `Cargo.lock`.
#[must_use]
pub fn locked_version(package: &str) -> &'static str {
    version_in(include_str!("../../Cargo.lock"), package).unwrap_or("unknown")
}

/// What a program prints, on one line; nothing if it is not there or fails.
#[must_use]
pub fn output(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    (output.status.success() && !text.is_empty()).then_some(text)
}

fn version_in<'l>(lock: &'l str, package: &str) -> Option<&'l str> {
    let (_, after) = lock.split_once(&format!("\nname = \"{package}\"\nversion = \""))?;
    after.split('"').next()
}

fn processor() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':'));
    model.map_or_else(|| std::env::consts::ARCH.to_owned(), |(_, name)| name.trim().to_owned())
}

/// The day, in universal time.
fn today() -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let (year, month, day) = date(seconds / 86_400);
    format!("{year}-{month:02}-{day:02}")
}

/// The date that is a number of days after 1 January 1970.
fn date(mut days: u64) -> (u64, u64, u64) {
    let is_leap = |year: u64| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let mut year = 1970;
    while days >= 365 + u64::from(is_leap(year)) {
        days -= 365 + u64::from(is_leap(year));
        year += 1;
    }
    let february = 28 + u64::from(is_leap(year));
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    (year, month, days + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_become_dates() {
        assert_eq!(date(0), (1970, 1, 1));
        assert_eq!(date(11_016), (2000, 2, 29));
        assert_eq!(date(11_017), (2000, 3, 1));
        assert_eq!(date(20_453), (2025, 12, 31));
        assert_eq!(date(47_540), (2100, 2, 28));
        assert_eq!(date(47_541), (2100, 3, 1));
    }

    #[test]
    fn versions_come_from_the_lock_file() {
        let lock =
            "\n[[package]]\nname = \"a-b\"\nversion = \"1.0.0\"\n\n[[package]]\nname = \"b\"\nversion = \"2.1.0\"\n";
        assert_eq!(version_in(lock, "b"), Some("2.1.0"));
        assert_eq!(version_in(lock, "c"), None);
        assert_eq!(locked_version("typelang-parser"), env!("CARGO_PKG_VERSION"));
    }
}
