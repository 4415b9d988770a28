//! Vectors: their two forms, their elements, their counts.

use crate::samples::{Nothing, User, UserEmpty, hex, read_with};
use typelang::codec::{Array, Bare, BareVector, Boxed, DecodeAs, EncodeAs, Identified, OnHeap, Tuple, Vector};
use typelang::{
    Decode, DecodeBare, DecodeError, DecodeErrorKind, Encode, EncodeErrorKind, MAX_EMPTY_ELEMENTS, Named, ReadOptions,
    Reader, Writer,
};

fn write<C: EncodeAs<T> + Default, T: ?Sized>(value: &T) -> Vec<u8> {
    let mut out = Vec::new();
    let mut writer = Writer::new(&mut out);
    C::default().encode_as(value, &mut writer);
    writer.finish().unwrap();
    out
}

fn read<'a, C: DecodeAs<'a, T> + Default, T>(bytes: &'a [u8]) -> Result<T, DecodeError> {
    read_with(bytes, ReadOptions::strict(), |reader| C::default().decode_as(reader))
}

#[track_caller]
fn check<C: EncodeAs<T> + for<'a> DecodeAs<'a, T> + Default, T: PartialEq + std::fmt::Debug>(value: &T, digits: &str) {
    let bytes = hex(digits);
    assert_eq!(write::<C, T>(value), bytes);
    assert_eq!(&read::<C, T>(&bytes).unwrap(), value);
}

#[test]
fn vectors_of_primitives() {
    check::<Boxed, Vec<i32>>(&vec![1, -2], "15c4b51c 02000000 01000000 feffffff");
    check::<Boxed, Vec<u32>>(&vec![0xffff_fffe], "15c4b51c 01000000 feffffff");
    check::<Boxed, Vec<i64>>(&vec![1, i64::MIN], "15c4b51c 02000000 0100000000000000 0000000000000080");
    check::<Boxed, Vec<f64>>(&vec![1.0, -0.0], "15c4b51c 02000000 000000000000f03f 0000000000000080");
    check::<Boxed, Vec<f32>>(&vec![1.0], "15c4b51c 01000000 0000803f");
    check::<Boxed, Vec<bool>>(&vec![true, false], "15c4b51c 02000000 b5757299 379779bc");
    check::<Boxed, Vec<String>>(&vec!["a".into(), String::new()], "15c4b51c 02000000 01610000 00000000");
    check::<Boxed, Vec<Vec<u8>>>(&vec![vec![0xff]], "15c4b51c 01000000 01ff0000");
    check::<Boxed, Vec<[u8; 16]>>(
        &vec![[0x11; 16], [0x22; 16]],
        "15c4b51c 02000000 11111111111111111111111111111111 22222222222222222222222222222222",
    );
    check::<Boxed, Vec<Vec<i32>>>(
        &vec![vec![7], vec![]],
        "15c4b51c 02000000 15c4b51c 01000000 07000000 15c4b51c 00000000",
    );
    check::<Boxed, Vec<i32>>(&vec![], "15c4b51c 00000000");
}

#[test]
fn vectors_of_combinators_in_every_form() {
    let users = vec![UserEmpty { id: 1 }, UserEmpty { id: 2 }];
    check::<Boxed, _>(&users, "15c4b51c 02000000 7a4bbcd3 0100000000000000 7a4bbcd3 0200000000000000");
    check::<Vector<Boxed>, _>(&users, "15c4b51c 02000000 7a4bbcd3 0100000000000000 7a4bbcd3 0200000000000000");
    check::<Vector<Bare>, _>(&users, "15c4b51c 02000000 0100000000000000 0200000000000000");
    check::<BareVector<Boxed>, _>(&users, "02000000 7a4bbcd3 0100000000000000 7a4bbcd3 0200000000000000");
    check::<BareVector<Bare>, _>(&users, "02000000 0100000000000000 0200000000000000");
    check::<Vector<BareVector<Bare>>, _>(&vec![users], "15c4b51c 01000000 02000000 0100000000000000 0200000000000000");
    check::<Vector<Vector<Bare>>, _>(&vec![Vec::<UserEmpty>::new()], "15c4b51c 01000000 15c4b51c 00000000");
    check::<Vector<BareVector<Bare>>, _>(&vec![Vec::<UserEmpty>::new()], "15c4b51c 01000000 00000000");
    check::<BareVector<Boxed>, _>(&vec![3_i32, 4], "02000000 03000000 04000000");
}

#[test]
fn other_id_than_that_of_a_vector() {
    let error = Vec::<i32>::from_bytes(&hex("16c4b51c 00000000")).unwrap_err();
    assert_eq!(*error.kind(), DecodeErrorKind::UnknownConstructor { found: 0x1cb5_c416, expected: &[0x1cb5_c415] });
    assert_eq!(error.offset(), 0);
}

#[test]
fn greatest_count_without_elements() {
    let bytes = hex("15c4b51c ffffff7f");
    let kind = DecodeErrorKind::TooManyElements { length: 0x7fff_ffff, limit: 0 };
    for error in [
        Vec::<i64>::from_bytes(&bytes).unwrap_err(),
        Vec::<User>::from_bytes(&bytes).unwrap_err(),
        Vec::<String>::from_bytes(&bytes).unwrap_err(),
        Vec::<Vec<i32>>::from_bytes(&bytes).unwrap_err(),
    ] {
        assert_eq!(*error.kind(), kind);
        assert_eq!(error.offset(), 4);
    }
    assert_eq!(
        Vec::<i64>::from_bytes(&bytes).unwrap_err().to_string(),
        "vector of 2147483647 elements at byte 4; at most 0 possible here"
    );
}

#[test]
fn count_is_bounded_by_the_least_length_of_the_elements() {
    // Two users need 24 bytes; 23 follow.
    let mut bytes = hex("15c4b51c 02000000");
    bytes.extend([0; 23]);
    let error = Vec::<User>::from_bytes(&bytes).unwrap_err();
    assert_eq!(*error.kind(), DecodeErrorKind::TooManyElements { length: 2, limit: 1 });
}

/// The least length of an element is that of its form, with the id and all that it contains.
#[test]
fn count_is_bounded_by_the_form_of_the_elements() {
    let limit = |error: DecodeError| match *error.kind() {
        DecodeErrorKind::TooManyElements { length: 1_000, limit } => limit,
        other => panic!("{other:?}"),
    };
    let mut bytes = 1_000_u32.to_le_bytes().to_vec();
    bytes.extend([0; 120]);
    let identified = read::<BareVector<Identified<7, Boxed>>, Vec<i64>>(&bytes).unwrap_err();
    let array = read::<BareVector<Array<Boxed>>, Vec<[i64; 3]>>(&bytes).unwrap_err();
    let boxed = read::<BareVector<OnHeap<Boxed>>, Vec<Box<i64>>>(&bytes).unwrap_err();
    let vectors = read::<BareVector<Vector<Boxed>>, Vec<Vec<i64>>>(&bytes).unwrap_err();
    let bare = read::<BareVector<BareVector<Boxed>>, Vec<Vec<i64>>>(&bytes).unwrap_err();
    assert_eq!([identified, array, boxed, vectors, bare].map(limit), [10, 5, 15, 15, 30]);
    let form = BareVector(Tuple::new(Boxed, 5));
    let tuple = read_with(&bytes, ReadOptions::new(), |reader| -> Vec<Vec<i64>> { form.decode_as(reader) });
    assert_eq!(limit(tuple.unwrap_err()), 3);
}

#[test]
fn a_value_behind_a_pointer_is_written_as_it_is() {
    check::<BareVector<OnHeap<Boxed>>, _>(&vec![Box::new(3_i32), Box::new(4)], "02000000 03000000 04000000");
}

#[test]
fn negative_count() {
    let error = Vec::<i32>::from_bytes(&hex("15c4b51c ffffffff 00000000")).unwrap_err();
    assert_eq!(*error.kind(), DecodeErrorKind::NegativeVectorLength { length: -1 });
    assert_eq!(error.to_string(), "negative vector length -1 at byte 4");
}

#[test]
fn elements_without_bytes_have_one_bound_for_the_whole_input() {
    // One more for each four bytes of the input, the two numbers.
    let most = MAX_EMPTY_ELEMENTS as i32 + 2;
    let two_vectors = |first: i32, second: i32| {
        let bytes = [first.to_le_bytes(), second.to_le_bytes()].concat();
        read_with(&bytes, ReadOptions::new(), |reader| {
            let first: Vec<Nothing> = BareVector(Bare).decode_as(reader);
            let second: Vec<Nothing> = BareVector(Bare).decode_as(reader);
            first.len() + second.len()
        })
    };
    assert_eq!(two_vectors(most, 0).unwrap(), 65_538);
    assert_eq!(two_vectors(most - 3, 3).unwrap(), 65_538);

    let error = two_vectors(most + 1, 0).unwrap_err();
    assert_eq!(*error.kind(), DecodeErrorKind::TooManyElements { length: 65_539, limit: 65_538 });
    let error = two_vectors(most - 3, 4).unwrap_err();
    assert_eq!(*error.kind(), DecodeErrorKind::TooManyElements { length: 4, limit: 3 });
    assert_eq!(error.offset(), 4);
}

#[test]
fn elements_without_bytes_count_in_arrays_too() {
    // 256 * 256 elements in each of the 1,000 arrays, none of which takes a byte.
    type Block = [[Nothing; 256]; 256];
    let error = read::<BareVector<Array<Array<Bare>>>, Vec<Block>>(&1_000_i32.to_le_bytes()).err().unwrap();
    assert_eq!(*error.kind(), DecodeErrorKind::TooManyElements { length: 256, limit: 25 });
    let rows = read::<BareVector<Array<Bare>>, Vec<[Nothing; 256]>>(&200_i32.to_le_bytes()).unwrap();
    assert_eq!(rows.len(), 200);
    // What has parameters counts its own values.
    let count =
        |values: usize| read_with(&[], ReadOptions::new(), |reader| (0..values).for_each(|_| reader.count_empty()));
    assert!(count(65_536).is_ok());
    assert_eq!(*count(65_537).unwrap_err().kind(), DecodeErrorKind::TooManyElements { length: 1, limit: 0 });
}

/// Writes by a function, and tells what it wrote.
fn written(write: impl Fn(&mut Writer<'_>)) -> Result<Vec<u8>, EncodeErrorKind> {
    let mut out = Vec::new();
    let mut writer = Writer::new(&mut out);
    write(&mut writer);
    writer.finish().map_err(|error| *error.kind())?;
    Ok(out)
}

#[test]
fn no_more_elements_without_bytes_are_written_than_are_read() {
    let nothings = |count: usize| vec![Nothing; count];
    let most = MAX_EMPTY_ELEMENTS as usize;
    // In each form: as many as can be read, and one more. The last number is how many of the four bytes there are.
    type Write = fn(&Vec<Nothing>, &mut Writer<'_>);
    let forms: [(Write, usize); 4] = [
        (|values, writer| BareVector(Bare).encode_as(values, writer), 1),
        (|values, writer| Vector(Bare).encode_as(values, writer), 2),
        (|values, writer| Identified::<7, _>(Tuple::new(Bare, values.len() as u32)).encode_as(values, writer), 1),
        (
            |values, writer| {
                BareVector(OnHeap(Bare)).encode_as(&values.iter().copied().map(Box::new).collect(), writer)
            },
            1,
        ),
    ];
    for (write, words) in forms {
        assert_eq!(written(|writer| write(&nothings(most + words), writer)).map(|bytes| bytes.len()), Ok(words * 4));
        let refused = EncodeErrorKind::TooManyElements { length: most + words + 1, limit: most + words };
        assert_eq!(written(|writer| write(&nothings(most + words + 1), writer)), Err(refused));
    }
    // What was written before and after counts.
    let two = |first: usize, second: usize| {
        written(|writer| {
            BareVector(Bare).encode_as(&nothings(first), writer);
            writer.write_raw(&[0; 12]);
            BareVector(Bare).encode_as(&nothings(second), writer);
        })
    };
    let bytes = two(most, 5).unwrap();
    let counts = read_with(&bytes, ReadOptions::new(), |reader| {
        let first: Vec<Nothing> = BareVector(Bare).decode_as(reader);
        reader.read_raw(12);
        let second: Vec<Nothing> = BareVector(Bare).decode_as(reader);
        (first.len(), second.len())
    });
    assert_eq!(counts, Ok((most, 5)));
    assert_eq!(two(most, 6), Err(EncodeErrorKind::TooManyElements { length: most + 6, limit: most + 5 }));
    // Arrays, arrays of arrays, and tuples of none.
    type Block = [[Nothing; 256]; 255];
    let blocks = |count: usize| {
        written(|writer| BareVector(Array(Array(Bare))).encode_as(&vec![[[Nothing; 256]; 255]; count], writer))
    };
    assert_eq!(read::<BareVector<Array<Array<Bare>>>, Vec<Block>>(&blocks(1).unwrap()).unwrap().len(), 1);
    assert!(blocks(2).is_err());
    let none = |count: usize| {
        written(|writer| BareVector(Tuple::new(Boxed, 0)).encode_as(&vec![Vec::<i32>::new(); count], writer))
    };
    assert!(none(most + 1).is_ok() && none(most + 2).is_err());
    let none = |count: usize| written(|writer| BareVector(Array(Boxed)).encode_as(&vec![[0_i32; 0]; count], writer));
    assert!(none(most + 1).is_ok() && none(most + 2).is_err());
    // What has parameters counts its own values.
    assert!(
        written(|writer| writer.count_empty(most)).is_ok() && written(|writer| writer.count_empty(most + 1)).is_err()
    );
    // What takes bytes is not counted.
    assert!(written(|writer| BareVector(Boxed).encode_as(&vec![7; most * 2], writer)).is_ok());
    assert!(written(|writer| BareVector(Tuple::new(Boxed, 1)).encode_as(&vec![vec![7]; most * 2], writer)).is_ok());
    assert!(written(|writer| BareVector(Array(Boxed)).encode_as(&vec![[7]; most * 2], writer)).is_ok());
}

#[test]
fn an_error_for_elements_without_bytes_keeps_what_was_there() {
    let mut out = vec![7];
    let mut writer = Writer::new(&mut out);
    BareVector(Bare).encode_as(&vec![Nothing; 100_000], &mut writer);
    let error = writer.finish().unwrap_err();
    let expected = "100000 elements that may take no bytes where at most 65537 can be read, after 4 encoded bytes";
    assert_eq!((error.to_string().as_str(), &out[..]), (expected, &[7][..]));
}

#[test]
fn an_array_that_cannot_follow_is_told_before_it_is_read() {
    let bytes = [0; 15];
    let array = read::<Array<Boxed>, [i64; 2]>(&bytes).unwrap_err();
    let tuple = read_with(&bytes, ReadOptions::new(), |reader| -> Vec<i64> { Tuple::new(Boxed, 2).decode_as(reader) });
    assert_eq!(array, tuple.unwrap_err());
    assert_eq!(*array.kind(), DecodeErrorKind::TooManyElements { length: 2, limit: 1 });
}

/// Much larger in memory than on the wire.
#[derive(Clone)]
struct Large(#[expect(dead_code, reason = "only its size matters")] [u64; 512]);

impl Named for Large {
    const TYPE_NAME: &'static str = "large";
}

impl DecodeBare<'_> for Large {
    const MIN_BARE_LEN: usize = 4;

    fn decode_fields(reader: &mut Reader<'_>) -> Self {
        Self([u64::from(reader.read_u32()); 512])
    }
}

#[test]
fn memory_is_a_multiple_of_the_input() {
    // 4 KiB of memory for each four bytes of input: 16 elements take the 64 KiB that are free.
    let vector = |count: u32| [&count.to_le_bytes()[..], &vec![0; 4 * count as usize]].concat();
    let read = |bytes: &[u8], options| -> Result<Vec<Large>, DecodeError> {
        read_with(bytes, options, |reader| BareVector(Bare).decode_as(reader))
    };
    let values = read(&vector(16), ReadOptions::new()).unwrap();
    assert_eq!((values.len(), values.capacity()), (16, 16));
    let error = read(&vector(17), ReadOptions::new()).err().unwrap();
    assert_eq!(*error.kind(), DecodeErrorKind::MemoryLimit { ratio: 30 });
    assert_eq!(error.offset(), 4);
    let message = "too much memory for so few bytes at byte 4; the limit is 30 bytes for each byte of input";
    assert_eq!(error.to_string(), message);
    assert_eq!(read(&vector(17), ReadOptions::new().max_memory_ratio(1024)).unwrap().len(), 17);
    // Beyond what is free, the ratio counts.
    assert!(read(&vector(1 << 18), ReadOptions::new()).is_err());
    // Elements that take no bytes, but memory, are bounded by what is free.
    let empty_vectors = |count: u32| -> Result<Vec<Vec<Nothing>>, DecodeError> {
        read_with(&count.to_le_bytes(), ReadOptions::new(), |reader| BareVector(Tuple::new(Bare, 0)).decode_as(reader))
    };
    assert_eq!(empty_vectors(2_000).unwrap().len(), 2_000);
    assert_eq!(*empty_vectors(MAX_EMPTY_ELEMENTS).unwrap_err().kind(), DecodeErrorKind::MemoryLimit { ratio: 30 });
    // Elements without memory take none.
    let nothing = self::read::<BareVector<Bare>, Vec<Nothing>>(&9_i32.to_le_bytes()).unwrap();
    assert_eq!(nothing.len(), 9);
}

#[test]
fn vectors_reserve_what_they_need() {
    let texts = vec!["ab".to_owned(); 10_000];
    let read = Vec::<String>::from_bytes(&texts.to_bytes().unwrap()).unwrap();
    assert_eq!((read.len(), read.capacity()), (10_000, 10_000));
    assert_eq!(read, texts);
}

#[test]
fn vector_of_numbers_reserves_exactly() {
    let bytes = vec![3_i64; 1_000].to_bytes().unwrap();
    assert_eq!(bytes.capacity(), 8 + 8_000);
    assert_eq!(Vec::<i64>::from_bytes(&bytes).unwrap().capacity(), 1_000);
}

#[test]
fn count_that_no_int_can_hold() {
    let mut out = vec![1];
    let mut writer = Writer::new(&mut out);
    writer.write_vector_len(i32::MAX as usize);
    writer.write_vector_len(i32::MAX as usize + 1);
    let error = writer.finish().unwrap_err();
    assert_eq!(*error.kind(), EncodeErrorKind::VectorTooLong { length: 0x8000_0000 });
    assert_eq!(error.offset(), 4);
    assert_eq!(
        error.to_string(),
        "vector of 2147483648 elements where at most 2147483647 can be written, after 4 encoded bytes"
    );
    assert_eq!(out, [1]);
}
