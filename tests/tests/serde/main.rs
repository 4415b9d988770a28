//! What generated code gets from the table of its schema: paths in errors, and serde.

mod command;
mod every_type;
mod forms;
mod json;
mod paths;
