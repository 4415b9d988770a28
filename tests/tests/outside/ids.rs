//! Ids in published schemas: those that are declared are those of the text, but for those that are known.

use std::collections::BTreeSet;
use std::fs;

use typelang_parser::ids::{Dialect, check_ids, detect_dialect};
use typelang_parser::{Severity, SourceId, parse};
use typelang_tests::published::Published;
use typelang_tests::trials::{Trial, needing};
use typelang_tests::{schemas, shared};

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        needing("ids::every_declared_id_of_telegram_is_explained", schemas::published(), of_telegram),
        needing("ids::most_declared_ids_of_ton_follow_the_reference_dialect", schemas::published(), of_ton),
    ]
}

fn of_telegram(schemas: Vec<Published>) {
    let mut notes = BTreeSet::new();
    let mut count = 0;
    for schema in schemas.iter().filter(|schema| schema.family() == "telegram") {
        let text = fs::read_to_string(schema.path()).expect("UTF-8");
        let parsed = parse(SourceId::default(), &text);
        assert_eq!(parsed.diagnostics, [], "{}", schema.name);
        assert_eq!(detect_dialect(&parsed.file), Dialect::Telegram, "{}", schema.name);
        count += parsed.file.combinators().filter(|combinator| combinator.id.is_some()).count();
        for found in check_ids(&parsed.file, Dialect::Telegram) {
            // One text misspells `future_salt`, which is just what the warning is for.
            let is_slip = found.message == "the text of `future_salts` gives the id d7e23e39, not ae500895";
            assert!(is_slip || found.severity == Severity::Note, "{}: {}", schema.name, found.message);
            notes.insert(found.message);
        }
    }
    shared::say(&format!("{count} ids, {} of them pinned", notes.len()));
    assert!(count > 10_000 && notes.len() < 30, "{notes:#?}");
}

fn of_ton(schemas: Vec<Published>) {
    for schema in schemas.iter().filter(|schema| schema.family() == "ton") {
        let text = fs::read_to_string(schema.path()).expect("UTF-8");
        let file = parse(SourceId::default(), &text).file;
        let found = check_ids(&file, Dialect::Reference);
        let wrong = found.iter().filter(|found| found.severity == Severity::Warning).count();
        // Three of each file are assigned by hand.
        assert!(wrong <= 3, "{}: {wrong}", schema.name);
        assert_eq!(detect_dialect(&file), Dialect::Reference, "{}", schema.name);
    }
}
