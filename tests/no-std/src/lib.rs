//! Encodes and decodes without the standard library: this crate and all beneath it are `no_std`.

#![no_std]

extern crate alloc;

use alloc::string::String;
use alloc::vec::Vec;

use typelang_telegram::api::{enums, functions, types};
use typelang_telegram::{Decode, DecodeError, Encode, EncodeError, Function};

/// The bytes of a request to send `data` to a secret chat.
///
/// # Errors
///
/// The data is too long for the wire.
pub fn send_encrypted(chat_id: i32, access_hash: i64, random_id: i64, data: Vec<u8>) -> Result<Vec<u8>, EncodeError> {
    let peer = types::InputEncryptedChat { chat_id, access_hash };
    functions::messages::SendEncrypted { silent: false, peer, random_id, data }.to_bytes()
}

/// When the server received what [`send_encrypted`] sent, from its answer.
///
/// # Errors
///
/// The bytes are no such answer.
pub fn date_of_answer(bytes: &[u8]) -> Result<i32, DecodeError> {
    Ok(match functions::messages::SendEncrypted::output_from_bytes(bytes)? {
        enums::messages::SentEncryptedMessage::SentEncryptedMessage(sent) => sent.date,
        enums::messages::SentEncryptedMessage::SentEncryptedFile(sent) => sent.date,
    })
}

/// The plain text of a rich text.
///
/// # Errors
///
/// The bytes are no rich text.
pub fn plain_text(bytes: &[u8]) -> Result<Option<String>, DecodeError> {
    Ok(match enums::RichText::from_bytes(bytes)? {
        enums::RichText::TextPlain(plain) => Some(plain.text),
        _ => None,
    })
}
