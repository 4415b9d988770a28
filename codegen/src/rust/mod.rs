//! Values in Rust: sizes in memory, pointers, derivable traits.

pub(crate) mod builtin;
pub(crate) mod layout;
#[cfg(test)]
mod tests;
pub(crate) mod traits;

use typelang_ir::Nat;

/// Greatest length of an array; longer tuples are vectors, so that they do not take the stack.
pub(crate) const MAX_ARRAY: u32 = 256;

/// The length of the array that a tuple with this count is in memory, if it is one.
pub(crate) fn array_length(count: Nat) -> Option<u32> {
    match count {
        Nat::Constant(count) if count <= MAX_ARRAY => Some(count),
        _ => None,
    }
}
