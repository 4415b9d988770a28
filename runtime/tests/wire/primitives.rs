//! Values without ids of their own, and the reader's and writer's methods for them.

use crate::samples::hex;
use typelang::{Decode, DecodeOwned, Encode, Reader, Writer};

#[track_caller]
fn check<T: Encode + DecodeOwned + PartialEq + std::fmt::Debug>(value: T, digits: &str) {
    let bytes = hex(digits);
    assert_eq!(value.to_bytes().unwrap(), bytes);
    assert_eq!(value.encoded_len(), bytes.len());
    assert_eq!(T::from_bytes(&bytes).unwrap(), value);
    assert!(T::MIN_LEN <= bytes.len());
}

#[test]
fn numbers_are_little_endian() {
    check(0x0102_0304_i32, "04030201");
    check(-1_i32, "ffffffff");
    check(u32::MAX, "ffffffff");
    check(0x0102_0304_0506_0708_i64, "0807060504030201");
    check(i64::MIN, "0000000000000080");
    check(1.5_f64, "000000000000f83f");
    check(1.5_f32, "0000c03f");
}

#[test]
fn bool_is_boxed() {
    check(true, "b5757299");
    check(false, "379779bc");
}

#[test]
fn shortest_values_are_not_shorter_than_the_least_length() {
    check(String::new(), "00000000");
    check(Vec::<u8>::new(), "00000000");
    check(Vec::<i32>::new(), "15c4b51c 00000000");
}

#[test]
fn wide_integers_are_raw() {
    let bytes: Vec<u8> = (0..64).collect();
    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    check::<[u8; 16]>(bytes[..16].try_into().unwrap(), &digits[..32]);
    check::<[u8; 32]>(bytes[..32].try_into().unwrap(), &digits[..64]);
    check::<[u8; 64]>(bytes[..64].try_into().unwrap(), &digits);
}

#[test]
fn not_a_number_keeps_its_bits() {
    let bytes = hex("010000000000f47f");
    assert_eq!(f64::from_bytes(&bytes).unwrap().to_bytes().unwrap(), bytes);
    assert_eq!(
        Vec::<f64>::from_bytes(&[hex("15c4b51c01000000"), bytes.clone()].concat()).unwrap()[0].to_bytes().unwrap(),
        bytes
    );
}

#[test]
fn reader_and_writer_agree() {
    let mut out = Vec::new();
    let mut writer = Writer::new(&mut out);
    writer.write_u32(u32::MAX - 1);
    writer.write_i32(-2);
    writer.write_u64(u64::MAX - 2);
    writer.write_i64(-4);
    writer.write_f32(0.5);
    writer.write_f64(-0.25);
    writer.write_id(0xdead_beef);
    writer.write_bool(true);
    writer.write_raw(&[1, 2, 3, 4]);
    writer.write_bytes(b"bytes");
    writer.write_string("text");
    writer.write_long_bytes(b"long");
    writer.write_long_string("longer");
    assert_eq!(writer.position(), 80);
    writer.finish().unwrap();

    let mut reader = Reader::new(&out);
    assert_eq!(reader.read_u32(), u32::MAX - 1);
    assert_eq!(reader.read_i32(), -2);
    assert_eq!(reader.read_u64(), u64::MAX - 2);
    assert_eq!(reader.read_i64(), -4);
    assert_eq!(reader.read_f32(), 0.5);
    assert_eq!(reader.read_f64(), -0.25);
    assert_eq!(reader.read_id(""), 0xdead_beef);
    assert!(reader.read_bool());
    assert_eq!(reader.read_raw(4), [1, 2, 3, 4]);
    assert_eq!(reader.read_bytes(), b"bytes");
    assert_eq!(reader.read_string(), "text");
    assert_eq!(reader.remaining().len(), 16);
    assert_eq!(reader.read_long_bytes(), b"long");
    assert_eq!(reader.read_long_string(), "longer");
    assert_eq!((reader.position(), reader.remaining()), (80, &[][..]));
    reader.finish().unwrap();
}
