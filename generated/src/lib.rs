//! Types and functions of Telegram's API, MTProto and secret chats, generated from the schemas in `schema/`.
//!
//! | module | feature | what |
//! |---|---|---|
//! | `api` | `api` (default), or those of namespaces | what clients and bots call |
//! | `borrowed` | `borrowed` | the same, with `&str` and `&[u8]` that borrow from the bytes that a value is decoded from |
//! | `mtproto` | `mtproto` | key exchange and service messages; in `mtproto::envelope` containers, results, packed data |
//! | `secret` | `secret` | what goes encrypted from one end of a secret chat to the other, layers 8 to 144 |
//!
//! Each has three modules: `types` with one struct for each constructor, `enums` with one enum for each type of several
//! constructors, and `functions` with one struct for each function; namespaces are modules beneath these. A type of one
//! constructor is that struct.
//!
//! # Features for namespaces
//!
//! Each namespace of functions of the API is a feature by itself: with
//! `default-features = false, features = ["help", "upload"]` there are the functions of `help` and `upload`, and the types that
//! these reach, and nothing else. `no-namespace` has the functions without a namespace, such as
//! `invokeWithLayer`; `api` turns on all. That takes a part of the time to compile: a twentieth with `upload`, a half with a
//! namespace that returns messages or updates, since these reach most types.
//!
//! With the feature `history`, `api::history` reads bytes of older layers as values of this one and writes values for older layers.
//!
//! `LAYER`, `name_of`, `RpcErrorKind` and, with the feature `reflect`, `TABLE` are those of the whole API with any of these features.
//! `AnyConstructor`, `AnyFunction`, `CATALOG`, `CALLS` and impls of `Arbitrary` need `api` beside their own features. Features that
//! begin with an underscore are not for use.
//!
//! # Example
//!
//! ```
//! # #[cfg(feature = "api")] {
//! use typelang_telegram::{Decode, Encode, Function, api::functions::messages::SendEncrypted, api::types::InputEncryptedChat};
//!
//! let request = SendEncrypted {
//!     silent: true,
//!     peer: InputEncryptedChat { chat_id: 1234567, access_hash: 0x1122334455667788 },
//!     random_id: 2927390,
//!     data: b"some bytes here".to_vec(),
//! };
//! let bytes = request.to_bytes().unwrap();
//! assert_eq!(bytes[..4], [0x15, 0x7a, 0xfa, 0x44]);
//!
//! // The type of the answer travels with the request.
//! let answer = [0x35, 0x89, 0x0f, 0x56, 0x01, 0x00, 0x00, 0x00];
//! let answer = SendEncrypted::output_from_bytes(&answer).unwrap();
//! # let _: typelang_telegram::api::enums::messages::SentEncryptedMessage = answer;
//!
//! // What the server may answer in place of a result is typed as far as it is known.
//! use typelang_telegram::{Callers, RpcErrorKind};
//! assert_eq!(RpcErrorKind::parse(420, "FLOOD_WAIT_30"), RpcErrorKind::FloodWait(30));
//! assert!(SendEncrypted::returns(&RpcErrorKind::EncryptionDeclined));
//! assert_eq!(SendEncrypted::AVAILABILITY, Callers::Users);
//! # }
//! ```

#![no_std]

#[cfg(feature = "_api")]
extern crate alloc;

// Generated code has its own layout; `cargo regenerate --check` keeps it as it is.
#[cfg(feature = "_api")]
#[rustfmt::skip]
pub mod api;
/// Telegram's API once more, with values that borrow from the bytes that they are decoded from: a `string` is a `&'a str`,
/// `bytes` are a `&'a [u8]`, and every type that holds one of them has the lifetime `'a`. Nothing is copied, and an answer is
/// decoded in a fraction of the time.
///
/// The names are those of the module `api`, which has the documentation. What a function returns is read with
/// [`FunctionBorrowed`], and with [`Function`] as well where it does not borrow.
///
/// ```
/// use typelang_telegram::borrowed::{functions::help::GetSupportName, types::help::SupportName};
/// use typelang_telegram::{Encode, FunctionBorrowed};
///
/// let answer = SupportName { name: "Support" }.to_bytes()?;
/// let SupportName { name } = GetSupportName.read_borrowed(&answer)?;
/// assert_eq!(name, "Support");
/// assert!(answer.as_ptr_range().contains(&name.as_ptr()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[cfg(feature = "borrowed")]
#[allow(missing_docs, reason = "items have the names and the documentation of those in `api`")]
#[rustfmt::skip]
pub mod borrowed;
#[cfg(feature = "_api")]
mod failure;
/// MTProto: key exchange and service messages, and in [`envelope`](mtproto::envelope) the messages that contain others.
#[cfg(feature = "mtproto")]
pub mod mtproto {
    #[path = "../envelope/mod.rs"]
    pub mod envelope;
    #[path = "mod.rs"]
    #[rustfmt::skip]
    mod generated;

    pub use generated::*;
}
#[cfg(feature = "secret")]
#[rustfmt::skip]
pub mod secret;

#[cfg(feature = "_api")]
pub use api::{LAYER, RpcErrorKind};
#[cfg(feature = "_api")]
pub use failure::RpcFailure;
#[cfg(feature = "reflect")]
pub use typelang::reflect;
pub use typelang::rpc::Callers;
pub use typelang::{
    Combinator, Decode, DecodeError, DecodeErrorKind, DecodeOwned, DecodedOrRaw, Encode, EncodeError, Function,
    FunctionBorrowed, Invoke, Raw, RawRef, ReadOptions, WriteOptions, serve,
};
