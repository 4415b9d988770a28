//! How fast parts of a value are read by a path, and values gone past, beside decoding all.

use std::hint::black_box;

use typelang::reflect::{Path, Skip};
use typelang::{DecodeOwned, InSchema, ReadOptions};
use typelang_bench::environment::summary;
use typelang_bench::inputs::fixture;
use typelang_bench::measure::{Subject, measure};
use typelang_bench::table::{Unit, markdown};
use typelang_tests_layer::api::enums::{Updates, messages::Messages};

fn main() {
    println!("# Parts of a value\n\n{}\n", summary());
    if let Some(bytes) = fixture("updates_50.bin") {
        let paths =
            ["updates[*].pts", "updates[0].pts", "updates[*].message.id", "users[*].first_name", "updates[-1]", "seq"];
        parts::<Updates>("updates", &bytes, &paths);
    }
    if let Some(bytes) = fixture("messagesSlice_100m_30u_10c.bin") {
        let paths = ["count", "messages[*].id", "messages[*].(message).message", "chats[*].title"];
        parts::<Messages>("messages.messagesSlice", &bytes, &paths);
    }
}

fn parts<T: DecodeOwned + InSchema>(name: &str, bytes: &[u8], paths: &[&str]) {
    eprintln!("select: {name}");
    let options = ReadOptions::new();
    let paths: Vec<Path<'_>> = paths.iter().map(|path| Path::of::<T>(path).expect("a path")).collect();
    let mut subjects = vec![
        Subject::new("decode and drop", || drop(black_box(T::from_bytes(black_box(bytes))))),
        Subject::new("skip", || drop(black_box(T::length_in(black_box(bytes), options)))),
        Subject::new("skip without a look at strings", || {
            drop(black_box(T::length_in(black_box(bytes), options.lossy_strings(true))));
        }),
    ];
    for path in &paths {
        let count = path.select(bytes, options).filter(Result::is_ok).count();
        subjects.push(Subject::new(format!("`{path}`, {count} parts"), || {
            for part in path.select(black_box(bytes), options) {
                drop(black_box(part));
            }
        }));
    }
    println!("## {name}: {} bytes\n\n{}", bytes.len(), markdown(&measure(&mut subjects), Unit::Nanoseconds));
}
