//! The types of the module `borrowed`, whose strings and bytes are those of the input.

use typelang::Decode;
use typelang_tests_layer::borrowed::{enums, functions, types};

use super::decode_and_drop;

/// Decodes `messages.sendEncrypted`.
pub(super) fn send_encrypted(bytes: &[u8]) {
    decode_and_drop(functions::messages::SendEncrypted::from_bytes(bytes));
}

/// Decodes a `messages.Messages`.
pub(super) fn messages(bytes: &[u8]) {
    decode_and_drop(enums::messages::Messages::from_bytes(bytes));
}

/// Decodes an `Updates`.
pub(super) fn updates(bytes: &[u8]) {
    decode_and_drop(enums::Updates::from_bytes(bytes));
}

/// Decodes a `Vector<BotCommand>`.
pub(super) fn bot_commands(bytes: &[u8]) {
    decode_and_drop(Vec::<types::BotCommand<'_>>::from_bytes(bytes));
}
