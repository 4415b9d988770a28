//! What the runtime writes and reads, byte by byte, through its public interface.

mod combinators;
mod faults;
mod forms;
mod limits;
mod messages;
mod primitives;
mod samples;
mod strictness;
mod strings;
mod truncation;
mod vectors;
mod writing;
