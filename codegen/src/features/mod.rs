//! A Cargo feature for each namespace of functions: which features reach which items.

mod condition;
mod manifest;
mod sets;

pub(crate) use condition::Condition;
pub(crate) use manifest::lines;
pub(crate) use sets::{Features, Set};
