//! What fuzzing begins with: values of every type, messages that other software encoded, the schemas, and the ids.

use std::fs;
use std::path::Path;

use typelang::ReadOptions;

use super::forms::written;
use super::input::{Input, subjects};
use super::messages::zlib;
use super::parts::joined;
use super::sample;
use crate::hexadecimal;
use crate::modules;
use crate::parts::tree;
use crate::random::Random;
use crate::vector_files::vector_files;

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
        "random_schema" => decisions(),
        "forms" => forms(),
        "messages" | "envelope" => messages(),
        "unpack" => packed(),
        "select" => paths(),
        _ => values().into_iter().chain(encoded_elsewhere()).collect(),
    }
}

/// A dictionary in the format of libFuzzer: every id, and the ids of vectors and booleans.
#[must_use]
pub fn dictionary(target: &str) -> String {
    if ["random_schema", "forms", "unpack"].contains(&target) {
        // libFuzzer refuses a file without a word.
        return "\"\\x00\"\n".to_owned();
    }
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

/// Decisions from which schemas are made, few and many.
fn decisions() -> Vec<Seed> {
    let mut random = Random::new(10);
    (0..60).map(|index| (format!("decisions-{index}"), random.bytes(20 + 30 * index))).collect()
}

/// Bytes in every form, few and many.
fn forms() -> Vec<Seed> {
    let mut random = Random::new(11);
    let seeds = [0, 1, 4, 8, 15, 16, 17, 40].into_iter().flat_map(|length| {
        let mut bytes = random.bytes(length);
        // Characters beside the digits.
        bytes.extend(b" beef".iter().take(length / 4));
        let written = written(&bytes).into_iter().enumerate();
        written.map(|(index, (_, text))| (format!("form-{length}-{index}"), text.into_bytes())).collect::<Vec<_>>()
    });
    seeds.collect()
}

/// Packed data of several lengths.
fn packed() -> Vec<Seed> {
    let mut random = Random::new(12);
    let mut seeds: Vec<Seed> =
        (0..200).map(|index| (format!("zlib-{index}"), zlib(&random.bytes(3 * index)))).collect();
    let gzip = "1f8b08000000000002ff3b5a5c6ec2ca0001ec501a005c4aeeb314000000";
    seeds.push(("gzip".to_owned(), hexadecimal::decode(gzip).expect("digits")));
    seeds
}

/// Values in the messages of MTProto that contain others.
fn messages() -> Vec<Seed> {
    let mut random = Random::new(13);
    let values = subjects().iter().step_by(7).filter_map(|subject| sample(subject, &random.bytes(CHOICES)));
    let values: Vec<Vec<u8>> = values.filter(|value| value.len() % 4 == 0 && value.len() < 2000).take(400).collect();
    let mut seeds = Vec::new();
    for (index, value) in values.iter().enumerate() {
        let other = &values[(index + 1) % values.len()];
        let result = contained(0xf35c_6d01, &[&[1; 8], &**value]);
        let packed = contained(0x3072_cfa1, &[&string(&zlib(value))]);
        let packed_result = contained(0xf35c_6d01, &[&[2; 8], &*packed]);
        let messages: Vec<u8> = [&result, &packed_result, other].into_iter().flat_map(|body| message(body)).collect();
        let container = contained(0x73f1_f8dc, &[&3_u32.to_le_bytes(), &*messages]);
        let copy = contained(0xe060_46b2, &[&0x5bb8_e511_u32.to_le_bytes(), &*message(value)]);
        let whole = [("container", container), ("result", packed_result.clone()), ("copy", copy), ("packed", packed)];
        seeds.extend(whole.into_iter().map(|(name, bytes)| (format!("{name}-{index}"), bytes)));
    }
    seeds
}

fn contained(id: u32, fields: &[&[u8]]) -> Vec<u8> {
    [&id.to_le_bytes(), fields.concat().as_slice()].concat()
}

/// A message without its id.
fn message(body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).expect("short");
    [&[3; 8][..], &1_u32.to_le_bytes(), &length.to_le_bytes(), body].concat()
}

/// `bytes` on the wire.
fn string(content: &[u8]) -> Vec<u8> {
    typelang::Encode::to_bytes(&typelang_telegram::mtproto::envelope::GzipPacked { packed_data: content.to_vec() })
        .expect("short")[4..]
        .to_vec()
}

fn values() -> Vec<Seed> {
    let mut random = Random::new(9);
    let made = subjects().iter().enumerate().filter_map(|(index, subject)| {
        let bytes = sample(subject, &random.bytes(CHOICES))?;
        Some((format!("value-{index}"), Input::joined(index, &bytes)))
    });
    made.collect()
}

/// Values with a path through each.
fn paths() -> Vec<Seed> {
    /// Paths of a value among which one is chosen.
    const PATHS: usize = 24;
    let mut random = Random::new(14);
    let made = subjects().iter().enumerate().step_by(3).filter_map(|(index, subject)| {
        let bytes = sample(subject, &random.bytes(CHOICES))?;
        let tree = tree(&subject.table, subject.ty, &bytes, ReadOptions::new()).ok()?;
        let paths = tree.paths(PATHS);
        let path = paths.get(random.below(paths.len()))?;
        Some((format!("path-{index}"), joined(index, path, &bytes)?))
    });
    made.collect()
}

/// Lines of encodings whose schema the checked-in crate has, if there are any.
fn encoded_elsewhere() -> Vec<Seed> {
    let mut seeds = Vec::new();
    for file in vector_files().unwrap_or_default() {
        let Some(Ok(module)) = file.module() else { continue };
        let subject = |kind: &str| {
            let name = format!("{} any {kind}", module.name);
            subjects().iter().position(|subject| subject.name == name)
        };
        let (constructors, functions) = (subject("constructor"), subject("function"));
        for (line, encoding) in file.lines().into_iter().enumerate() {
            let index = if encoding.is_function { functions } else { constructors };
            let index = index.expect("the module has such a subject");
            seeds.push((format!("{}-{line}", file.name), Input::joined(index, &encoding.bytes)));
        }
    }
    seeds
}

/// Schemas of the repository that are not too long, whole and declaration by declaration.
fn texts() -> Vec<Seed> {
    const LONGEST: usize = 60_000;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    for folder in ["schema", "tests/data", "examples"] {
        schema_files(&root, folder, &mut files);
    }
    files.sort();
    let mut seeds = Vec::new();
    for file in files {
        let text = fs::read(root.join(&file)).expect("readable");
        if text.len() > LONGEST {
            continue;
        }
        let name = file.replace('/', "-");
        for (index, piece) in text.split(|byte| *byte == b';').enumerate() {
            seeds.push((format!("{name}-{index}"), [piece, b";"].concat()));
        }
        seeds.push((name, text));
    }
    seeds
}

/// The schema files in a folder and in those directly beneath it, by their paths from the root.
fn schema_files(root: &Path, folder: &str, files: &mut Vec<String>) {
    for entry in fs::read_dir(root.join(folder)).into_iter().flatten() {
        let entry = entry.expect("readable");
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.path().join("schema.tl").exists() {
            files.push(format!("{path}/schema.tl"));
        } else if path.ends_with(".tl") {
            files.push(path);
        }
    }
}
