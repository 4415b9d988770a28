//! Random schemas: made from a seed, right by construction, tried with every tool, and made smaller where one of them fails.
//!
//! [`generate`] makes a [`Model`], which is plain data. [`check`] tries everything that needs no Rust compiler; a [`Workshop`]
//! compiles and runs the code. A [`Campaign`] does all of it for many seeds, and [`shrink`]s what fails.

mod campaign;
mod check;
mod choices;
mod compile;
mod constructs;
mod expected;
mod fields;
mod generator;
mod model;
mod mutate;
mod names;
mod plan;
mod print;
mod shrink;
mod types;
mod words;

#[path = "../../src/agreement.rs"]
pub mod agreement;
#[path = "../../src/hexadecimal.rs"]
pub mod hexadecimal;
#[path = "../../src/parts.rs"]
pub mod parts;
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

pub use campaign::{Campaign, Outcome, default_folder, in_parallel};
pub use check::{Checked, Failure, check, check_text, encodings};
pub use choices::Choices;
pub use compile::{Compiled, OptionSet, Toolchain, Tried, Workshop};
pub use constructs::{Account, CONSTRUCTS, constructs};
pub use generator::{Config, generate};
pub use model::{
    Argument, Condition, Declaration, Documentation, Fact, FactValue, Field, FieldKind, Item, Layout, Model, Name, Nat,
    Parameter, Type,
};
pub use mutate::mutated;
pub use shrink::shrink;
