//! The module of the API whose values borrow and the one that owns its values are two readings of one schema: they give the
//! same values, refuse the same bytes for the same reason at the same place, and write the same bytes.

use std::fmt::Debug;

use typelang_telegram::borrowed::functions as borrowed_functions;
use typelang_telegram::{Decode, DecodeError, Encode, FunctionBorrowed, ReadOptions, api, borrowed};
use typelang_tests::random::Random;
use typelang_tests::sample::{Optional, Sampler};
use typelang_tests::{hexadecimal, schemas, shared};

/// Values with some of the optional fields, for each combinator.
const RANDOM_SAMPLES: usize = 3;
/// Damaged forms of each sample.
const DAMAGES: usize = 3;

/// What a module makes of bytes: the value as text, and its bytes; or why it refuses them, and where.
fn read<'a, T: Decode<'a> + Encode + Debug>(
    bytes: &'a [u8],
    options: ReadOptions,
) -> Result<(String, Vec<u8>), String> {
    let value = T::from_bytes_with(bytes, options).map_err(|error| fault(&error))?;
    Ok((format!("{value:?}"), value.to_bytes().expect("what was decoded can be encoded")))
}

/// An error without the path, which needs the table of the schema.
fn fault(error: &DecodeError) -> String {
    format!("{:?} at {} in {}", error.kind(), error.offset(), error.type_name())
}

/// Checks that both agree; returns whether they accept the bytes.
#[track_caller]
fn agree<'a, Owned, Borrowed>(bytes: &'a [u8], what: &str) -> bool
where
    Owned: Decode<'a> + Encode + Debug,
    Borrowed: Decode<'a> + Encode + Debug,
{
    let mut accepted = false;
    for options in [ReadOptions::strict(), ReadOptions::new()] {
        let (owned, borrowed) = (read::<Owned>(bytes, options), read::<Borrowed>(bytes, options));
        assert!(owned == borrowed, "{what}: {owned:?}, {borrowed:?}: {}", hexadecimal::encode(bytes));
        accepted = borrowed.is_ok();
    }
    accepted
}

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
fn messages_of_other_software_are_the_same() {
    const TEST: &str = "borrowed values against messages of other software";
    let Some(folder) = shared::path_or_skip("vectors/fixtures", TEST) else { return };
    let file = |name: &str| std::fs::read(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));

    let bytes = file("messagesSlice_100m_30u_10c.bin");
    assert!(agree::<api::enums::messages::Messages, borrowed::enums::messages::Messages<'_>>(&bytes, "messagesSlice"));
    let bytes = file("updates_50.bin");
    assert!(agree::<api::enums::Updates, borrowed::enums::Updates<'_>>(&bytes, "updates"));
    let bytes = file("sendEncrypted_1024.bin");
    type Owned = api::functions::messages::SendEncrypted;
    assert!(agree::<Owned, borrowed_functions::messages::SendEncrypted<'_>>(&bytes, "sendEncrypted"));
    let request = borrowed_functions::messages::SendEncrypted::from_bytes(&bytes).expect("it was decoded before");
    assert_eq!(request.data.len(), 1024);
    assert!(bytes.as_ptr_range().contains(&request.data.as_ptr()));
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
