//! Measures the TL compiler beside its peers, all in one run: `cargo bench -p typelang-bench`.
//!
//! Each topic is a file or folder in `benches/` that prints its results as Markdown. What they share is here: measuring in turn
//! ([`measure`]), what processes cost ([`process`]), tables ([`table`]), how much is measured ([`selection`]), where inputs and
//! peers are found ([`inputs`], [`peers`]), and what a run has to say about itself ([`environment`]).
//!
//! Only ratios within one run mean something: machines differ, and so do the moments of one machine. Therefore subjects run
//! in turn, round by round, and a ratio is the median over the rounds of the ratio within each.

pub mod environment;
pub mod inputs;
pub mod measure;
pub mod peers;
pub mod process;
pub mod selection;
pub mod table;
