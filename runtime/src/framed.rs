//! Values in a frame of known length, where what cannot be decoded can be kept.

use alloc::vec::Vec;

use crate::codec::{Boxed, DecodeAs};
use crate::{Decode, DecodeError, Encode, ReadOptions, Reader, Writer};

/// A value, or its bytes and the reason why they could not be decoded.
///
/// TL does not say how long a value is. When a decoder meets an id that it does not know, it cannot tell where the next value
/// begins, and all that follows is lost. That ends where the length is known from elsewhere: a message in a container, the
/// answer in a message, the content of a `bytes` field, a datagram. There a client that is older than the server can keep what it
/// does not understand, and read on behind it.
///
/// The TL of MTProto's containers does not say that `bytes` is the length of `body`, so code that is generated from it reads
/// `body` by its own structure and fails as a whole. A client writes the message by hand, and hands it to the generator as
/// [`extern_path`](https://docs.rs/tl-codegen/latest/typelang_build/struct.Builder.html#method.extern_path), or reads the container
/// itself:
///
/// ```
/// use typelang::codec::{Bare, BareVector, DecodeAs};
/// use typelang::prelude::*;
/// use typelang::{DecodeError, DecodedOrRaw, Named};
///
/// /// `message#5bb8e511 msg_id:long seqno:int bytes:int body:Object = Message;`
/// struct Message<T> {
///     msg_id: i64,
///     seqno: i32,
///     body: DecodedOrRaw<T>,
/// }
///
/// impl<T> Named for Message<T> {
///     const TYPE_NAME: &'static str = "message";
/// }
///
/// impl<'a, T: Decode<'a>> DecodeBare<'a> for Message<T> {
///     const MIN_BARE_LEN: usize = 16;
///
///     fn decode_fields(reader: &mut Reader<'a>) -> Self {
///         let (msg_id, seqno, length) = (reader.read_i64(), reader.read_i32(), reader.read_u32());
///         let length = usize::try_from(length).unwrap_or(usize::MAX);
///         Message { msg_id, seqno, body: reader.decode_or_raw(length) }
///     }
/// }
///
/// // Two messages, each with a body of twelve bytes; this client knows only vectors of numbers.
/// let mut bytes = vec![2, 0, 0, 0];
/// bytes.extend([1, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 12, 0, 0, 0]);
/// bytes.extend([0xef, 0xbe, 0xad, 0xde, 1, 2, 3, 4, 5, 6, 7, 8]);
/// bytes.extend([2, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 12, 0, 0, 0]);
/// bytes.extend([0x15, 0xc4, 0xb5, 0x1c, 1, 0, 0, 0, 0xff, 0, 0, 0]);
///
/// let mut reader = Reader::new(&bytes);
/// let messages: Vec<Message<Vec<i32>>> = BareVector(Bare).decode_as(&mut reader);
/// reader.finish()?;
/// let DecodedOrRaw::Raw { bytes, error } = &messages[0].body else { panic!("nobody knows deadbeef") };
/// assert_eq!(bytes.len(), 12);
/// assert!(error.to_string().starts_with("unknown constructor 0xdeadbeef at byte 20"));
/// assert_eq!((messages[1].msg_id, messages[1].seqno), (2, 9));
/// assert_eq!(messages[1].body.decoded(), Some(&vec![255]));
/// # Ok::<(), DecodeError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum DecodedOrRaw<T> {
    /// The value.
    Decoded(T),
    /// What could not be decoded.
    Raw {
        /// All bytes of the frame.
        bytes: Vec<u8>,
        /// Why not, with the place where decoding ended.
        error: DecodeError,
    },
}

impl<T> DecodedOrRaw<T> {
    /// Decodes the content of a frame that is at hand as a whole, such as that of a `bytes` field.
    #[must_use]
    pub fn new<'a>(frame: &'a [u8], options: ReadOptions) -> Self
    where
        T: Decode<'a>,
    {
        Self::new_as(Boxed, frame, options)
    }

    /// The same in another form, such as the one of [`Function::output_form`](crate::Function::output_form).
    #[must_use]
    pub fn new_as<'a>(form: impl DecodeAs<'a, T>, frame: &'a [u8], options: ReadOptions) -> Self {
        Reader::with_options(frame, options).rest_or_raw(form)
    }

    /// The value, if there is one.
    pub fn decoded(&self) -> Option<&T> {
        match self {
            Self::Decoded(value) => Some(value),
            Self::Raw { .. } => None,
        }
    }

    /// The value, or the error, which gives the bytes up.
    ///
    /// # Errors
    ///
    /// The bytes could not be decoded.
    pub fn into_result(self) -> Result<T, DecodeError> {
        match self {
            Self::Decoded(value) => Ok(value),
            Self::Raw { error, .. } => Err(error),
        }
    }
}

/// What could not be decoded is written as it was; [`Writer::write_frame`] writes the length in front of it.
impl<T: Encode> Encode for DecodedOrRaw<T> {
    fn encoded_len(&self) -> usize {
        match self {
            Self::Decoded(value) => value.encoded_len(),
            Self::Raw { bytes, .. } => bytes.len(),
        }
    }

    fn encode(&self, writer: &mut Writer<'_>) {
        match self {
            Self::Decoded(value) if writer.enter_levels(0) => value.encode(writer),
            Self::Decoded(_) => {}
            Self::Raw { bytes, .. } => writer.write_raw(bytes),
        }
    }

    #[inline]
    fn may_be_empty() -> bool {
        true
    }
}

/// All of the rest of the input, or of the frame around it.
impl<'a, T: Decode<'a>> Decode<'a> for DecodedOrRaw<T> {
    const MIN_LEN: usize = 0;

    fn decode(reader: &mut Reader<'a>) -> Self {
        reader.decode_or_raw(reader.remaining().len())
    }
}

impl<'a> Reader<'a> {
    /// Reads a value in a frame of `length` bytes, and goes on behind the frame. A value that is none of the type is a failure of
    /// the reader itself, as are bytes of the frame behind the value if the options are strict;
    /// [`decode_or_raw`](Self::decode_or_raw) keeps the bytes instead. A frame counts as a level of depth.
    ///
    /// ```
    /// use typelang::{Raw, Reader};
    ///
    /// let mut reader = Reader::new(&[1, 2, 3, 4, 5, 6, 7, 8]);
    /// assert_eq!(reader.decode_frame::<Raw>(4), Raw(vec![1, 2, 3, 4]));
    /// assert_eq!(reader.read_u32(), 0x08070605);
    /// reader.finish().unwrap();
    /// ```
    pub fn decode_frame<T: Decode<'a>>(&mut self, length: usize) -> T {
        let mut frame = self.split_frame(length);
        frame.check_depth();
        let value = T::decode(&mut frame);
        self.adopt_limits(&frame);
        self.adopt_fault(frame.finish());
        value
    }

    /// Reads a value that takes exactly `length` bytes. If they are none of the type, they are kept, and the reader goes on
    /// behind them. A frame counts as a level of depth, so that frames in frames cannot overflow the stack. Limits hold for the
    /// whole input, also for values of which nothing is kept; offsets of errors count from its start. Bytes of the frame behind the
    /// value are an error only to strict options. Fewer than `length` bytes that are left are a failure of the reader itself.
    pub fn decode_or_raw<T: Decode<'a>>(&mut self, length: usize) -> DecodedOrRaw<T> {
        self.decode_or_raw_as(Boxed, length)
    }

    /// The same in another form.
    pub fn decode_or_raw_as<T>(&mut self, form: impl DecodeAs<'a, T>, length: usize) -> DecodedOrRaw<T> {
        let mut frame = self.split_frame(length);
        let content = frame.rest_or_raw(form);
        self.adopt_limits(&frame);
        content
    }

    fn rest_or_raw<T>(&mut self, form: impl DecodeAs<'a, T>) -> DecodedOrRaw<T> {
        let frame = self.rest;
        let decoded = self.check_frame().and_then(|()| {
            let value = form.decode_as(self);
            self.finish().map(|()| value)
        });
        match decoded {
            Ok(value) => DecodedOrRaw::Decoded(value),
            Err(error) => DecodedOrRaw::Raw { bytes: frame.to_vec(), error },
        }
    }

    /// Whether the content of a frame may be read. Without an input it may not: what holds frames that hold itself would have no
    /// end.
    fn check_frame(&mut self) -> Result<(), DecodeError> {
        self.check_depth();
        self.take_error()
    }
}
