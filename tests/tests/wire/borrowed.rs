//! The module of the API whose values borrow and the one that owns its values are two readings of one schema: they give the
//! same values, refuse the same bytes for the same reason at the same place, and write the same bytes.

use typelang_telegram::borrowed::functions as borrowed_functions;
use typelang_telegram::{Encode, FunctionBorrowed, api, borrowed};
use typelang_tests::borrowed::agree;
use typelang_tests::random::Random;
use typelang_tests::sample::{Optional, Sampler};
use typelang_tests::{schemas, shared};

/// Values with some of the optional fields, for each combinator.
const RANDOM_SAMPLES: usize = 3;
/// Damaged forms of each sample.
const DAMAGES: usize = 3;

fn modes() -> impl Iterator<Item = Optional> {
    let random = std::iter::repeat_n(Optional::Random, RANDOM_SAMPLES);
    [Optional::Absent, Optional::Present].into_iter().chain(random)
}

/// A form of a sample with one byte changed, or cut short.
fn damaged(random: &mut Random, sample: &[u8]) -> Vec<u8> {
    let mut bytes = sample.to_vec();
    let place = random.below(bytes.len());
    if random.below(4) == 0 {
        bytes.truncate(place);
    } else {
        bytes[place] ^= 1 << random.below(8);
    }
    bytes
}

#[test]
fn every_constructor_and_function_is_the_same() {
    let schema = schemas::load("api.tl");
    let mut sampler = Sampler::new(&schema, 0);
    let mut random = Random::new(5);
    let (mut whole, mut refused) = (0, 0);
    for id in schema.constructor_ids() {
        sampler.restart(u64::from(schema[id].combinator.id));
        let name = schema[id].combinator.name.to_string();
        for sample in modes().map(|optional| sampler.constructor(id, optional)).collect::<Vec<_>>() {
            assert!(agree::<api::AnyConstructor, borrowed::AnyConstructor<'_>>(&sample, &name), "{name}");
            whole += 1;
            for _ in 0..DAMAGES {
                let bytes = damaged(&mut random, &sample);
                refused += usize::from(!agree::<api::AnyConstructor, borrowed::AnyConstructor<'_>>(&bytes, &name));
            }
        }
    }
    for id in schema.function_ids() {
        sampler.restart(u64::from(schema[id].combinator.id));
        let name = schema[id].combinator.name.to_string();
        for sample in modes().map(|optional| sampler.function(id, optional)).collect::<Vec<_>>() {
            assert!(agree::<api::AnyFunction, borrowed::AnyFunction<'_>>(&sample, &name), "{name}");
            whole += 1;
            for _ in 0..DAMAGES {
                let bytes = damaged(&mut random, &sample);
                refused += usize::from(!agree::<api::AnyFunction, borrowed::AnyFunction<'_>>(&bytes, &name));
            }
        }
    }
    assert!(whole > 10_000 && refused > 1_000, "{whole} values, {refused} damaged ones refused");
    shared::say(&format!(
        "owned and borrowed: {whole} values are the same, {refused} damaged ones are refused by both"
    ));
}

#[test]
fn results_of_wrapped_calls_borrow() {
    use borrowed::types::help::SupportName;
    let answer = SupportName { name: "Support" }.to_bytes().expect("a short string");
    let call = borrowed_functions::InvokeWithLayer {
        layer: borrowed::LAYER,
        query: borrowed_functions::InitConnection {
            api_id: 1,
            device_model: "device",
            system_version: "1",
            app_version: "2",
            system_lang_code: "en",
            lang_pack: "",
            lang_code: "en",
            proxy: None,
            params: None,
            query: borrowed_functions::help::GetSupportName,
        },
    };
    let SupportName { name } = call.read_borrowed(&answer).expect("it was encoded before");
    assert_eq!(name, "Support");
    assert!(answer.as_ptr_range().contains(&name.as_ptr()));
}
