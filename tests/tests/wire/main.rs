//! The generated crate against the wire format: every constructor and function, encodings that are known, and hostile bytes.

mod borrowed;
mod groups;
mod hostile;
mod ids;
mod known;
mod leniency;
mod memory_layout;
mod properties;
mod round_trip;
