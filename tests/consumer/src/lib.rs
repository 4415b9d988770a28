//! What a crate has that generates just the functions that it calls.

#![deny(warnings, missing_docs, clippy::all)]

/// The generated code.
pub mod tl {
    include!(concat!(env!("OUT_DIR"), "/tl.rs"));
}
