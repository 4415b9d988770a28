//! Values in Rust: sizes in memory, pointers, derivable traits.

pub(crate) mod builtin;
pub(crate) mod extent;
pub(crate) mod layout;
pub(crate) mod stack;
#[cfg(test)]
mod tests;
pub(crate) mod traits;

use typelang_ir::Nat;

/// Greatest length of an array; longer tuples are vectors, so that they do not take the stack.
pub(crate) const MAX_ARRAY: u32 = 256;

/// The length of a tuple that can be an array; it is one unless its elements are [too large](layout::Layout::array_length).
pub(crate) fn constant_length(count: Nat) -> Option<u32> {
    match count {
        Nat::Constant(count) if count <= MAX_ARRAY => Some(count),
        _ => None,
    }
}
