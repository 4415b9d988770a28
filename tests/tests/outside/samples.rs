//! Values that the table of a published schema makes from choices.

use typelang_tests::published::Published;
use typelang_tests::random::Random;
use typelang_tests::schemas;
use typelang_tests::trials::{Trial, for_each};
use typelang_tests::walker::try_samples;

pub(crate) fn trials() -> Vec<Trial> {
    let others = |all: Vec<Published>| all.into_iter().filter(|schema| schema.family() != "telegram").collect();
    for_each("samples", schemas::published().map(others), |schema| schema.name.clone(), keep_their_bytes)
}

fn keep_their_bytes(schema: Published) {
    let tried = try_samples(&schemas::load_all(&schema.files, schema.profile), &mut Random::new(14));
    assert!(tried.given_up * 50 <= tried.made, "{tried:?}");
}
