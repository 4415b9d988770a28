//! Messages that other software wrote, read by the table of the schema that they belong to.

use std::fs;
use std::path::PathBuf;

use typelang::reflect::{Table, Type};
use typelang::{ReadOptions, VECTOR_ID, WriteOptions};
use typelang_tests::hexadecimal;
use typelang_tests::trials::{Trial, for_each};
use typelang_tests::vector_files::{SchemaFiles, fixtures};
use typelang_tests::walker::table_of;

/// Beginnings of a message that are tried.
const BEGINNINGS: usize = 200;

pub(crate) fn trials() -> Vec<Trial> {
    let name = |path: &PathBuf| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    for_each("fixtures", fixtures(), name, every_beginning_is_an_error_with_a_path)
}

fn every_beginning_is_an_error_with_a_path(path: PathBuf) {
    let bytes = fs::read(path).expect("readable");
    let schema = SchemaFiles::of("fixtures").expect("there are schemas where there are fixtures").load();
    let table_bytes = table_of(&schema);
    let table = Table::new(&table_bytes).expect("a table");
    let (id, _) = bytes.split_first_chunk().expect("an id");
    let id = u32::from_le_bytes(*id);
    if id == VECTOR_ID {
        // What its elements are is known only from outside.
        return;
    }
    let root = format!("{}.", table.name_of(id).expect("an id of the schema"));
    let step = bytes.len() / BEGINNINGS + 1;
    let (mut tried, mut with_path) = (0, 0);
    for length in (0..bytes.len()).step_by(step).chain(bytes.len() - 4..bytes.len()) {
        let error = table.check(Type::ANY, &bytes[..length], ReadOptions::new()).expect_err("a part of the message");
        assert!(error.offset() <= length, "{error}");
        tried += 1;
        with_path += usize::from(error.path().starts_with(&root));
    }
    assert!(with_path + 4 >= tried, "of {tried} errors {with_path} have a path");
    let value = table.decode(&bytes, ReadOptions::strict()).expect("a message");
    let encoded = table.encode(&value, WriteOptions::new()).expect("a message");
    assert_eq!(hexadecimal::encode(&encoded), hexadecimal::encode(&bytes));
}
