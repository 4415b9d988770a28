//! The items of constructors, functions and types.

mod any;
pub(crate) mod choice;
mod enums;
mod forms;
mod functions;
mod id_ranges;
pub(crate) mod outputs;
mod structs;
pub(crate) mod subject;
