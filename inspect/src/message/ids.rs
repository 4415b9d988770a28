//! The ids of the messages of MTProto that contain others.

pub(super) const RPC_RESULT: u32 = 0xf35c_6d01;
pub(super) const MSG_CONTAINER: u32 = 0x73f1_f8dc;
pub(super) const MESSAGE: u32 = 0x5bb8_e511;
pub(super) const MSG_COPY: u32 = 0xe060_46b2;
pub(super) const GZIP_PACKED: u32 = 0x3072_cfa1;

/// `rpc_error`, which is the answer to any request.
pub(super) const RPC_ERROR: u32 = 0x2144_ca19;

/// The name of a message that contains others.
pub(super) fn name_of(id: u32) -> Option<&'static str> {
    Some(match id {
        RPC_RESULT => "rpc_result",
        MSG_CONTAINER => "msg_container",
        MESSAGE => "message",
        MSG_COPY => "msg_copy",
        GZIP_PACKED => "gzip_packed",
        _ => return None,
    })
}

/// The word with which bytes begin.
pub(super) fn word(bytes: &[u8]) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.first_chunk()?))
}
