//! The values that are encoded and decoded, and the ways to do it.

use std::fmt::Debug;
use std::hint::black_box;

use grammers_tl_types::{self as peer, Deserializable, Serializable};
use typelang::{DecodeOwned, Encode};
use typelang_bench::inputs::fixture;
use typelang_tests_layer::api::{enums, functions, types};

mod borrowed;
mod inline;
mod tl_proto;

/// A value as bytes, which both libraries read and write back as they are.
pub(crate) struct Case<'a, Theirs, Error> {
    /// What it is.
    pub(crate) name: &'static str,
    /// The value, encoded.
    pub(crate) bytes: &'a [u8],
    /// Reads it with the peer.
    pub(crate) peer: fn(&[u8]) -> Result<Theirs, Error>,
    /// Further ways to decode and drop it.
    pub(crate) others: &'a [Other],
}

/// A way to decode and drop a value: its name, and what does it. Nothing may be wrong with the bytes.
pub(crate) type Other = (&'static str, fn(&[u8]));

/// What is measured about each value.
pub(crate) trait Visitor {
    /// Measures one value.
    fn visit<Ours, Theirs, Error>(&mut self, case: &Case<'_, Theirs, Error>)
    where
        Ours: DecodeOwned + Encode + Clone + PartialEq,
        Theirs: Serializable + Clone,
        Error: Debug;
}

/// Measures all values. Those without a file are left out, with a line that says so.
pub(crate) fn all(visitor: &mut impl Visitor) {
    let call = |bytes: &[u8]| peer::functions::messages::SendEncrypted::from_bytes(&bytes[4..]);
    if let Some(bytes) = fixture("sendEncrypted_64.bin") {
        let name = "sendEncrypted, 64 bytes of data";
        let others: &[Other] =
            &[("borrowed", borrowed::send_encrypted), ("tl-proto, borrowed", tl_proto::send_encrypted)];
        visitor.visit::<functions::messages::SendEncrypted, _, _>(&Case { name, bytes: &bytes, peer: call, others });
    }
    if let Some(bytes) = fixture("sendEncrypted_1024.bin") {
        let name = "sendEncrypted, 1024 bytes of data";
        let others: &[Other] =
            &[("borrowed", borrowed::send_encrypted), ("tl-proto, borrowed", tl_proto::send_encrypted)];
        visitor.visit::<functions::messages::SendEncrypted, _, _>(&Case { name, bytes: &bytes, peer: call, others });
    }
    if let Some(bytes) = fixture("messagesSlice_100m_30u_10c.bin") {
        let (name, peer) = ("messages.messagesSlice", peer::enums::messages::Messages::from_bytes as fn(&[u8]) -> _);
        let others: &[Other] = &[("borrowed", borrowed::messages), ("short strings inline", inline::messages)];
        visitor.visit::<enums::messages::Messages, _, _>(&Case { name, bytes: &bytes, peer, others });
    }
    if let Some(bytes) = fixture("updates_50.bin") {
        let (name, peer) = ("updates", peer::enums::Updates::from_bytes as fn(&[u8]) -> _);
        let others: &[Other] = &[("borrowed", borrowed::updates), ("short strings inline", inline::updates)];
        visitor.visit::<enums::Updates, _, _>(&Case { name, bytes: &bytes, peer, others });
    }
    if let Some(bytes) = fixture("vector_long_10000.bin") {
        let (name, peer) = ("Vector<long>, 10,000", <Vec<i64> as Deserializable>::from_bytes as fn(&[u8]) -> _);
        visitor.visit::<Vec<i64>, _, _>(&Case { name, bytes: &bytes, peer, others: &[] });
    }
    let (name, bytes) = ("Vector<BotCommand>, 1,000", bot_commands(1_000));
    let peer = <Vec<peer::enums::BotCommand> as Deserializable>::from_bytes as fn(&[u8]) -> _;
    let others: &[Other] = &[
        ("borrowed", borrowed::bot_commands),
        ("tl-proto, borrowed", tl_proto::bot_commands),
        ("tl-proto, borrowed, strings checked as UTF-8", tl_proto::bot_commands_as_text),
    ];
    visitor.visit::<Vec<types::BotCommand>, _, _>(&Case { name, bytes: &bytes, peer, others });
}

/// A vector of a small structure with two strings each, one of them too long to be kept inline by any string type.
fn bot_commands(count: usize) -> Vec<u8> {
    let command = |index: usize| types::BotCommand {
        ephemeral: index.is_multiple_of(2),
        command: format!("command_{index}"),
        description: format!("Does what the command of number {index} is for"),
    };
    (0..count).map(command).collect::<Vec<_>>().to_bytes().expect("short strings")
}

/// Decodes with a library, and drops what comes out.
fn decode_and_drop<T, Error: Debug>(decoded: Result<T, Error>) {
    drop(black_box(decoded.expect("bytes that all libraries read")));
}
