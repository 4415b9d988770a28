//! The same types with a string type that keeps up to 24 bytes inline.

use typelang::Decode;

use super::decode_and_drop;

#[allow(dead_code, unreachable_pub, missing_docs)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/tl.rs"));
}

/// Decodes a `messages.Messages`.
pub(super) fn messages(bytes: &[u8]) {
    decode_and_drop(generated::enums::messages::Messages::from_bytes(bytes));
}

/// Decodes an `Updates`.
pub(super) fn updates(bytes: &[u8]) {
    decode_and_drop(generated::enums::Updates::from_bytes(bytes));
}
