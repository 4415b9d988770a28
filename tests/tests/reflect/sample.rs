//! Values that a table makes from choices.

use std::fs;
use std::path::{Path, PathBuf};

use typelang::reflect::{Combinator, Table, Type};
use typelang::{ReadOptions, WriteOptions};
use typelang_telegram::api;
use typelang_tests::random::Random;
use typelang_tests::walker::table_of;
use typelang_tests::{hexadecimal, schemas, shared};

/// Values of each constructor and each function.
const SAMPLES: usize = 8;
/// Choices from which a value is made.
const CHOICES: usize = 48;

/// Schemas with everything that the language has, and those of other families, if they are there.
fn files() -> Vec<PathBuf> {
    let small = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/codegen/schemas");
    let small = fs::read_dir(small).expect("a folder").map(|entry| entry.expect("readable").path());
    // What is known about a schema stands beside it.
    let small = small.filter(|path| path.extension().is_some_and(|it| it == "tl"));
    let real = ["ton/lite_api.tl", "ton/tonlib_api.tl", "tdlib/td_api.tl", "vk/goldmaster.tl", "vk/cases.tl"];
    let real = real.iter().filter_map(|file| shared::path_or_skip(&format!("schemas/{file}"), "samples of a family"));
    small.chain(real).collect()
}

/// Makes values, which must keep their bytes. Says how many there were, and how many were given up.
fn try_combinator<'t>(table: &Table<'t>, combinator: &Combinator<'t>, random: &mut Random) -> (usize, usize) {
    // A constructor and a function can have one name.
    let ty = if combinator.is_function() { Type::FUNCTION } else { Type::OBJECT };
    let (mut made, mut given_up) = (0, 0);
    for index in 0..SAMPLES {
        let choices = if index == 0 { Vec::new() } else { random.bytes(CHOICES) };
        let sample = || table.sample_fields(combinator, &mut choices.iter().copied());
        let Some(fields) = sample() else {
            given_up += 1;
            continue;
        };
        assert_eq!(sample(), Some(fields.clone()), "the same choices make the same value");
        let bytes = [&combinator.id().to_le_bytes()[..], &fields].concat();
        let what = || format!("{:?}: {}", combinator.name(), hexadecimal::encode(&bytes));
        let generous = ReadOptions::strict().max_memory_ratio(1000);
        let value = table.decode_as(ty, &bytes, generous).unwrap_or_else(|error| panic!("{error}: {}", what()));
        let encoded = table.encode_as(ty, &value, WriteOptions::new());
        assert_eq!(encoded.map(|it| hexadecimal::encode(&it)), Ok(hexadecimal::encode(&bytes)), "{}", what());
        made += 1;
    }
    (made, given_up)
}

#[test]
fn choices_make_values_that_are_written_like_this() {
    let mut random = Random::new(14);
    let (mut schemas_tried, mut made, mut given_up) = (0, 0, 0);
    for file in files() {
        let bytes = table_of(&schemas::load_path(&file));
        let table = Table::new(&bytes).expect("a table");
        // Those that are known by their id alone; the others are parts of these.
        for combinator in table.combinators().filter(Combinator::stands_alone) {
            let (values, none) = try_combinator(&table, &combinator, &mut random);
            made += values;
            given_up += none;
        }
        schemas_tried += 1;
    }
    assert!(schemas_tried > 20 && made > 1000 && given_up * 50 < made, "{schemas_tried}, {made}, {given_up}");
    shared::say(&format!("{made} values from choices in {schemas_tried} schemas, {given_up} given up"));
}

#[test]
fn no_choices_make_the_least() {
    let peer = api::TABLE.type_named("InputPeer").expect("a type of the schema");
    let least = api::TABLE.sample(peer, &mut std::iter::empty()).expect("a value");
    assert_eq!(api::TABLE.name_of(u32::from_le_bytes(*least.first_chunk().expect("an id"))), Some("inputPeerEmpty"));
    assert_eq!(least.len(), 4);
    // A type that contains itself comes to an end as well, also where choices go on and on.
    let text = api::TABLE.type_named("RichText").expect("a type of the schema");
    for byte in 0..=255 {
        let value = api::TABLE.sample(text, &mut std::iter::repeat(byte)).expect("a value");
        assert_eq!(api::TABLE.check(text, &value, ReadOptions::strict()), Ok(value.len()));
    }
}
