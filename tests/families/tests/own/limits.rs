//! Types that are large, deep or empty, on a thread with an ordinary stack.

use std::fmt::Debug;
use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

use typelang::reflect::{DecodeFault, EncodeFault, Table, Type, Value};
use typelang::{
    DEFAULT_MAX_DEPTH, Decode, DecodeBare, DecodeErrorKind, DecodeOwned, Encode, EncodeErrorKind, MAX_EMPTY_ELEMENTS,
    ReadOptions, WriteOptions,
};
use typelang_tests::walker::table_of;

use super::own_limits::types;

/// What a thread gets where nothing else is asked for.
const STACK: usize = 2 * 1024 * 1024;

fn on_ordinary_stack(run: impl FnOnce() + Send + 'static) {
    let thread = thread::Builder::new().stack_size(STACK).spawn(run).expect("a thread can be started");
    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
}

/// The table of the schema.
fn table() -> Table<'static> {
    static TABLE: OnceLock<Vec<u8>> = OnceLock::new();
    let find = || super::FAMILIES.iter().find(|it| it.name == "own_limits").expect("a family");
    Table::new(TABLE.get_or_init(|| table_of(&find().schema()))).expect("a table")
}

fn words(words: &[u32]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_le_bytes()).collect()
}

/// What decoder and walker say of the bytes of a boxed constructor; they must say the same.
fn fault_of<T: DecodeOwned>(name: &str, fields: &[u8]) -> DecodeErrorKind {
    let table = table();
    let combinator = table.constructor_named(name).expect(name);
    let bytes = [&combinator.id().to_le_bytes()[..], fields].concat();
    let begin = Instant::now();
    let error = T::from_bytes(&bytes).err().expect(name);
    let walked = table.check(combinator.boxed(), &bytes, ReadOptions::new()).expect_err(name);
    // Without a limit it takes minutes.
    assert!(begin.elapsed() < Duration::from_secs(30), "{name}: {:?}", begin.elapsed());
    assert_eq!(*walked.fault(), DecodeFault::Bytes(*error.kind()), "{name}");
    assert_eq!(walked.offset(), error.offset(), "{name}");
    assert!(!walked.path().is_empty(), "{name}: {walked}");
    *error.kind()
}

#[test]
fn arrays_of_arrays_take_nothing_without_an_input() {
    on_ordinary_stack(|| {
        assert!(size_of::<types::Grid>() == 2048 && size_of::<types::Cube>() <= 24);
        let too_many = |length, limit| DecodeErrorKind::TooManyElements { length, limit };
        assert_eq!(fault_of::<types::Cube>("cube", &[]), too_many(64, 0));
        assert_eq!(fault_of::<types::Cube>("cube", &[0; 64 * 512 - 1]), too_many(64, 63));
        assert_eq!(fault_of::<types::Grid>("grid", &[0; 100]), too_many(16, 0));
        assert_eq!(fault_of::<types::Grid>("grid", &[0; 2047]), too_many(16, 15));
        assert_eq!(fault_of::<types::Cubes>("cubes", &words(&[i32::MAX as u32])), too_many(i32::MAX as usize, 0));
    });
}

/// 256 elements without bytes in each of 65,536 values without bytes.
#[test]
fn elements_without_bytes_are_counted_wherever_they_are() {
    on_ordinary_stack(|| {
        let refused = |kind| assert!(matches!(kind, DecodeErrorKind::TooManyElements { .. }), "{kind:?}");
        refused(fault_of::<types::Blanks>("blanks", &words(&[0x1_0000])));
        refused(fault_of::<types::Blanks>("blanks", &words(&[1000])));
        refused(fault_of::<types::Flat>("flat", &words(&[0x1_0000])));
        refused(fault_of::<types::Flat>("flat", &words(&[u32::MAX])));
        // Each of these contains 62 others and takes no bytes; the decoder counts their memory first.
        let splits = table().constructor_named("splits").expect("a constructor");
        let bytes = words(&[splits.id(), 1, 1, 1, 30_000]);
        assert!(types::Splits::from_bytes(&bytes).is_err());
        let walked = table().check(splits.boxed(), &bytes, ReadOptions::new()).expect_err("two million values");
        assert!(matches!(walked.fault(), DecodeFault::Bytes(DecodeErrorKind::TooManyElements { .. })), "{walked}");
        let blanks = types::Blanks { blanks: vec![types::Blank { rows: [[types::Nothing; 16]; 16] }; 100] };
        assert_eq!(types::Blanks::from_bytes(&blanks.to_bytes().expect("a value")), Ok(blanks));
    });
}

#[test]
fn memory_is_counted_where_there_are_no_bytes() {
    // A `Wide` without strings takes 480 bytes of memory and none of the input; the walker keeps only what is there.
    let combinator = table().constructor_named("wides").expect("a constructor");
    let error =
        types::Wides::from_bytes(&words(&[combinator.id(), 0, 2_000])).expect_err("a megabyte for twelve bytes");
    assert_eq!(*error.kind(), DecodeErrorKind::MemoryLimit { ratio: 30 });
}

/// Values around one another, `levels` of them, as a program builds them.
trait Nest: DecodeOwned + Encode + Clone + PartialEq + Debug + Send + 'static + for<'a> DecodeBare<'a> {
    fn around(inner: Option<Self>) -> Self;

    fn levels(levels: u32) -> Self {
        (0..levels).fold(None, |inner, _| Some(Self::around(inner))).expect("a level at least")
    }
}

impl Nest for types::Thin {
    fn around(inner: Option<Self>) -> Self {
        Self { next: inner.map(Box::new) }
    }
}

impl Nest for types::Page {
    fn around(inner: Option<Self>) -> Self {
        Self { next: inner.map(Box::new), s7: Some("7".to_owned()), ..Self::default() }
    }
}

impl Nest for types::List {
    fn around(inner: Option<Self>) -> Self {
        Self { next: inner.into_iter().collect(), ..Self::default() }
    }
}

impl Nest for types::Through {
    fn around(inner: Option<Self>) -> Self {
        let next = inner.map(|x| {
            let inner = types::Layer { x, ..types::Layer::default() };
            Box::new(types::Layer { x: Box::new(inner), ..types::Layer::default() })
        });
        Self { next }
    }
}

/// As deep as it goes, everything works; one level more is an error on both sides.
fn the_deepest<T: Nest>(expected: std::ops::RangeInclusive<u32>) {
    on_ordinary_stack(move || {
        assert!(expected.contains(&T::LEVELS), "{} levels", T::LEVELS);
        let most = DEFAULT_MAX_DEPTH / T::LEVELS;
        let deepest = T::levels(most);
        let bytes = deepest.to_bytes().expect("as deep as is allowed");
        // Memory has a limit of its own: that of so many large values for so few bytes.
        let options = ReadOptions::new().max_memory_ratio(u32::MAX);
        let read = T::from_bytes_with(&bytes, options).expect("what is encoded can be decoded");
        assert!(read == deepest && read.clone() == deepest && format!("{read:?}").len() > 100);
        drop((read, deepest));
        let error = T::levels(most + 1).to_bytes().expect_err("one level too many");
        assert_eq!(*error.kind(), EncodeErrorKind::DepthLimit { limit: DEFAULT_MAX_DEPTH });
        let more = T::levels(most + 1).to_bytes_with(typelang::WriteOptions::new().max_depth(u32::MAX));
        let error = T::from_bytes_with(&more.expect("the option allows it"), options).expect_err("one level too many");
        assert_eq!(*error.kind(), DecodeErrorKind::DepthLimit { limit: DEFAULT_MAX_DEPTH });
        assert!(table().check(Type::OBJECT, &bytes, ReadOptions::new()).is_ok());
        assert!(table().decode(&bytes, options).is_ok());
    });
}

#[test]
fn levels_count_what_they_take_of_the_stack() {
    the_deepest::<types::Thin>(1..=1);
    the_deepest::<types::Page>(2..=3);
    the_deepest::<types::List>(2..=3);
    the_deepest::<types::Through>(2..=4);
}

#[test]
fn types_that_double_stay_small() {
    assert!(size_of::<types::Doubles>() <= 256, "{}", size_of::<types::Doubles>());
    assert!(size_of::<types::Double8<i64>>() <= 4096, "{}", size_of::<types::Double8<i64>>());
    assert!(size_of::<types::Twice0>() <= 4096, "{}", size_of::<types::Twice0>());
}

/// As many values as can be written can be read; one more can be neither, and the walker says the same of both.
fn as_many_as_can_be_read<T: DecodeOwned + Encode>(name: &str, most: usize, with: impl Fn(usize) -> T) {
    let table = table();
    let ty = table.constructor_named(name).expect(name).boxed();
    let options = ReadOptions::new().max_memory_ratio(u32::MAX);
    let bytes = with(most).to_bytes().unwrap_or_else(|error| panic!("{name}: {error}"));
    assert!(T::from_bytes_with(&bytes, options).is_ok(), "{name}");
    let value = table.decode_as(ty, &bytes, options).expect(name);
    assert_eq!(table.encode_as(ty, &value, WriteOptions::new()).expect(name), bytes);

    let error = with(most + 1).to_bytes().expect_err(name);
    assert!(matches!(error.kind(), EncodeErrorKind::TooManyElements { .. }), "{name}: {error}");
    // The number of elements is the last of the words, the elements take no bytes.
    let (words, number) = bytes.as_chunks::<4>().0.split_at(bytes.len() / 4 - 1);
    assert_eq!(number.concat(), (most as u32).to_le_bytes(), "{name}");
    let more = [words.concat(), (most as u32 + 1).to_le_bytes().to_vec()].concat();
    let refused = T::from_bytes_with(&more, options).err().expect(name);
    assert!(matches!(refused.kind(), DecodeErrorKind::TooManyElements { .. }), "{name}: {refused}");
    let Value::Object(mut object) = value else { panic!("{name}: an object") };
    // It follows from the elements.
    object.fields.retain(|(field, _)| *field != "c");
    let elements =
        object.fields.iter_mut().find_map(|(_, value)| if let Value::Vector(all) = value { Some(all) } else { None });
    let elements = elements.expect("a vector");
    elements.push(elements[0].clone());
    let error = table.encode_as(ty, &Value::Object(object), WriteOptions::new()).expect_err(name);
    assert!(matches!(error.fault(), EncodeFault::Bytes(EncodeErrorKind::TooManyElements { .. })), "{name}: {error}");
}

#[test]
fn no_more_elements_without_bytes_are_written_than_are_read() {
    use types::{Blank, Choices, Chosens, Counted, Empties, Flat, Maybe, Maybes, Nothing, Shell, Shells};
    let most = MAX_EMPTY_ELEMENTS as usize;
    as_many_as_can_be_read("empties", most + 2, |n| Empties { all: vec![Nothing; n] });
    as_many_as_can_be_read("choices", most + 2, |n| Choices {
        all: vec![super::own_limits::enums::Choice::Default; n],
    });
    as_many_as_can_be_read("chosens", most + 2, |n| Chosens {
        all: vec![super::own_limits::enums::Chosen::Default; n],
    });
    as_many_as_can_be_read("counted", most + 3, |n| Counted { n: 0, c: n as u32, all: vec![vec![]; n] });
    // Each counts as an element and as a value of a type with parameters.
    as_many_as_can_be_read("shells", most / 2 + 1, |n| Shells { all: vec![Shell { x: Nothing }; n] });
    as_many_as_can_be_read("maybes", most / 2 + 1, |n| Maybes { m: 0, all: vec![Maybe { x: None }; n] });
    // Arrays in arrays: each counts as an element, with 16 rows of 16 elements in it.
    as_many_as_can_be_read("blanks", (most + 2) / 273, |n| types::Blanks {
        blanks: vec![Blank { rows: [[Nothing; 16]; 16] }; n],
    });
    // What takes bytes is as long as one likes.
    let flat = Flat { n: most as u32, rows: vec![[Nothing; 16]; most] };
    assert!(flat.to_bytes().is_err());
    let shelled = types::Shelled { all: vec![Shell { x: 7 }; 4 * most] };
    assert_eq!(types::Shelled::from_bytes(&shelled.to_bytes().expect("a value")), Ok(shelled));
}
