//! The code of a few random schemas, compiled without a warning and run. The command of this package does the same for any number of
//! them.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use typelang_tests_random::{Campaign, Config, OptionSet, Toolchain, Workshop, check_text};

/// Schemas to which failing ones were made smaller.
const FOUND: &[&str] = &[
    // Nothing to read or to write, and no id.
    "_ = Nothing; _ {X:Type} = NothingOf X; use a:Nothing b:(NothingOf int) c:(Vector Nothing) = Use;",
    // Arguments that end, although each type is in a cycle.
    "pair {X:Type} {Y:Type} x:X y:Y = Pair X Y; box {X:Type} f:# a:f.0?(Pair (vector X) End) = Box X; \
     end f:# a:f.0?(Box int) = End; leaf any:Object = Leaf; use a:(Box (Pair int Leaf)) = Use;",
    // Numbers on which only results depend.
    "// tl:profile(telegram)\nday {mask:#} a:mask.3?int = Day mask; ---functions--- \
     get flags:# a:flags.0?int = Vector (Day flags); list n:# = Tuple int n+1;",
    // Half of a built-in type in an `Object`.
    "boolFalse#bc799737 = Bool; holder value:Object = Holder;",
    "boolTrue#997275b5 = Bool; holder value:Object = Holder;",
];

/// The runtime and its companions, which are compiled once for both tests.
static TOOLCHAIN: LazyLock<Toolchain> =
    LazyLock::new(|| Toolchain::build(&folder("random-toolchain")).unwrap_or_else(|error| panic!("{error}")));

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

#[test]
fn code_of_random_schemas_compiles_and_agrees_with_the_walker() {
    let campaign = Campaign {
        seeds: 3..10,
        config: Config::ALL,
        sets: OptionSet::ALL.to_vec(),
        mutations: 2,
        in_turn: true,
        shrink: false,
        batch: 7,
        jobs: std::thread::available_parallelism().map_or(1, usize::from),
        folder: folder("random-schemas"),
    };
    let outcome = campaign.run(Some(&TOOLCHAIN), &mut |_| {}).unwrap_or_else(|error| panic!("{error}"));
    for (seed, failure, model) in &outcome.failures {
        println!("seed {seed}: {}\n{}\n{}", failure.kind, failure.message, model.text());
    }
    assert!(outcome.failures.is_empty());
    // Seven schemas, each with two sets of options and two edits.
    assert_eq!((outcome.compiled, outcome.mutations.0), (14, 14));
    // A test that tried nothing shows nothing.
    let tried = outcome.tried;
    assert!(tried.values > 300 && tried.given_up < tried.values && tried.arbitrary > 100, "{tried:?}");
}

#[test]
fn code_of_schemas_that_failed_once_compiles_and_runs() {
    let workshop = Workshop { toolchain: &TOOLCHAIN, folder: &folder("random-schemas-found") };
    let compiled = FOUND.iter().enumerate().map(|(index, text)| {
        let checked = check_text(text.as_bytes()).unwrap_or_else(|failure| panic!("{failure:?}"));
        let checked = checked.unwrap_or_else(|| panic!("an error in {text}"));
        let compiled = workshop.compile(&checked, 0, OptionSet::Run, &format!("found{index}"));
        compiled.unwrap_or_else(|failure| panic!("{}\n{}", failure.kind, failure.message))
    });
    let compiled: Vec<_> = compiled.collect();
    for result in workshop.run(&compiled).unwrap_or_else(|error| panic!("{error}")) {
        assert!(result.unwrap_or_else(|failure| panic!("{}\n{}", failure.kind, failure.message)).values > 0);
    }
}
