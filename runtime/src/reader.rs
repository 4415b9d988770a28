//! Reading the pieces that values are made of.

#![expect(improper_ctypes_definitions, reason = "only Rust calls it; see `Reader` on why")]

use crate::codec::DecodeAs;
use crate::{BOOL_FALSE_ID, BOOL_TRUE_ID, Decode, DecodeBare, DecodeError, DecodeErrorKind, ReadOptions, VECTOR_ID};
use alloc::boxed::Box;
use alloc::vec::Vec;

/// How many elements that may take no bytes one input may hold, over all its vectors and tuples, and one more for each four bytes
/// of the input. Nothing else bounds their number. Values of constructors with parameters that may take no bytes count as well.
pub const MAX_EMPTY_ELEMENTS: u32 = 65_536;

/// Bytes of memory that a value may take however short its input is, so that a short message may hold many empty objects.
/// See [`ReadOptions::max_memory_ratio`].
pub const FREE_MEMORY: usize = 64 * 1024;

/// How many elements of a vector are read at once, each right to its place. After a fault the rest of a batch is read from
/// nothing.
const BATCH: usize = 16;

/// Reads values from bytes, front to back.
///
/// Reading returns values, not results: the first thing that cannot be read is remembered, and [`finish`](Self::finish)
/// reports it. From then on the reader is at the end of its input and gives zeros, empty strings and empty vectors, which
/// callers put together to some value and drop. So code that reads many fields has no branch behind each of them.
///
/// The reader knows where it is and which type it reads, so that errors can say so. To try one reading and then another,
/// clone the reader first.
///
/// What reads is `extern "C"`, since such a function cannot unwind: who calls it needs no code that drops, after a panic, what
/// was read before. That would be a third of all decoders. Nothing here panics; if a value does that is decoded by a user's own
/// code, the process is aborted.
///
/// ```
/// let mut reader = typelang::Reader::new(&[5, 0, 0, 0, 2, b'T', b'L', 0]);
/// assert_eq!(reader.read_i32(), 5);
/// assert_eq!(reader.read_string(), "TL");
/// assert_eq!(reader.position(), 8);
///
/// assert_eq!(reader.read_i64(), 0);
/// assert_eq!(
///     reader.finish().unwrap_err().to_string(),
///     "unexpected end of input at byte 8; 8 bytes needed, 0 left"
/// );
/// ```
#[derive(Clone, Debug)]
#[must_use = "an error is lost unless `finish` is called"]
pub struct Reader<'a> {
    pub(crate) rest: &'a [u8],
    total: usize,
    error: Option<DecodeError>,
    type_name: &'static str,
    depth: u32,
    empty_elements_left: usize,
    memory_left: usize,
    options: ReadOptions,
    /// What the input is a part of, if it can be shared.
    #[cfg(feature = "bytes")]
    pub(crate) owner: Option<&'a bytes::Bytes>,
}

/// The type around the one that [`Reader::enter`] entered, to be handed to [`Reader::leave`].
#[derive(Clone, Copy, Debug)]
#[must_use = "hand it to `leave`, or errors name the wrong type"]
pub struct EnclosingType(&'static str);

impl<'a> Reader<'a> {
    /// A reader of `bytes` with the default, lenient options.
    #[inline]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self::with_options(bytes, ReadOptions::new())
    }

    /// A reader of `bytes` with the given options.
    #[inline]
    pub fn with_options(bytes: &'a [u8], options: ReadOptions) -> Self {
        Self {
            rest: bytes,
            total: bytes.len(),
            error: None,
            type_name: "",
            depth: 0,
            empty_elements_left: MAX_EMPTY_ELEMENTS as usize + bytes.len() / 4,
            memory_left: bytes.len().saturating_mul(options.max_memory_ratio as usize).max(FREE_MEMORY),
            // One by one: the processor has to wait if it loads at once what was just stored in pieces.
            options: ReadOptions {
                strict: options.strict,
                lossy_strings: options.lossy_strings,
                long_strings: options.long_strings,
                max_depth: options.max_depth,
                max_memory_ratio: options.max_memory_ratio,
            },
            #[cfg(feature = "bytes")]
            owner: None,
        }
    }

    /// How many bytes have been read; all of them once something could not be read.
    #[inline]
    pub fn position(&self) -> usize {
        self.total - self.rest.len()
    }

    /// The bytes that have not been read.
    #[inline]
    pub fn remaining(&self) -> &'a [u8] {
        self.rest
    }

    /// The options that the reader was made with.
    #[inline]
    pub fn options(&self) -> ReadOptions {
        self.options
    }

    /// Sets whether a `string` that is not UTF-8 is repaired from here on.
    #[cfg(feature = "reflect")]
    pub(crate) fn set_lossy_strings(&mut self, lossy_strings: bool) {
        self.options.lossy_strings = lossy_strings;
    }

    /// The options with the depth that is left here.
    #[cfg(feature = "reflect")]
    pub(crate) fn options_here(&self) -> ReadOptions {
        self.options.max_depth(self.options.max_depth.saturating_sub(self.depth))
    }

    /// Whether something could not be read. What the reader gives from then on means nothing.
    #[inline]
    pub extern "C" fn has_failed(&self) -> bool {
        self.error.is_some()
    }

    /// Ends the reading of the whole input.
    ///
    /// # Errors
    ///
    /// The first thing that could not be read, which is taken out of the reader;
    /// [`TrailingBytes`](DecodeErrorKind::TrailingBytes) if the reader is strict and bytes are left.
    #[inline]
    pub fn finish(&mut self) -> Result<(), DecodeError> {
        if self.options.strict && !self.rest.is_empty() {
            self.fail(DecodeErrorKind::TrailingBytes { count: self.rest.len() });
        }
        self.take_error()
    }

    /// Reads a value and ends the reading.
    #[inline]
    pub(crate) fn read_whole<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> Result<T, DecodeError> {
        let value = read(self);
        self.finish().map(|()| value)
    }

    /// The first thing that could not be read, which is taken out of the reader.
    #[inline]
    pub(crate) fn take_error(&mut self) -> Result<(), DecodeError> {
        self.error.take().map_or(Ok(()), Err)
    }

    /// A reader of the next `length` bytes alone, which are read with that. It counts offsets and limits as this one does; its
    /// content is one level deeper.
    pub(crate) fn split_frame(&mut self, length: usize) -> Self {
        let content = self.read_raw(length);
        Self { rest: content, total: self.position(), depth: self.depth.saturating_add(1), ..self.clone() }
    }

    /// Fails if the values around the place are more than the options allow.
    pub(crate) fn check_depth(&mut self) {
        let limit = self.options.max_depth;
        if self.depth > limit {
            self.fail(DecodeErrorKind::DepthLimit { limit });
        }
    }

    /// Takes over what a frame has left of the limits. Its depth is not taken over, since it is that of the frame's content.
    pub(crate) fn adopt_limits(&mut self, frame: &Self) {
        self.empty_elements_left = frame.empty_elements_left;
        self.memory_left = frame.memory_left;
    }

    /// Takes over what was wrong in a frame, unless something was wrong before, and goes to the end of the input then.
    pub(crate) fn adopt_fault(&mut self, result: Result<(), DecodeError>) {
        if let Err(error) = result {
            self.error.get_or_insert(error);
            self.rest = &[];
        }
    }

    /// Reads `length` bytes as they are, without length or padding. Fewer bytes that are left are a failure.
    #[inline]
    pub extern "C" fn read_raw(&mut self, length: usize) -> &'a [u8] {
        match self.rest.split_at_checked(length) {
            Some((bytes, rest)) => {
                self.rest = rest;
                bytes
            }
            None => {
                self.fail_at_end(length);
                &[]
            }
        }
    }

    /// Reads `N` bytes as they are, such as those of an `int128`.
    #[inline]
    pub extern "C" fn read_array<const N: usize>(&mut self) -> [u8; N] {
        match self.rest.split_first_chunk::<N>() {
            Some((array, rest)) => {
                self.rest = rest;
                *array
            }
            None => {
                self.fail_at_end(N);
                [0; N]
            }
        }
    }

    /// Reads an unsigned number of four bytes, such as a `#`.
    #[inline]
    pub extern "C" fn read_u32(&mut self) -> u32 {
        u32::from_le_bytes(self.read_array())
    }

    /// Reads an `int`.
    #[inline]
    pub extern "C" fn read_i32(&mut self) -> i32 {
        i32::from_le_bytes(self.read_array())
    }

    /// Reads an unsigned number of eight bytes.
    #[inline]
    pub extern "C" fn read_u64(&mut self) -> u64 {
        u64::from_le_bytes(self.read_array())
    }

    /// Reads a `long`.
    #[inline]
    pub extern "C" fn read_i64(&mut self) -> i64 {
        i64::from_le_bytes(self.read_array())
    }

    /// Reads a `float`.
    #[inline]
    pub extern "C" fn read_f32(&mut self) -> f32 {
        f32::from_le_bytes(self.read_array())
    }

    /// Reads a `double`.
    #[inline]
    pub extern "C" fn read_f64(&mut self) -> f64 {
        f64::from_le_bytes(self.read_array())
    }

    /// The id that comes next, without reading it; nothing if fewer than four bytes are left.
    #[inline]
    pub extern "C" fn peek_id(&self) -> Option<u32> {
        self.rest.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
    }

    /// Reads the id of a constructor or function; an error names the type `type_name`. If it is none of those that the type
    /// allows, call [`fail_with_id`](Self::fail_with_id). Once something could not be read it is 0, so a type that has a
    /// constructor with that id asks [`has_failed`](Self::has_failed) as well.
    #[inline]
    pub extern "C" fn read_id(&mut self, type_name: &'static str) -> u32 {
        match self.rest.split_first_chunk() {
            Some((id, rest)) => {
                self.rest = rest;
                u32::from_le_bytes(*id)
            }
            None => {
                self.fail_in(type_name, 0, DecodeErrorKind::UnexpectedEnd { needed: 4, left: self.rest.len() });
                0
            }
        }
    }

    /// Reads an id that is the only one of the type `type_name`.
    #[inline]
    pub(crate) extern "C" fn expect_id(&mut self, id: u32, type_name: &'static str, expected: &'static [u32]) {
        let found = self.read_id(type_name);
        if found != id {
            self.fail_with_id(found, type_name, expected);
        }
    }

    /// Reads an id that says nothing but which form follows; an error names the type around.
    #[inline]
    pub(crate) extern "C" fn expect_identifier(&mut self, id: u32, expected: &'static [u32]) {
        self.expect_id(id, self.type_name, expected);
    }

    /// Reads a `Bool`. An id that is neither `boolTrue` nor `boolFalse` is a failure.
    pub extern "C" fn read_bool(&mut self) -> bool {
        match self.read_id(self.type_name) {
            BOOL_TRUE_ID => true,
            BOOL_FALSE_ID => false,
            other => {
                self.fail_with_id(other, self.type_name, &[BOOL_TRUE_ID, BOOL_FALSE_ID]);
                false
            }
        }
    }

    /// Reads a word of flags and returns the bits of it that are in `known`, the mask of the bits that the schema uses. Other
    /// bits are a failure of a strict reader.
    pub extern "C" fn read_flags(&mut self, known: u32) -> u32 {
        let flags = self.read_u32();
        let unknown = flags & !known;
        if unknown != 0 && self.options.strict {
            self.fail_before(4, DecodeErrorKind::UnknownFlags { bits: unknown });
        }
        flags & known
    }

    /// Reads the id in front of a boxed vector.
    pub extern "C" fn read_vector_id(&mut self) {
        self.expect_identifier(VECTOR_ID, &[VECTOR_ID]);
    }

    /// Reads the number of elements of a vector whose elements take `min_len` bytes or more. If that is 0, the number is
    /// subtracted from the [`MAX_EMPTY_ELEMENTS`] that one input may hold. A number that is negative or greater than what can
    /// follow is a failure, and 0 is returned.
    pub extern "C" fn read_vector_len(&mut self, min_len: usize) -> usize {
        let length = self.read_i32();
        match usize::try_from(length) {
            Ok(count) => self.take_count(count, min_len, 4),
            Err(_) => {
                self.fail_before(4, DecodeErrorKind::NegativeVectorLength { length });
                0
            }
        }
    }

    /// Checks a number of elements that was read before against the bytes that are left; for the rest the same as
    /// [`read_vector_len`](Self::read_vector_len).
    #[inline]
    pub extern "C" fn check_count(&mut self, count: u32, min_len: usize) -> usize {
        self.take_count(usize::try_from(count).unwrap_or(usize::MAX), min_len, 0)
    }

    #[inline]
    extern "C" fn take_count(&mut self, count: usize, min_len: usize, bytes_before: usize) -> usize {
        let limit = match min_len {
            0 => self.empty_elements_left,
            min_len => self.rest.len() / min_len,
        };
        if count > limit {
            self.fail_before(bytes_before, DecodeErrorKind::TooManyElements { length: count, limit });
            return 0;
        }
        if min_len == 0 {
            self.empty_elements_left -= count;
        }
        count
    }

    /// Counts a value that may take no bytes, whose number nothing else bounds: values of constructors whose fields all depend on
    /// a parameter can contain several others, level after level.
    #[inline]
    pub extern "C" fn count_empty(&mut self) {
        self.take_count(1, 0, 0);
    }

    /// Reads the elements of a vector one by one. Their number was checked against the bytes that are left, so nothing has to
    /// grow. More memory than [`ReadOptions::max_memory_ratio`] allows is a failure.
    #[inline]
    pub extern "C" fn read_elements<T>(&mut self, count: usize, read: impl FnMut(&mut Self) -> T) -> Vec<T> {
        self.take_memory(count.saturating_mul(const { size_of::<T>() }));
        if self.has_failed() {
            return Vec::new();
        }
        let mut values = Vec::with_capacity(count);
        self.append_elements(&mut values, count, read);
        values
    }

    #[inline]
    extern "C" fn append_elements<T>(
        &mut self,
        values: &mut Vec<T>,
        count: usize,
        mut read: impl FnMut(&mut Self) -> T,
    ) {
        while values.len() < count && !self.has_failed() {
            let next = BATCH.min(count - values.len());
            values.extend((0..next).map(|_| read(self)));
        }
    }

    #[inline]
    extern "C" fn take_memory(&mut self, bytes: usize) {
        match self.memory_left.checked_sub(bytes) {
            Some(left) => self.memory_left = left,
            None => self.fail_for_memory(),
        }
    }

    /// Reads `count` values of `N` bytes each, all at once.
    #[inline]
    pub(crate) fn read_array_vec<T, const N: usize>(
        &mut self,
        count: usize,
        from_array: impl Fn([u8; N]) -> T,
    ) -> Vec<T> {
        let (chunks, _) = self.read_raw(count.saturating_mul(N)).as_chunks::<N>();
        chunks.iter().map(|chunk| from_array(*chunk)).collect()
    }

    /// Reads a value in its default form.
    #[inline]
    pub extern "C" fn decode<T: Decode<'a>>(&mut self) -> T {
        T::decode(self)
    }

    /// Reads a value in its default form if it is there.
    #[inline]
    pub extern "C" fn decode_if<T: Decode<'a>>(&mut self, is_present: bool) -> Option<T> {
        if is_present { Some(T::decode(self)) } else { None }
    }

    /// Reads a value in the form that is given.
    #[inline]
    pub extern "C" fn decode_as<T, F: DecodeAs<'a, T>>(&mut self, form: F) -> T {
        form.decode_as(self)
    }

    /// Reads the fields of a combinator.
    #[inline]
    pub extern "C" fn decode_bare<T: DecodeBare<'a>>(&mut self) -> T {
        // A condition that is a constant: of the other branch no code is made. An expression would leave it to the optimizer.
        if const { T::LEVELS > 0 } {
            let enclosing = self.enter_levels(T::TYPE_NAME, T::LEVELS);
            let value = T::decode_fields(self);
            self.leave_levels(enclosing, T::LEVELS);
            value
        } else {
            let enclosing = self.enter(T::TYPE_NAME);
            let value = T::decode_fields(self);
            self.leave(enclosing);
            value
        }
    }

    /// Reads the fields of a combinator into a `Box`. A call of its own keeps the value off the stack of the caller. More memory
    /// than the options allow is a failure.
    #[inline(never)]
    pub extern "C" fn decode_box<T: DecodeBare<'a>>(&mut self) -> Box<T> {
        self.take_memory(const { size_of::<T>() });
        Box::write(Box::new_uninit(), self.decode_bare())
    }

    /// Puts what `decode` reads into a `Box`, after counting its memory; the same as [`decode_box`](Self::decode_box) for what
    /// stands on the wire in another form.
    ///
    /// ```
    /// let mut reader = typelang::Reader::new(&[5, 0, 0, 0]);
    /// assert_eq!(*reader.boxed(|reader| reader.read_i32()), 5);
    /// ```
    #[inline(never)]
    pub extern "C" fn boxed<T>(&mut self, decode: impl FnOnce(&mut Self) -> T) -> Box<T> {
        self.take_memory(const { size_of::<T>() });
        Box::write(Box::new_uninit(), decode(self))
    }

    /// Notes the TL name of the type whose bytes come next; errors name it until [`leave`](Self::leave) is called.
    #[inline]
    pub extern "C" fn enter(&mut self, type_name: &'static str) -> EnclosingType {
        EnclosingType(core::mem::replace(&mut self.type_name, type_name))
    }

    /// Ends what [`enter`](Self::enter) began.
    #[inline]
    pub extern "C" fn leave(&mut self, enclosing: EnclosingType) {
        self.type_name = enclosing.0;
    }

    /// The same as [`enter`](Self::enter) for a type that can contain itself: counts the depth as well. A value that is nested
    /// deeper than [`ReadOptions::max_depth`] allows is a failure.
    #[inline]
    pub extern "C" fn enter_recursive(&mut self, type_name: &'static str) -> EnclosingType {
        self.enter_levels(type_name, 1)
    }

    /// Ends what [`enter_recursive`](Self::enter_recursive) began.
    #[inline]
    pub extern "C" fn leave_recursive(&mut self, enclosing: EnclosingType) {
        self.leave_levels(enclosing, 1);
    }

    /// The same as [`enter_recursive`](Self::enter_recursive) for a type that counts as several levels, since reading a value
    /// takes as much of the stack as they do; see [`DecodeBare::LEVELS`].
    #[inline]
    pub extern "C" fn enter_levels(&mut self, type_name: &'static str, levels: u32) -> EnclosingType {
        let enclosing = self.enter(type_name);
        let depth = self.depth.saturating_add(levels);
        if depth > self.options.max_depth {
            self.fail(DecodeErrorKind::DepthLimit { limit: self.options.max_depth });
        }
        self.depth = depth;
        enclosing
    }

    /// Ends what [`enter_levels`](Self::enter_levels) began, with the same number of levels.
    #[inline]
    pub extern "C" fn leave_levels(&mut self, enclosing: EnclosingType, levels: u32) {
        self.depth = self.depth.saturating_sub(levels);
        self.leave(enclosing);
    }

    /// Remembers that the id that was read last is none of those `expected`, which are the ones of the type `type_name`.
    #[cold]
    #[inline(never)]
    pub extern "C" fn fail_with_id(&mut self, found: u32, type_name: &'static str, expected: &'static [u32]) {
        self.fail_in(type_name, 4, DecodeErrorKind::UnknownConstructor { found, expected });
    }

    /// Remembers what is wrong at the place where the reader stands, unless something was wrong before, and goes to the end of
    /// the input.
    #[cold]
    #[inline(never)]
    pub extern "C" fn fail(&mut self, kind: DecodeErrorKind) {
        self.fail_before(0, kind);
    }

    /// The same `distance` bytes before the place where the reader stands.
    #[cold]
    #[inline(never)]
    pub(crate) extern "C" fn fail_before(&mut self, distance: usize, kind: DecodeErrorKind) {
        self.fail_in(self.type_name, distance, kind);
    }

    #[cold]
    #[inline(never)]
    extern "C" fn fail_in(&mut self, type_name: &'static str, distance: usize, kind: DecodeErrorKind) {
        if self.error.is_none() {
            let offset = self.position().saturating_sub(distance);
            self.error = Some(DecodeError::new(kind, offset, type_name));
        }
        self.rest = &[];
    }

    #[cold]
    #[inline(never)]
    extern "C" fn fail_for_memory(&mut self) {
        self.fail(DecodeErrorKind::MemoryLimit { ratio: self.options.max_memory_ratio });
    }

    #[cold]
    #[inline(never)]
    pub(crate) extern "C" fn fail_at_end(&mut self, needed: usize) {
        self.fail(DecodeErrorKind::UnexpectedEnd { needed, left: self.rest.len() });
    }
}
