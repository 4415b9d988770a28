//! From items to texts: the tree of modules, the file of each item, and formatting.

pub(crate) mod bytes;
pub(crate) mod complexity;
pub(crate) mod division;
pub(crate) mod format;
pub(crate) mod hygiene;
#[cfg(feature = "pretty")]
mod invocation;
pub(crate) mod modules;
pub(crate) mod placement;
