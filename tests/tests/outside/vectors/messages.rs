//! The messages of MTProto that contain others, as `tl decode` shows them: the values that the other software was given.

use std::path::PathBuf;

use serde_json::{Value, json};
use typelang::reflect::{JsonLayout, Table};
use typelang::unpack::{DEFAULT_MAX_UNPACKED, unpack};
use typelang_inspect::{Format, Inspector, MTPROTO, Schemas};
use typelang_telegram::Encode;
use typelang_telegram::mtproto::envelope::MsgContainer;
use typelang_tests::encodings::{Encoding, encodings};
use typelang_tests::trials::{Needed, Trial, needing};

use typelang_tests::vectors::without_notes;
use typelang_tests::walker::table_of;
use typelang_tests::{hexadecimal, schemas, shared};

pub(super) fn trials() -> Vec<Trial> {
    vec![needing("vectors::messages", needed(), |needed| check(&needed))]
}

/// The encodings, and the layers of the API that their bodies are of.
struct Files {
    encodings: PathBuf,
    layers: Vec<PathBuf>,
}

fn needed() -> Needed<Files> {
    let published = schemas::published()?;
    let layer =
        |name: &str| published.iter().find(|schema| schema.stem() == name).map(|schema| schema.path().to_owned());
    Ok(Files {
        encodings: shared::find("vectors/mtproto-containers.jsonl")?,
        // A body is a call as an older layer has it.
        layers: ["api-230", "layer-214"].into_iter().filter_map(layer).collect(),
    })
}

fn check(files: &Files) {
    assert_eq!(files.layers.len(), 2, "both layers are there");
    let tables: Vec<Vec<u8>> = files.layers.iter().map(|path| table_of(&schemas::load_path(path))).collect();
    let service = table_of(&schemas::load_text(MTPROTO));
    let all = || tables.iter().fold(Schemas::new(), |all, table| all.with("a layer", Table::generated(table)));
    let inspector = Inspector::new(all().with_unnamed(Table::generated(&service)));
    let lines = encodings(&files.encodings);
    for line in &lines {
        let shown = show(&inspector, &line.bytes);
        assert_eq!(shown, Some(expected(&inspector, line)), "{}", line.place);
    }
    let newest = Schemas::new().with_unnamed(Table::generated(&tables[0])).with_unnamed(Table::generated(&service));
    let kept = lines.iter().map(|line| without_older(&Inspector::new(newest.clone()), line)).sum::<usize>();
    assert!(kept > 0, "a body of an older layer is kept as bytes");
    shared::say(&format!("{} lines equal; {kept} bodies kept as bytes without the older layer", lines.len()));
}

fn show(inspector: &Inspector<'_>, bytes: &[u8]) -> Option<Value> {
    let shown = inspector.show(bytes, Format::Json(JsonLayout::Compact));
    if shown.error.is_some() { None } else { typelang_tests::encodings::json(&shown.text).ok() }
}

/// The value of a line. What is packed is shown unpacked.
fn expected(inspector: &Inspector<'_>, line: &Encoding) -> Value {
    let mut value = line.value.clone();
    without_notes(&mut value);
    if let Some(Value::String(packed)) = value.get("packed_data") {
        let packed = hexadecimal::decode(packed).expect("digits");
        let unpacked = unpack(&packed, DEFAULT_MAX_UNPACKED).expect("packed data");
        let shown = show(inspector, &unpacked).unwrap_or_else(|| json!(hexadecimal::encode(&unpacked)));
        value["packed_data"] = shown;
    }
    value
}

/// How many bodies of a container are kept as bytes; the others are equal, and all are written as they were.
fn without_older(inspector: &Inspector<'_>, line: &Encoding) -> usize {
    let Some(Value::Array(expected)) = line.value.get("messages") else { return 0 };
    let shown = show(inspector, &line.bytes).unwrap_or_else(|| panic!("{}: not shown", line.place));
    let container: MsgContainer = typelang_telegram::Decode::from_bytes(&line.bytes).expect("a container");
    assert_eq!(container.to_bytes().as_ref(), Ok(&line.bytes), "{}", line.place);
    let mut kept = 0;
    for ((message, expected), raw) in
        shown["messages"].as_array().expect("messages").iter().zip(expected).zip(&container.messages)
    {
        if message["body"] == json!(hexadecimal::encode(&raw.body.0)) {
            kept += 1;
        } else {
            assert_eq!(message, expected, "{}", line.place);
        }
    }
    kept
}
