//! Decoding allocates no more than the input warrants.
//!
//! A test binary of its own, whose tests run one after the other, because it counts the memory of the whole process.

use std::alloc::System;
use std::path::PathBuf;
use std::process::ExitCode;
use std::{env, fs};

use stats_alloc::{INSTRUMENTED_SYSTEM, Region, Stats, StatsAlloc};
use typelang::reflect::{MEMORY_FACTOR, Path, Table};
use typelang::{DEFAULT_MAX_MEMORY_RATIO, FREE_MEMORY, ReadOptions};
use typelang_ir::Schema;
use typelang_telegram::api::{self, AnyConstructor};
use typelang_telegram::{Decode, DecodeError, DecodeErrorKind, Encode};
use typelang_tests::nest::{VectorField, cycles, shortest_elements, vector_fields};
use typelang_tests::sample::Sampler;
use typelang_tests::vector_files::fixtures;
use typelang_tests::{schemas, shared, trials, walker};
use typelang_tests_layer::api as layer;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Length of vectors that are full of one element, in bytes.
const FULL: usize = 1 << 17;
/// Length of the input whose nested values are refused, in bytes.
const LONG: usize = 1 << 20;
/// How many times the input all memory may be that decoding asks for: the documented ratio, strings, which come on top
/// byte by byte, and what the second walk that finds the path of an error asks for and gives back on its way.
const MAX_MULTIPLE: f64 = (DEFAULT_MAX_MEMORY_RATIO + 2) as f64;
/// How many times the input that must be allowed: with a lower limit real messages would be refused.
const MIN_MULTIPLE: f64 = 20.0;
/// A ratio that vectors of the API exceed, so that the limit is seen to refuse them.
const LOW_RATIO: u32 = 16;

/// Bytes that an error may take, with its path and what finding it takes.
const MAX_ERROR: usize = 1024;
/// Bytes that an error may hold whose path is as long as values may be deep.
const MAX_DEEP_ERROR: usize = 4096;

fn main() -> ExitCode {
    let bounded = trials::test("memory_is_bounded_by_the_input", memory_is_bounded_by_the_input);
    let name = |path: &PathBuf| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let real = trials::for_each("real_messages", fixtures(), name, beginnings_cost_a_fixed_multiple);
    let walked = trials::test("memory_of_the_walker_is_bounded", memory_of_the_walker_is_bounded);
    let parts = trials::test("parts_take_no_memory", parts_take_no_memory);
    trials::run_one_by_one(real.into_iter().chain([bounded, walked, parts]))
}

/// Numbers and strings are read out of a value without an allocation, and so is their place.
fn parts_take_no_memory() {
    let deleted = |pts| api::types::UpdateDeleteMessages { messages: vec![1, 2, 3], pts, pts_count: 1 };
    let updates = vec![
        deleted(10).into(),
        api::types::UpdateLangPackTooLong { lang_code: "de".to_owned() }.into(),
        deleted(11).into(),
    ];
    let value = api::types::Updates { updates, users: Vec::new(), chats: Vec::new(), date: 3, seq: 4 };
    let bytes = value.to_bytes().expect("short strings");
    let cases = [
        ("updates[*].pts", 2),
        ("updates[*].messages[-1]", 2),
        ("updates[*].lang_code", 1),
        ("updates[2].(updateDeleteMessages).pts", 1),
        ("updates[*].message.reply_to.quote", 0),
        ("users", 1),
        ("seq", 1),
    ];
    for (text, expected) in cases {
        let path = Path::of::<api::enums::Updates>(text).expect("a path");
        let region = Region::new(ALLOCATOR);
        let mut count = 0;
        for part in path.select(&bytes, ReadOptions::new()) {
            count += usize::from(part.is_ok());
        }
        let Stats { allocations, reallocations, .. } = region.change();
        assert_eq!((count, allocations, reallocations), (expected, 0, 0), "{text}");
    }
}

fn memory_is_bounded_by_the_input() {
    let schema = schemas::load("api.tl");
    let vectors = vector_fields(&schema);
    assert!(vectors.len() > 300, "only {} vectors", vectors.len());
    announced_elements_cost_nothing(&vectors);
    full_vectors_cost_a_fixed_multiple(&schema, &vectors);
    refused_values_cost_little(&schema);
}

/// How many times the input the walker may ask for: its factor of the documented ratio, and texts.
const MAX_WALKED: usize = DEFAULT_MAX_MEMORY_RATIO as usize * MEMORY_FACTOR + 2;
/// What a walk may ask for in addition: the objects that are open, and the path of an error.
const MAX_AROUND: usize = 64 * 1024;

/// Types whose values take memory and few bytes or none, with inputs that have as many of them as possible.
fn memory_of_the_walker_is_bounded() {
    let optional = (0..30).map(|bit| format!("a{bit}:m.{bit}?string ")).collect::<String>();
    let flags = (0..32).map(|bit| format!("f{bit}:flags.{bit}?true ")).collect::<String>();
    let schema = schemas::load_text(&format!(
        "vector#1cb5c415 {{t:Type}} # [ t ] = Vector t;
         nothing = Nothing;
         wide {{m:#}} {optional}= Wide m;
         wides m:# all:(vector %(Wide m)) = Wides;
         many flags:# {flags}= Many;
         manies all:(vector %Many) = Manies;
         empties all:(vector %Nothing) = Empties;
         row cells:3*[ nothing ] = Row;
         rows all:(vector %Row) = Rows;
         lists all:(vector (vector (vector int))) = Lists;
         numbers all:(vector int) = Numbers;
         five {{a:#}} {{b:#}} {{c:#}} {{d:#}} {{e:#}} x:a.0?int y:e.0?int = Five a b c d e;
         fives a:# all:(vector %(Five a a a a a)) = Fives;
         list flags:# next:flags.0?List = List;"
    ));
    let bytes = walker::table_of(&schema);
    let table = Table::new(&bytes).expect("a table");
    let words = |words: &[u32]| words.iter().flat_map(|it| it.to_le_bytes()).collect::<Vec<u8>>();
    let (most, room) = (65_536_u32, 40_000);
    let cases = [
        ("wides", words(&[0, most]), vec![0]),
        ("wides", words(&[u32::MAX, 1000]), vec![0]),
        ("manies", words(&[10_000]), vec![0xff]),
        ("empties", words(&[most]), vec![0]),
        ("rows", words(&[most / 4]), vec![0]),
        ("lists", words(&[10_000]), vec![0]),
        ("lists", words(&[1]), words(&[4_000])),
        ("numbers", words(&[10_000]), vec![7]),
        ("fives", words(&[0, most]), vec![0]),
        ("list", Vec::new(), words(&[1])),
    ];
    let mut worst = (0.0_f64, "");
    for (name, mut input, piece) in cases {
        while input.len() < room {
            input.extend(&piece);
        }
        for cut in [input.len(), 8] {
            let input = &input[..cut];
            let ty = table.constructor_named(name).expect(name).bare();
            let region = Region::new(ALLOCATOR);
            let result = table.decode_as(ty, input, ReadOptions::new());
            let memory = region.change().bytes_allocated;
            drop(result);
            let most = (input.len() * MAX_WALKED).max(FREE_MEMORY) + MAX_AROUND;
            assert!(memory <= most, "{name}: {memory} bytes for {}", input.len());
            if cut > 8 {
                worst = worst.max_by(memory as f64 / input.len() as f64, name);
            }
        }
    }
    assert!(worst.0 > 30.0, "the worst is not among them: {worst:?}");
    shared::say(&format!("the walker asks for at most {:.1} times the input, for {}", worst.0, worst.1));
}

/// The greater of two multiples, with its name.
trait MaxBy {
    fn max_by(self, multiple: f64, name: &'static str) -> Self;
}

impl MaxBy for (f64, &'static str) {
    fn max_by(self, multiple: f64, name: &'static str) -> Self {
        if multiple > self.0 { (multiple, name) } else { self }
    }
}

/// Decodes, and says what was allocated for it and not yet given back.
fn measure(bytes: &[u8]) -> (Result<AnyConstructor, DecodeError>, Stats) {
    measure_with(bytes, ReadOptions::new())
}

fn measure_with(bytes: &[u8], options: ReadOptions) -> (Result<AnyConstructor, DecodeError>, Stats) {
    let region = Region::new(ALLOCATOR);
    let result = AnyConstructor::from_bytes_with(bytes, options);
    let change = region.change();
    (result, change)
}

/// A vector with the greatest count and no elements is an error that costs next to nothing beyond the same value with an
/// empty vector.
fn announced_elements_cost_nothing(vectors: &[VectorField<'_>]) {
    let mut most = 0;
    for vector in vectors {
        let (result, empty) = measure(&vector.bytes(0, &[]));
        assert!(result.is_ok(), "{}", vector.name);
        drop(result);
        for count in [i32::MAX, 1 << 24, 1 << 16] {
            let (result, stats) = measure(&vector.bytes(count, &[]));
            let error = result.expect_err(&vector.name);
            assert!(matches!(error.kind(), DecodeErrorKind::TooManyElements { .. }), "{}: {error}", vector.name);
            let more = stats.bytes_allocated.saturating_sub(empty.bytes_allocated);
            assert!(more <= MAX_ERROR, "{}: {more} bytes for an error", vector.name);
            most = most.max(more);
        }
    }
    shared::say(&format!(
        "{} vectors without their elements: at most {most} bytes of memory for the error",
        vectors.len()
    ));
}

/// Bytes of about so many, all of them elements.
fn filled(vector: &VectorField<'_>, element: &[u8], length: usize) -> Vec<u8> {
    let count = length / element.len();
    vector.bytes(i32::try_from(count).expect("a short input"), &element.repeat(count))
}

/// How many times the input the memory is that was asked for, and whether the value was refused for asking for more.
fn multiple(name: &str, bytes: &[u8], ratio: u32) -> (f64, bool) {
    let (result, stats) = measure_with(bytes, ReadOptions::new().max_memory_ratio(ratio));
    if let Err(error) = &result {
        assert!(matches!(error.kind(), DecodeErrorKind::MemoryLimit { .. }), "{name}: {error}");
    }
    (stats.bytes_allocated as f64 / bytes.len() as f64, result.is_err())
}

/// The default accepts what values of the API need at most; a lower ratio refuses some of them, and bounds them as well.
fn full_vectors_cost_a_fixed_multiple(schema: &Schema, vectors: &[VectorField<'_>]) {
    let (worst, accepted, _) = fill(schema, vectors, DEFAULT_MAX_MEMORY_RATIO);
    assert!(worst >= MIN_MULTIPLE, "at most {worst:.1} times the input");
    let (_, _, refused) = fill(schema, vectors, LOW_RATIO);
    assert!(accepted > 100 && refused > 0, "{accepted} accepted, {refused} refused");
    shared::say(&format!(
        "vectors of {FULL} bytes: at most {worst:.1} times the memory; {accepted} accepted, at a ratio of {LOW_RATIO} \
         {refused} refused"
    ));
}

/// Fills vectors with their shortest elements; says how many times the input they take at most, how many are accepted, and how
/// many refused.
fn fill(schema: &Schema, vectors: &[VectorField<'_>], ratio: u32) -> (f64, usize, usize) {
    let mut sampler = Sampler::new(schema, 0);
    let mut seen = Vec::new();
    let (mut worst, mut accepted, mut refused) = (0.0_f64, 0, 0);
    let most = f64::from(ratio) + (MAX_MULTIPLE - f64::from(DEFAULT_MAX_MEMORY_RATIO));
    for vector in vectors {
        if seen.contains(&vector.element) {
            continue;
        }
        seen.push(vector.element);
        for element in shortest_elements(schema, &mut sampler, vector.element) {
            let (multiple, is_refused) = multiple(&vector.name, &filled(vector, &element, FULL), ratio);
            assert!(multiple <= most, "{}: {multiple:.1} times the input", vector.name);
            worst = worst.max(multiple);
            if is_refused { refused += 1 } else { accepted += 1 }
        }
    }
    (worst, accepted, refused)
}

/// Why bytes are no value.
type ErrorOf = fn(&[u8]) -> Option<DecodeError>;

/// What each file of messages is, by the beginning of its name.
const REAL_MESSAGES: [(&str, ErrorOf); 4] = [
    ("messagesSlice", |bytes| layer::enums::messages::Messages::from_bytes(bytes).err()),
    ("sendEncrypted", |bytes| layer::functions::messages::SendEncrypted::from_bytes(bytes).err()),
    ("updates", |bytes| layer::enums::Updates::from_bytes(bytes).err()),
    ("vector_long", |bytes| Vec::<i64>::from_bytes(bytes).err()),
];
/// Up to so many bytes every beginning of a message is tried, beyond it some.
const EVERY_BEGINNING: usize = 1_100;
/// If this variable is set, every beginning is tried of every message.
const WHOLE: &str = "TL_TESTS_WHOLE";

/// Every beginning of a message is an error, and costs no more than its length warrants.
fn beginnings_cost_a_fixed_multiple(path: PathBuf) {
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let decode = REAL_MESSAGES.iter().find(|(begin, _)| name.starts_with(begin));
    let (_, decode) = decode.unwrap_or_else(|| panic!("what is {name}?"));
    let bytes = fs::read(&path).expect("readable");
    assert_eq!(decode(&bytes), None);
    let is_whole = env::var_os(WHOLE).is_some();
    let step = if is_whole { 1 } else { bytes.len() / EVERY_BEGINNING + 1 };
    let (mut beginnings, mut worst) = (0, 0.0_f64);
    for length in (0..bytes.len()).step_by(step) {
        let region = Region::new(ALLOCATOR);
        let error = decode(&bytes[..length]);
        let memory = region.change().bytes_allocated;
        let error = error.unwrap_or_else(|| panic!("{length} bytes are a value"));
        assert!(error.offset() <= length, "{error}");
        assert!(memory <= MAX_ERROR + 32 * length, "{memory} bytes of memory for {length} bytes");
        worst = worst.max(memory.saturating_sub(MAX_ERROR) as f64 / length.max(1) as f64);
        beginnings += 1;
    }
    shared::say(&format!("{name}: {beginnings} beginnings are errors, with at most {worst:.1} times the memory"));
}

/// Nested values are refused before they have cost much, however long the input is.
fn refused_values_cost_little(schema: &Schema) {
    for cycle in cycles(schema) {
        let bytes = cycle.bytes(LONG / 64);
        let (result, stats) = measure(&bytes);
        let error = result.expect_err(&cycle.name);
        assert!(matches!(error.kind(), DecodeErrorKind::DepthLimit { .. }), "{}: {error}", cycle.name);
        assert!(stats.bytes_allocated < bytes.len(), "{}: {} bytes for an error", cycle.name, stats.bytes_allocated);
        let held = stats.bytes_allocated - stats.bytes_deallocated;
        assert!(held <= MAX_DEEP_ERROR, "{}: {held} bytes are held by an error", cycle.name);
    }
}
