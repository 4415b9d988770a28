//! One emitter a file: IR in, tokens out. Emitters are total: everything that can be wrong with a schema was found before.

pub(crate) mod body;
pub(crate) mod docs;
pub(crate) mod items;
pub(crate) mod schema;
