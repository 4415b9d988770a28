//! Types that the generated code uses in the place of its own.

use alloc::string::String;
use alloc::vec::Vec;

use typelang::DecodedOrRaw;
use typelang::prelude::*;

use crate::containers::AnyConstructor;

/// A text of our own, in the place of `String`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(pub String);

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

/// Bytes of our own, in the place of `Vec<u8>`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bytes(pub Vec<u8>);

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

/// In the place of the type `Point`. No more traits than the generator asks for, and those by which the test derives.
#[derive(Clone, Debug, PartialEq, PartialOrd)]
pub struct Point(pub [f32; 2]);

impl Encode for Point {
    fn encode(&self, writer: &mut Writer<'_>) {
        for number in self.0 {
            writer.write_u32(number.to_bits());
        }
    }
}

impl Decode<'_> for Point {
    const MIN_LEN: usize = 8;

    fn decode(reader: &mut Reader<'_>) -> Self {
        Self([f32::from_bits(reader.read_u32()), f32::from_bits(reader.read_u32())])
    }
}

/// In the place of the constructor `replacedPart`. No more traits than the generator asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct ReplacedPart(pub String);

impl Combinator for ReplacedPart {
    const ID: u32 = 0x0a0b_0c0d;
    const NAME: &'static str = "replacedPart";
}

impl EncodeBare for ReplacedPart {
    fn encode_fields(&self, id: Option<u32>, writer: &mut Writer<'_>) {
        writer.write_head(id);
        writer.write_string(&self.0);
    }
}

impl DecodeBare<'_> for ReplacedPart {
    const MIN_BARE_LEN: usize = 4;

    fn decode_fields(reader: &mut Reader<'_>) -> Self {
        Self(reader.read_string())
    }
}

/// In the place of the constructor `message` of MTProto's containers: a body that is not known stays as it is, and takes no
/// other message with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// `msg_id:long`
    pub msg_id: i64,
    /// `seqno:int`
    pub seqno: i32,
    /// `body:Object`, after its length, `bytes:int`.
    pub body: DecodedOrRaw<AnyConstructor>,
}

impl Combinator for Message {
    const ID: u32 = 0x5bb8_e511;
    const NAME: &'static str = "message";
}

impl EncodeBare for Message {
    fn encode_fields(&self, id: Option<u32>, writer: &mut Writer<'_>) {
        writer.write_head(id);
        writer.write_i64(self.msg_id);
        writer.write_i32(self.seqno);
        writer.write_frame(|writer| self.body.encode(writer));
    }
}

impl DecodeBare<'_> for Message {
    const MIN_BARE_LEN: usize = 16;

    fn decode_fields(reader: &mut Reader<'_>) -> Self {
        let (msg_id, seqno, length) = (reader.read_i64(), reader.read_i32(), reader.read_u32());
        let body = reader.decode_or_raw(usize::try_from(length).unwrap_or(usize::MAX));
        Self { msg_id, seqno, body }
    }
}

/// `mediaPhoto` of our own, which borrows: the photo as it stands on the wire.
#[derive(Clone, Debug, PartialEq)]
pub struct LentMedia<'a> {
    /// The photo.
    pub photo: crate::borrowing::cow::types::Photo<'a>,
}

impl Combinator for LentMedia<'_> {
    const ID: u32 = 0x5ab626a5;
    const NAME: &'static str = "mediaPhoto";
}

impl EncodeBare for LentMedia<'_> {
    fn encode_fields(&self, id: Option<u32>, writer: &mut Writer<'_>) {
        writer.write_head(id);
        writer.encode(&self.photo);
    }
}

impl<'a> DecodeBare<'a> for LentMedia<'a> {
    const MIN_BARE_LEN: usize = 16;

    fn decode_fields(reader: &mut Reader<'a>) -> Self {
        Self { photo: reader.decode() }
    }
}

/// The type `Texts` of our own, which borrows.
#[derive(Clone, Debug, PartialEq)]
pub struct LentTexts<'a>(pub crate::borrowing::borrowed::types::Texts<'a>);

impl Encode for LentTexts<'_> {
    fn encode(&self, writer: &mut Writer<'_>) {
        self.0.encode(writer);
    }
}

impl<'a> Decode<'a> for LentTexts<'a> {
    const MIN_LEN: usize = 24;

    fn decode(reader: &mut Reader<'a>) -> Self {
        Self(reader.decode())
    }
}

/// In the place of the built-in type `bigBytes`: a length of eight bytes, and bytes.
#[derive(Clone, Debug, PartialEq)]
pub struct BigBytes(pub Vec<u8>);

impl Combinator for BigBytes {
    const ID: u32 = 0xfce6_ed8b;
    const NAME: &'static str = "bigBytes";
}

impl EncodeBare for BigBytes {
    fn encode_fields(&self, id: Option<u32>, writer: &mut Writer<'_>) {
        writer.write_head(id);
        writer.write_i64(i64::try_from(self.0.len()).unwrap_or(i64::MAX));
        self.0.iter().for_each(|&byte| writer.write_u32(byte.into()));
    }
}

impl DecodeBare<'_> for BigBytes {
    const MIN_BARE_LEN: usize = 8;

    fn decode_fields(reader: &mut Reader<'_>) -> Self {
        let length = reader.read_i64();
        let bytes = (0..length).map_while(|_| {
            let word = reader.read_u32();
            (!reader.has_failed()).then_some(word.to_le_bytes()[0])
        });
        Self(bytes.collect())
    }
}

/// In the place of the built-in type `ns.clock`: ticks.
#[derive(Clone, Debug, PartialEq)]
pub struct Clock(pub u32);

impl Combinator for Clock {
    const ID: u32 = 0x1234_5678;
    const NAME: &'static str = "ns.clock";
}

impl EncodeBare for Clock {
    fn encode_fields(&self, id: Option<u32>, writer: &mut Writer<'_>) {
        writer.write_head(id);
        writer.write_u32(self.0);
    }
}

impl DecodeBare<'_> for Clock {
    const MIN_BARE_LEN: usize = 4;

    fn decode_fields(reader: &mut Reader<'_>) -> Self {
        Self(reader.read_u32())
    }
}
