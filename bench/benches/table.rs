//! The uses of a schema's table, beside generated code on the same bytes and beside derived serde of the same types.

use std::hint::black_box;

use serde::Serialize;
use serde::de::DeserializeOwned;
use typelang::reflect::{JsonOptions, Type};
use typelang::{DecodeOwned, Encode, ReadOptions, Reader};
use typelang_bench::environment::summary;
use typelang_bench::inputs::fixture;
use typelang_bench::measure::{Subject, measure};
use typelang_bench::table::{Unit, markdown};

#[allow(dead_code, unreachable_pub, missing_docs, clippy::all)]
mod ours {
    include!(concat!(env!("OUT_DIR"), "/ours.rs"));
}

#[allow(dead_code, unreachable_pub, missing_docs, clippy::all)]
mod derived {
    include!(concat!(env!("OUT_DIR"), "/derived.rs"));
}

/// Bytes of derived types as texts.
mod hexadecimal {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    const DIGITS: &[u8; 16] = b"0123456789abcdef";

    pub(crate) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        let digit = |it: u8| char::from(DIGITS[usize::from(it)]);
        let text: String = bytes.iter().flat_map(|it| [digit(it >> 4), digit(it & 15)]).collect();
        serializer.serialize_str(&text)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(deserializer)?;
        let pairs = text.as_bytes().chunks(2).map(|pair| str::from_utf8(pair).unwrap_or_default());
        pairs.map(|pair| u8::from_str_radix(pair, 16).map_err(D::Error::custom)).collect()
    }
}

use ours::{TABLE, enums, functions};

fn main() {
    println!("# The table\n\n{}\n", summary());
    if let Some(bytes) = fixture("updates_50.bin") {
        run::<enums::Updates, derived::enums::Updates>("updates", &bytes, TABLE.type_named("Updates"));
    }
    if let Some(bytes) = fixture("messagesSlice_100m_30u_10c.bin") {
        let ty = TABLE.type_named("messages.Messages");
        run::<enums::messages::Messages, derived::enums::messages::Messages>("messages.messagesSlice", &bytes, ty);
    }
    if let Some(bytes) = fixture("sendEncrypted_64.bin") {
        let name = "sendEncrypted, 64 bytes of data";
        let ty = Some(Type::FUNCTION);
        run::<functions::messages::SendEncrypted, derived::functions::messages::SendEncrypted>(name, &bytes, ty);
    }
}

fn run<Ours, Theirs>(name: &str, bytes: &[u8], ty: Option<Type<'static>>)
where
    Ours: DecodeOwned + Encode + Serialize + DeserializeOwned,
    Theirs: DecodeOwned + Serialize + DeserializeOwned,
{
    eprintln!("table: {name}");
    let ty = ty.expect("a type of the schema");
    let options = ReadOptions::new();
    let ours = Ours::from_bytes(bytes).expect("bytes that are read");
    let theirs = Theirs::from_bytes(bytes).expect("bytes that are read");
    let our_text = serde_json::to_string(&ours).expect("a value");
    let their_text = serde_json::to_string(&theirs).expect("a value");
    let read = serde_json::from_str::<Ours>(&our_text).expect("what was written");
    assert!(read.to_bytes().is_ok_and(|it| it == bytes), "{name}");
    serde_json::from_str::<Theirs>(&their_text).expect("what was written");
    let cut = &bytes[..bytes.len() - 5];
    let subjects = &mut [
        Subject::new("decode and drop", || drop(black_box(Ours::from_bytes(black_box(bytes))))),
        Subject::new("`Table::check`", || drop(black_box(TABLE.check(ty, black_box(bytes), options)))),
        Subject::new("`Table::json`", || {
            drop(black_box(TABLE.json(ty, black_box(bytes), options, JsonOptions::new())));
        }),
        Subject::new("`serde_json::to_string`", || drop(black_box(serde_json::to_string(black_box(&ours))))),
        Subject::new("`serde_json::to_string`, derived", || {
            drop(black_box(serde_json::to_string(black_box(&theirs))));
        }),
        Subject::new("`serde_json::from_str`", || {
            drop(black_box(serde_json::from_str::<Ours>(black_box(&our_text))));
        }),
        Subject::new("`serde_json::from_str`, derived", || {
            drop(black_box(serde_json::from_str::<Theirs>(black_box(&their_text))));
        }),
        Subject::new("decode what is cut off, without a path", || {
            let mut reader = Reader::new(black_box(cut));
            let value = Ours::decode(&mut reader);
            drop(black_box((value, reader.finish())));
        }),
        Subject::new("decode what is cut off", || drop(black_box(Ours::from_bytes(black_box(cut))))),
    ];
    let all = measure(subjects);
    println!("## {name}: {} bytes, {} and {} of JSON\n", bytes.len(), our_text.len(), their_text.len());
    println!("{}", markdown(&all, Unit::Nanoseconds));
    let [_, _, _, to_string, their_to_string, from_str, their_from_str, pathless, failing] = &all[..] else { return };
    let ratios = [
        ("writing", to_string, their_to_string),
        ("reading", from_str, their_from_str),
        ("failing", failing, pathless),
    ];
    for (what, one, other) in ratios {
        println!("- {what}: {:.2} of the other way", one.ratio_to(other).median);
    }
    println!();
}
