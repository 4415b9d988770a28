//! The crate `tl-proto`, which decodes to types that borrow from the input. It generates nothing from a schema, so its types are
//! written by hand, as its users write them.

use std::str;

use tl_proto::{TlError, TlRead, TlResult, deserialize};

use super::decode_and_drop;

/// Decodes `messages.sendEncrypted`.
pub(super) fn send_encrypted(bytes: &[u8]) {
    decode_and_drop(deserialize::<SendEncrypted<'_>>(bytes));
}

/// Decodes a `Vector<BotCommand>`. Strings are byte strings, since the library has no other.
pub(super) fn bot_commands(bytes: &[u8]) {
    decode_and_drop(deserialize::<Vector<BotCommand<'_>>>(bytes));
}

/// Decodes a `Vector<BotCommand>`, and checks that strings are UTF-8, as the other libraries do.
pub(super) fn bot_commands_as_text(bytes: &[u8]) {
    decode_and_drop(deserialize::<Vector<TextBotCommand<'_>>>(bytes));
}

#[derive(TlRead)]
#[tl(boxed, id = 0x44fa7a15)]
struct SendEncrypted<'tl> {
    #[tl(flags)]
    _flags: (),
    #[tl(flags_bit = 0)]
    _silent: Option<()>,
    _peer: InputEncryptedChat,
    _random_id: i64,
    _data: &'tl [u8],
}

#[derive(TlRead)]
#[tl(boxed, id = 0xf141b5e1)]
struct InputEncryptedChat {
    _chat_id: i32,
    _access_hash: i64,
}

#[derive(TlRead)]
#[tl(boxed, id = 0x1cb5c415)]
struct Vector<T> {
    _items: Vec<T>,
}

#[derive(TlRead)]
#[tl(boxed, id = 0x9852d6d2)]
struct BotCommand<'tl> {
    #[tl(flags)]
    _flags: (),
    #[tl(flags_bit = 0)]
    _ephemeral: Option<()>,
    _command: &'tl [u8],
    _description: &'tl [u8],
}

#[derive(TlRead)]
#[tl(boxed, id = 0x9852d6d2)]
struct TextBotCommand<'tl> {
    #[tl(flags)]
    _flags: (),
    #[tl(flags_bit = 0)]
    _ephemeral: Option<()>,
    #[tl(read_with = "text")]
    _command: &'tl str,
    #[tl(read_with = "text")]
    _description: &'tl str,
}

fn text<'tl>(packet: &mut &'tl [u8]) -> TlResult<&'tl str> {
    str::from_utf8(TlRead::read_from(packet)?).map_err(|_| TlError::InvalidData)
}
