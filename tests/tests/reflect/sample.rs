//! Values that a table makes from choices.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use typelang::ReadOptions;
use typelang::reflect::{Table, Value};
use typelang_telegram::api;
use typelang_tests::random::Random;
use typelang_tests::walker::{table_of, try_samples};
use typelang_tests::{schemas, shared};

#[test]
fn choices_make_values_that_are_written_like_this() {
    let mut random = Random::new(14);
    let (mut schemas_tried, mut made, mut given_up) = (0, 0, 0);
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/codegen/cases");
    for case in fs::read_dir(cases).expect("a folder") {
        let schema = schemas::load_path(&case.expect("readable").path().join("schema.tl"));
        let samples = try_samples(&schema, &mut random);
        made += samples.made;
        given_up += samples.given_up;
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
    for byte in (0..=255).step_by(17) {
        let value = api::TABLE.sample(text, &mut std::iter::repeat(byte)).expect("a value");
        assert_eq!(api::TABLE.check(text, &value, ReadOptions::strict()), Ok(value.len()));
    }
}

/// A schema with a value of each kind, and what the samples of it are seen to have.
const KINDS: &str = "vector#1cb5c415 {t:Type} # [ t ] = Vector t;
    kinds#1 text:string data:bytes n:# i:int l:long f:float d:double h:int128 b:Bool flags:# x:flags.3?int y:flags.31?true
        all:Vector<int> count:# some:count*[ int ] of:# rows:Vector<%(Tuple int of)> = Kinds;
    _ x:int = Open;
    named#0 x:int y:int = Open;";

/// A sampler that always gives zeros, or never long texts, would make tests that find nothing.
#[test]
fn choices_reach_everything() {
    let bytes = table_of(&schemas::load_text(KINDS));
    let table = Table::new(&bytes).expect("a table");
    let kinds = table.constructor_named("kinds").expect("a constructor").boxed();
    let mut random = Random::new(31);
    let (mut lengths, mut counts, mut bools) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let (mut words, mut numbers, mut flags) = ([0_u64; 6], BTreeSet::new(), BTreeSet::new());
    for _ in 0..4000 {
        let choices = random.bytes(400);
        let sample = table.sample(kinds, &mut choices.into_iter()).expect("a value");
        let value = table.decode_as(kinds, &sample, ReadOptions::strict()).expect("canonical");
        let Value::Object(object) = value else { panic!("an object") };
        for (name, field) in &object.fields {
            match (*name, field) {
                ("text", Value::String(text)) => _ = lengths.insert(text.chars().count()),
                ("data", Value::Bytes(data)) => _ = lengths.insert(data.len()),
                ("n", Value::Nat(number)) => words[0] |= u64::from(*number),
                ("i", Value::Int(number)) => words[1] |= u64::from(number.cast_unsigned()),
                ("l", Value::Long(number)) => words[2] |= number.cast_unsigned(),
                ("f", Value::Float(number)) => words[3] |= u64::from(number.to_bits()),
                ("d", Value::Double(number)) => words[4] |= number.to_bits(),
                ("h", Value::Bytes(data)) => words[5] |= u64::from(data[0]),
                ("b", Value::Bool(value)) => _ = bools.insert(*value),
                ("x" | "y", _) => _ = flags.insert(*name),
                ("all", Value::Vector(elements)) => _ = counts.insert(elements.len()),
                ("count" | "of", Value::Nat(number)) => _ = numbers.insert((*name, *number)),
                ("some" | "rows", Value::Vector(_)) => {}
                (name, field) => panic!("{name}: {field:?}"),
            }
        }
        // Short texts and those on both sides of where the header grows.
        assert!(lengths.iter().all(|length| *length < 9 || (252..=257).contains(length)), "{lengths:?}");
    }
    assert!([0, 1, 8, 252, 253, 254, 257].iter().all(|length| lengths.contains(length)), "{lengths:?}");
    let (half, whole) = (u64::from(u32::MAX), u64::MAX);
    assert_eq!(words, [half, half, whole, half, whole, 0xff], "every bit is set now and then");
    assert_eq!((bools.len(), flags.len()), (2, 2));
    assert_eq!(counts.into_iter().collect::<Vec<_>>(), [0, 1, 2, 3]);
    // A number that counts is small, also where it counts the elements of elements.
    let counts = ["count", "of"].map(|name| [0, 1, 2, 3].map(|number| (name, number)));
    assert_eq!(numbers.into_iter().collect::<Vec<_>>(), counts.concat());
}

/// A value without an id is made, but not one that begins as if it had one.
#[test]
fn values_without_ids_are_told_from_others() {
    let bytes = table_of(&schemas::load_text(KINDS));
    let table = Table::new(&bytes).expect("a table");
    let open = table.type_named("Open").expect("a type");
    let mut lengths = BTreeSet::new();
    for first in 0..=255 {
        for number in [0, 1] {
            let sample = table.sample(open, &mut [first, number, 0, 0, 0, 5, 0, 0, 0].into_iter()).expect("a value");
            assert_eq!(table.check(open, &sample, ReadOptions::strict()), Ok(sample.len()), "{sample:?}");
            lengths.insert(sample.len());
        }
    }
    assert_eq!(lengths.into_iter().collect::<Vec<_>>(), [4, 12]);
}

/// Samples go on until they are long: where choices do not end, a list has many elements, one inside of another.
#[test]
fn choices_make_long_values_too() {
    let bytes = table_of(&schemas::load_text(
        "vector#1cb5c415 {t:Type} # [ t ] = Vector t; tree#1 name:string inner:Vector<Tree> = Tree;",
    ));
    let table = Table::new(&bytes).expect("a table");
    let tree = table.type_named("Tree").expect("a type");
    let mut random = Random::new(5);
    let longest = (0..40).map(|_| {
        let choices = random.bytes(1 << 16);
        table.sample(tree, &mut choices.into_iter()).map_or(0, |it| it.len())
    });
    let longest = longest.max().expect("samples");
    assert!(longest > 4096, "{longest} bytes");
}

/// Where choices would go on for ever, values end in good time: numbers are 0, texts are empty.
#[test]
fn values_end_where_choices_do_not() {
    let bytes = table_of(&schemas::load_text(
        "chain flags:# next:flags.0?Chain = Chain; texts all:4096*[ string ] = Texts; int ? = Int; string ? = String;",
    ));
    let table = Table::new(&bytes).expect("a table");
    let sample = |name: &str, byte: u8| {
        let ty = table.constructor_named(name).expect("a constructor").boxed();
        let sample = table.sample(ty, &mut std::iter::repeat(byte)).unwrap_or_else(|| panic!("{name} is given up"));
        assert_eq!(table.check(ty, &sample, ReadOptions::strict()), Ok(sample.len()), "{name}");
        sample
    };
    let levels = sample("chain", 0xff).len() / 8;
    assert!((8..100).contains(&levels), "{levels} levels");
    // 4,096 texts of 257 bytes would be more than a megabyte.
    let texts = sample("texts", 0xff);
    assert!((1 << 16..1 << 17).contains(&texts.len()), "{} bytes", texts.len());
    assert!(texts.ends_with(&[0; 4096]), "the last texts are empty");
}
