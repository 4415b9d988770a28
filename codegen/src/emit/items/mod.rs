//! The items of constructors, functions and types.

pub(crate) mod any;
pub(crate) mod enums;
pub(crate) mod forms;
pub(crate) mod functions;
mod id_ranges;
pub(crate) mod parametric_enums;
pub(crate) mod structs;
pub(crate) mod subject;
