//! The table of a schema and its walker, held against generated code, against other software, and against damage.

mod agreement;
mod hostile;
mod sample;
mod select;
mod table;
mod text;
