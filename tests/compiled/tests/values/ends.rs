//! Bytes that are none of any type, for types that hold themselves in every way: decoding ends, with an error, on a small stack.

use std::thread;

use typelang::catalog::{Entry, Kind};
use typelang::codec::{Boxed, DecodeAs};
use typelang::{Combinator, Decode, DecodeErrorKind, Encode, EncodeErrorKind, Function, ReadOptions, Reader};
use typelang_tests_compiled::ends::enums::{Either, EitherForm, Expression, Nothing, Zero};
use typelang_tests_compiled::ends::functions::{Ask, GetDay, Invoke};
use typelang_tests_compiled::ends::types::*;
use typelang_tests_compiled::ends::{AnyConstructor, AnyFunction, CALLS, CATALOG};

use crate::support::{check, id, int};

/// What is enough for every type of the schema, in an unoptimised build as well.
const STACK: usize = 256 * 1024;
/// Levels of the deepest values that the small stack holds in an unoptimised build.
const MAX_DEPTH: u32 = 16;

fn on_small_stack<T: Send + 'static>(run: impl FnOnce() -> T + Send + 'static) -> T {
    thread::Builder::new().stack_size(STACK).spawn(run).unwrap().join().unwrap()
}

fn entries() -> impl Iterator<Item = &'static Entry> {
    CATALOG.iter().chain(&CALLS)
}

fn options() -> [ReadOptions; 2] {
    [ReadOptions::new(), ReadOptions::strict()].map(|options| options.max_depth(MAX_DEPTH))
}

/// Decodes as every type; what can be decoded is the value of its own bytes. Returns how many types could be decoded.
fn decode_all(bytes: &[u8]) -> usize {
    let mut decoded = 0;
    for entry in entries() {
        for options in options() {
            match entry.decode(bytes, options) {
                Ok(value) => {
                    let again = value.to_bytes().unwrap();
                    assert!(bytes.starts_with(&again) || !options.strict, "{entry:?}: {bytes:x?}");
                    decoded += 1;
                }
                Err(error) => assert!(error.offset() <= bytes.len(), "{entry:?}: {error}"),
            }
        }
    }
    decoded
}

/// Numbers without any order, the same in every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    fn below(&mut self, limit: usize) -> usize {
        self.next() as usize % limit
    }
}

/// All ids of the schema.
fn ids() -> Vec<u32> {
    [AnyConstructor::IDS, AnyFunction::IDS, &[typelang::VECTOR_ID]].concat()
}

#[test]
fn nothing_but_empty_combinators_is_read_from_nothing() {
    on_small_stack(|| {
        for entry in entries() {
            let is_empty = entry.kind() == Kind::Constructor && entry.decode(&[], ReadOptions::new()).is_ok();
            let names = ["defaultEnd", "nestedEnd", "nil", "oddEnd", "resultFalse", "turnEnd", "zeroEnd"];
            assert_eq!(is_empty, names.contains(&entry.name()), "{entry:?}");
        }
    });
}

#[test]
fn every_id_alone_and_repeated() {
    on_small_stack(|| {
        for id in ids() {
            let id = id.to_le_bytes();
            for times in [1, 2, 3, 200] {
                let bytes = id.repeat(times);
                decode_all(&bytes);
                decode_all(&bytes[..bytes.len() - 1]);
            }
            for word in [0, 1, 3, u32::MAX] {
                decode_all(&[id, word.to_le_bytes()].concat());
            }
        }
    });
}

#[test]
fn words_of_the_schema_in_any_order() {
    let decoded = on_small_stack(|| {
        let (mut random, ids) = (Random(1), ids());
        let mut decoded = 0;
        for _ in 0..1_500 {
            let words = 1 + random.below(24);
            let word = |_| match random.below(4) {
                0 => random.next() as u32 & 0x7,
                1 => random.next() as u32,
                _ => ids[random.below(ids.len())],
            };
            let bytes: Vec<u8> = (0..words).map(word).flat_map(u32::to_le_bytes).collect();
            decoded += decode_all(&bytes[..bytes.len() - random.below(4)]);
        }
        decoded
    });
    assert!(decoded > 1_000, "only {decoded} values among so many bytes");
}

#[test]
fn random_bytes() {
    on_small_stack(|| {
        let mut random = Random(2);
        for length in 0..300 {
            let bytes: Vec<u8> = (0..length).map(|_| random.next() as u8).collect();
            decode_all(&bytes);
        }
    });
}

#[test]
fn bits_of_parameters_do_not_keep_a_failed_reader_going() {
    on_small_stack(|| {
        for mask in [1, 2, 3, u32::MAX] {
            let holder = |id: [u8; 4], inner: u32| [id, mask.to_le_bytes(), inner.to_le_bytes()].concat();
            let day = DayHolder::from_bytes(&holder(id::<DayHolder>(), Day::ID)).unwrap_err();
            assert_eq!(*day.kind(), DecodeErrorKind::UnexpectedEnd { needed: 4, left: 0 });
            assert_eq!((day.offset(), day.type_name()), (12, "day"));
            let both = BothHolder::from_bytes(&holder(id::<BothHolder>(), Both::ID)).unwrap_err();
            assert_eq!((both.offset(), both.type_name()), (12, "both"));
            // The answer to a call has its bits from there.
            let error = GetDay { mask }.read_output(&id::<Day>()).unwrap_err();
            assert_eq!((error.offset(), error.type_name()), (4, "day"));
        }
        // As many days as the limit allows.
        let bytes = [&id::<DayHolder>()[..], &int(1), &[id::<Day>(), int(5)].concat().repeat(1_000)].concat();
        let error = DayHolder::from_bytes(&bytes).unwrap_err();
        assert_eq!(*error.kind(), DecodeErrorKind::DepthLimit { limit: 128 });
    });
}

#[test]
fn the_id_of_zero_is_read_and_is_no_end() {
    on_small_stack(|| {
        let zero = Zero::Zero(Box::new(typelang_tests_compiled::ends::types::Zero { next: Zero::End }));
        check(&zero, &[&[0, 0, 0, 0], &[1, 0, 0, 0]]);
        let error = Zero::from_bytes(&[0; 12]).unwrap_err();
        assert_eq!(*error.kind(), DecodeErrorKind::UnexpectedEnd { needed: 4, left: 0 });
        assert_eq!((error.offset(), error.type_name()), (12, "Zero"));
        let error = AnyConstructor::from_bytes(&[0; 1_000]).unwrap_err();
        assert_eq!(*error.kind(), DecodeErrorKind::DepthLimit { limit: 128 });
        let error = AnyConstructor::from_bytes(&[]).unwrap_err();
        assert_eq!((error.offset(), error.type_name()), (0, "AnyConstructor"));
    });
}

#[test]
fn what_a_decoder_gives_without_a_value_cannot_be_written() {
    on_small_stack(|| {
        let mut reader = Reader::new(&[]);
        let nothing: Nothing = reader.decode();
        assert_eq!(nothing.to_bytes().unwrap_err().kind(), &EncodeErrorKind::NoValue { type_name: "Nothing" });
        let turn: Turn = reader.decode_bare();
        assert_eq!(turn.to_bytes().unwrap_err().kind(), &EncodeErrorKind::NoValue { type_name: "Either" });
        assert!(matches!(*turn.next, Either::__NoValue), "{turn:?}");
        // A type with an end has one, and it is the nearest.
        assert_eq!(reader.decode::<Expression>(), Expression::Number(Number { value: 0 }));
        assert!(reader.finish().is_err());
    });
}

#[test]
fn calls_in_calls_end() {
    on_small_stack(|| {
        for call in [Ask::ID, Invoke::<AnyFunction>::ID] {
            let bytes = call.to_le_bytes().repeat(10_000);
            let error = AnyFunction::from_bytes_with(&bytes, ReadOptions::new().max_depth(MAX_DEPTH)).unwrap_err();
            assert_eq!(*error.kind(), DecodeErrorKind::DepthLimit { limit: MAX_DEPTH });
        }
        let mut reader = Reader::new(&[]);
        let _: AnyFunction = reader.decode();
        let _: Either<AnyConstructor, AnyFunction> = EitherForm { x: Boxed, y: Boxed }.decode_as(&mut reader);
        assert_eq!(reader.finish().unwrap_err().type_name(), "AnyFunction");
    });
}
