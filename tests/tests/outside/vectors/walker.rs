//! The walker's JSON of the bytes is the value that the other software was given, and that value encodes to the same bytes.

use typelang::reflect::{DecodeFault, Table, Type};
use typelang::{ReadOptions, WriteOptions};
use typelang_tests::encodings::Encoding;
use typelang_tests::vector_files::VectorFile;
use typelang_tests::walker::{json, table_of, value_of};
use typelang_tests::{hexadecimal, shared};

pub(super) fn check(file: VectorFile) {
    let bytes = table_of(&file.schema.load());
    let table = Table::new(&bytes).expect("a table");
    let lines = file.lines();
    let mut not_in_schema = Vec::new();
    for line in &lines {
        let unknown = unknown(&table, &line.bytes);
        assert_eq!(unknown.is_some(), file.is_explained(line), "{}: {}: {unknown:?}", line.place, line.name);
        match unknown {
            Some(error) => not_in_schema.push(error),
            None => check_line(&table, line),
        }
    }
    let equal = lines.len() - not_in_schema.len();
    assert!(equal > 0, "{}: nothing is equal", file.name);
    shared::say(&format!(
        "{}: {equal} of {} lines equal as JSON and bytes; not in schema: {not_in_schema:?}",
        file.name,
        lines.len()
    ));
}

/// Why bytes hold something that the schema does not have under any name.
fn unknown(table: &Table<'_>, bytes: &[u8]) -> Option<String> {
    let error = table.check(Type::ANY, bytes, ReadOptions::new()).err()?;
    let is_unknown = matches!(error.fault(), DecodeFault::UnknownConstructor { known_as: None, .. });
    is_unknown.then(|| error.to_string())
}

fn check_line(table: &Table<'_>, line: &Encoding) {
    let Encoding { place, is_function, value, bytes, .. } = line;
    let ty = if *is_function { Type::FUNCTION } else { Type::OBJECT };
    assert_eq!(json(table, ty, bytes), *value, "{place}");
    let encoded = table.encode_as(ty, &value_of(value), WriteOptions::new());
    let encoded = encoded.unwrap_or_else(|error| panic!("{place}: {error}: {value}"));
    assert_eq!(hexadecimal::encode(&encoded), hexadecimal::encode(bytes), "{place}");
}
