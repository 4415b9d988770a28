//! Malformed and unusual bytes: which are accepted, and how.

use typelang_tests::hexadecimal;
use typelang_tests::policy::{Policy, judge};

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
