//! A client of TON's lite servers, and a small server for it to talk to.
//!
//! A request travels as a datagram (`adnl.message.query`) that holds a query (`liteServer.query`) that holds the function
//! call. What comes back is either the function's result or `liteServer.error`.

use std::fmt;

use typelang::{Combinator, Decode, DecodeError, Encode, EncodeError, Function};

use tl::enums::adnl::Message;
use tl::functions::lite_server::{LookupBlock, Query};
use tl::types::adnl::message::{Answer, Query as Datagram};
use tl::types::lite_server::{BlockHeader, Error as ServerError, MasterchainInfo};
use tl::types::ton_node::{BlockId, BlockIdExt, ZeroStateIdExt};
use tl::{AnyFunction, types};

/// The code that is generated from `schema.tl`.
pub mod tl {
    include!(concat!(env!("OUT_DIR"), "/tl.rs"));
}

/// Bit 0 of [`LookupBlock::mode`]: the block is the one with the number in [`LookupBlock::id`]. The bits for the other two
/// ways of looking one up follow from the fields that are there.
pub const BY_NUMBER: u32 = 1;

/// Why there is no result.
#[derive(Debug, PartialEq)]
pub enum Failure {
    /// What was received is not of the schema.
    Decode(DecodeError),
    /// Something is too long to be sent.
    Encode(EncodeError),
    /// What was received is no answer to this request.
    OtherDatagram,
    /// The server says that it cannot answer.
    Server(ServerError),
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Decode(error) => error.fmt(formatter),
            Self::Encode(error) => error.fmt(formatter),
            Self::OtherDatagram => formatter.write_str("the datagram is no answer to this request"),
            Self::Server(error) => write!(formatter, "the server says: {} (code {})", error.message, error.code),
        }
    }
}

impl std::error::Error for Failure {}

impl From<DecodeError> for Failure {
    fn from(error: DecodeError) -> Self {
        Self::Decode(error)
    }
}

impl From<EncodeError> for Failure {
    fn from(error: EncodeError) -> Self {
        Self::Encode(error)
    }
}

/// The datagram of a request.
///
/// # Errors
///
/// The request is too long for the wire.
pub fn ask<F: Function>(query_id: [u8; 32], request: &F) -> Result<Vec<u8>, EncodeError> {
    let query = Query { data: request.to_bytes()? }.to_bytes()?;
    Message::from(Datagram { query_id, query }).to_bytes()
}

/// Reads the datagram that answers a request.
///
/// # Errors
///
/// The datagram answers another request, the server could not answer, or the bytes are no result of this function.
pub fn read_answer<F: Function>(query_id: [u8; 32], request: &F, datagram: &[u8]) -> Result<F::Output, Failure> {
    match Message::from_bytes(datagram)? {
        Message::Answer(answer) if answer.query_id == query_id => {
            if answer.answer.starts_with(&ServerError::ID.to_le_bytes()) {
                return Err(Failure::Server(ServerError::from_bytes(&answer.answer)?));
            }
            Ok(request.read_output(&answer.answer)?)
        }
        _ => Err(Failure::OtherDatagram),
    }
}

/// What a lite server does with a datagram. This one has a chain of a single block.
///
/// # Errors
///
/// The datagram holds no query.
pub fn serve(datagram: &[u8]) -> Result<Vec<u8>, Failure> {
    let Message::Query(datagram) = Message::from_bytes(datagram)? else { return Err(Failure::OtherDatagram) };
    let query = Query::from_bytes(&datagram.query)?;
    let answer = match AnyFunction::from_bytes(&query.data)? {
        AnyFunction::LiteServerGetMasterchainInfo => newest().to_bytes()?,
        AnyFunction::LiteServerLookupBlock(request) => match look_up(&request) {
            Ok(header) => header.to_bytes()?,
            Err(error) => error.to_bytes()?,
        },
        AnyFunction::LiteServerQuery(_) => refusal("a query in a query").to_bytes()?,
    };
    Ok(Message::from(Answer { query_id: datagram.query_id, answer }).to_bytes()?)
}

/// The only block.
fn only_block() -> BlockIdExt {
    BlockIdExt { workchain: -1, shard: i64::MIN, seqno: 7, root_hash: [0xaa; 32], file_hash: [0xbb; 32] }
}

fn newest() -> MasterchainInfo {
    let init = ZeroStateIdExt { workchain: -1, root_hash: [0xcc; 32], file_hash: [0xdd; 32] };
    MasterchainInfo { last: only_block(), state_root_hash: [0xee; 32], init }
}

fn look_up(request: &LookupBlock) -> Result<BlockHeader, ServerError> {
    let block = only_block();
    let id = BlockId { workchain: block.workchain, shard: block.shard, seqno: block.seqno };
    if request.mode & BY_NUMBER != 0 && request.id != id {
        return Err(refusal("no such block"));
    }
    Ok(BlockHeader { id: block, mode: request.mode, header_proof: Vec::new() })
}

fn refusal(message: &str) -> types::lite_server::Error {
    types::lite_server::Error { code: 651, message: message.to_owned() }
}
