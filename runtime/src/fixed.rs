//! Values of a fixed length, which are written several at once.

use crate::{BOOL_FALSE_ID, BOOL_TRUE_ID};

/// Most bytes that [`Writer::write_fixed`](crate::Writer::write_fixed) writes at once.
pub(crate) const MAX_FIXED_LEN: usize = 128;

/// A value that always takes the same number of bytes: a number, a `Bool`, `int128`, and tuples of up to eight such values, one
/// after the other. `()` is none of them and takes no bytes.
pub trait Fixed: Copy {
    /// How many bytes the value takes.
    const LEN: usize;

    /// Writes the value at the start of `block`, which is long enough; returns the rest of it.
    #[doc(hidden)]
    fn store(self, block: &mut [u8]) -> &mut [u8];
}

impl<const N: usize> Fixed for [u8; N] {
    const LEN: usize = N;

    #[inline]
    fn store(self, block: &mut [u8]) -> &mut [u8] {
        let Some((start, rest)) = block.split_first_chunk_mut() else { return &mut [] };
        *start = self;
        rest
    }
}

impl Fixed for bool {
    const LEN: usize = 4;

    #[inline]
    fn store(self, block: &mut [u8]) -> &mut [u8] {
        let id = if self { BOOL_TRUE_ID } else { BOOL_FALSE_ID };
        id.store(block)
    }
}

macro_rules! numbers {
    ($($number:ty)*) => {
        $(impl Fixed for $number {
            const LEN: usize = size_of::<$number>();

            #[inline]
            fn store(self, block: &mut [u8]) -> &mut [u8] {
                self.to_le_bytes().store(block)
            }
        })*
    };
}

numbers!(u32 i32 u64 i64 f32 f64);

macro_rules! tuples {
    ($(($($value:ident)*))*) => {
        $(impl<$($value: Fixed),*> Fixed for ($($value,)*) {
            const LEN: usize = 0 $(+ $value::LEN)*;

            #[inline]
            #[allow(non_snake_case, reason = "the values are called as their types")]
            fn store(self, block: &mut [u8]) -> &mut [u8] {
                let ($($value,)*) = self;
                $(let block = $value.store(block);)*
                block
            }
        })*
    };
}

tuples! { () (A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E F) (A B C D E F G) (A B C D E F G H) }
