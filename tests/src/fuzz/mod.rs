//! What is fuzzed: functions that take any bytes and must not panic. The targets of `fuzz/` call them under libFuzzer, and a
//! test calls them with bytes that a seed decides, so that both look at the same.

mod forms;
mod input;
mod messages;
mod parts;
mod schemas;
mod seeds;
mod text;
mod typed;
mod values;

pub use input::{Input, Subject, subjects};
pub use seeds::{dictionary, seeds};
pub use values::sample;

/// A function that takes any bytes.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Its name: that of the file in `fuzz/fuzz_targets/`.
    pub name: &'static str,
    /// Takes the bytes, and panics if something is not as it must be. Says whether they were of use: a text without errors,
    /// bytes of a value.
    pub run: fn(&[u8]) -> bool,
}

/// All targets.
pub static TARGETS: [Target; 11] = [
    Target { name: "schema_text", run: text::schema_text },
    Target { name: "random_schema", run: schemas::random_schema },
    Target { name: "decode", run: typed::decode },
    Target { name: "round_trip", run: typed::round_trip },
    Target { name: "walker", run: typed::walker },
    Target { name: "values", run: values::values },
    Target { name: "forms", run: forms::forms },
    Target { name: "messages", run: messages::messages },
    Target { name: "envelope", run: messages::envelope },
    Target { name: "unpack", run: messages::unpack },
    Target { name: "select", run: parts::select },
];

/// The target of a name.
///
/// # Panics
///
/// There is no such target.
#[must_use]
pub fn target(name: &str) -> &'static Target {
    TARGETS.iter().find(|target| target.name == name).unwrap_or_else(|| panic!("no target {name}"))
}
