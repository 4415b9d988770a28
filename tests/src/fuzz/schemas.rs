//! Schemas with structure: every input is a schema that is right.

use typelang_build::{Availability, Options, generate_file};
use typelang_tests_random::{Choices, Config, check, check_text, generate, mutated};

/// Makes a schema, checks and formats it, reads and writes values by its table, and generates its code. Does the same with one edit
/// of its text, and returns whether that is still a schema.
pub(super) fn random_schema(data: &[u8]) -> bool {
    let mut choices = Choices::of_bytes(data);
    let model = generate(&mut choices, Config { size: 6, ..Config::ALL });
    let text = model.text();
    let checked = check(&model).unwrap_or_else(|failure| panic!("{}: {}\n{text}", failure.kind, failure.message));
    let edited = mutated(&text, &mut choices);
    let accepted = check_text(&edited).unwrap_or_else(|failure| {
        panic!("{}: {}\n{}", failure.kind, failure.message, String::from_utf8_lossy(&edited))
    });
    for checked in accepted.iter().chain([&checked]) {
        code_is_rust(checked);
    }
    accepted.is_some()
}

fn code_is_rust(checked: &typelang_tests_random::Checked) {
    let options = Options {
        pretty: false,
        facts: checked.facts.clone(),
        function_decoding: Availability::Always,
        any_constructor: Availability::Always,
        catalog: Availability::Always,
        reflect: Availability::Always,
        serde: Availability::Always,
        ..Options::default()
    };
    let code = generate_file(&checked.schema, &options);
    if let Err(error) = syn::parse_file(&code) {
        panic!("{error}: {code}");
    }
}
