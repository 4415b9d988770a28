//! The fields of the messages of MTProto that contain others, before what they contain.

use typelang::{ReadOptions, Reader};

use super::unread::Unread;

/// Bytes of a message before its body.
pub(super) const MESSAGE_HEAD: usize = 16;

/// What precedes the body of a message.
pub(super) struct MessageHead {
    pub(super) msg_id: i64,
    pub(super) seqno: i32,
    /// The length of the body.
    pub(super) bytes: i32,
}

impl MessageHead {
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Unread> {
        let mut reader = Reader::new(bytes);
        let head = Self { msg_id: reader.read_i64(), seqno: reader.read_i32(), bytes: reader.read_i32() };
        finished(&mut reader, "message", MESSAGE_HEAD, bytes.len()).map(|()| head)
    }

    /// The length of the body; nothing if it is negative.
    pub(super) fn length(&self) -> Option<usize> {
        usize::try_from(self.bytes).ok()
    }
}

/// The number of the request that a result answers.
pub(super) fn req_msg_id(bytes: &[u8]) -> Result<i64, Unread> {
    let mut reader = Reader::new(bytes);
    let req_msg_id = reader.read_i64();
    finished(&mut reader, "rpc_result", 8, bytes.len()).map(|()| req_msg_id)
}

/// How many messages a container has.
pub(super) fn message_count(bytes: &[u8]) -> Result<usize, Unread> {
    let mut reader = Reader::new(bytes);
    let count = reader.read_i32();
    finished(&mut reader, "msg_container", 4, bytes.len())?;
    let possible = usize::try_from(count).ok();
    // The last message can be cut off.
    let most = bytes.len() / MESSAGE_HEAD + 1;
    possible.filter(|possible| *possible <= most).ok_or(Unread::Count { count })
}

/// The packed data, and how many bytes it takes with its length.
pub(super) fn packed_data(bytes: &[u8]) -> Result<(&[u8], usize), Unread> {
    let mut reader = Reader::with_options(bytes, ReadOptions::new());
    let packed = reader.read_bytes_borrowed();
    match reader.finish() {
        Ok(()) => Ok((packed, reader.position())),
        Err(error) => Err(Unread::Bytes(error.to_string())),
    }
}

fn finished(reader: &mut Reader<'_>, name: &'static str, needed: usize, left: usize) -> Result<(), Unread> {
    reader.finish().map_err(|_| Unread::Short { name, needed, left })
}
