//! Walker and generated code are two readings of one schema. They must agree on every constructor, function and result, on
//! what they accept, and on why and where they refuse the rest.

use typelang::ReadOptions;
use typelang::reflect::Type;
use typelang_ir::{Schema, ValueType};
use typelang_tests::modules::{MODULES, Module, Recode};
use typelang_tests::random::Random;
use typelang_tests::sample::{Optional, Sampler};
use typelang_tests::walker::{any_constructor, assert_agrees, assert_same};
use typelang_tests::{schemas, shared};

/// Values with some of the optional fields, for each combinator.
const RANDOM_SAMPLES: usize = 5;
/// Damaged forms of each sample.
const DAMAGES: usize = 4;
/// Samples of at most so many bytes are cut short at every byte.
const CUT_UP_TO: usize = 120;

fn for_each_module(test: impl Fn(&'static Module, &Schema)) {
    for module in &MODULES {
        test(module, &schemas::load(module.schema));
    }
}

/// Bytes of one constructor or function, what decodes them, and what they are.
struct Samples {
    name: String,
    ty: Type<'static>,
    recode: Recode,
    values: Vec<Vec<u8>>,
}

/// Samples of every constructor and every function.
fn samples(module: &Module, schema: &Schema) -> Vec<Samples> {
    let modes = || {
        let random = std::iter::repeat_n(Optional::Random, RANDOM_SAMPLES);
        [Optional::Absent, Optional::Present].into_iter().chain(random)
    };
    let mut sampler = Sampler::new(schema, 0);
    let mut all = Vec::new();
    for id in schema.constructor_ids() {
        sampler.restart(u64::from(schema[id].combinator.id));
        all.push(Samples {
            name: schema[id].combinator.name.to_string(),
            ty: any_constructor(schema),
            recode: module.constructor,
            values: modes().map(|optional| sampler.constructor(id, optional)).collect(),
        });
    }
    for id in schema.function_ids() {
        sampler.restart(u64::from(schema[id].combinator.id));
        all.push(Samples {
            name: schema[id].combinator.name.to_string(),
            ty: Type::FUNCTION,
            recode: module.function.expect("decodes functions"),
            values: modes().map(|optional| sampler.function(id, optional)).collect(),
        });
    }
    assert_eq!(all.len(), schema.constructors.len() + schema.functions.len());
    all
}

#[test]
fn the_generated_table_is_that_of_the_schema() {
    for_each_module(|module, schema| {
        let bytes = typelang_build::table(schema, &typelang_build::Options::default());
        assert!(module.table.as_bytes() == bytes, "{}: another table", module.name);
        shared::say(&format!("{}: table of {} bytes", module.name, bytes.len()));
    });
}

#[test]
fn every_constructor_and_function_keeps_its_bytes() {
    for_each_module(|module, schema| {
        let mut count = 0;
        for samples in samples(module, schema) {
            for bytes in &samples.values {
                assert_same(&module.table, samples.ty, bytes, &samples.name);
                assert!(assert_agrees(&module.table, samples.ty, samples.recode, bytes, ReadOptions::strict()));
                count += 1;
            }
        }
        assert!(count > 100, "{}: {count}", module.name);
        shared::say(&format!("{}: walker and generated code agree on {count} values", module.name));
    });
}

#[test]
fn every_result_keeps_its_bytes() {
    for_each_module(|module, schema| {
        let mut count = 0;
        let mut sampler = Sampler::new(schema, 0);
        for id in schema.function_ids() {
            let name = schema[id].combinator.name.to_string();
            let mut depends_on_call = false;
            schema[id].result.walk(&mut |ty| depends_on_call |= matches!(ty, ValueType::Output(_)));
            let function = module.table.function_named(&name).unwrap_or_else(|| panic!("no {name}"));
            assert_eq!(function.id(), schema[id].combinator.id);
            if depends_on_call {
                continue;
            }
            for optional in [Optional::Absent, Optional::Present, Optional::Random] {
                if let Some((_, result)) = sampler.call_and_result(id, optional) {
                    assert_same(&module.table, function.result(), &result, &name);
                    count += 1;
                }
            }
        }
        shared::say(&format!("{}: {count} results", module.name));
    });
}

#[test]
fn both_refuse_values_that_are_cut_short() {
    for_each_module(|module, schema| {
        let mut cut = 0;
        for samples in samples(module, schema) {
            let small = samples.values.iter().filter(|bytes| bytes.len() <= CUT_UP_TO).take(3);
            for bytes in small {
                for length in 0..bytes.len() {
                    let start = &bytes[..length];
                    let accepted = assert_agrees(&module.table, samples.ty, samples.recode, start, ReadOptions::new());
                    assert!(!accepted, "{}: {length} bytes", samples.name);
                    cut += 1;
                }
            }
        }
        shared::say(&format!("{}: both refuse {cut} values that are cut short, at the same bytes", module.name));
    });
}

#[test]
fn both_accept_or_refuse_damaged_values() {
    for_each_module(|module, schema| {
        let mut random = Random::new(4);
        let (mut accepted, mut refused) = (0, 0);
        for samples in samples(module, schema) {
            for bytes in &samples.values {
                for _ in 0..DAMAGES {
                    let damaged = damage(bytes, &mut random);
                    let options = if random.coin() { ReadOptions::new() } else { ReadOptions::strict() };
                    let same = assert_agrees(&module.table, samples.ty, samples.recode, &damaged, options);
                    if same { accepted += 1 } else { refused += 1 }
                }
            }
        }
        assert!(accepted > 100 && refused > 100, "{}: {accepted} accepted, {refused} refused", module.name);
        shared::say(&format!(
            "{}: of damaged values both accept {accepted} and refuse {refused}, at the same bytes",
            module.name
        ));
    });
}

/// Up to three flipped bits.
fn damage(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let mut damaged = bytes.to_vec();
    for _ in 0..=random.below(3) {
        let position = random.below(damaged.len());
        damaged[position] ^= 1 << random.below(8);
    }
    damaged
}

#[test]
fn both_agree_on_random_bytes() {
    for_each_module(|module, schema| {
        let mut random = Random::new(5);
        let constructors =
            schema.constructors.iter().map(|it| (it.combinator.id, any_constructor(schema), module.constructor));
        let functions = schema.functions.iter();
        let functions = functions.map(|it| (it.combinator.id, Type::FUNCTION, module.function.expect("decodes")));
        for (id, ty, recode) in constructors.chain(functions) {
            for _ in 0..8 {
                let length = random.below(300);
                let bytes = [&id.to_le_bytes()[..], &random.bytes(length)].concat();
                assert_agrees(&module.table, ty, recode, &bytes, ReadOptions::new());
            }
        }
    });
}
