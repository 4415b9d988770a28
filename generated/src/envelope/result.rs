//! Results of requests.

use core::fmt;

use typelang::prelude::*;
#[cfg(feature = "unpack")]
use typelang::unpack::{DEFAULT_MAX_UNPACKED, UnpackError};
use typelang::{DecodeError, Raw, ReadOptions};

use super::packed::GzipPacked;
#[cfg(feature = "_api")]
use crate::RpcFailure;
use crate::mtproto::types::RpcError;

/// `rpc_result#f35c6d01 req_msg_id:long result:Object = RpcResult;`
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RpcResult<R = Raw> {
    /// `req_msg_id:long`: the message with the request.
    pub req_msg_id: i64,
    /// `result:Object`
    pub result: R,
}

impl<R> Combinator for RpcResult<R> {
    const ID: u32 = 0xf35c_6d01;
    const NAME: &'static str = "rpc_result";
}

impl<R: Encode> EncodeBare for RpcResult<R> {
    fn encode_fields(&self, id: Option<u32>, writer: &mut Writer<'_>) {
        writer.write_with_head(id, self.req_msg_id);
        writer.encode(&self.result);
    }
}

impl<'a, R: Decode<'a>> DecodeBare<'a> for RpcResult<R> {
    const MIN_BARE_LEN: usize = 8 + R::MIN_LEN;

    fn decode_fields(reader: &mut Reader<'a>) -> Self {
        Self { req_msg_id: reader.read_i64(), result: reader.decode() }
    }
}

impl<R: AsRef<[u8]>> RpcResult<R> {
    /// Reads the result of a call. Packed results are unpacked with the feature `unpack`, up to
    /// `DEFAULT_MAX_UNPACKED` bytes, 16 MiB.
    ///
    /// # Errors
    ///
    /// Returns the error that the server answered with in place of a result, or why the result cannot be read.
    pub fn read<F: Function>(&self, call: &F) -> Result<F::Output, ReadError> {
        self.read_with(call, ReadOptions::new())
    }

    /// Reads the result of a call with other options.
    ///
    /// # Errors
    ///
    /// Returns the error that the server answered with in place of a result, or why the result cannot be read.
    pub fn read_with<F: Function>(&self, call: &F, options: ReadOptions) -> Result<F::Output, ReadError> {
        let result = self.result.as_ref();
        match word(result) {
            Some(GzipPacked::ID) => {
                let packed = GzipPacked::from_bytes_with(result, options).map_err(ReadError::Decode)?;
                read_packed(packed, call, options)
            }
            _ => read(result, call, options),
        }
    }
}

#[cfg(feature = "unpack")]
fn read_packed<F: Function>(packed: GzipPacked, call: &F, options: ReadOptions) -> Result<F::Output, ReadError> {
    let result = packed.unpack(DEFAULT_MAX_UNPACKED).map_err(ReadError::Unpack)?;
    read(&result, call, options)
}

#[cfg(not(feature = "unpack"))]
fn read_packed<F: Function>(packed: GzipPacked, _call: &F, _options: ReadOptions) -> Result<F::Output, ReadError> {
    Err(ReadError::Packed(packed))
}

fn read<F: Function>(result: &[u8], call: &F, options: ReadOptions) -> Result<F::Output, ReadError> {
    match word(result) {
        Some(RpcError::ID) => {
            Err(RpcError::from_bytes_with(result, options).map_or_else(ReadError::Decode, ReadError::Rpc))
        }
        _ => call.read_output_with(result, options).map_err(ReadError::Decode),
    }
}

fn word(bytes: &[u8]) -> Option<u32> {
    bytes.first_chunk().copied().map(u32::from_le_bytes)
}

/// Why a result is not that of a call.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ReadError {
    /// The server answered with an error.
    Rpc(RpcError),
    /// The result is packed, and the feature `unpack` is off.
    Packed(GzipPacked),
    /// The result cannot be unpacked.
    #[cfg(feature = "unpack")]
    Unpack(UnpackError),
    /// The result is not a valid encoding of what the call returns.
    Decode(DecodeError),
}

impl ReadError {
    /// The error that the server answered with, if it did, with its kind.
    #[cfg(feature = "_api")]
    #[must_use]
    pub fn failure(&self) -> Option<RpcFailure> {
        match self {
            Self::Rpc(error) => Some(error.into()),
            _ => None,
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rpc(error) => write!(formatter, "{} {}", error.error_code, error.error_message),
            Self::Packed(packed) => write!(formatter, "the result is packed: {} bytes", packed.packed_data.len()),
            #[cfg(feature = "unpack")]
            Self::Unpack(error) => error.fmt(formatter),
            Self::Decode(error) => error.fmt(formatter),
        }
    }
}

impl core::error::Error for ReadError {}
