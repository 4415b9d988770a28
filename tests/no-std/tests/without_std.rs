//! Nothing beneath this crate asks for the standard library, and what it does works.

use std::path::{Path, PathBuf};

use typelang_telegram::Encode;
use typelang_telegram::api::{enums, types};
use typelang_tests_no_std::{date_of_answer, plain_text, send_encrypted};

/// The crates that must do without the standard library.
const CRATES: [&str; 3] = ["runtime", "generated", "tests/no-std"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn no_source_brings_the_standard_library_back() {
    for name in CRATES {
        let folder = root().join(name).join("src");
        let library = std::fs::read_to_string(folder.join("lib.rs")).expect("a library");
        assert!(library.lines().any(|line| line == "#![no_std]"), "{name}");
        let mut files = Vec::new();
        sources(&folder, &mut files);
        assert!(!files.is_empty());
        for file in files {
            let text = std::fs::read_to_string(&file).expect("readable");
            // In documentation `std` may be spoken of, and examples are programs of their own.
            let code = text.lines().map(str::trim_start).filter(|line| !line.starts_with("//"));
            for line in code {
                let asks = line.contains("extern crate std") || line.contains("std::") && !line.contains("_std::");
                assert!(!asks, "{}: {line}", file.display());
            }
        }
    }
}

#[test]
fn the_runtime_depends_on_nothing_and_the_generated_crate_on_the_runtime_alone() {
    // As cargo resolves it for one package alone, without features that others ask for.
    let packages = |name: &str| -> Vec<String> {
        let output = std::process::Command::new(env!("CARGO"))
            .args([
                "tree",
                "--locked",
                "--offline",
                "--edges",
                "normal",
                "--prefix",
                "none",
                "--no-dedupe",
                "--package",
                name,
            ])
            .current_dir(root())
            .output()
            .expect("cargo runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let lines = String::from_utf8(output.stdout).expect("text");
        let mut names: Vec<String> =
            lines.lines().filter_map(|line| Some(line.split(' ').next()?.to_owned())).collect();
        names.sort();
        names.dedup();
        names
    };
    assert_eq!(packages("typelang"), ["typelang"]);
    assert_eq!(packages("typelang-telegram"), ["typelang", "typelang-telegram"]);
    assert_eq!(packages("typelang-tests-no-std"), ["typelang", "typelang-telegram", "typelang-tests-no-std"]);
}

#[test]
fn it_encodes_and_decodes() {
    let bytes = send_encrypted(1_234_567, 0x1122_3344_5566_7788, 2_927_390, b"some bytes here".to_vec()).unwrap();
    assert_eq!(bytes.len(), 48);
    assert_eq!(bytes[..8], [0x15, 0x7a, 0xfa, 0x44, 0, 0, 0, 0]);
    let answer = types::messages::SentEncryptedMessage { date: 7 }.to_bytes().unwrap();
    assert_eq!(date_of_answer(&answer).unwrap(), 7);
    let text = enums::RichText::from(types::TextPlain { text: "a".into() }).to_bytes().unwrap();
    assert_eq!(plain_text(&text).unwrap().as_deref(), Some("a"));
    assert!(plain_text(&answer).is_err());
}
