//! Every constructor, function, type and result: bytes made from the schema alone are decoded and encoded again.

use std::collections::BTreeSet;

use typelang_ir::{ConstructorId, FunctionId, Schema};
use typelang_telegram::ReadOptions;
use typelang_tests::modules::{MODULES, Module, Recode};
use typelang_tests::random::Random;
use typelang_tests::sample::{Optional, Sampler};
use typelang_tests::{hexadecimal, schemas, shared};

/// Values with some of the optional fields, for each combinator.
const RANDOM_SAMPLES: usize = 20;
/// Damaged forms of each sample that is damaged.
const DAMAGES: usize = 8;
/// Samples of at most so many bytes are cut short at every byte.
const CUT_UP_TO: usize = 100;

fn for_each_module(test: impl Fn(&'static Module, &Schema)) {
    for module in &MODULES {
        test(module, &schemas::load(module.schema));
    }
}

fn modes() -> impl Iterator<Item = Optional> {
    let random = std::iter::repeat_n(Optional::Random, RANDOM_SAMPLES);
    [Optional::Absent, Optional::Present].into_iter().chain(random)
}

fn assert_same(recode: Recode, bytes: &[u8], what: &str) {
    match recode(bytes, ReadOptions::strict()) {
        Ok(recoded) => {
            assert_eq!(recoded.bytes, bytes, "{what}: {}", hexadecimal::encode(bytes));
        }
        Err(error) => panic!("{what}: {error}: {}", hexadecimal::encode(bytes)),
    }
}

/// The seed of a combinator is its id, so that a change of one leaves the samples of the others as they are.
fn constructor_samples(sampler: &mut Sampler<'_>, schema: &Schema, id: ConstructorId) -> Vec<Vec<u8>> {
    sampler.restart(u64::from(schema[id].combinator.id));
    modes().map(|optional| sampler.constructor(id, optional)).collect()
}

fn function_samples(sampler: &mut Sampler<'_>, schema: &Schema, id: FunctionId) -> Vec<Vec<u8>> {
    sampler.restart(u64::from(schema[id].combinator.id));
    modes().map(|optional| sampler.function(id, optional)).collect()
}

#[test]
fn every_constructor_and_function_keeps_its_bytes() {
    for_each_module(|module, schema| {
        let (mut constructors, mut functions, mut samples) = (0, 0, 0);
        let mut sampler = Sampler::new(schema, 0);
        for id in schema.constructor_ids() {
            let name = schema[id].combinator.name.to_string();
            for bytes in constructor_samples(&mut sampler, schema, id) {
                assert_same(module.constructor, &bytes, &name);
                assert_eq!((module.constructor_name)(&bytes).as_deref(), Ok(name.as_str()));
                samples += 1;
            }
            constructors += 1;
        }
        for id in schema.function_ids() {
            let name = schema[id].combinator.name.to_string();
            let recode = module.function.expect("a schema with functions has a decoder for them");
            let name_of_call = module.function_name.expect("a schema with functions has a decoder for them");
            for bytes in function_samples(&mut sampler, schema, id) {
                assert_same(recode, &bytes, &name);
                assert_eq!(name_of_call(&bytes).as_deref(), Ok(name.as_str()));
                samples += 1;
            }
            functions += 1;
        }
        assert_eq!((constructors, functions), (schema.constructors.len(), schema.functions.len()));
        assert!(constructors > 0, "{}: nothing to test", module.name);
        assert!(functions > 0 || module.function.is_none(), "{}: no function to test", module.name);
        shared::say(&format!(
            "{}: {constructors} constructors and {functions} functions keep their bytes, {samples} values",
            module.name
        ));
    });
}

#[test]
fn every_enum_keeps_its_bytes() {
    for_each_module(|module, schema| {
        let mut seen = BTreeSet::new();
        let mut sampler = Sampler::new(schema, 0);
        for enumeration in module.enums {
            let ids: BTreeSet<u32> = enumeration.ids.iter().copied().collect();
            let of_type = |id: &typelang_ir::TypeId| {
                let constructors = schema[*id].constructors.iter().map(|it| schema[*it].combinator.id);
                constructors.collect::<BTreeSet<u32>>() == ids
            };
            let ty = schema.type_ids().find(of_type);
            let ty = ty.unwrap_or_else(|| panic!("{} is no type of the schema", enumeration.path));
            seen.insert(ty);
            sampler.restart(ty.index() as u64);
            for id in schema[ty].constructors.iter().copied() {
                for optional in modes() {
                    assert_same(enumeration.recode, &sampler.constructor(id, optional), enumeration.path);
                }
            }
            let other = 0xdead_beef_u32.to_le_bytes();
            assert!((enumeration.recode)(&other, ReadOptions::new()).is_err(), "{}", enumeration.path);
        }
        let several = schema.types.iter().filter(|ty| ty.constructors.len() > 1).count();
        assert_eq!((seen.len(), module.enums.len()), (several, several), "{}: enums", module.name);
    });
}

#[test]
fn every_result_keeps_its_bytes() {
    for_each_module(|module, schema| {
        let mut seen = BTreeSet::new();
        let mut sampler = Sampler::new(schema, 0);
        for answer in module.answers {
            let function = schema.function_ids().find(|id| schema[*id].combinator.id == answer.id);
            let function = function.unwrap_or_else(|| panic!("{} is no function of the schema", answer.path));
            seen.insert(function);
            sampler.restart(u64::from(answer.id));
            for optional in [Optional::Absent, Optional::Present, Optional::Random] {
                let made = sampler.call_and_result(function, optional);
                let (call, result) = made.unwrap_or_else(|| panic!("{} wraps a call", answer.path));
                let recoded = (answer.recode)(&call, &result, ReadOptions::strict());
                let recoded = recoded.unwrap_or_else(|error| panic!("{}: {error}", answer.path));
                assert_eq!(recoded.bytes, result, "{}", answer.path);
            }
        }
        let results = schema.functions.iter().filter(|function| function.call().is_none()).count();
        assert_eq!((seen.len(), module.answers.len()), (results, results), "{}: results", module.name);
    });
}

#[test]
fn every_value_that_is_cut_short_is_an_error() {
    for_each_module(|module, schema| {
        let mut cut = 0;
        let mut sampler = Sampler::new(schema, 0);
        let mut all: Vec<(Vec<Vec<u8>>, Recode)> = Vec::new();
        for id in schema.constructor_ids() {
            all.push((constructor_samples(&mut sampler, schema, id), module.constructor));
        }
        for id in schema.function_ids() {
            all.push((function_samples(&mut sampler, schema, id), module.function.expect("decodes functions")));
        }
        for (samples, recode) in all {
            let small = samples.iter().filter(|bytes| bytes.len() <= CUT_UP_TO).take(3);
            for bytes in small {
                for length in 0..bytes.len() {
                    for options in [ReadOptions::new(), ReadOptions::strict()] {
                        let error = recode(&bytes[..length], options).expect_err(&hexadecimal::encode(bytes));
                        assert!(error.offset() <= length, "{error}");
                    }
                    cut += 1;
                }
            }
        }
        assert!(cut > 1000, "{}: only {cut} values cut short", module.name);
    });
}

/// What still decodes must encode, and decode to the same bytes again.
fn assert_stable(recode: Recode, bytes: &[u8]) -> bool {
    let lenient = recode(bytes, ReadOptions::new());
    let strict = recode(bytes, ReadOptions::strict());
    if let Ok(strict) = &strict {
        assert_eq!(strict.bytes, bytes, "strict accepts only what is written");
        assert_eq!(lenient.as_ref(), Ok(strict), "lenient accepts what strict does");
    }
    let Ok(lenient) = lenient else { return false };
    assert_eq!(recode(&lenient.bytes, ReadOptions::strict()), Ok(lenient));
    true
}

#[test]
fn damaged_bytes_never_panic() {
    for_each_module(|module, schema| {
        let mut random = Random::new(1);
        let (mut accepted, mut refused) = (0, 0);
        let mut sampler = Sampler::new(schema, 2);
        let constructors: Vec<ConstructorId> = schema.constructor_ids().collect();
        let functions: Vec<FunctionId> = schema.function_ids().collect();
        for _ in 0..2000 {
            let (bytes, recode) = match module.function {
                Some(function) if random.coin() => {
                    (sampler.function(random.pick(&functions), Optional::Random), function)
                }
                _ => (sampler.constructor(random.pick(&constructors), Optional::Random), module.constructor),
            };
            for _ in 0..DAMAGES {
                let mut damaged = bytes.clone();
                for _ in 0..=random.below(3) {
                    let position = 4 + random.below(damaged.len());
                    if let Some(byte) = damaged.get_mut(position) {
                        *byte ^= 1 << random.below(8);
                    }
                }
                if assert_stable(recode, &damaged) { accepted += 1 } else { refused += 1 }
            }
        }
        assert!(accepted > 100 && refused > 100, "{}: {accepted} accepted, {refused} refused", module.name);
    });
}

#[test]
fn random_bytes_never_panic() {
    for_each_module(|module, schema| {
        let mut random = Random::new(3);
        for id in schema.constructors.iter().map(|it| it.combinator.id) {
            let length = random.below(300);
            let bytes = [&id.to_le_bytes()[..], &random.bytes(length)].concat();
            assert_stable(module.constructor, &bytes);
        }
        for id in schema.functions.iter().map(|it| it.combinator.id) {
            let length = random.below(300);
            let bytes = [&id.to_le_bytes()[..], &random.bytes(length)].concat();
            assert_stable(module.function.expect("decodes functions"), &bytes);
        }
    });
}
