//! Values that a table makes from choices.

use std::fs;
use std::path::Path;

use typelang::ReadOptions;
use typelang_telegram::api;
use typelang_tests::random::Random;
use typelang_tests::walker::try_samples;
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
    for byte in 0..=255 {
        let value = api::TABLE.sample(text, &mut std::iter::repeat(byte)).expect("a value");
        assert_eq!(api::TABLE.check(text, &value, ReadOptions::strict()), Ok(value.len()));
    }
}
