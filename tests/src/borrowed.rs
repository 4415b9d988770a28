//! Two readings of one schema: by the module whose values borrow from the input, and by the one whose values own what they hold.

use std::fmt::Debug;

use typelang_telegram::{Decode, DecodeError, Encode, ReadOptions};

use crate::hexadecimal;

/// Reads bytes: the value as text, and its bytes; or why it is refused, and where.
fn read<'a, T: Decode<'a> + Encode + Debug>(
    bytes: &'a [u8],
    options: ReadOptions,
) -> Result<(String, Vec<u8>), String> {
    let value = T::from_bytes_with(bytes, options).map_err(|error| fault(&error))?;
    Ok((format!("{value:?}"), value.to_bytes().expect("what was decoded can be encoded")))
}

/// An error without the path, which needs the table of the schema.
fn fault(error: &DecodeError) -> String {
    format!("{:?} at {} in {}", error.kind(), error.offset(), error.type_name())
}

/// Checks that both agree; returns whether they accept the bytes.
///
/// # Panics
///
/// They do not agree.
#[track_caller]
#[must_use]
pub fn agree<'a, Owned, Borrowed>(bytes: &'a [u8], what: &str) -> bool
where
    Owned: Decode<'a> + Encode + Debug,
    Borrowed: Decode<'a> + Encode + Debug,
{
    let mut accepted = false;
    for options in [ReadOptions::strict(), ReadOptions::new()] {
        let (owned, borrowed) = (read::<Owned>(bytes, options), read::<Borrowed>(bytes, options));
        assert!(owned == borrowed, "{what}: {owned:?}, {borrowed:?}: {}", hexadecimal::encode(bytes));
        accepted = borrowed.is_ok();
    }
    accepted
}
