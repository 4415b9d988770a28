//! Generated code as functions from bytes to bytes.

use typelang::{DecodeError, DecodeOwned, Encode, ReadOptions};

/// Decodes bytes and encodes the value again.
pub type Recode = fn(&[u8], ReadOptions) -> Result<Recoded, DecodeError>;

/// A value that was decoded and encoded again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recoded {
    /// The bytes of the value.
    pub bytes: Vec<u8>,
}

/// Decodes bytes as a value of the type and encodes it again.
///
/// # Errors
///
/// Those of decoding.
///
/// # Panics
///
/// What was decoded cannot be encoded.
pub fn recode<T: DecodeOwned + Encode>(bytes: &[u8], options: ReadOptions) -> Result<Recoded, DecodeError> {
    T::from_bytes_with(bytes, options).map(|value| recoded(&value))
}

fn recoded(value: &impl Encode) -> Recoded {
    let bytes = value.to_bytes().expect("what was decoded can be encoded");
    assert_eq!(value.encoded_len(), bytes.len(), "the length that the value says it has");
    Recoded { bytes }
}
