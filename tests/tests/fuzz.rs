//! A short run of every fuzz target, the same each time: no nightly toolchain, no libFuzzer, but the same functions.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::thread;
use std::time::Instant;

use typelang_tests::fuzz::{TARGETS, Target, seeds, subjects, target};
use typelang_tests::hexadecimal;
use typelang_tests::random::Random;
use typelang_tests::shared;

/// What a thread gets where nothing else is asked for.
const STACK: usize = 2 * 1024 * 1024;

/// Runs a target and says which bytes it was if it panics.
fn run(target: &Target, data: &[u8]) -> bool {
    let result = std::panic::catch_unwind(|| (target.run)(data));
    result.unwrap_or_else(|panic| {
        shared::say(&format!("{}: {}", target.name, hexadecimal::encode(data)));
        std::panic::resume_unwind(panic)
    })
}

/// Runs a target on so many inputs, each made from a seed, and says how many were of use.
fn run_from_seeds(name: &'static str, count: usize, random_seed: u64) {
    let target = target(name);
    let thread = thread::Builder::new().stack_size(STACK).spawn(move || {
        let begin = Instant::now();
        let seeds: Vec<Vec<u8>> = seeds(name).into_iter().map(|(_, content)| content).collect();
        let mut random = Random::new(random_seed);
        let mut useful = 0;
        for round in 0..count {
            let seed = &seeds[round % seeds.len()];
            let changes = round / seeds.len();
            useful += usize::from(run(target, &changed(seed, changes, &seeds, &mut random)));
        }
        assert!(useful * 20 > count && useful < count, "{useful} of {count} inputs were of use");
        shared::say(&format!("{name}: {count} inputs, {useful} of use, in {:.1} s", begin.elapsed().as_secs_f64()));
    });
    thread.expect("a thread can be started").join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
}

/// A seed with so many changes.
fn changed(seed: &[u8], changes: usize, seeds: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut data = seed.to_vec();
    for _ in 0..changes.min(4) {
        if data.is_empty() {
            break;
        }
        let place = random.below(data.len());
        match random.below(6) {
            0 => data[place] ^= 1 << random.below(8),
            1 => data[place] = random.number() as u8,
            2 => data.truncate(place),
            3 => {
                let length = random.below(9);
                let bytes = random.bytes(length);
                data.splice(place..place, bytes);
            }
            4 => {
                let end = (place + random.below(9)).min(data.len());
                data.drain(place..end);
            }
            _ => {
                let other = &seeds[random.below(seeds.len())];
                data.truncate(place);
                data.extend(&other[random.below(other.len() + 1)..]);
            }
        }
    }
    data
}

#[test]
fn bytes_are_decoded() {
    run_from_seeds("decode", 200_000, 1);
}

#[test]
fn values_come_back() {
    run_from_seeds("round_trip", 60_000, 2);
}

#[test]
fn walker_and_generated_code_agree() {
    run_from_seeds("walker", 60_000, 3);
}

#[test]
fn paths_select_what_the_value_has() {
    run_from_seeds("select", 20_000, 14);
}

#[test]
fn made_values_are_kept() {
    run_from_seeds("values", 20_000, 4);
}

#[test]
fn texts_are_read() {
    run_from_seeds("schema_text", 4_000, 5);
}

#[test]
fn random_schemas_are_right() {
    run_from_seeds("random_schema", 60, 6);
}

#[test]
fn bytes_in_every_form_come_back() {
    run_from_seeds("forms", 3_000, 7);
}

#[test]
fn messages_are_shown() {
    run_from_seeds("messages", 3_000, 8);
}

#[test]
fn messages_come_back() {
    run_from_seeds("envelope", 10_000, 9);
}

#[test]
fn packed_data_stays_within_its_bound() {
    run_from_seeds("unpack", 3_000, 10);
}

#[test]
fn every_type_is_a_subject_and_has_a_seed() {
    let names: BTreeSet<&str> = subjects().iter().map(|subject| subject.name.as_str()).collect();
    assert_eq!(names.len(), subjects().len(), "two of one name");
    let seeds = seeds("decode");
    let missing = |index: &usize| !seeds.iter().any(|(name, _)| *name == format!("value-{index}"));
    let missing: Vec<&str> = (0..subjects().len()).filter(missing).map(|index| &*subjects()[index].name).collect();
    assert!(missing.is_empty(), "{missing:?}");
    shared::say(&format!("{} types, constructors, functions and results are fuzzed", names.len()));
}

#[test]
fn every_target_has_a_file() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/fuzz_targets");
    let files = fs::read_dir(folder).expect("a folder of targets").map(|entry| entry.expect("readable").path());
    let files: BTreeSet<String> =
        files.filter_map(|path| path.file_stem().map(|stem| stem.to_string_lossy().into_owned())).collect();
    let targets: BTreeSet<String> = TARGETS.iter().map(|target| target.name.to_owned()).collect();
    assert_eq!(files, targets);
}
