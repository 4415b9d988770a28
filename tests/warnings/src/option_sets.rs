//! Sets of options that together write everything that can be written.

use typelang_build::{Availability, NamespaceFeatures, Options};

/// The features of the parts of the code, where these have any.
pub const PARTS: [&str; 6] = ["any-constructor", "arbitrary", "catalog", "decode-functions", "reflect", "serde"];

/// The sets, each with a name that is one of a module. Where the second one names a runtime, that is the crate `runtime` beside the
/// generated module.
#[must_use]
pub fn option_sets() -> Vec<(&'static str, Options)> {
    let always = || Availability::Always;
    let feature = |name: &str| Availability::Feature(name.to_owned());
    let everything = Options {
        function_decoding: always(),
        any_constructor: always(),
        reflect: always(),
        serde: always(),
        catalog: always(),
        arbitrary: always(),
        cross_references: true,
        long_strings: true,
        lines_per_file: 400,
        documentation_url: Some("https://example.org".to_owned()),
        ..Options::default()
    };
    let borrowing = Options {
        function_decoding: always(),
        string_type: Some("&'a str".to_owned()),
        bytes_type: Some("std::borrow::Cow<'a, [u8]>".to_owned()),
        runtime_path: "crate::runtime".to_owned(),
        ..Options::default()
    };
    let by_features = Options {
        function_decoding: feature("decode-functions"),
        any_constructor: feature("any-constructor"),
        reflect: feature("reflect"),
        serde: feature("serde"),
        catalog: feature("catalog"),
        arbitrary: feature("arbitrary"),
        namespace_features: Some(NamespaceFeatures::new("all")),
        bytes_type: Some("typelang::bytes::Bytes".to_owned()),
        pretty: false,
        ..Options::default()
    };
    vec![
        ("everything", everything),
        ("plain", Options::default()),
        ("borrowing", borrowing),
        ("by_features", by_features),
    ]
}
