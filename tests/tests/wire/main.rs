//! The generated crate against the wire format: every constructor and function, encodings that are known, encodings
//! made by other software, and hostile bytes.

mod borrowed;
mod groups;
mod hostile;
mod ids;
mod known;
mod memory_layout;
mod probes;
mod properties;
mod round_trip;
mod vectors;
