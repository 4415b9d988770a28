//! How fast values are encoded, decoded and dropped beside a peer, and what memory they take.

use std::alloc::System;
use std::fmt::Debug;
use std::hint::black_box;

use grammers_tl_types::{self as peer, Deserializable, Serializable};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use tl_bench::environment::{locked_version, summary};
use tl_bench::inputs::fixture;
use tl_bench::measure::{Subject, compare};
use tl_bench::table::{Unit, markdown};
use tl_runtime::DecodeOwned;
use tl_telegram::Encode;
use tl_telegram::api::{enums, functions};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

fn main() {
    println!("# Encoding and decoding\n\n{}\n", summary());
    println!("The peer is grammers-tl-types {}, of the same layer.\n", locked_version("grammers-tl-types"));
    let call = |bytes: &[u8]| peer::functions::messages::SendEncrypted::from_bytes(&bytes[4..]);
    case::<functions::messages::SendEncrypted, _, _>("sendEncrypted_64.bin", call);
    case::<functions::messages::SendEncrypted, _, _>("sendEncrypted_1024.bin", call);
    case::<enums::messages::Messages, _, _>(
        "messagesSlice_100m_30u_10c.bin",
        peer::enums::messages::Messages::from_bytes,
    );
    case::<enums::Updates, _, _>("updates_50.bin", peer::enums::Updates::from_bytes);
    case::<Vec<i64>, _, _>("vector_long_10000.bin", <Vec<i64> as Deserializable>::from_bytes);
}

/// Measures one value, which both libraries must read from the same bytes and write back as they are.
fn case<Ours, Theirs, Error>(name: &str, read: impl Fn(&[u8]) -> Result<Theirs, Error>)
where
    Ours: DecodeOwned + Encode + Clone,
    Theirs: Serializable + Clone,
    Error: Debug,
{
    let Some(bytes) = fixture(name) else { return };
    let ours = Ours::from_bytes(&bytes).expect("a fixture");
    let theirs = read(&bytes).expect("a fixture that the peer reads");
    assert!(ours.to_bytes().expect("short strings") == bytes && theirs.to_bytes() == bytes, "{name}");
    println!("## {name}, {} bytes\n", bytes.len());
    let mut subjects = [
        Subject::new("decode and drop, the peer", || drop(black_box(read(black_box(&bytes))))),
        Subject::new("decode and drop", || drop(black_box(Ours::from_bytes(black_box(&bytes))))),
        Subject::new("clone and drop", || drop(black_box(black_box(&ours).clone()))),
        Subject::new("clone and drop, the peer", || drop(black_box(black_box(&theirs).clone()))),
    ];
    println!("{}", markdown(&compare(&mut subjects), Unit::Nanoseconds));
    let mut buffer = Vec::with_capacity(bytes.len());
    let mut peer_buffer = Vec::with_capacity(bytes.len());
    let mut subjects = [
        Subject::new("encode to a new Vec, the peer", || drop(black_box(black_box(&theirs).to_bytes()))),
        Subject::new("encode to a new Vec", || drop(black_box(black_box(&ours).to_bytes()))),
        Subject::new("encode to a Vec that is used again, the peer", || {
            peer_buffer.clear();
            black_box(&theirs).serialize(&mut peer_buffer);
            black_box(&peer_buffer);
        }),
        Subject::new("encode to a Vec that is used again", || {
            buffer.clear();
            black_box(&ours).append_to(&mut buffer).expect("as before");
            black_box(&buffer);
        }),
    ];
    println!("{}", markdown(&compare(&mut subjects), Unit::Nanoseconds));
    println!("| what | allocations | bytes held |\n|---|---:|---:|");
    memory("decoded", || Ours::from_bytes(&bytes).expect("as before"));
    memory("cloned", || ours.clone());
    memory("decoded, the peer", || read(&bytes).expect("as before"));
    println!();
}

/// Prints what making a value allocates, and what the value then holds beyond its own size.
fn memory<T>(name: &str, make: impl FnOnce() -> T) {
    let region = Region::new(ALLOCATOR);
    let value = make();
    let change = region.change();
    drop(value);
    let held = change.bytes_allocated - change.bytes_deallocated;
    println!("| {name} | {} | {held} |", change.allocations + change.reallocations);
}
