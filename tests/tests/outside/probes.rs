//! A collection of malformed and unusual bytes: which are accepted, and how.

use std::fs;
use std::path::Path;

use typelang::reflect::{Table, Type};
use typelang::{ReadOptions, WriteOptions};
use typelang_tests::policy::{Policy, judge};
use typelang_tests::trials::{Trial, needing};
use typelang_tests::vector_files::SchemaFiles;
use typelang_tests::walker::table_of;
use typelang_tests::{hexadecimal, shared};

/// The known probes. Others are held to the general rules alone.
const POLICIES: [(&str, Policy); 30] = [
    ("canonical_string", Policy::Canonical),
    ("nonzero_padding", Policy::Normalised),
    ("short_in_long_form", Policy::Normalised),
    ("long254_canonical", Policy::Canonical),
    ("len_255_prefix_8byte_len", Policy::Refused),
    ("string_truncated", Policy::Refused),
    ("string_missing_pad_at_end", Policy::Refused),
    ("invalid_utf8", Policy::Refused),
    ("nul_in_string", Policy::Canonical),
    ("overlong_len", Policy::Refused),
    ("bytes_ok", Policy::Canonical),
    ("trailing4", Policy::Normalised),
    ("trailing1", Policy::Normalised),
    ("unknown_ctor", Policy::Refused),
    ("empty_input", Policy::Refused),
    ("three_bytes", Policy::Refused),
    ("flags_none", Policy::Canonical),
    ("flags_unknown_bit20", Policy::Normalised),
    ("flags_bit31", Policy::Normalised),
    ("flags_true_only", Policy::Canonical),
    ("flag_field_missing", Policy::Refused),
    ("vector_ok", Policy::Canonical),
    ("vector_wrong_id", Policy::Refused),
    ("vector_huge_count", Policy::Refused),
    ("vector_negative_count", Policy::Refused),
    ("bool_true", Policy::Canonical),
    ("bool_bad", Policy::Refused),
    ("nested_unknown", Policy::Refused),
    ("nested_wrong_type", Policy::Refused),
    ("bare_type_as_top", Policy::Refused),
];

pub(crate) fn trials() -> Vec<Trial> {
    let both = || Ok((shared::find("vectors/probes.json")?, SchemaFiles::of("probes")?));
    vec![
        needing("probes::typed", shared::find("vectors/probes.json"), |path| check(&path, judge)),
        needing("probes::walker", both(), |(path, schema)| {
            let bytes = table_of(&schema.load());
            let table = Table::new(&bytes).expect("a table");
            check(&path, |name, bytes| walked(&table, name, bytes));
        }),
    ]
}

/// Every probe is treated as documented.
fn check(path: &Path, judge: impl Fn(&str, &[u8]) -> Policy) {
    let text = fs::read_to_string(path).expect("readable");
    let probes: Vec<(String, String)> = serde_json::from_str(&text).expect("pairs of name and hexadecimal digits");
    let mut judged = 0;
    for (name, digits) in &probes {
        let bytes = hexadecimal::decode(digits).unwrap_or_else(|| panic!("not hexadecimal: {digits}"));
        let outcome = judge(name, &bytes);
        if let Some((_, policy)) = POLICIES.iter().find(|(known, _)| known == name) {
            assert_eq!(outcome, *policy, "{name}");
            judged += 1;
        }
    }
    shared::say(&format!("malformed bytes: {} probes, {judged} of them known by name", probes.len()));
    assert_eq!(judged, POLICIES.len(), "every known probe is there");
}

/// The result of the walker on a probe.
fn walked(table: &Table<'_>, name: &str, bytes: &[u8]) -> Policy {
    let Ok(value) = table.decode_as(Type::ANY, bytes, ReadOptions::new()) else {
        assert!(
            table.check(Type::ANY, bytes, ReadOptions::strict()).is_err(),
            "{name}: accepted only by the strict reader"
        );
        return Policy::Refused;
    };
    let canonical = table.encode_as(Type::ANY, &value, WriteOptions::new()).expect(name);
    let is_strict = table.check(Type::ANY, bytes, ReadOptions::strict()).is_ok();
    assert_eq!(is_strict, canonical == bytes, "{name}");
    if is_strict { Policy::Canonical } else { Policy::Normalised }
}
