//! Damaged schemas: nothing panics, and what is read without an error is what is there.

#[path = "support/damage.rs"]
mod damage;
#[allow(dead_code, reason = "each test uses a part")]
mod support;

use damage::{Random, check_damaged, damage};

/// The schemas with faults, which are always there.
fn texts() -> Vec<String> {
    support::schemas("tests/bad").iter().map(|path| std::fs::read_to_string(path).expect("a schema")).collect()
}

#[test]
fn damaged_schemas_do_no_harm() {
    let mut random = Random(0x1cb5_c415);
    for text in texts() {
        for _ in 0..8 {
            check_damaged(&damage(&text, &mut random));
        }
    }
}

#[test]
fn every_beginning_of_a_schema_does_no_harm() {
    for text in texts() {
        for (end, _) in text.char_indices() {
            check_damaged(&text[..end]);
        }
    }
}
