//! A megabyte of the worst for every type that the checked-in crate has: a value or an error, and no more memory than is
//! promised, on a thread with an ordinary stack.
//!
//! A test binary of its own, with one test, because it counts the memory of the whole process. The types come from lists that
//! are generated together with them.

use std::alloc::System;
use std::collections::BTreeSet;
use std::env;
use std::thread;
use std::time::{Duration, Instant};

use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use typelang::catalog::{Entry, Kind};
use typelang::{DEFAULT_MAX_MEMORY_RATIO, DecodeOwned, ReadOptions};
use typelang_telegram::{DecodeError, api, mtproto, secret};
use typelang_tests::modules::{MODULES, Module};
use typelang_tests::nest::{Subject, WorstInput, WorstInputs};
use typelang_tests::{schemas, shared};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// What a thread gets where nothing else is asked for.
const STACK: usize = 2 * 1024 * 1024;
/// Length of each input.
const SIZE: usize = 1 << 20;
/// How many times the input all memory may be that decoding asks for, given back or not.
const MAX_MULTIPLE: usize = 32;
/// If this variable is set, vectors are decoded to their end for every type, not only once for each vector.
const WHOLE: &str = "TL_TESTS_WHOLE";

/// The worst that was seen.
#[derive(Default)]
struct Worst {
    memory: usize,
    memory_of: String,
    time: Duration,
    time_of: String,
    inputs: usize,
    values: usize,
}

impl Worst {
    fn try_one(&mut self, subject: &str, entry: &Entry, input: &WorstInput) {
        let begin = Instant::now();
        let region = Region::new(ALLOCATOR);
        let result = entry.decode(&input.bytes, ReadOptions::new());
        let memory = region.change().bytes_allocated;
        let is_value = result.is_ok();
        drop(result);
        let time = begin.elapsed();
        let name = || format!("{subject}: {}", input.name);
        assert_eq!(input.bytes.len(), SIZE, "{}", name());
        assert!(memory <= MAX_MULTIPLE * SIZE, "{}: {memory} bytes", name());
        self.inputs += 1;
        self.values += usize::from(is_value);
        if memory > self.memory {
            (self.memory, self.memory_of) = (memory, name());
        }
        if time > self.time {
            (self.time, self.time_of) = (time, name());
        }
    }
}

fn entries(module: &Module) -> Vec<Entry> {
    let entries: Vec<&Entry> = match module.name {
        "api" => api::CATALOG.iter().chain(&api::CALLS).collect(),
        "mtproto" => mtproto::CATALOG.iter().chain(&mtproto::CALLS).collect(),
        _ => secret::CATALOG.iter().collect(),
    };
    entries.into_iter().copied().collect()
}

fn subject(entry: &Entry) -> Subject {
    let name = entry.name().to_owned();
    match entry.kind() {
        Kind::Type => Subject::Type(name),
        Kind::Constructor => Subject::Constructor(name),
        Kind::Function => Subject::Function(name),
        _ => Subject::Result(name),
    }
}

/// Memory for each byte of input where nothing limits it.
fn unlimited_cost<T: DecodeOwned>(bytes: &[u8]) -> f64 {
    let region = Region::new(ALLOCATOR);
    let result: Result<T, DecodeError> = T::from_bytes_with(bytes, ReadOptions::new().max_memory_ratio(u32::MAX));
    let memory = region.change().bytes_allocated;
    assert!(result.is_ok());
    memory as f64 / bytes.len() as f64
}

fn cost_in(module: &Module) -> fn(&[u8]) -> f64 {
    match module.name {
        "api" => unlimited_cost::<api::AnyConstructor>,
        "mtproto" => unlimited_cost::<mtproto::AnyConstructor>,
        _ => unlimited_cost::<secret::AnyConstructor>,
    }
}

fn try_all(module: &Module) {
    let is_whole = env::var_os(WHOLE).is_some();
    let schema = schemas::load(module.schema);
    let mut inputs = WorstInputs::new(&schema, SIZE, cost_in(module));
    let (mut worst, mut seen) = (Worst::default(), BTreeSet::new());
    let entries = entries(module);
    for entry in &entries {
        let name = format!("{} {entry:?}", module.name);
        for input in inputs.of(&subject(entry), f64::from(DEFAULT_MAX_MEMORY_RATIO)) {
            let is_new = input.full_vector.as_ref().is_none_or(|vector| seen.insert(vector.clone()));
            if is_new || is_whole {
                worst.try_one(&name, entry, &input);
            }
        }
    }
    let mebibytes = worst.memory as f64 / SIZE as f64;
    shared::say(&format!(
        "{}: {} types, {} inputs of 1 MiB, {} of them values; at most {mebibytes:.1} MiB of memory for {}, {:.0} ms for {}",
        module.name,
        entries.len(),
        worst.inputs,
        worst.values,
        worst.memory_of,
        worst.time.as_secs_f64() * 1000.0,
        worst.time_of,
    ));
    assert!(worst.inputs >= 2 * entries.len() && worst.values > 0);
}

#[test]
fn the_worst_megabyte_for_every_type() {
    let thread = thread::Builder::new().stack_size(STACK).spawn(|| MODULES.iter().for_each(try_all));
    let thread = thread.expect("a thread can be started");
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
}
