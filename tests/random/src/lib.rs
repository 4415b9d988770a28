//! Random schemas: made from a seed, right by construction, tried with every tool, and made smaller where one of them fails.
//!
//! [`generate`] makes a [`Model`], which is plain data. [`check`] and what comes after it does not need a Rust compiler;

mod check;
mod choices;
mod constructs;
mod fields;
mod generator;
mod model;
mod names;
mod plan;
mod print;
mod types;
mod words;

#[path = "../../src/agreement.rs"]
pub mod agreement;
#[path = "../../src/hexadecimal.rs"]
pub mod hexadecimal;
#[path = "../../src/random.rs"]
pub mod random;
#[path = "../../src/reader.rs"]
pub mod reader;
#[path = "../../src/recode.rs"]
pub mod recode;
#[path = "../../src/sample/mod.rs"]
pub mod sample;
#[path = "../../src/scope.rs"]
pub mod scope;
#[path = "../../src/walker.rs"]
pub mod walker;

pub use check::{Checked, Failure, check, encodings};
pub use choices::Choices;
pub use constructs::{Account, CONSTRUCTS, constructs};
pub use generator::{Config, generate};
pub use model::{
    Argument, Condition, Declaration, Documentation, Fact, FactValue, Field, FieldKind, Item, Layout, Model, Name, Nat,
    Parameter, Type,
};
