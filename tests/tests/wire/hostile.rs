//! Bytes that mean harm: nested as deep as they go, on a thread with an ordinary stack.

use std::env;
use std::fmt::{Debug, Write};
use std::process::{Command, Stdio};
use std::thread;

use typelang::DecodeOwned;
use typelang_ir::{Facts, Schema};
use typelang_telegram::api::{AnyConstructor, AnyFunction, enums, types};
use typelang_telegram::{Decode, DecodeErrorKind, Encode, ReadOptions};
use typelang_tests::nest::{Cycle, cycles, wrappers};
use typelang_tests::{schemas, shared};

/// What a thread gets where nothing else is asked for, in KiB.
const STACK_KIB: usize = 2048;
/// Levels of the deepest values.
const LEVELS: usize = 100_000;
/// Tells a child process what to nest and how much stack to try, in KiB.
const STACK_VARIABLE: &str = "TL_TESTS_STACK";
/// Nested types, as the value of the variable.
const TYPES: &str = "types";
/// Nested calls, as the value of the variable.
const CALLS: &str = "calls";

/// A way of nesting, and bytes that nest in that way.
type NamedBytes = (String, Vec<u8>);

fn on_stack<T: Send + 'static>(kib: usize, run: impl FnOnce() -> T + Send + 'static) -> T {
    let thread = thread::Builder::new().stack_size(kib * 1024).spawn(run).expect("a thread can be started");
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

/// Decodes on the current stack; whether the bytes were refused for their depth. Any other error is a failure.
fn is_too_deep<T: DecodeOwned>(name: &str, bytes: &[u8]) -> bool {
    match T::from_bytes_with(bytes, ReadOptions::strict()) {
        Ok(_) => false,
        Err(error) if matches!(error.kind(), DecodeErrorKind::DepthLimit { .. }) => true,
        Err(error) => panic!("{name}: {error}"),
    }
}

fn recursive_constructors(schema: &Schema) -> Vec<String> {
    let facts = Facts::new(schema);
    let recursive = schema.constructor_ids().filter(|id| facts.constructor(*id).recursive);
    let names: Vec<String> = recursive.map(|id| schema[id].combinator.name.to_string()).collect();
    assert!(names.iter().any(|name| name == "textBold"), "{names:?}");
    names
}

#[test]
fn a_million_nested_text_bold() {
    let mut bytes = 0x6724_abc4_u32.to_le_bytes().repeat(1_000_000);
    bytes.extend(0xdc3d_824f_u32.to_le_bytes());
    on_stack(STACK_KIB, move || {
        assert!(is_too_deep::<AnyConstructor>("textBold", &bytes));
        assert!(is_too_deep::<types::TextBold>("textBold", &bytes));
        assert!(is_too_deep::<enums::RichText>("textBold", &bytes));
        let error = types::TextBold::from_bytes(&bytes).unwrap_err();
        assert_eq!(error.type_name(), "textBold");
    });
}

#[test]
fn every_recursive_type_has_a_limit() {
    let schema = schemas::load("api.tl");
    let (constructors, functions) = (cycles(&schema), wrappers(&schema));
    for name in recursive_constructors(&schema) {
        let begins_with = format!("{name}.");
        assert!(constructors.iter().any(|it| it.name.starts_with(&begins_with)), "{name} is nested in no way");
    }
    let counts = (constructors.len(), functions.len());
    on_stack(STACK_KIB, move || {
        for cycle in &constructors {
            assert!(is_too_deep::<AnyConstructor>(&cycle.name, &cycle.bytes(LEVELS)), "{}", cycle.name);
        }
        for cycle in &functions {
            assert!(is_too_deep::<AnyFunction>(&cycle.name, &cycle.bytes(LEVELS)), "{}", cycle.name);
        }
    });
    shared::say(&format!("{} ways of nesting in types and {} in functions end in an error", counts.0, counts.1));
}

/// The deepest bytes of a cycle that are accepted: so many levels that one more is refused.
fn deepest<T: DecodeOwned>(cycle: &Cycle) -> Vec<u8> {
    let (mut accepted, mut refused) = (1, 1000);
    assert!(!is_too_deep::<T>(&cycle.name, &cycle.bytes(accepted)), "{}", cycle.name);
    assert!(is_too_deep::<T>(&cycle.name, &cycle.bytes(refused)), "{}", cycle.name);
    while refused - accepted > 1 {
        let middle = usize::midpoint(accepted, refused);
        *(if is_too_deep::<T>(&cycle.name, &cycle.bytes(middle)) { &mut refused } else { &mut accepted }) = middle;
    }
    cycle.bytes(accepted)
}

/// Everything that recursion can do: decode, compare, clone, print, encode, drop.
fn exercise<T: DecodeOwned + Encode + Clone + PartialEq + Debug>(name: &str, bytes: &[u8]) {
    let value = T::from_bytes_with(bytes, ReadOptions::strict()).unwrap_or_else(|error| panic!("{name}: {error}"));
    let copy = value.clone();
    assert!(copy == value, "{name}: a clone differs");
    let mut text = String::new();
    write!(text, "{value:?}").unwrap();
    assert!(text.len() > 10, "{name}");
    drop(copy);
    assert_eq!(value.to_bytes().as_deref(), Ok(bytes), "{name}");
}

/// The deepest values of every kind, first those of types, then those of functions.
fn deepest_values() -> (Vec<NamedBytes>, Vec<NamedBytes>) {
    // A large stack, since finding them is not what is tested.
    on_stack(64 * 1024, || {
        let schema = schemas::load("api.tl");
        let (constructors, functions) = (cycles(&schema), wrappers(&schema));
        let types = constructors.iter().map(|it| (it.name.clone(), deepest::<AnyConstructor>(it)));
        let calls = functions.iter().map(|it| (it.name.clone(), deepest::<AnyFunction>(it)));
        (types.collect(), calls.collect())
    })
}

#[test]
fn the_deepest_values_work_on_an_ordinary_stack() {
    let (types, calls) = deepest_values();
    on_stack(STACK_KIB, move || {
        for (name, bytes) in &types {
            exercise::<AnyConstructor>(name, bytes);
        }
        for (name, bytes) in &calls {
            exercise::<AnyFunction>(name, bytes);
        }
    });
}

/// Not a test of its own: what [`the_stack_that_is_needed`] starts in a process that may end by an overflow. Says which
/// value it tries before it tries it.
#[test]
#[ignore = "a part of the_stack_that_is_needed"]
fn try_with_less_stack() {
    let Some((kind, kib)) = env::var(STACK_VARIABLE).ok().and_then(|it| stack_to_try(&it)) else { return };
    let (types, calls) = deepest_values();
    on_stack(kib, move || {
        for (name, bytes) in if kind == TYPES { &types } else { &calls } {
            shared::say(&format!("trying {name}"));
            if kind == TYPES {
                exercise::<AnyConstructor>(name, bytes);
            } else {
                exercise::<AnyFunction>(name, bytes);
            }
        }
    });
}

/// What is nested, and KiB of stack: `types 512`.
fn stack_to_try(text: &str) -> Option<(String, usize)> {
    let (kind, kib) = text.split_once(' ')?;
    Some((kind.to_owned(), kib.parse().ok()?))
}

/// The value that does not fit into a stack, if there is one.
fn overflowing_value(kind: &str, kib: usize) -> Option<String> {
    let this = env::current_exe().expect("this test has a file");
    let output = Command::new(this)
        .args(["--ignored", "--exact", "hostile::try_with_less_stack"])
        .env(STACK_VARIABLE, format!("{kind} {kib}"))
        .stdout(Stdio::null())
        .output()
        .expect("this test can be started");
    if output.status.success() {
        return None;
    }
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(text.contains("overflowed its stack"), "{text}");
    let mut tried = text.lines().filter_map(|line| line.strip_prefix("trying "));
    Some(tried.next_back().unwrap_or_default().to_owned())
}

#[test]
fn the_stack_that_is_needed() {
    for kind in [TYPES, CALLS] {
        let (mut too_small, mut enough) = (0, STACK_KIB);
        let mut worst = String::new();
        assert_eq!(overflowing_value(kind, enough), None, "{kind}: {enough} KiB are enough");
        while enough - too_small > 16 {
            let middle = usize::midpoint(enough, too_small);
            match overflowing_value(kind, middle) {
                Some(name) => (too_small, worst) = (middle, name),
                None => enough = middle,
            }
        }
        shared::say(&format!("the deepest {kind} need a stack of {enough} KiB, most of all {worst}"));
    }
}

#[test]
fn a_vector_that_announces_too_much() {
    // updateDeleteMessages, whose first field is a vector of numbers.
    let head = [0xa20d_b0e5_u32.to_le_bytes(), 0x1cb5_c415_u32.to_le_bytes()].concat();
    for count in [i32::MAX, 0x0100_0000, 1, -1, i32::MIN] {
        let bytes = [&head[..], &count.to_le_bytes()].concat();
        let error = AnyConstructor::from_bytes(&bytes).expect_err("no elements follow");
        let expected = match usize::try_from(count) {
            Ok(length) => DecodeErrorKind::TooManyElements { length, limit: 0 },
            Err(_) => DecodeErrorKind::NegativeVectorLength { length: count },
        };
        assert_eq!((*error.kind(), error.offset()), (expected, 8), "{count}");
    }
}
