//! Inputs that end too early, and inputs with any one byte changed.

use crate::samples::{GetUsers, RichText, User, UserEmpty, UserFull};
use typelang::{DecodeErrorKind, DecodeOwned, Encode, ReadOptions};

fn options() -> [ReadOptions; 4] {
    [
        ReadOptions::new(),
        ReadOptions::strict(),
        ReadOptions::new().lossy_strings(true).long_strings(true),
        ReadOptions::strict().max_depth(1),
    ]
}

/// Every proper prefix is an error inside the input, every one-byte change a value or such an error.
#[track_caller]
fn check<T: Encode + DecodeOwned + PartialEq + std::fmt::Debug>(value: T) {
    let bytes = value.to_bytes().unwrap();
    assert_eq!(T::from_bytes_with(&bytes, ReadOptions::strict()).unwrap(), value);
    for end in 0..bytes.len() {
        let error = T::from_bytes(&bytes[..end]).unwrap_err();
        let kind = *error.kind();
        let expected = matches!(kind, DecodeErrorKind::UnexpectedEnd { .. } | DecodeErrorKind::TooManyElements { .. });
        assert!(expected, "{end} bytes: {kind:?}");
        assert!(error.offset() <= end, "{end} bytes: {error}");
    }
    for position in 0..bytes.len() {
        for byte in [0x00, 0x01, 0x7f, 0x80, 0xfd, 0xfe, 0xff] {
            let mut changed = bytes.clone();
            changed[position] = byte;
            for options in options() {
                if let Err(error) = T::from_bytes_with(&changed, options) {
                    assert!(error.offset() <= changed.len(), "{error}");
                    assert!(!error.to_string().is_empty());
                }
            }
        }
    }
}

#[test]
fn functions() {
    check(GetUsers { ids: vec![1, 2, 3] });
}

#[test]
fn vectors_of_values() {
    check(vec![
        User::Empty(UserEmpty { id: -1 }),
        User::Full(Box::new(UserFull { bot: true, id: 7, name: Some("é".repeat(200)) })),
        User::Full(Box::new(UserFull { bot: false, id: 8, name: None })),
    ]);
}

#[test]
fn primitives() {
    check(vec![1.0_f64, 2.0]);
    check(vec![vec![true], vec![]]);
    check(vec![[7_u8; 32]]);
    check(vec!["a".to_owned(), "bcd".to_owned(), String::new()]);
    check(vec![vec![0xfe_u8; 254]]);
}

#[test]
fn recursive_values() {
    let plain = |text: &str| RichText::Plain(text.into());
    check(RichText::Concat(vec![plain("a"), RichText::Bold(Box::new(plain("bcdef"))), RichText::Concat(vec![])]));
}
