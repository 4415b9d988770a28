//! Malformed and unusual bytes, if the collection of them is there: which are accepted, and how.

use std::fs;

use typelang_telegram::{DecodeError, DecodeErrorKind, ReadOptions};
use typelang_tests::modules::{self, Recoded};
use typelang_tests::{hexadecimal, shared};

/// The outcome that our documented policy gives to a class of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Policy {
    /// Accepted, and written in the same way.
    Canonical,
    /// Accepted unless the reader is strict, and written in the one canonical way.
    Normalised,
    /// Never accepted.
    Refused,
}

/// What each known probe is. Others may come, which are held to the general rules alone.
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

fn probes() -> Option<Vec<(String, Vec<u8>)>> {
    let path = shared::path_or_skip("vectors/probes.json", "malformed bytes")?;
    let text = fs::read_to_string(path).expect("readable");
    let pairs: Vec<(String, String)> = serde_json::from_str(&text).expect("pairs of name and hexadecimal digits");
    let decode = |hex: &str| hexadecimal::decode(hex).unwrap_or_else(|| panic!("not hexadecimal: {hex}"));
    Some(pairs.into_iter().map(|(name, hex)| (name, decode(&hex))).collect())
}

/// Decodes a constructor or a function, whichever the id is of.
fn recode(bytes: &[u8], options: ReadOptions) -> Result<Recoded, DecodeError> {
    let api = modules::module("api");
    match (api.constructor)(bytes, options) {
        Err(error) if error.offset() == 0 && matches!(error.kind(), DecodeErrorKind::UnknownConstructor { .. }) => {
            api.function.map_or(Err(error), |function| function(bytes, options))
        }
        result => result,
    }
}

/// What became of a probe; panics where the general rules do not hold.
fn judge(name: &str, bytes: &[u8]) -> Policy {
    let lenient = recode(bytes, ReadOptions::new());
    let strict = recode(bytes, ReadOptions::strict());
    match (lenient, strict) {
        (Ok(lenient), Ok(strict)) => {
            assert_eq!(lenient, strict, "{name}");
            assert_eq!(strict.bytes, bytes, "{name}: strict accepts only what is written");
            Policy::Canonical
        }
        (Ok(lenient), Err(error)) => {
            assert_ne!(lenient.bytes, bytes, "{name}: {error}");
            let documented = matches!(
                error.kind(),
                DecodeErrorKind::NonZeroPadding
                    | DecodeErrorKind::NonCanonicalLength { .. }
                    | DecodeErrorKind::UnknownFlags { .. }
                    | DecodeErrorKind::TrailingBytes { .. }
            );
            assert!(documented, "{name}: {error}");
            assert_eq!(recode(&lenient.bytes, ReadOptions::strict()), Ok(lenient), "{name}");
            Policy::Normalised
        }
        (Err(lenient), Err(strict)) => {
            assert!(lenient.offset() <= bytes.len() && strict.offset() <= bytes.len(), "{name}: {lenient}");
            Policy::Refused
        }
        (Err(error), Ok(_)) => panic!("{name}: accepted only by the strict reader; the lenient one says {error}"),
    }
}

#[test]
fn malformed_bytes_are_treated_as_documented() {
    let Some(probes) = probes() else { return };
    let mut judged = 0;
    for (name, bytes) in &probes {
        let outcome = judge(name, bytes);
        if let Some((_, policy)) = POLICIES.iter().find(|(known, _)| known == name) {
            assert_eq!(outcome, *policy, "{name}");
            judged += 1;
        }
    }
    shared::say(&format!("malformed bytes: {} probes, {judged} of them known by name", probes.len()));
    assert!(judged >= 30, "only {judged} of {} probes are known", probes.len());
}

/// Each policy once, on bytes that need no collection: what the table says can be seen here to hold.
#[test]
fn each_kind_of_leniency() {
    let bad_padding = judge("padding", &hex("27d3a676 00000000 04000000 01610102"));
    let long_form = judge("long form", &hex("27d3a676 00000000 04000000 fe030000 61626300"));
    let unknown_bit = judge("bit", &hex("bbf44d4e 00001000 00f15365"));
    let trailing = judge("trailing", &hex("27d3a676 00000000 04000000 0461626364000000 00"));
    assert_eq!([bad_padding, long_form, unknown_bit, trailing], [Policy::Normalised; 4]);
    assert_eq!(judge("canonical", &hex("27d3a676 00000000 04000000 0461626364000000")), Policy::Canonical);
    assert_eq!(judge("cut", &hex("27d3a676 00000000 04000000 04616263")), Policy::Refused);
}

fn hex(text: &str) -> Vec<u8> {
    hexadecimal::decode(&text.replace(' ', "")).expect("hexadecimal digits")
}
