//! Shared by the tests across crates: schemas, generated values, an independent reader, and lists of what the checked-in
//! crate defines.

pub mod agreement;
pub mod borrowed;
pub mod compatibility;
pub mod debug_text;
pub mod encodings;
pub mod fuzz;
pub mod harm;
pub mod hexadecimal;
pub mod modules;
pub mod nest;
pub mod pages;
pub mod parts;
pub mod policy;
pub mod published;
pub mod random;
pub mod reader;
pub mod recode;
pub mod sample;
pub mod schemas;
pub mod scope;
pub mod shared;
pub mod trials;
pub mod vector_files;
pub mod vectors;
pub mod walker;

/// Code that the build script generates from `tests/data/dependent.tl`.
pub mod dependent {
    include!(concat!(env!("OUT_DIR"), "/dependent.rs"));
}

/// Code that the build script generates from `tests/data/demo.tl`.
pub mod demo {
    include!(concat!(env!("OUT_DIR"), "/demo.rs"));
}
