//! The module `history` of generated code, and what is wrong with histories.

#![cfg(feature = "history")]

use std::path::{Path, PathBuf};

use tempfile::TempDir;
use typelang_build::{Availability, Builder, Error};

const HISTORY: &str = "\
// tl:history(example)

// tl:layer(1)
---types---
user#00000001 id:int name:string = User;

// tl:layer(2)
---types---
user#00000002 id:long title:string = User;
";

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("writable");
    }
    folder
}

fn builder(folder: &Path, layer: u32) -> Builder {
    let schema: PathBuf = folder.join("schema.tl");
    let layer = format!("// LAYER {layer}\n");
    std::fs::write(&schema, layer + "user#00000002 id:long title:string = User;\n").expect("writable");
    Builder::new().schema(schema).pretty(false).history(folder.join("history.tl"))
}

#[test]
fn code_has_the_history_and_functions() {
    let rules = "[[rule]]\nof = \"user#00000001\"\nfields = { title = \"name\" }\n";
    let folder = folder(&[("history.tl", HISTORY), ("history.toml", rules)]);
    let builder = builder(folder.path(), 2).history_rules(folder.path().join("history.toml"));
    let code = builder.clone().generate_to_string().expect("a history with the layer");
    for part in ["pub mod history {", "pub fn decode<T>", "pub fn transcode(", "pub static HISTORY: History", "TLHI"] {
        assert!(code.contains(part), "{part}");
    }
    let conditional = builder.history_availability(Availability::Feature("old".to_owned()));
    let code = conditional.generate_to_string().expect("a history with the layer");
    assert!(code.contains("#[cfg(feature = \"old\")]\npub mod history {"));
}

#[test]
fn faults_have_places() {
    let rules = "[[rule]]\nof = \"user#00000001\"\nfields = { title = \"nmae\" }\n";
    let folder = folder(&[("history.tl", HISTORY), ("history.toml", rules)]);
    let error = builder(folder.path(), 3).generate_to_string().expect_err("a layer that is missing");
    assert!(matches!(error, Error::LayerNotInHistory { layer: Some(3), .. }), "{error}");
    let wrong = builder(folder.path(), 2).history_rules(folder.path().join("history.toml"));
    let error = wrong.generate_to_string().expect_err("a field that is missing").to_string();
    assert!(error.contains("history.toml:3:") && error.contains("did you mean `name`?"), "{error}");
    let error = builder(folder.path(), 2).history_rules("missing.toml").generate_to_string();
    assert!(matches!(error, Err(Error::Read(_))));
}
