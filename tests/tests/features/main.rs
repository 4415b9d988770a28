//! Features for namespaces: with some of them a crate has what their functions reach, nothing else, and compiles.

mod builds;
mod reach;
