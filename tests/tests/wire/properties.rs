//! What must hold of every value of everything that can be decoded: types, constructors without their ids, calls, results.

use typelang::EncodeErrorKind;
use typelang_telegram::api::functions::messages::SendEncrypted;
use typelang_telegram::api::types::InputEncryptedChat;
use typelang_telegram::{Encode, ReadOptions};
use typelang_tests::fuzz::{Subject, sample, subjects};
use typelang_tests::random::Random;
use typelang_tests::{hexadecimal, shared};

/// Values of each subject.
const SAMPLES: usize = 3;
/// Choices from which a value is made, so that it has some fields and stays short.
const CHOICES: usize = 16;
/// Bytes of values all of whose bits are flipped.
const FLIPPED_UP_TO: usize = 48;

fn samples(subject: &'static Subject, random: &mut Random) -> Vec<Vec<u8>> {
    let made = (0..SAMPLES).map(|_| sample(subject, &random.bytes(CHOICES)));
    made.map(|bytes| bytes.unwrap_or_else(|| panic!("{} has no value", subject.name))).collect()
}

/// Bytes that decode are bytes that can be encoded and decoded again, and in the strict case they are the same.
fn is_handled(subject: &Subject, bytes: &[u8], options: ReadOptions) -> bool {
    let digits = || format!("{}: {}", subject.name, hexadecimal::encode(bytes));
    match subject.decode(bytes, options) {
        Ok(value) => {
            let encoded = value.to_bytes().unwrap_or_else(|error| panic!("{}: {error}", digits()));
            assert_eq!(value.encoded_len(), encoded.len(), "{}", digits());
            if options.strict {
                assert_eq!(hexadecimal::encode(&encoded), hexadecimal::encode(bytes), "{}", subject.name);
            } else {
                let again = subject.decode(&encoded, ReadOptions::strict());
                assert!(again.is_ok_and(|again| again.to_bytes().as_ref() == Ok(&encoded)), "{}", digits());
            }
            true
        }
        Err(error) => {
            assert!(error.offset() <= bytes.len(), "{}: {error}", digits());
            false
        }
    }
}

#[test]
fn values_keep_their_bytes_and_announce_their_length() {
    let mut random = Random::new(10);
    let mut count = 0;
    for subject in subjects() {
        for bytes in samples(subject, &mut random) {
            assert!(is_handled(subject, &bytes, ReadOptions::strict()), "{}", subject.name);
            count += 1;
        }
    }
    shared::say(&format!("{count} values of {} types, constructors, functions and results", subjects().len()));
}

#[test]
fn beginnings_of_values_are_errors_or_shorter_values() {
    let mut random = Random::new(11);
    let (mut refused, mut accepted) = (0, 0);
    for subject in subjects() {
        let [bytes, ..] = &samples(subject, &mut random)[..] else { continue };
        for length in 0..bytes.len() {
            let is_value = is_handled(subject, &bytes[..length], ReadOptions::strict());
            if is_value { accepted += 1 } else { refused += 1 }
        }
    }
    assert!(refused > 50_000, "{refused}");
    shared::say(&format!("of beginnings of values {refused} are refused, {accepted} are shorter values"));
}

#[test]
fn every_flipped_bit_is_handled() {
    let mut random = Random::new(12);
    let (mut refused, mut accepted) = (0, 0);
    for subject in subjects() {
        let all = samples(subject, &mut random);
        let Some(bytes) = all.iter().filter(|bytes| bytes.len() <= FLIPPED_UP_TO).max_by_key(|it| it.len()) else {
            continue;
        };
        let mut damaged = bytes.clone();
        for bit in 0..8 * bytes.len() {
            damaged[bit / 8] ^= 1 << (bit % 8);
            let options = if random.coin() { ReadOptions::strict() } else { ReadOptions::new() };
            if is_handled(subject, &damaged, options) {
                accepted += 1
            } else {
                refused += 1
            }
            damaged[bit / 8] ^= 1 << (bit % 8);
        }
    }
    assert!(refused > 50_000 && accepted > 50_000, "{refused} refused, {accepted} accepted");
    shared::say(&format!("of values with one flipped bit {refused} are refused, {accepted} are other values"));
}

#[test]
fn what_is_too_long_for_the_wire_is_an_error_that_leaves_nothing_behind() {
    let request = SendEncrypted {
        silent: false,
        peer: InputEncryptedChat { chat_id: 1, access_hash: 2 },
        random_id: 3,
        data: vec![7; (1 << 24) + 5],
    };
    let mut out = b"before".to_vec();
    for result in [request.append_to(&mut out), request.to_bytes().map(|_| ())] {
        let error = result.expect_err("longer than three bytes of length can say");
        let kind = EncodeErrorKind::StringTooLong { length: (1 << 24) + 5, limit: (1 << 24) - 1 };
        assert_eq!(*error.kind(), kind);
    }
    assert_eq!(out, b"before");
    let shorter = SendEncrypted { data: vec![7; (1 << 24) - 1], ..request };
    shorter.append_to(&mut out).expect("as long as it may be");
    assert_eq!(out.len(), 6 + shorter.encoded_len());
}
