//! Tries inputs that mean harm on the code of one schema, on a thread with an ordinary stack.
//!
//! The command `worst` compiles this module into a crate of its own, beside the code that it generates: nothing here may refer
//! to another module of this package.

use std::alloc::System;
use std::collections::BTreeSet;
use std::fs;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use typelang::catalog::{Entry, Kind};
use typelang::reflect::{DecodeFault, MEMORY_FACTOR, Table, Type};
use typelang::{DEFAULT_MAX_MEMORY_RATIO, DecodeErrorKind, FREE_MEMORY, ReadOptions};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// What a thread gets where nothing else is asked for.
const STACK: usize = 2 * 1024 * 1024;
/// How many times the input all memory may be that decoding asks for: the ratio, and texts.
const DECODER: usize = DEFAULT_MAX_MEMORY_RATIO as usize + 2;
/// The same for the walker.
const WALKER: usize = DEFAULT_MAX_MEMORY_RATIO as usize * MEMORY_FACTOR + 2;
/// What an error, its path and the objects around it may take in addition.
const AROUND: usize = 64 * 1024;
/// The longest that one input may take where code is optimised.
const LONGEST: Duration = Duration::from_secs(1);

/// The generated code of a schema.
pub struct Subject {
    /// The schema as a table.
    pub table: Table<'static>,
    /// Types, constructors and results.
    pub catalog: &'static [Entry],
    /// Calls.
    pub calls: &'static [Entry],
}

/// The worst that was seen.
#[derive(Default)]
struct Worst {
    value: f64,
    of: String,
}

impl Worst {
    fn note(&mut self, value: f64, of: &str) {
        if value > self.value {
            *self = Self { value, of: of.to_owned() };
        }
    }
}

/// What came of all inputs.
#[derive(Default)]
struct Report {
    inputs: usize,
    values: usize,
    /// Inputs that the walker was given as well, which are all unless something is wrong.
    both: usize,
    /// Kinds and names of entries that were tried.
    tried: BTreeSet<(String, String)>,
    /// Kinds and names that the lists do not have.
    without_entry: BTreeSet<(String, String)>,
    memory: Worst,
    walked: Worst,
    time: Worst,
    walk_time: Worst,
    faults: Vec<String>,
}

/// The program of the crate: tries the inputs of the file that is named first, each of as many bytes as the second argument
/// says.
pub fn main(subject: Subject) -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    let text = fs::read_to_string(&arguments[1]).expect("a file of inputs");
    let size: usize = arguments[2].parse().expect("a number of bytes");
    let run = move || try_all(&subject, &text, size);
    let report = std::thread::Builder::new().stack_size(STACK).spawn(run).expect("a thread").join().expect("no panic");
    println!("{} inputs of {size} bytes for {} entries, {} of them values", report.inputs, report.tried.len(), report.values);
    for (what, worst, unit) in [
        ("memory of the decoder", &report.memory, " times the input"),
        ("memory of the walker", &report.walked, " times the input"),
        ("time of the decoder", &report.time, " ms"),
        ("time of the walker", &report.walk_time, " ms"),
    ] {
        println!("  {what}: at most {:.1}{unit}, {}", worst.value, worst.of);
    }
    for fault in &report.faults {
        println!("fault: {fault}");
    }
    if report.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn try_all(subject: &Subject, text: &str, size: usize) -> Report {
    let mut report = Report::default();
    for line in text.lines() {
        let mut parts = line.split('\t');
        let mut next = || parts.next().unwrap_or_default();
        let (kind, name, what, begin, piece) = (next(), next(), next(), bytes(next()), bytes(next()));
        let entries = if kind == "Function" { subject.calls } else { subject.catalog };
        let entry = entries.iter().find(|it| format!("{:?}", it.kind()) == kind && it.name() == name);
        let Some(entry) = entry else {
            report.without_entry.insert((kind.to_owned(), name.to_owned()));
            continue;
        };
        // Whoever started this process reads it if the process ends here.
        eprintln!("{kind} {name}: {what}");
        report.tried.insert((kind.to_owned(), name.to_owned()));
        try_one(subject, entry, &format!("{kind} {name}: {what}"), &filled(begin, &piece, size), &mut report);
    }
    report.nothing_is_left_out(subject);
    report
}

fn try_one(subject: &Subject, entry: &Entry, name: &str, input: &[u8], report: &mut Report) {
    report.inputs += 1;
    let (time, region) = (Instant::now(), Region::new(ALLOCATOR));
    let result = entry.decode(input, ReadOptions::new());
    let memory = region.change().bytes_allocated;
    let fault = result.as_ref().err().map(|error| (*error.kind(), error.offset()));
    if let Ok(value) = result {
        report.values += 1;
        // What was decoded can be encoded.
        if let Err(error) = value.to_bytes() {
            report.faults.push(format!("{name}: {error}"));
        }
    }
    let time = time.elapsed();
    let (walk_time, region) = (Instant::now(), Region::new(ALLOCATOR));
    let walked = ty(&subject.table, entry).map(|ty| subject.table.decode_as(ty, input, ReadOptions::new()));
    let walked_memory = region.change().bytes_allocated;
    let walked = walked.map(|it| it.map(drop));
    let walk_time = walk_time.elapsed();
    report.check(name, input.len(), [memory, walked_memory], [time, walk_time]);
    let Some(walked) = walked else {
        report.faults.push(format!("{name}: not in the table"));
        return;
    };
    report.both += 1;
    // Whether a value costs too much, each says for itself; what only one of them accepts must be that.
    match (walked, fault) {
        (Ok(()), Some((kind, offset))) if !is_about_cost(&kind) => {
            report.faults.push(format!("{name}: the walker accepts what is refused with {kind:?} at byte {offset}"));
        }
        (Err(error), None) if !is_cost_of_walker(error.fault()) => {
            report.faults.push(format!("{name}: only the walker refuses: {error}"));
        }
        _ => {}
    }
}

fn is_about_cost(kind: &DecodeErrorKind) -> bool {
    matches!(kind, DecodeErrorKind::DepthLimit { .. } | DecodeErrorKind::MemoryLimit { .. })
}

/// The walker counts values without bytes by a limit of its own.
fn is_cost_of_walker(fault: &DecodeFault) -> bool {
    match fault {
        DecodeFault::TooManyValues => true,
        DecodeFault::Bytes(kind) => is_about_cost(kind) || matches!(kind, DecodeErrorKind::TooManyElements { .. }),
        _ => false,
    }
}

impl Report {
    /// A test that tried nothing shows nothing: every entry has an input, some inputs are values, and the walker had all of them.
    fn nothing_is_left_out(&mut self, subject: &Subject) {
        for entry in subject.catalog.iter().chain(subject.calls) {
            let (kind, name) = (format!("{:?}", entry.kind()), entry.name().to_owned());
            if !self.tried.contains(&(kind.clone(), name.clone())) {
                self.faults.push(format!("nothing was tried for {kind} {name}"));
            }
        }
        // A result whose form has a number is in no list.
        let without = self.without_entry.iter().filter(|(kind, _)| kind != "Result");
        self.faults.extend(without.map(|(kind, name)| format!("{kind} {name} is in no list")));
        if self.inputs == 0 || self.values == 0 || self.both != self.inputs {
            let Self { inputs, values, both, .. } = self;
            self.faults.push(format!("{inputs} inputs were tried, {values} are values, the walker had {both}"));
        }
    }

    fn check(&mut self, name: &str, input: usize, memory: [usize; 2], time: [Duration; 2]) {
        for (memory, multiple, what) in [(memory[0], DECODER, "decoder"), (memory[1], WALKER, "walker")] {
            if memory > (input * multiple).max(FREE_MEMORY) + AROUND {
                self.faults.push(format!("{name}: {memory} bytes of memory in the {what} for {input}"));
            }
        }
        for (time, what) in [(time[0], "decoder"), (time[1], "walker")] {
            if time > LONGEST && !cfg!(debug_assertions) {
                self.faults.push(format!("{name}: {time:?} in the {what}"));
            }
        }
        let input = input.max(1) as f64;
        self.memory.note(memory[0].saturating_sub(FREE_MEMORY) as f64 / input, name);
        self.walked.note(memory[1].saturating_sub(FREE_MEMORY) as f64 / input, name);
        self.time.note(time[0].as_secs_f64() * 1000.0, name);
        self.walk_time.note(time[1].as_secs_f64() * 1000.0, name);
    }
}

/// The type of an entry for the walker.
fn ty(table: &Table<'static>, entry: &Entry) -> Option<Type<'static>> {
    Some(match entry.kind() {
        Kind::Type => table.type_named(entry.name())?,
        Kind::Constructor => table.constructor_named(entry.name())?.bare(),
        Kind::Function => table.function_named(entry.name())?.boxed(),
        _ => table.function_named(entry.name())?.result(),
    })
}

/// So many bytes; the beginning alone if nothing fills the rest.
fn filled(mut begin: Vec<u8>, piece: &[u8], size: usize) -> Vec<u8> {
    if !piece.is_empty() {
        let room = size.saturating_sub(begin.len());
        begin.extend(piece.repeat(room / piece.len() + 1));
        begin.truncate(size);
    }
    begin
}

fn bytes(text: &str) -> Vec<u8> {
    let digit = |byte: u8| (byte as char).to_digit(16).expect("a hexadecimal digit") as u8;
    text.as_bytes().chunks(2).map(|pair| digit(pair[0]) << 4 | digit(pair[1])).collect()
}
