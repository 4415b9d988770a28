//! Reads TL (Type Language) schemas.

pub mod ast;
mod diagnostic;
mod span;

pub use diagnostic::{Diagnostic, Label, Severity};
pub use span::{SourceId, Span};
