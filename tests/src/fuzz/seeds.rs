//! What fuzzing begins with: values of every type, messages that other software encoded, the schemas, and the ids.

use std::fs;
use std::path::Path;

use super::input::{Input, subjects};
use super::sample;
use crate::modules;
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
        _ => values().into_iter().chain(encoded_elsewhere()).collect(),
    }
}

/// A dictionary in the format of libFuzzer: every id, and the ids of vectors and booleans.
#[must_use]
pub fn dictionary(target: &str) -> String {
    if target == "random_schema" {
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

fn values() -> Vec<Seed> {
    let mut random = Random::new(9);
    let made = subjects().iter().enumerate().filter_map(|(index, subject)| {
        let bytes = sample(subject, &random.bytes(CHOICES))?;
        Some((format!("value-{index}"), Input::joined(index, &bytes)))
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
