//! The code generated from the schemas of the snapshot tests. That it compiles without a warning is a test in itself.

#![no_std]
#![deny(warnings, missing_docs, clippy::all)]

extern crate alloc;

pub mod own;

include!(concat!(env!("OUT_DIR"), "/cases.rs"));

/// The same schemas, with `&'a str` and `&'a [u8]`.
pub mod borrowing {
    /// From `borrowed/schema.tl`, with other types that borrow than references, and types of the user's own that do.
    pub mod cow {
        include!(concat!(env!("OUT_DIR"), "/cow.rs"));
    }

    include!(concat!(env!("OUT_DIR"), "/borrowing.rs"));
}

/// From `borrowed/schema.tl`, with `bytes` that share the input.
pub mod shared {
    include!(concat!(env!("OUT_DIR"), "/shared.rs"));
}

/// From `strings/schema.tl`, with long `bytes` that share the input.
pub mod shared_long {
    include!(concat!(env!("OUT_DIR"), "/shared-long.rs"));
}
