//! How fast values are encoded, decoded and dropped beside peers. What memory they take is measured apart, since counting takes
//! time.

use std::fmt::Debug;
use std::hint::black_box;

use grammers_tl_types::Serializable;
use typelang::DecodeOwned;
use typelang::Encode;
use typelang_bench::environment::{locked_version, summary};
use typelang_bench::measure::{Measured, Subject, measure};
use typelang_bench::table::{Unit, markdown};

use crate::cases::{Case, Visitor};

#[path = "../cases/mod.rs"]
mod cases;

fn main() {
    println!("# Encoding and decoding\n\n{}\n", summary());
    println!(
        "The peer is grammers-tl-types {}, of the same layer; tl-proto is {}.\n",
        locked_version("grammers-tl-types"),
        locked_version("tl-proto")
    );
    let mut times = Times::default();
    cases::all(&mut times);
    println!("## Ratios\n\n{}\n{}", Times::HEAD, times.ratios);
    println!("## Other ways to decode and drop, ratios\n\n{}\n{}", Times::OTHERS_HEAD, times.others);
}

/// Measures times, and collects the ratios of all values.
#[derive(Default)]
struct Times {
    ratios: String,
    others: String,
}

impl Visitor for Times {
    fn visit<Ours, Theirs, Error>(&mut self, case: &Case<'_, Theirs, Error>)
    where
        Ours: DecodeOwned + Encode + Clone + PartialEq,
        Theirs: Serializable + Clone,
        Error: Debug,
    {
        let Case { name, bytes, peer, .. } = case;
        eprintln!("codec: {name}");
        let ours = Ours::from_bytes(bytes).expect("bytes that we read");
        let theirs = peer(bytes).expect("bytes that the peer reads");
        assert!(ours.to_bytes().expect("short strings") == *bytes && theirs.to_bytes() == *bytes, "{name}");
        println!("## {name}: {} bytes\n", bytes.len());
        let decoding = decoding(case, &ours, &theirs);
        println!("{}", markdown(&decoding, Unit::Nanoseconds));
        let encoding = encoding(bytes.len(), &ours, &theirs);
        println!("{}", markdown(&encoding, Unit::Nanoseconds));
        self.ratios += &Self::ratios(name, &decoding, &encoding);
        self.others += &Self::others(name, &decoding);
    }
}

impl Times {
    const HEAD: &str = "| value | decode and drop, to the peer's | … to our clone and drop | our clone and drop to the peer's | \
                        encode to a new `Vec`, to the peer's | … to a `Vec` that is used again | comparing two, to the \
                        peer's encoding |\n|---|---:|---:|---:|---:|---:|---:|";

    /// A line with the ratios of one value; the rows stand as [`decoding`] and [`encoding`] make them.
    fn ratios(name: &str, decoding: &[Measured], encoding: &[Measured]) -> String {
        let [their_decoding, our_decoding, our_clone, their_clone, ..] = decoding else { return String::new() };
        let [their_new, our_new, their_again, our_again, comparison] = encoding else { return String::new() };
        let pairs = [
            (our_decoding, their_decoding),
            (our_decoding, our_clone),
            (our_clone, their_clone),
            (our_new, their_new),
            (our_again, their_again),
            (comparison, their_new),
        ];
        let ratios = pairs.map(|(ours, theirs)| format!("{:.2}", ours.ratio_to(theirs).median));
        format!("| {name} | {} |\n", ratios.join(" | "))
    }

    const OTHERS_HEAD: &str =
        "| value | how | to the peer's | to our usual one | to the first of tl-proto |\n|---|---|---:|---:|---:|";

    /// A line for each further way to decode one value.
    fn others(name: &str, decoding: &[Measured]) -> String {
        let [peer, ours, _, _, others @ ..] = decoding else { return String::new() };
        let tl_proto = others.iter().find(|other| other.name.contains("tl-proto"));
        let line = |other: &Measured| {
            let ratio = |base: &Measured| format!("{:.2}", other.ratio_to(base).median);
            let to_tl_proto = tl_proto.map_or_else(|| "–".to_owned(), ratio);
            format!("| {name} | {} | {} | {} | {to_tl_proto} |\n", other.name, ratio(peer), ratio(ours))
        };
        others.iter().map(line).collect()
    }
}

fn decoding<Ours: DecodeOwned + Clone, Theirs: Clone, Error: Debug>(
    case: &Case<'_, Theirs, Error>,
    ours: &Ours,
    theirs: &Theirs,
) -> Vec<Measured> {
    let Case { bytes, peer, .. } = *case;
    let mut subjects = vec![
        Subject::new("decode and drop, the peer", || drop(black_box(peer(black_box(bytes))))),
        Subject::new("decode and drop", || drop(black_box(Ours::from_bytes(black_box(bytes))))),
        Subject::new("clone and drop", || drop(black_box(black_box(ours).clone()))),
        Subject::new("clone and drop, the peer", || drop(black_box(black_box(theirs).clone()))),
    ];
    for (name, decode) in case.others {
        subjects.push(Subject::new(format!("decode and drop, {name}"), || decode(black_box(bytes))));
    }
    measure(&mut subjects)
}

/// Comparing a value with its clone is what it takes to look at all of it, twice.
fn encoding<Ours: Encode + Clone + PartialEq, Theirs: Serializable>(
    length: usize,
    ours: &Ours,
    theirs: &Theirs,
) -> Vec<Measured> {
    let same = ours.clone();
    let mut buffer = Vec::with_capacity(length);
    let mut peer_buffer = Vec::with_capacity(length);
    measure(&mut [
        Subject::new("encode to a new `Vec`, the peer", || drop(black_box(black_box(theirs).to_bytes()))),
        Subject::new("encode to a new `Vec`", || drop(black_box(black_box(ours).to_bytes()))),
        Subject::new("encode to a `Vec` that is used again, the peer", || {
            peer_buffer.clear();
            black_box(theirs).serialize(&mut peer_buffer);
            black_box(&peer_buffer);
        }),
        Subject::new("encode to a `Vec` that is used again", || {
            buffer.clear();
            black_box(ours).append_to(&mut buffer).expect("as before");
            black_box(&buffer);
        }),
        Subject::new("compare with an equal value", || {
            black_box(black_box(ours) == black_box(&same));
        }),
    ])
}
