//! What memory decoded values take beside peers: how often it is asked for, and how much of it.

use std::fmt::Debug;

use allocation_counter::{AllocationInfo, measure};
use grammers_tl_types::Serializable;
use typelang::{DecodeOwned, Encode};
use typelang_bench::environment::{locked_version, summary};

use crate::cases::{Case, Visitor};

#[path = "cases/mod.rs"]
mod cases;

fn main() {
    println!("# Memory\n\n{}\n", summary());
    println!(
        "The peer is grammers-tl-types {}. Peak and held bytes are those on the heap, beyond the value's own size; to enlarge \
         an allocation is one more, which holds both for a moment.\n",
        locked_version("grammers-tl-types")
    );
    println!(
        "| value | what | allocations | peak bytes | ratio | bytes held | ratio |\n|---|---|---:|---:|---:|---:|---:|"
    );
    cases::all(&mut Memory);
    println!();
}

/// Prints a line for each way to make a value.
struct Memory;

impl Visitor for Memory {
    fn visit<Ours, Theirs, Error>(&mut self, case: &Case<'_, Theirs, Error>)
    where
        Ours: DecodeOwned + Encode + Clone + PartialEq,
        Theirs: Serializable + Clone,
        Error: Debug,
    {
        let Case { name, bytes, peer, .. } = case;
        let (theirs, their_cost) = made(|| peer(bytes).expect("bytes that the peer reads"));
        let (ours, our_cost) = made(|| Ours::from_bytes(bytes).expect("bytes that we read"));
        let (_, clone) = made(|| ours.clone());
        let (encoded, our_encoding) = made(|| ours.to_bytes().expect("short strings"));
        let (peer_encoded, their_encoding) = made(|| theirs.to_bytes());
        assert!(encoded == *bytes && peer_encoded == *bytes, "{name}");
        line(name, "decoded, the peer", their_cost, their_cost);
        line(name, "decoded", our_cost, their_cost);
        line(name, "cloned", clone, their_cost);
        for (other, decode) in case.others {
            line(name, &format!("decoded and dropped, {other}"), measure(|| decode(bytes)), their_cost);
        }
        line(name, "encoded, the peer", their_encoding, their_encoding);
        line(name, "encoded", our_encoding, their_encoding);
    }
}

/// Makes a value, and says what it took.
fn made<T>(make: impl FnOnce() -> T) -> (T, AllocationInfo) {
    let mut value = None;
    let cost = measure(|| value = Some(make()));
    (value.expect("it was made"), cost)
}

/// Prints a line; what a value holds is nothing if it was dropped within the measurement.
fn line(name: &str, what: &str, cost: AllocationInfo, base: AllocationInfo) {
    let peak_ratio = cost.bytes_max as f64 / base.bytes_max as f64;
    let held = match cost.bytes_current {
        0 => "– | –".to_owned(),
        held => format!("{held} | {:.2}", held as f64 / base.bytes_current as f64),
    };
    println!("| {name} | {what} | {} | {} | {peak_ratio:.2} | {held} |", cost.count_total, cost.bytes_max);
}
