//! The code of a few random schemas, compiled without a warning and run. The command of this package does the same for any number of
//! them.

use std::path::Path;

use typelang_tests_random::{Campaign, Config, OptionSet, Toolchain};

#[test]
fn code_of_random_schemas_compiles_and_agrees_with_the_walker() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("random-schemas");
    let toolchain = Toolchain::build(&folder).unwrap_or_else(|error| panic!("{error}"));
    let campaign = Campaign {
        seeds: 0..5,
        config: Config { size: 10, ..Config::PLAIN },
        sets: vec![
            OptionSet::Run,
            OptionSet::Plain,
            OptionSet::Borrowed,
            OptionSet::Inline,
            OptionSet::Only,
            OptionSet::Documented,
        ],
        mutations: 2,
        in_turn: true,
        shrink: false,
        batch: 5,
        jobs: std::thread::available_parallelism().map_or(1, usize::from),
        folder,
    };
    let outcome = campaign.run(Some(&toolchain), &mut |_| {}).unwrap_or_else(|error| panic!("{error}"));
    for (seed, failure, model) in &outcome.failures {
        println!("seed {seed}: {}\n{}\n{}", failure.kind, failure.message, model.text());
    }
    assert!(outcome.failures.is_empty());
    assert!(outcome.values > 500, "{} values", outcome.values);
}
