//! How deep values may be nested, and the memory of frames.

use crate::samples::{Nothing, RichText, TEXT_BOLD, TEXT_CONCAT};
use typelang::codec::{Bare, BareVector};
use typelang::{
    DEFAULT_MAX_DEPTH, Decode, DecodeBare, DecodeErrorKind, Encode, EncodeErrorKind, MAX_EMPTY_ELEMENTS, ReadOptions,
    Reader, VECTOR_ID, WriteOptions, Writer,
};

/// `levels` values of `RichText` around one another, the innermost one plain.
fn nested(levels: u32) -> Vec<u8> {
    let mut bytes = TEXT_BOLD.to_le_bytes().repeat(levels as usize - 1);
    RichText::Plain("x".into()).append_to(&mut bytes).unwrap();
    bytes
}

#[test]
fn default_depth_is_reached_and_not_passed() {
    let mut text = &RichText::from_bytes(&nested(DEFAULT_MAX_DEPTH)).unwrap();
    let mut levels = 1;
    while let RichText::Bold(inner) = text {
        text = inner;
        levels += 1;
    }
    assert_eq!(levels, DEFAULT_MAX_DEPTH);
    assert_eq!(*text, RichText::Plain("x".into()));

    let error = RichText::from_bytes(&nested(DEFAULT_MAX_DEPTH + 1)).unwrap_err();
    assert_eq!(*error.kind(), DecodeErrorKind::DepthLimit { limit: 128 });
    assert_eq!((error.offset(), error.type_name()), (128 * 4, "RichText"));
    assert_eq!(error.to_string(), "nested too deeply at byte 512 while reading RichText; the limit is 128 levels");
}

#[test]
fn depth_is_an_option() {
    let read = |levels, limit| RichText::from_bytes_with(&nested(levels), ReadOptions::new().max_depth(limit));
    assert!(read(1, 1).is_ok());
    assert_eq!(
        read(1, 0).unwrap_err().to_string(),
        "nested too deeply at byte 0 while reading RichText; the limit is 0 levels"
    );
    assert_eq!(*read(3, 2).unwrap_err().kind(), DecodeErrorKind::DepthLimit { limit: 2 });
    assert!(read(200, 200).is_ok());
}

/// `levels` values around one another, built by a program.
fn built(levels: u32) -> RichText {
    (1..levels).fold(RichText::Plain("x".into()), |inner, _| RichText::Bold(Box::new(inner)))
}

#[test]
fn what_is_written_is_as_deep_as_what_is_read() {
    for options in [WriteOptions::new(), WriteOptions::default()] {
        assert_eq!(options.max_depth, ReadOptions::new().max_depth);
        let deepest = built(DEFAULT_MAX_DEPTH);
        assert_eq!(RichText::from_bytes(&deepest.to_bytes_with(options).unwrap()), Ok(deepest));
        let mut out = vec![7];
        let error = built(DEFAULT_MAX_DEPTH + 1).append_to_with(&mut out, options).unwrap_err();
        assert_eq!(*error.kind(), EncodeErrorKind::DepthLimit { limit: 128 });
        assert_eq!(error.to_string(), "more than 128 values nested in one another, after 512 encoded bytes");
        assert_eq!(out, [7]);
    }
    let options = WriteOptions::new().max_depth(100);
    let bytes = built(100).to_bytes_with(options).unwrap();
    assert!(RichText::from_bytes_with(&bytes, ReadOptions::new().max_depth(100)).is_ok());
    assert!(built(101).to_bytes_with(options.long_strings(true)).is_err());
}

/// A program can build what it cannot encode; that is an error, and the stack stays as it is.
#[test]
fn a_value_that_is_built_much_too_deep_is_an_error() {
    let run = || {
        let value = built(100_000);
        let error = value.to_bytes().unwrap_err();
        assert_eq!(*error.kind(), EncodeErrorKind::DepthLimit { limit: 128 });
        // Dropping is as deep as the value.
        let mut next = value;
        while let RichText::Bold(mut inner) = next {
            next = std::mem::replace(&mut *inner, RichText::Plain(String::new()));
        }
    };
    std::thread::Builder::new().stack_size(256 * 1024).spawn(run).unwrap().join().unwrap();
}

#[test]
fn values_can_count_as_several_levels() {
    let read = |levels: u32, limit: u32| {
        let mut reader = Reader::with_options(&[0; 8], ReadOptions::new().max_depth(limit));
        for _ in 0..3 {
            _ = reader.enter_levels("wide", levels);
        }
        reader.finish()
    };
    assert!(read(5, 15).is_ok());
    assert_eq!(*read(5, 14).unwrap_err().kind(), DecodeErrorKind::DepthLimit { limit: 14 });
    assert!(read(u32::MAX, u32::MAX).is_ok(), "saturating");
    let mut out = Vec::new();
    let mut writer = Writer::with_options(&mut out, WriteOptions::new().max_depth(9));
    assert!(writer.enter_levels(5));
    writer.leave_levels(5);
    assert!(writer.enter_levels(5) && writer.enter_levels(4) && !writer.enter_levels(1));
    assert_eq!(*writer.finish().unwrap_err().kind(), EncodeErrorKind::DepthLimit { limit: 9 });
}

/// A frame is a level for a reader, so it is one for a writer.
#[test]
fn frames_in_frames_come_to_an_end() {
    fn frames(writer: &mut Writer<'_>, levels: u32) {
        if levels > 0 {
            writer.write_frame(|writer| frames(writer, levels - 1));
        }
    }
    let write = |levels: u32| {
        let mut out = Vec::new();
        let mut writer = Writer::new(&mut out);
        frames(&mut writer, levels);
        writer.finish()
    };
    assert!(write(DEFAULT_MAX_DEPTH).is_ok());
    assert_eq!(*write(1_000_000).unwrap_err().kind(), EncodeErrorKind::DepthLimit { limit: 128 });
}

#[test]
fn neighbours_do_not_add_up() {
    let text = RichText::Concat(vec![RichText::Bold(Box::new(RichText::Plain(String::new()))); 1_000]);
    let bytes = text.to_bytes().unwrap();
    assert_eq!(RichText::from_bytes_with(&bytes, ReadOptions::new().max_depth(3)).unwrap(), text);
    assert!(RichText::from_bytes_with(&bytes, ReadOptions::new().max_depth(2)).is_err());
}

#[test]
fn a_million_levels_are_an_error_on_a_small_stack() {
    let bold = TEXT_BOLD.to_le_bytes().repeat(1_000_000);
    let concat = [TEXT_CONCAT, VECTOR_ID, 1].map(u32::to_le_bytes).concat().repeat(1_000_000);
    let errors = std::thread::Builder::new()
        .stack_size(256 * 1024)
        .spawn(move || [bold, concat].map(|bytes| RichText::from_bytes(&bytes).unwrap_err()))
        .unwrap()
        .join()
        .unwrap();
    assert_eq!(errors.each_ref().map(|error| *error.kind()), [DecodeErrorKind::DepthLimit { limit: 128 }; 2]);
    assert_eq!(errors.map(|error| error.offset()), [128 * 4, 128 * 12]);
}

/// Much larger in memory than on the wire.
#[derive(Clone, Debug, PartialEq)]
struct Large([u64; 512]);

impl typelang::Named for Large {
    const TYPE_NAME: &'static str = "large";
}

impl DecodeBare<'_> for Large {
    const MIN_BARE_LEN: usize = 4;

    fn decode_fields(reader: &mut Reader<'_>) -> Self {
        Self([u64::from(reader.read_u32()); 512])
    }
}

/// Frames of one message, each of which is within the limits, together are not.
#[test]
fn frames_share_the_limits_of_their_message() {
    let frames = |count: usize| {
        let elements = [&10_u32.to_le_bytes()[..], &[0; 40]].concat();
        let bytes = elements.repeat(count);
        let mut reader = Reader::new(&bytes);
        let frames: Vec<_> = (0..count)
            .map(|_| reader.decode_or_raw_as::<Vec<Large>>(BareVector(Bare), elements.len()).into_result())
            .collect();
        assert_eq!(reader.finish(), Ok(()));
        frames
    };
    // 40 KiB of the 64 KiB that are free.
    assert!(frames(1)[0].is_ok());
    let two = frames(2);
    assert_eq!(two[0].as_ref().map(Vec::len), Ok(10));
    assert_eq!(*two[1].as_ref().unwrap_err().kind(), DecodeErrorKind::MemoryLimit { ratio: 30 });
}

/// The same for elements without bytes.
#[test]
fn frames_share_the_elements_without_bytes_of_their_message() {
    let bytes = [40_000_i32, 40_000, 25_000].map(i32::to_le_bytes).concat();
    let mut reader = Reader::new(&bytes);
    let mut frame = || reader.decode_or_raw_as::<Vec<Nothing>>(BareVector(Bare), 4).into_result();
    assert_eq!(frame().map(|it| it.len()), Ok(40_000));
    // One more for each four bytes of the message.
    let left = MAX_EMPTY_ELEMENTS as usize + 3 - 40_000;
    let error = frame().expect_err("more than are left");
    assert_eq!(*error.kind(), DecodeErrorKind::TooManyElements { length: 40_000, limit: left });
    assert_eq!(frame().map(|it| it.len()), Ok(25_000));
    assert_eq!(reader.finish(), Ok(()));
}
