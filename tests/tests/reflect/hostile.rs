//! The walker under bytes and tables that mean harm.

use std::thread;

use typelang::reflect::{DecodeFault, JsonLayout, JsonOptions, Table, TableError, Type, Value};
use typelang::{DEFAULT_MAX_MEMORY_RATIO, DecodeErrorKind, ReadOptions, WriteOptions};
use typelang_telegram::api;
use typelang_tests::nest::{Cycle, cycles, wrappers};
use typelang_tests::random::Random;
use typelang_tests::sample::{Optional, Sampler};
use typelang_tests::walker::table_of;
use typelang_tests::{schemas, shared};

/// What a thread gets where nothing else is asked for.
const STACK: usize = 2 * 1024 * 1024;
/// Levels of the deepest values.
const LEVELS: usize = 100_000;

fn on_small_stack(run: impl FnOnce() + Send + 'static) {
    let thread = thread::Builder::new().stack_size(STACK).spawn(run).expect("a thread can be started");
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
}

fn is_too_deep(cycle: &Cycle, levels: usize) -> bool {
    match api::TABLE.check(Type::ANY, &cycle.bytes(levels), ReadOptions::strict()) {
        Ok(_) => false,
        Err(error) if matches!(error.fault(), DecodeFault::Bytes(DecodeErrorKind::DepthLimit { .. })) => true,
        Err(error) => panic!("{}: {error}", cycle.name),
    }
}

/// The bytes with so many levels that one more is refused.
fn deepest(cycle: &Cycle) -> Vec<u8> {
    let (mut accepted, mut refused) = (1, 1000);
    assert!(!is_too_deep(cycle, accepted) && is_too_deep(cycle, refused), "{}", cycle.name);
    while refused - accepted > 1 {
        let middle = usize::midpoint(accepted, refused);
        *(if is_too_deep(cycle, middle) { &mut refused } else { &mut accepted }) = middle;
    }
    cycle.bytes(accepted)
}

#[test]
fn nesting_ends_in_an_error_and_the_deepest_values_work() {
    let schema = schemas::load("api.tl");
    let all: Vec<Cycle> = cycles(&schema).into_iter().chain(wrappers(&schema)).collect();
    let count = all.len();
    assert!(count > 40, "{count}");
    on_small_stack(move || {
        for cycle in &all {
            assert!(is_too_deep(cycle, LEVELS), "{}", cycle.name);
            let bytes = deepest(cycle);
            let value = api::TABLE.decode(&bytes, ReadOptions::strict()).expect(&cycle.name);
            let encoded = api::TABLE.encode(&value.clone(), WriteOptions::new()).expect(&cycle.name);
            assert!(encoded == bytes && format!("{value:?}").len() > 10, "{}", cycle.name);
            let json = api::TABLE.json(
                Type::ANY,
                &bytes,
                ReadOptions::strict(),
                JsonOptions::new().layout(JsonLayout::Pretty),
            );
            let (dump, taken) = api::TABLE.dump(Type::ANY, &bytes, ReadOptions::strict());
            // A call counts as several levels.
            assert!(json.is_ok() && dump.lines().count() > 40 && taken == Ok(bytes.len()), "{}", cycle.name);
        }
    });
    shared::say(&format!("the walker refuses {count} ways of nesting too deeply, and works on the deepest it accepts"));
}

#[test]
fn values_that_are_built_too_deep_are_refused() {
    on_small_stack(|| {
        let mut value = Value::Vector(Vec::new());
        for _ in 0..1000 {
            value = Value::Vector(vec![value]);
        }
        let schema = schemas::load_text("box#1 {t:Type} item:t = Box t;\nnest#2 of:Vector<Nest> = Nest;");
        let bytes = table_of(&schema);
        let table = Table::new(&bytes).expect("a table");
        let mut nest = Value::Vector(Vec::new());
        for _ in 0..1000 {
            let object = typelang::reflect::Object { name: "nest", fields: vec![("of", Value::Vector(vec![nest]))] };
            nest = object.into();
        }
        let error = table.encode(&nest, WriteOptions::new()).expect_err("too deep");
        assert!(error.path().starts_with("nest.of[0].of[0]"), "{error}");
        assert!(table.encode(&value, WriteOptions::new()).is_err());
        assert!(table.decode(&1_u32.to_le_bytes(), ReadOptions::new()).is_err(), "needs a type argument");
    });
}

#[test]
fn announced_elements_cost_nothing() {
    // updateDeleteMessages, whose first field is a vector of numbers.
    for count in [i32::MAX, 1 << 24, 1, -1] {
        let head = [0xa20d_b0e5_u32.to_le_bytes(), 0x1cb5_c415_u32.to_le_bytes(), count.to_le_bytes()].concat();
        let error = api::TABLE.decode(&head, ReadOptions::new()).expect_err("no elements follow");
        assert_eq!((error.path(), error.offset()), ("updateDeleteMessages.messages", 8), "{error}");
    }
}

/// A constructor of flags alone becomes an object of many fields; that must not multiply the input without a bound.
#[test]
fn memory_is_bounded() {
    let flags =
        "many#1 flags:# ".to_owned() + &(0..32).map(|bit| format!("f{bit}:flags.{bit}?true ")).collect::<String>();
    let schema = flags + "= Many;\nlist#2 all:vector<many> = List;";
    let bytes = table_of(&schemas::load_text(&schema));
    let table = Table::new(&bytes).expect("a table");
    let count = 20_000_u32;
    let mut list = [2_u32.to_le_bytes(), count.to_le_bytes()].concat();
    list.extend(u32::MAX.to_le_bytes().repeat(count as usize));
    let error = table.decode(&list, ReadOptions::new()).expect_err("much more memory than bytes");
    let ratio = DEFAULT_MAX_MEMORY_RATIO;
    assert_eq!(*error.fault(), DecodeFault::Bytes(DecodeErrorKind::MemoryLimit { ratio }), "{error}");
    assert_eq!(table.check(Type::ANY, &list, ReadOptions::new()), Ok(list.len()), "a walk keeps nothing");
    let allowed = ReadOptions::new().max_memory_ratio(1000);
    assert!(table.decode(&list, allowed).is_ok(), "the option allows more");
}

/// Values of no bytes that hold several of their kind, level after level, would take forever.
#[test]
fn values_without_bytes_come_to_an_end() {
    let levels = (0..40).map(|level| format!("a{level} x:%A{0} y:%A{0} = A{level};\n", level + 1));
    let text = levels.collect::<String>() + "a40 = A40;\nroot#1 x:%A0 = Root;\n";
    // Resolving refuses it, but a table may come from elsewhere.
    let parsed = typelang_parser::parse(Default::default(), &text);
    let resolution = typelang_ir::resolve(&[parsed.file], typelang_ir::ResolveOptions::default());
    assert!(resolution.has_errors());
    let bytes = table_of(&resolution.schema);
    let table = Table::new(&bytes).expect("a table");
    let error = table.check(Type::ANY, &1_u32.to_le_bytes(), ReadOptions::new()).expect_err("2^40 values");
    assert_eq!(*error.fault(), DecodeFault::TooManyValues);
}

#[test]
fn a_damaged_table_gives_errors() {
    let schema = schemas::load("mtproto.tl");
    let whole = table_of(&schema);
    let mut sampler = Sampler::new(&schema, 6);
    let ids: Vec<_> = schema.constructor_ids().collect();
    let values: Vec<Vec<u8>> = ids.iter().map(|id| sampler.constructor(*id, Optional::Random)).collect();
    let mut random = Random::new(7);
    let (mut refused, mut accepted) = (0, 0);
    for round in 0..600 {
        let mut damaged = whole.clone();
        if round % 4 == 0 {
            damaged.truncate(random.below(whole.len()));
        }
        for _ in 0..=random.below(3) {
            let position = random.below(damaged.len().max(1));
            if let Some(byte) = damaged.get_mut(position) {
                *byte = if random.coin() { *byte ^ 1 << random.below(8) } else { random.number() as u8 };
            }
        }
        match Table::new(&damaged) {
            Ok(_) => accepted += 1,
            Err(TableError::NotATable | TableError::Version { .. } | TableError::Damaged) => refused += 1,
            Err(error) => panic!("{error}"),
        }
        // Even a table that is known to be damaged must not panic.
        let table = Table::generated(&damaged);
        let value = random.below(values.len());
        exercise(&table, &values[value]);
    }
    assert!(refused > 100 && accepted > 20, "{refused} refused, {accepted} accepted");
    shared::say(&format!("of damaged tables {refused} are refused and {accepted} still are tables; none panics"));
}

#[test]
fn announced_combinators_cost_nothing() {
    let whole = table_of(&schemas::load("mtproto.tl"));
    // The words of the header: magic, version, layer, flags, types, combinators, ids, texts.
    for word in 4..7 {
        let mut damaged = whole.clone();
        damaged[4 * word..4 * word + 4].fill(0xff);
        assert_eq!(Table::new(&damaged).err(), Some(TableError::Damaged), "word {word}");
        let table = Table::generated(&damaged);
        assert!(table.combinators().count() < whole.len() && table.type_names().count() < whole.len(), "word {word}");
        assert!(table.type_named("no type").is_none() && table.constructor_named("none").is_none(), "word {word}");
    }
}

/// Everything that can be done with a table.
fn exercise(table: &Table<'_>, bytes: &[u8]) {
    if let Ok(value) = table.decode(bytes, ReadOptions::new()) {
        let _ = table.encode(&value, WriteOptions::new());
    }
    let (text, _) = table.dump(Type::OBJECT, bytes, ReadOptions::new());
    assert!(text.len() < 1 << 24);
    let _ = (table.layer(), table.name_of(0x0516_2463), table.constructor_named("resPQ"), table.type_named("ResPQ"));
    let _ = table.combinators().map(|it| it.fields().count()).sum::<usize>();
}
