//! Bytes as people paste them, and messages of several schemas within the envelope of MTProto: `tl decode` as a library.
//!
//! - [`input`] turns text into bytes, whatever the form: digits, dumps of other programs, literals, base64.
//! - [`Inspector`] shows bytes as JSON or with offsets, by the tables of several [`Schemas`].
//!
//! Nothing here reads files or prints.

mod digits;
pub mod input;
mod message;
mod schemas;

pub use message::{Format, Inspector, ShowError, Shown};
pub use schemas::{MTPROTO, Schemas, TypeIn};
