//! Values with structure: every input is a value of some type.

use arbitrary::{Arbitrary, Unstructured};
use typelang::DecodeOwned;
use typelang_telegram::{DecodeErrorKind, Encode, ReadOptions, api, mtproto, secret};

use super::input::{Input, Subject};
use crate::hexadecimal;

/// Makes a value of the type that the bytes begin with, decodes and encodes it, cuts it short, and flips one of its bits. Does
/// the same with generated types that make themselves.
pub(super) fn values(data: &[u8]) -> bool {
    let Some(Input { subject, bytes: choices, .. }) = Input::new(data) else { return false };
    let Some(bytes) = sample(subject, choices) else { return false };
    is_kept(subject, &bytes);
    let place = choices.iter().fold(7_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(*byte)));
    if !bytes.is_empty() {
        is_cut_short(subject, &bytes, place % bytes.len());
        is_damaged(subject, &bytes, place);
    }
    match place % 4 {
        0 => makes_itself::<api::AnyConstructor>(choices),
        1 => makes_itself::<api::AnyFunction>(choices),
        2 => makes_itself::<mtproto::AnyConstructor>(choices),
        _ => makes_itself::<secret::AnyConstructor>(choices),
    }
    true
}

/// The bytes of a value, made from choices as [`typelang::reflect::Table::sample`] does.
#[must_use]
pub fn sample(subject: &Subject, choices: &[u8]) -> Option<Vec<u8>> {
    subject.table.sample(subject.ty, &mut choices.iter().copied())
}

fn is_kept(subject: &Subject, bytes: &[u8]) {
    let digits = || hexadecimal::encode(bytes);
    match subject.decode(bytes, ReadOptions::strict()) {
        Ok(value) => {
            assert_eq!(value.encoded_len(), bytes.len(), "{}: {}", subject.name, digits());
            let encoded = value.to_bytes().unwrap_or_else(|error| panic!("{}: {error}", subject.name));
            assert_eq!(hexadecimal::encode(&encoded), digits(), "{}", subject.name);
        }
        Err(error) => {
            let is_limit = matches!(error.kind(), DecodeErrorKind::MemoryLimit { .. });
            assert!(is_limit, "{}: {error}: {}", subject.name, digits());
        }
    }
}

/// A value cut short is an error, or a shorter value of its own.
fn is_cut_short(subject: &Subject, bytes: &[u8], length: usize) {
    if let Ok(value) = subject.decode(&bytes[..length], ReadOptions::strict()) {
        assert_eq!(value.to_bytes().as_deref(), Ok(&bytes[..length]), "{}", subject.name);
    }
}

fn is_damaged(subject: &Subject, bytes: &[u8], place: usize) {
    let mut damaged = bytes.to_vec();
    damaged[place / 8 % bytes.len()] ^= 1 << (place % 8);
    if let Ok(value) = subject.decode(&damaged, ReadOptions::new()) {
        let encoded = value.to_bytes().unwrap_or_else(|error| panic!("{}: {error}", subject.name));
        assert_eq!(encoded.len(), value.encoded_len(), "{}", subject.name);
    }
}

fn makes_itself<'a, T: Arbitrary<'a> + Encode + DecodeOwned>(choices: &'a [u8]) {
    let Ok(value) = T::arbitrary(&mut Unstructured::new(choices)) else { return };
    let bytes = value.to_bytes().expect("was made from bytes");
    let again = T::from_bytes_with(&bytes, ReadOptions::strict()).expect("was made from such bytes");
    assert_eq!(again.to_bytes().as_deref(), Ok(&*bytes));
}
