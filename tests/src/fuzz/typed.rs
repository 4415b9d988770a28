//! Bytes as values of any type.

use typelang::reflect::DecodeFault;
use typelang_telegram::{DecodeError, Encode, ReadOptions, WriteOptions};

use super::input::{Input, Subject};
use crate::hexadecimal;
use crate::walker::assert_same_reason;

/// Decodes bytes as a value of the type that they begin with, with the options that follow.
pub(super) fn decode(data: &[u8]) -> bool {
    let Some(Input { subject, options, bytes }) = Input::new(data) else { return false };
    match subject.decode(bytes, options) {
        Ok(_) => true,
        Err(error) => {
            assert_is_helpful(&error, bytes);
            false
        }
    }
}

fn assert_is_helpful(error: &DecodeError, bytes: &[u8]) {
    assert!(error.offset() <= bytes.len(), "{error}");
    assert!(!error.to_string().is_empty());
}

/// Decodes, encodes and decodes again: the second value is the first, and its bytes are those that strict decoding wants.
pub(super) fn round_trip(data: &[u8]) -> bool {
    let Some(Input { subject, options, bytes }) = Input::new(data) else { return false };
    let Ok(value) = subject.decode(bytes, options) else { return false };
    let encoded = encoded(subject, &*value, options);
    if options.strict && !options.lossy_strings {
        assert_eq!(hexadecimal::encode(&encoded), hexadecimal::encode(bytes), "{}", subject.name);
    }
    // What was padded with garbage is shorter now, so the same value may take more memory for each of its bytes.
    let mut generous = options.max_memory_ratio(1000);
    generous.strict = true;
    let again = subject.decode(&encoded, generous);
    let again = again.unwrap_or_else(|error| panic!("{}: {error}: {}", subject.name, hexadecimal::encode(&encoded)));
    let repeated = again.to_bytes_with(write_options(options)).expect("was encoded before");
    assert_eq!(hexadecimal::encode(&repeated), hexadecimal::encode(&encoded), "{}", subject.name);
    true
}

fn write_options(options: ReadOptions) -> WriteOptions {
    WriteOptions::new().long_strings(options.long_strings)
}

fn encoded(subject: &Subject, value: &dyn Encode, options: ReadOptions) -> Vec<u8> {
    let encoded = value.to_bytes_with(write_options(options));
    let encoded = encoded.unwrap_or_else(|error| panic!("{}: {error}", subject.name));
    assert_eq!(value.encoded_len(), encoded.len(), "{}", subject.name);
    encoded
}

/// Decodes with generated code and with the walker, which must agree on the value, or on what is wrong and where.
pub(super) fn walker(data: &[u8]) -> bool {
    let Some(Input { subject, options, bytes }) = Input::new(data) else { return false };
    // Values without types take other memory and count other levels, so that limits strike elsewhere.
    let options = options.max_depth(typelang::DEFAULT_MAX_DEPTH).max_memory_ratio(1000);
    let walked = subject.table.decode_as(subject.ty, bytes, options);
    let generated = subject.decode(bytes, options);
    match (walked, generated) {
        (Ok(value), Ok(typed)) => {
            let written = subject.table.encode_as(subject.ty, &value, write_options(options));
            let written = written.unwrap_or_else(|error| panic!("{}: {error}", subject.name));
            let typed = encoded(subject, &*typed, options);
            assert_eq!(hexadecimal::encode(&written), hexadecimal::encode(&typed), "{}", subject.name);
            true
        }
        (Err(walked), Err(generated)) => {
            assert_same_reason(&walked, &generated, &subject.name);
            false
        }
        (Ok(value), Err(error)) => {
            panic!("{}: refused only by generated code: {error}: {value:?}", subject.name);
        }
        (Err(error), Ok(_)) => {
            let is_limit = matches!(error.fault(), DecodeFault::TooManyValues);
            assert!(is_limit, "{}: refused only by the walker: {error}", subject.name);
            false
        }
    }
}
