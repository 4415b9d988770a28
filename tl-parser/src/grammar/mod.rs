//! The rules of the grammar, one file a group of constructs, each rule with its line of the grammar above it.

mod argument;
mod declaration;
mod expression;
mod name;
mod recovery;
mod rule;

pub(crate) use declaration::declaration;

#[cfg(test)]
mod tests;
