//! What fuzzing begins with: values of every type, messages that other software encoded, the schemas, and the ids.

use std::fs;
use std::path::Path;

use super::input::{Input, subjects};
use super::sample;
use crate::encodings::encodings;
use crate::random::Random;
use crate::{modules, shared};

/// A file for the corpus: its name and content.
type Seed = (String, Vec<u8>);

/// Choices from which a value of each type is made.
const CHOICES: usize = 64;

/// The seeds of a target.
#[must_use]
pub fn seeds(target: &str) -> Vec<Seed> {
    match target {
        "schema_text" => texts(),
        "values" => choices(),
        _ => values().into_iter().chain(encoded_elsewhere()).collect(),
    }
}

/// A dictionary in the format of libFuzzer: every id, and the ids of vectors and booleans.
#[must_use]
pub fn dictionary(target: &str) -> String {
    if target == "schema_text" {
        let words = [
            "= ",
            ";\\x0a",
            "flags:#",
            "flags.0?",
            "true",
            "{X:Type}",
            "!X",
            "---functions---\\x0a",
            "n*[ ",
            " ]",
            "%",
        ];
        return words.iter().map(|word| format!("\"{word}\"\n")).collect();
    }
    let mut ids: Vec<u32> = modules::MODULES
        .iter()
        .flat_map(|module| module.table.combinators().map(|it| it.id()).collect::<Vec<_>>())
        .chain([typelang::VECTOR_ID, typelang::BOOL_TRUE_ID, typelang::BOOL_FALSE_ID])
        .collect();
    ids.sort_unstable();
    ids.dedup();
    ids.iter().map(|id| format!("\"{}\"\n", id.to_le_bytes().map(|byte| format!("\\x{byte:02x}")).concat())).collect()
}

fn choices() -> Vec<Seed> {
    let mut random = Random::new(8);
    (0..subjects().len())
        .map(|index| (format!("choices-{index}"), Input::joined(index, &random.bytes(CHOICES))))
        .collect()
}

fn values() -> Vec<Seed> {
    let mut random = Random::new(9);
    let made = subjects().iter().enumerate().filter_map(|(index, subject)| {
        let bytes = sample(subject, &random.bytes(CHOICES))?;
        Some((format!("value-{index}"), Input::joined(index, &bytes)))
    });
    made.collect()
}

/// The subject that reads the lines of a file: any constructor or any function, in the order of [`subjects`].
const FILES: [(&str, usize, usize); 3] = [("api-230.jsonl", 0, 1), ("mtproto.jsonl", 2, 3), ("secret.jsonl", 4, 4)];

fn encoded_elsewhere() -> Vec<Seed> {
    let mut seeds = Vec::new();
    for (file, constructor, function) in FILES {
        let Some(path) = shared::path_or_skip(&format!("vectors/{file}"), "seeds from encodings") else { continue };
        for (line, encoding) in encodings(&path).into_iter().enumerate() {
            let index = if encoding.is_function { function } else { constructor };
            seeds.push((format!("{file}-{line}"), Input::joined(index, &encoding.bytes)));
        }
    }
    seeds
}

/// The schemas of the repository, whole and declaration by declaration.
fn texts() -> Vec<Seed> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut seeds = Vec::new();
    for file in [
        "schema/mtproto.tl",
        "schema/secret.tl",
        "tests/data/demo.tl",
        "examples/tdlib-object/schema.tl",
        "examples/ton-lite-server/schema.tl",
        "examples/vk-rpc/schema.tl",
    ] {
        let Ok(text) = fs::read(root.join(file)) else { continue };
        let name = file.replace('/', "-");
        for (index, piece) in text.split(|byte| *byte == b';').enumerate() {
            seeds.push((format!("{name}-{index}"), [piece, b";"].concat()));
        }
        seeds.push((name, text));
    }
    seeds
}
