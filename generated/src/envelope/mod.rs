//! The messages of MTProto that contain others: containers, results of requests, packed data.
//!
//! No schema has them as they are: the length of what they contain is known from the outside. Their contents are [`Raw`] bytes, so
//! that one message that is not known does not cost the others; `Message<User>` or `Message<DecodedOrRaw<User>>` read them at
//! once, `Message<RawRef>` borrows them.
//!
//! ```
//! use typelang_telegram::mtproto::envelope::{MsgContainer, RpcResult};
//! use typelang_telegram::mtproto::{functions::Ping, types::Pong};
//! use typelang_telegram::{Combinator, Decode, Encode, Raw};
//!
//! # use typelang_telegram::mtproto::envelope::Message;
//! # let pong = Pong { msg_id: 5, ping_id: 7 };
//! # let result = RpcResult { req_msg_id: 5, result: Raw::of(&pong)? };
//! # let messages = vec![Message { msg_id: 9, seqno: 1, body: Raw::of(&result)? }];
//! # let bytes = MsgContainer { messages }.to_bytes()?;
//! let container: MsgContainer = MsgContainer::from_bytes(&bytes)?;
//! for message in &container.messages {
//!     match message.body.id() {
//!         Some(RpcResult::<Raw>::ID) => {
//!             let result: RpcResult = message.body.read()?;
//!             let pong = result.read(&Ping { ping_id: 7 })?;
//!             assert_eq!(pong.ping_id, 7);
//!         }
//!         id => println!("{id:x?}"),
//!     }
//! }
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```

mod message;
mod packed;
mod result;

pub use message::{Message, MsgContainer, MsgCopy};
pub use packed::GzipPacked;
pub use result::{ReadError, RpcResult};
#[cfg(doc)]
use typelang::Raw;
#[cfg(feature = "unpack")]
pub use typelang::unpack::{DEFAULT_MAX_UNPACKED, UnpackError};
