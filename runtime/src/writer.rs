//! Writing the pieces that values are made of.

use crate::byte_string::{LONG_MARK, LONG_MAX, MEDIUM_MARK, MEDIUM_MAX, TINY_MAX, bytes_len};
use crate::fixed::MAX_FIXED_LEN;
use crate::{
    BOOL_FALSE_ID, BOOL_TRUE_ID, Encode, EncodeBare, EncodeError, EncodeErrorKind, Fixed, MAX_EMPTY_ELEMENTS,
    WriteOptions,
};
use alloc::vec::Vec;

/// Appends encoded values to a vector of bytes.
///
/// Writing returns nothing: the first thing that cannot be written is remembered, and [`finish`](Self::finish) reports it
/// and takes back everything that this writer wrote.
///
/// ```
/// let mut out = Vec::new();
/// let mut writer = typelang::Writer::new(&mut out);
/// writer.write_i32(-1);
/// writer.write_string("TL");
/// writer.finish().unwrap();
/// assert_eq!(out, [0xff, 0xff, 0xff, 0xff, 2, b'T', b'L', 0]);
/// ```
#[derive(Debug)]
#[must_use = "an error is lost unless `finish` is called"]
pub struct Writer<'a> {
    out: &'a mut Vec<u8>,
    start: usize,
    options: WriteOptions,
    depth: u32,
    empty_elements: usize,
    error: Option<EncodeError>,
}

impl<'a> Writer<'a> {
    /// A writer that appends to `out` with the default options.
    #[inline]
    pub fn new(out: &'a mut Vec<u8>) -> Self {
        Self::with_options(out, WriteOptions::new())
    }

    /// A writer that appends to `out` with the given options.
    #[inline]
    pub fn with_options(out: &'a mut Vec<u8>, options: WriteOptions) -> Self {
        let start = out.len();
        if out.capacity() == 0 {
            *out = Vec::with_capacity(FIRST_GUESS);
        }
        Self { out, start, options, depth: 0, empty_elements: 0, error: None }
    }

    /// The options that the writer was made with.
    pub fn options(&self) -> WriteOptions {
        self.options
    }

    /// How many bytes the writer has written.
    pub fn position(&self) -> usize {
        self.out.len() - self.start
    }

    /// Ends the writing.
    ///
    /// # Errors
    ///
    /// The first thing that could not be written; the vector then holds what it held before the writer was made.
    #[inline]
    pub fn finish(mut self) -> Result<(), EncodeError> {
        if self.empty_elements > MAX_EMPTY_ELEMENTS as usize {
            self.check_empty();
        }
        match self.error {
            None => Ok(()),
            Some(error) => {
                self.out.truncate(self.start);
                Err(error)
            }
        }
    }

    /// Writes a value in its default form.
    #[inline]
    pub fn encode<T: Encode + ?Sized>(&mut self, value: &T) {
        value.encode(self);
    }

    /// Writes a value in its default form if there is one.
    #[inline]
    pub fn encode_some<T: Encode>(&mut self, value: &Option<T>) {
        if let Some(value) = value {
            value.encode(self);
        }
    }

    /// Writes a value in its default form if there is one, and then sets the bit of the flags that says so.
    #[inline]
    pub fn encode_flagged<T: Encode>(&mut self, value: &Option<T>, flags: &mut Flags, mask: u32) {
        if let Some(value) = value {
            flags.set(mask);
            value.encode(self);
        }
    }

    /// Writes the id of a combinator, if there is one, and then a word of flags; more of its bits are set while the fields are
    /// written, so that each field is looked at once.
    ///
    /// ```
    /// let mut out = Vec::new();
    /// let mut writer = typelang::Writer::new(&mut out);
    /// let mut flags = writer.write_flags(None, 0x1);
    /// writer.encode_flagged(&Some(7_i32), &mut flags, 0x2);
    /// writer.encode_flagged(&None::<i64>, &mut flags, 0x4);
    /// writer.finish_flags(flags);
    /// writer.finish().unwrap();
    /// assert_eq!(out, [3, 0, 0, 0, 7, 0, 0, 0]);
    /// ```
    #[inline]
    pub fn write_flags(&mut self, id: Option<u32>, bits: u32) -> Flags {
        self.write_with_head(id, bits);
        Flags { bits, end: self.out.len() }
    }

    /// Puts the flags, which are complete now, where they belong.
    #[inline]
    pub fn finish_flags(&mut self, flags: Flags) {
        let word = self.out.get_mut(..flags.end).and_then(<[u8]>::last_chunk_mut);
        if let Some(word) = word {
            *word = flags.bits.to_le_bytes();
        }
    }

    /// Writes the fields of a combinator.
    #[inline]
    pub fn encode_bare<T: EncodeBare + ?Sized>(&mut self, value: &T) {
        value.encode_bare(self);
    }

    /// Notes that the fields of a value come next that counts as so many levels of depth, as [`DecodeBare::LEVELS`] does for a
    /// reader. A value that is nested deeper than [`WriteOptions::max_depth`] allows is an error, and then `false` is returned:
    /// its fields must not be written. Otherwise [`leave_levels`](Self::leave_levels) comes after them.
    ///
    /// [`DecodeBare::LEVELS`]: crate::DecodeBare::LEVELS
    #[inline]
    pub fn enter_levels(&mut self, levels: u32) -> bool {
        let depth = self.depth.saturating_add(levels);
        if depth > self.options.max_depth {
            self.fail_with_depth();
            return false;
        }
        self.depth = depth;
        true
    }

    #[cold]
    #[inline(never)]
    fn fail_with_depth(&mut self) {
        self.fail(EncodeErrorKind::DepthLimit { limit: self.options.max_depth });
    }

    /// Ends what [`enter_levels`](Self::enter_levels) began, with the same number of levels.
    #[inline]
    pub fn leave_levels(&mut self, levels: u32) {
        self.depth = self.depth.saturating_sub(levels);
    }

    /// Counts values that may take no bytes: a reader allows [`MAX_EMPTY_ELEMENTS`] of them in one input, and one more for each four
    /// bytes. How many bytes there are is known in the end.
    #[inline]
    pub fn count_empty(&mut self, count: usize) {
        self.empty_elements = self.empty_elements.saturating_add(count);
    }

    #[cold]
    #[inline(never)]
    fn check_empty(&mut self) {
        let limit = MAX_EMPTY_ELEMENTS as usize + self.position() / 4;
        if self.empty_elements > limit {
            self.fail(EncodeErrorKind::TooManyElements { length: self.empty_elements, limit });
        }
    }

    /// Writes the elements of a vector one by one. The first tells how much room the others may need.
    #[inline]
    pub(crate) fn write_elements<T>(&mut self, values: &[T], mut write: impl FnMut(&mut Self, &T)) {
        let Some((first, others)) = values.split_first() else { return };
        let start = self.out.len();
        write(self, first);
        let needed = (self.out.len() - start).saturating_mul(others.len());
        self.out.reserve(needed.min(MAX_GUESS));
        for value in others {
            write(self, value);
        }
    }

    /// Writes bytes as they are, without length or padding, such as those of an `int128`.
    #[inline]
    pub fn write_raw(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(bytes);
    }

    /// Writes a value of a fixed length. Several at once, as a tuple, take less time than one by one: that there is room for them
    /// is seen to once.
    ///
    /// ```
    /// let mut out = Vec::new();
    /// let mut writer = typelang::Writer::new(&mut out);
    /// writer.write_fixed((0x59511722_u32, 7_i64));
    /// writer.finish().unwrap();
    /// assert_eq!(out, [0x22, 0x17, 0x51, 0x59, 7, 0, 0, 0, 0, 0, 0, 0]);
    /// ```
    ///
    /// More than 128 bytes do not compile.
    #[inline]
    pub fn write_fixed<T: Fixed>(&mut self, value: T) {
        const { assert!(T::LEN <= MAX_FIXED_LEN) };
        // With constant places alone, the block is never made: what is stored there goes into the vector at once.
        let mut block = [0; MAX_FIXED_LEN];
        value.store(&mut block);
        self.write_raw(&block[..T::LEN]);
    }

    /// Writes the id of a combinator, if it has one.
    #[inline]
    pub fn write_head(&mut self, id: Option<u32>) {
        if let Some(id) = id {
            self.write_id(id);
        }
    }

    /// Writes the id of a combinator, if it has one, and a value of a fixed length, at once.
    #[inline]
    pub fn write_with_head<T: Fixed>(&mut self, id: Option<u32>, value: T) {
        match id {
            Some(id) => self.write_fixed((id, value)),
            None => self.write_fixed(value),
        }
    }

    /// Writes an unsigned number of four bytes, such as a `#`.
    #[inline]
    pub fn write_u32(&mut self, value: u32) {
        self.write_raw(&value.to_le_bytes());
    }

    /// Writes an `int`.
    #[inline]
    pub fn write_i32(&mut self, value: i32) {
        self.write_raw(&value.to_le_bytes());
    }

    /// Writes an unsigned number of eight bytes.
    #[inline]
    pub fn write_u64(&mut self, value: u64) {
        self.write_raw(&value.to_le_bytes());
    }

    /// Writes a `long`.
    #[inline]
    pub fn write_i64(&mut self, value: i64) {
        self.write_raw(&value.to_le_bytes());
    }

    /// Writes a `float`.
    #[inline]
    pub fn write_f32(&mut self, value: f32) {
        self.write_raw(&value.to_le_bytes());
    }

    /// Writes a `double`.
    #[inline]
    pub fn write_f64(&mut self, value: f64) {
        self.write_raw(&value.to_le_bytes());
    }

    /// Writes the id of a constructor or function.
    #[inline]
    pub fn write_id(&mut self, id: u32) {
        self.write_u32(id);
    }

    /// Writes a `Bool`.
    #[inline]
    pub fn write_bool(&mut self, value: bool) {
        self.write_id(if value { BOOL_TRUE_ID } else { BOOL_FALSE_ID });
    }

    /// Writes the number of elements of a vector. More than 2^31 - 1 is an error.
    #[inline]
    pub fn write_vector_len(&mut self, length: usize) {
        self.write_vector_len_after(None, length);
    }

    /// Writes the id of a vector, if it has one, and then the number of its elements.
    #[inline]
    pub(crate) fn write_vector_len_after(&mut self, id: Option<u32>, length: usize) {
        match i32::try_from(length) {
            Ok(length) => self.write_with_head(id, length),
            Err(_) => self.fail(EncodeErrorKind::VectorTooLong { length }),
        }
    }

    /// Writes a frame: the number of bytes of what `content` writes, as an `int`, and then these bytes. More than 2^31 - 1 of them
    /// are an error. A frame counts as a level of depth, as it does for a reader: one more than the limit may be there, as a reader
    /// keeps the bytes of such a one, but no frame and no value that counts within it. Nothing is written twice, so that frames in
    /// frames cost no more than their bytes.
    ///
    /// ```
    /// let mut out = Vec::new();
    /// let mut writer = typelang::Writer::new(&mut out);
    /// writer.write_frame(|writer| writer.write_i64(7));
    /// writer.finish().unwrap();
    /// assert_eq!(out, [8, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0]);
    /// ```
    pub fn write_frame(&mut self, content: impl FnOnce(&mut Self)) {
        let start = self.out.len();
        self.write_u32(0);
        if self.enter_levels(0) {
            self.depth = self.depth.saturating_add(1);
            content(self);
            self.leave_levels(1);
        }
        let length = self.out.len() - start - 4;
        match (i32::try_from(length), self.out.get_mut(start..start + 4)) {
            (Ok(length), Some(place)) => place.copy_from_slice(&length.to_le_bytes()),
            _ => self.fail(EncodeErrorKind::StringTooLong { length, limit: i32::MAX as u64 }),
        }
    }

    /// Checks that a tuple has the number of elements that the value of its `#` says.
    #[inline]
    pub fn check_count(&mut self, expected: u32, found: usize) {
        if usize::try_from(expected) != Ok(found) {
            self.fail(EncodeErrorKind::CountMismatch { expected, found });
        }
    }

    /// Checks that a field is there if and only if the bit that stands elsewhere says so.
    #[inline]
    pub fn check_presence(&mut self, expected: bool, found: bool) {
        if expected != found {
            self.fail(EncodeErrorKind::PresenceMismatch { expected });
        }
    }

    /// Remembers that there is no value to write; called for what a decoder returned with an error.
    #[cold]
    pub fn fail_without_value(&mut self, type_name: &'static str) {
        self.fail(EncodeErrorKind::NoValue { type_name });
    }

    /// Writes a `string`. One of 2^24 bytes and more is an error unless the options allow it.
    #[inline]
    pub fn write_string(&mut self, value: &str) {
        self.write_bytes(value.as_bytes());
    }

    /// Writes a `string` that the schema allows to be longer than the options do.
    #[inline]
    pub fn write_long_string(&mut self, value: &str) {
        self.write_long_bytes(value.as_bytes());
    }

    /// Writes a `bytes`. One of 2^24 bytes and more is an error unless the options allow it.
    #[inline]
    pub fn write_bytes(&mut self, value: &[u8]) {
        let limit = if self.options.long_strings { LONG_MAX } else { MEDIUM_MAX };
        self.write_bytes_up_to(limit, value);
    }

    /// Writes a `bytes` that the schema allows to be longer than the options do.
    #[inline]
    pub fn write_long_bytes(&mut self, value: &[u8]) {
        self.write_bytes_up_to(LONG_MAX, value);
    }

    fn write_bytes_up_to(&mut self, limit: u64, value: &[u8]) {
        let has_room = self.out.capacity() - self.out.len() >= BLOCK;
        if value.len() < BLOCK && has_room {
            self.write_short_bytes(value);
        } else {
            self.write_longer_bytes(limit, value);
        }
    }

    /// Bytes in a block of fixed length, which takes a few instructions; what is too much of it is cut off again.
    #[inline]
    fn write_short_bytes(&mut self, value: &[u8]) {
        let start = self.out.len();
        self.out.extend_from_slice(&[0; BLOCK]);
        if let Some(block) = self.out.last_chunk_mut::<BLOCK>() {
            block[0] = value.len() as u8;
            copy_short(value, &mut block[1..]);
        }
        self.out.truncate(start + bytes_len(value.len()));
    }

    #[inline(never)]
    fn write_longer_bytes(&mut self, limit: u64, value: &[u8]) {
        let (start, length) = (self.out.len(), value.len());
        if length as u64 > limit {
            return self.fail(EncodeErrorKind::StringTooLong { length, limit });
        }
        // All of it at once: the padding alone must not be what makes the vector grow a second time.
        self.out.reserve(length + BYTES_AROUND);
        if length <= TINY_MAX {
            self.out.push(length as u8);
        } else if length as u64 <= MEDIUM_MAX {
            self.write_u32((length as u32) << 8 | u32::from(MEDIUM_MARK));
        } else {
            self.write_u64((length as u64) << 8 | u64::from(LONG_MARK));
        }
        self.write_raw(value);
        self.write_raw(&[0; 4]);
        self.out.truncate(start + bytes_len(length));
    }

    /// Writes values of `N` bytes each, all at once.
    #[inline]
    pub(crate) fn write_array_slice<T: Copy, const N: usize>(&mut self, values: &[T], to_array: impl Fn(T) -> [u8; N]) {
        let start = self.out.len();
        self.out.resize(start + values.len() * N, 0);
        let (chunks, _) = self.out.split_at_mut(start).1.as_chunks_mut::<N>();
        for (chunk, value) in chunks.iter_mut().zip(values) {
            *chunk = to_array(*value);
        }
    }

    /// What could not be written, if there is such a thing.
    #[cfg(feature = "reflect")]
    pub(crate) fn fault(&self) -> Option<EncodeErrorKind> {
        self.error.as_ref().map(|error| *error.kind())
    }

    /// Puts a number where one was written.
    #[cfg(feature = "serde")]
    pub(crate) fn set_u32(&mut self, position: usize, value: u32) {
        let place = self.out.get_mut(self.start + position..).and_then(<[u8]>::first_chunk_mut);
        if let Some(place) = place {
            *place = value.to_le_bytes();
        }
    }

    /// Puts the number of elements of a vector where a number was written.
    #[cfg(feature = "serde")]
    pub(crate) fn set_vector_len(&mut self, position: usize, length: usize) {
        match i32::try_from(length) {
            Ok(length) => self.set_u32(position, length.cast_unsigned()),
            Err(_) => self.fail(EncodeErrorKind::VectorTooLong { length }),
        }
    }

    /// Takes back the number that was written last, at a position.
    #[cfg(feature = "serde")]
    pub(crate) fn take_u32(&mut self, position: usize) -> Option<u32> {
        let value = self.u32_at(position);
        self.out.truncate(self.start + position);
        value
    }

    /// The number that was written at a position.
    #[cfg(feature = "serde")]
    pub(crate) fn u32_at(&self, position: usize) -> Option<u32> {
        let place = self.out.get(self.start + position..)?.first_chunk()?;
        Some(u32::from_le_bytes(*place))
    }

    /// Puts the pieces that everything from a position on consists of into another order.
    #[cfg(feature = "serde")]
    pub(crate) fn reorder(&mut self, position: usize, pieces: impl Iterator<Item = core::ops::Range<usize>>) {
        let from = self.start + position;
        let written = self.out.split_off(from.min(self.out.len()));
        for piece in pieces {
            let piece = written.get(piece.start.saturating_sub(position)..piece.end.saturating_sub(position));
            self.out.extend_from_slice(piece.unwrap_or_default());
        }
    }

    #[cold]
    fn fail(&mut self, kind: EncodeErrorKind) {
        let offset = self.position();
        self.error.get_or_insert_with(|| EncodeError::new(kind, offset));
    }
}

/// A word of flags while the fields are written that it speaks of; see [`Writer::write_flags`].
#[derive(Debug)]
#[must_use = "the bits are lost unless `Writer::finish_flags` is called"]
pub struct Flags {
    bits: u32,
    /// Where the word ends in the vector.
    end: usize,
}

impl Flags {
    /// Sets the bits of `mask`.
    #[inline]
    pub fn set(&mut self, mask: u32) {
        self.bits |= mask;
    }
}

/// The bit of a flag in a word of flags, if the flag is set.
///
/// ```
/// use typelang::flag;
/// assert_eq!(flag(true, 0x1) | flag(false, 0x4) | flag(true, 0x8), 0x9);
/// ```
#[inline]
#[must_use]
pub const fn flag(is_set: bool, mask: u32) -> u32 {
    if is_set { mask } else { 0 }
}

/// The most bytes that are reserved for elements of a vector before they are known.
const MAX_GUESS: usize = 64 * 1024;

/// The least room of a fresh vector, in bytes: enough for most requests.
const FIRST_GUESS: usize = 256;

/// The most bytes of a string, its length and its padding that are written at once.
const BLOCK: usize = 32;

/// The most bytes that are written before a string and after it.
const BYTES_AROUND: usize = 8 + 4;

/// Copies less than [`BLOCK`] bytes, in copies of fixed lengths that may overlap: most strings are short, and a call that
/// copies so few bytes takes longer than the copy.
#[inline]
pub(crate) fn copy_short(from: &[u8], to: &mut [u8]) {
    let copied = copy_ends::<16>(from, to) || copy_ends::<8>(from, to) || copy_ends::<4>(from, to);
    if let (false, Some(last)) = (copied, from.len().checked_sub(1)) {
        for index in [0, last / 2, last] {
            to[index] = from[index];
        }
    }
}

/// Copies `N` to twice as many bytes: the first `N` and the last.
#[inline]
fn copy_ends<const N: usize>(from: &[u8], to: &mut [u8]) -> bool {
    let Some(last) = from.len().checked_sub(N) else { return false };
    for start in [0, last] {
        to[start..start + N].copy_from_slice(&from[start..start + N]);
    }
    true
}
