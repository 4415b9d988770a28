//! Decoding allocates no more than the input warrants.
//!
//! A test binary of its own, with one test, because it counts the memory of the whole process.

use std::alloc::System;

use stats_alloc::{INSTRUMENTED_SYSTEM, Region, Stats, StatsAlloc};
use tl_ir::{Schema, ValueType};
use tl_telegram::api::AnyConstructor;
use tl_telegram::{Decode, DecodeError, DecodeErrorKind};
use tl_tests::nest::{VectorField, cycles, vector_fields};
use tl_tests::sample::Sampler;
use tl_tests::{schemas, shared};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Length of the inputs by which the worst is found, in bytes.
const SHORT: usize = 16 << 10;
/// Length of the input that is as bad as it can be, in bytes.
const LONG: usize = 1 << 20;
/// How many times the input all memory may be that decoding asks for. The worst element is a struct of many optional
/// fields, 8 bytes on the wire; a vector of it that has just grown has twice the room that it needs.
const MAX_MULTIPLE: f64 = 80.0;

/// Bytes that an error may take.
const MAX_ERROR: usize = 256;

#[test]
fn memory_is_bounded_by_the_input() {
    let schema = schemas::load("api.tl");
    let vectors = vector_fields(&schema);
    assert!(vectors.len() > 300, "only {} vectors", vectors.len());
    announced_elements_cost_nothing(&vectors);
    full_vectors_cost_a_fixed_multiple(&schema, &vectors);
    refused_values_cost_little(&schema);
}

/// Decodes, and says what was allocated for it and not yet given back.
fn measure(bytes: &[u8]) -> (Result<AnyConstructor, DecodeError>, Stats) {
    let region = Region::new(ALLOCATOR);
    let result = AnyConstructor::from_bytes(bytes);
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

/// Forms of the elements of a vector that are as short as they can be.
fn shortest_elements(schema: &Schema, element: &ValueType) -> Vec<Vec<u8>> {
    let mut sampler = Sampler::new(schema, 0);
    match element {
        ValueType::Boxed(id, _) => schema[*id].constructors.iter().map(|it| sampler.least_constructor(*it)).collect(),
        _ => vec![sampler.least(element)],
    }
}

/// Bytes of about so many, all of them elements.
fn filled(vector: &VectorField<'_>, element: &[u8], length: usize) -> Vec<u8> {
    let count = length / element.len();
    vector.bytes(i32::try_from(count).expect("a short input"), &element.repeat(count))
}

/// How many times the input the memory is that was asked for.
fn multiple(name: &str, bytes: &[u8]) -> f64 {
    let (result, stats) = measure(bytes);
    assert!(result.is_ok(), "{name}: {}", result.expect_err("an error"));
    stats.bytes_allocated as f64 / bytes.len() as f64
}

fn full_vectors_cost_a_fixed_multiple(schema: &Schema, vectors: &[VectorField<'_>]) {
    let mut seen = Vec::new();
    let mut worst: (f64, String, Vec<u8>) = (0.0, String::new(), Vec::new());
    for vector in vectors {
        if seen.contains(&vector.element) {
            continue;
        }
        seen.push(vector.element);
        for element in shortest_elements(schema, vector.element) {
            let multiple = multiple(&vector.name, &filled(vector, &element, SHORT));
            if multiple > worst.0 {
                worst = (multiple, vector.name.clone(), filled(vector, &element, LONG));
            }
        }
    }
    let (_, name, bytes) = worst;
    let multiple = multiple(&name, &bytes);
    shared::say(&format!("{} bytes, {name} full of its worst element: {multiple:.1} times the memory", bytes.len()));
    assert!(multiple <= MAX_MULTIPLE, "{name}: {multiple:.1} times the input");
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
        assert!(held <= MAX_ERROR, "{}: {held} bytes are held by an error", cycle.name);
    }
}
