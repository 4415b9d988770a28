//! The insides of impls: reading and writing the fields of one struct, and what an item derives.

pub(crate) mod debug;
pub(crate) mod decode;
pub(crate) mod derives;
pub(crate) mod encode;
pub(crate) mod reflected;
pub(crate) mod statements;
