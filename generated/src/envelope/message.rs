//! Messages, alone and in containers.

use typelang::Raw;
use typelang::codec::{Bare, BareVector};
use typelang::prelude::*;

/// `message#5bb8e511 msg_id:long seqno:int bytes:int body:Object = Message;`
///
/// `bytes` is the length of the body, and written as such.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Message<B = Raw> {
    /// `msg_id:long`
    pub msg_id: i64,
    /// `seqno:int`
    pub seqno: i32,
    /// `body:Object`
    pub body: B,
}

impl<B> Combinator for Message<B> {
    const ID: u32 = 0x5bb8_e511;
    const NAME: &'static str = "message";
}

impl<B: Encode> EncodeBare for Message<B> {
    fn encode_fields(&self, id: Option<u32>, writer: &mut Writer<'_>) {
        writer.write_with_head(id, self.msg_id);
        writer.write_i32(self.seqno);
        writer.write_frame(|writer| writer.encode(&self.body));
    }
}

impl<'a, B: Decode<'a>> DecodeBare<'a> for Message<B> {
    const MIN_BARE_LEN: usize = 16;

    fn decode_fields(reader: &mut Reader<'a>) -> Self {
        let (msg_id, seqno, length) = (reader.read_i64(), reader.read_i32(), reader.read_u32());
        // More than memory can have is more than is left.
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        Self { msg_id, seqno, body: reader.decode_frame(length) }
    }
}

/// `msg_container#73f1f8dc messages:vector<%Message> = MessageContainer;`
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MsgContainer<B = Raw> {
    /// `messages:vector<%Message>`
    pub messages: Vec<Message<B>>,
}

impl<B> Combinator for MsgContainer<B> {
    const ID: u32 = 0x73f1_f8dc;
    const NAME: &'static str = "msg_container";
}

impl<B: Encode> EncodeBare for MsgContainer<B> {
    fn encode_fields(&self, id: Option<u32>, writer: &mut Writer<'_>) {
        writer.write_head(id);
        BareVector(Bare).encode_as(&self.messages, writer);
    }
}

impl<'a, B: Decode<'a>> DecodeBare<'a> for MsgContainer<B> {
    const MIN_BARE_LEN: usize = 4;

    fn decode_fields(reader: &mut Reader<'a>) -> Self {
        Self { messages: BareVector(Bare).decode_as(reader) }
    }
}

/// `msg_copy#e06046b2 orig_message:Message = MessageCopy;`
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MsgCopy<B = Raw> {
    /// `orig_message:Message`
    pub orig_message: Message<B>,
}

impl<B> Combinator for MsgCopy<B> {
    const ID: u32 = 0xe060_46b2;
    const NAME: &'static str = "msg_copy";
}

impl<B: Encode> EncodeBare for MsgCopy<B> {
    fn encode_fields(&self, id: Option<u32>, writer: &mut Writer<'_>) {
        writer.write_head(id);
        writer.encode(&self.orig_message);
    }
}

impl<'a, B: Decode<'a>> DecodeBare<'a> for MsgCopy<B> {
    const MIN_BARE_LEN: usize = 20;

    fn decode_fields(reader: &mut Reader<'a>) -> Self {
        Self { orig_message: reader.decode() }
    }
}
