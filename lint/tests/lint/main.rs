//! The lints, their levels and the explanations, from outside.

mod codes;
mod common;
mod levels;
mod lints;
