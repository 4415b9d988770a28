//! Values of the generated types, with their bytes worked out by hand.

mod borrowed;
mod boxed;
mod containers;
mod corners;
mod defaults;
mod ends;
mod facts;
mod masks;
mod objects;
mod opaque;
mod parameters;
mod plain;
mod repetitions;
mod shared;
mod support;
mod templates;
