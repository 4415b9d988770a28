//! Items about a schema as a whole: its table, its lists of names, types and errors.

pub(crate) mod arbitrary;
pub(crate) mod catalog;
pub(crate) mod errors;
pub(crate) mod history;
pub(crate) mod lookup;
pub(crate) mod serde;
pub(crate) mod table;
