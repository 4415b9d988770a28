//! Parts of a value: a path through it, and the walk that reads nothing else.

mod error;
mod frames;
mod part;
mod path;
mod selection;
mod similar;
mod step;
mod types;

pub use error::{PathError, PathFault};
pub use part::Part;
pub use path::Path;
pub(super) use selection::Found;
pub use selection::Selection;
