//! Reading the pieces that values are made of.

use crate::{BOOL_FALSE_ID, BOOL_TRUE_ID, DecodeBare, DecodeError, DecodeErrorKind, ReadOptions, VECTOR_ID};
use alloc::boxed::Box;
use alloc::vec::Vec;

/// How many elements that take no bytes one input may hold, over all its vectors. Nothing else bounds their number.
pub const MAX_EMPTY_ELEMENTS: u32 = 65_536;

/// Bytes of memory that a value may take however short its input is, so that a short message may hold many empty objects.
/// See [`ReadOptions::max_memory_ratio`].
pub const FREE_MEMORY: usize = 64 * 1024;

/// Reads values from bytes, front to back.
///
/// The reader knows where it is and which type it reads, so that errors can say so. After an error it stands at no
/// particular place; to try one reading and then another, clone the reader first.
///
/// ```
/// let mut reader = tl_runtime::Reader::new(&[5, 0, 0, 0, 2, b'T', b'L', 0]);
/// assert_eq!(reader.read_i32().unwrap(), 5);
/// assert_eq!(reader.read_string().unwrap(), "TL");
/// assert_eq!(reader.position(), 8);
/// ```
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    pub(crate) rest: &'a [u8],
    total: usize,
    type_name: &'static str,
    depth: u32,
    empty_elements_left: u32,
    memory_left: usize,
    options: ReadOptions,
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
            type_name: "",
            depth: 0,
            empty_elements_left: MAX_EMPTY_ELEMENTS,
            memory_left: bytes.len().saturating_mul(options.max_memory_ratio as usize).max(FREE_MEMORY),
            options,
        }
    }

    /// How many bytes have been read.
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

    /// Ends the reading of the whole input.
    ///
    /// # Errors
    ///
    /// [`TrailingBytes`](DecodeErrorKind::TrailingBytes) if the reader is strict and bytes are left.
    #[inline]
    pub fn finish(&self) -> Result<(), DecodeError> {
        if self.options.strict && !self.rest.is_empty() {
            return Err(self.error(DecodeErrorKind::TrailingBytes { count: self.rest.len() }));
        }
        Ok(())
    }

    /// A reader of the next `length` bytes alone, which are read with that. It counts offsets and limits as this one does; its
    /// content is one level deeper.
    pub(crate) fn split_frame(&mut self, length: usize) -> Result<Self, DecodeError> {
        let content = self.read_raw(length)?;
        Ok(Self { rest: content, total: self.position(), depth: self.depth.saturating_add(1), ..self.clone() })
    }

    /// Whether nothing more may be read, since the values around are as many as the options allow.
    pub(crate) fn check_depth(&self) -> Result<(), DecodeError> {
        let limit = self.options.max_depth;
        if self.depth > limit { Err(self.error(DecodeErrorKind::DepthLimit { limit })) } else { Ok(()) }
    }

    /// Takes over what a frame has left of the limits. Its depth is not taken over, since an error leaves it anywhere.
    pub(crate) fn adopt_limits(&mut self, frame: &Self) {
        self.empty_elements_left = frame.empty_elements_left;
        self.memory_left = frame.memory_left;
    }

    /// Reads `length` bytes as they are, without length or padding.
    ///
    /// # Errors
    ///
    /// Fewer bytes are left.
    #[inline]
    pub fn read_raw(&mut self, length: usize) -> Result<&'a [u8], DecodeError> {
        match self.rest.split_at_checked(length) {
            Some((bytes, rest)) => {
                self.rest = rest;
                Ok(bytes)
            }
            None => Err(self.unexpected_end(length)),
        }
    }

    /// Reads `N` bytes as they are, such as those of an `int128`.
    ///
    /// # Errors
    ///
    /// Fewer bytes are left.
    #[inline]
    pub fn read_array<const N: usize>(&mut self) -> Result<[u8; N], DecodeError> {
        match self.rest.split_first_chunk::<N>() {
            Some((array, rest)) => {
                self.rest = rest;
                Ok(*array)
            }
            None => Err(self.unexpected_end(N)),
        }
    }

    /// Reads an unsigned number of four bytes, such as a `#`.
    ///
    /// # Errors
    ///
    /// Fewer than four bytes are left.
    #[inline]
    pub fn read_u32(&mut self) -> Result<u32, DecodeError> {
        self.read_array().map(u32::from_le_bytes)
    }

    /// Reads an `int`.
    ///
    /// # Errors
    ///
    /// Fewer than four bytes are left.
    #[inline]
    pub fn read_i32(&mut self) -> Result<i32, DecodeError> {
        self.read_array().map(i32::from_le_bytes)
    }

    /// Reads an unsigned number of eight bytes.
    ///
    /// # Errors
    ///
    /// Fewer than eight bytes are left.
    #[inline]
    pub fn read_u64(&mut self) -> Result<u64, DecodeError> {
        self.read_array().map(u64::from_le_bytes)
    }

    /// Reads a `long`.
    ///
    /// # Errors
    ///
    /// Fewer than eight bytes are left.
    #[inline]
    pub fn read_i64(&mut self) -> Result<i64, DecodeError> {
        self.read_array().map(i64::from_le_bytes)
    }

    /// Reads a `float`.
    ///
    /// # Errors
    ///
    /// Fewer than four bytes are left.
    #[inline]
    pub fn read_f32(&mut self) -> Result<f32, DecodeError> {
        self.read_array().map(f32::from_le_bytes)
    }

    /// Reads a `double`.
    ///
    /// # Errors
    ///
    /// Fewer than eight bytes are left.
    #[inline]
    pub fn read_f64(&mut self) -> Result<f64, DecodeError> {
        self.read_array().map(f64::from_le_bytes)
    }

    /// The id that comes next, without reading it; nothing if fewer than four bytes are left.
    #[inline]
    pub fn peek_id(&self) -> Option<u32> {
        self.rest.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
    }

    /// Reads the id of a constructor or function. If it is none of those that the type allows, call
    /// [`unknown_constructor`](Self::unknown_constructor) before reading on.
    ///
    /// # Errors
    ///
    /// Fewer than four bytes are left.
    #[inline]
    pub fn read_id(&mut self) -> Result<u32, DecodeError> {
        self.read_u32()
    }

    /// Reads a `Bool`.
    ///
    /// # Errors
    ///
    /// Fewer than four bytes are left, or they are neither `boolTrue` nor `boolFalse`.
    #[inline]
    pub fn read_bool(&mut self) -> Result<bool, DecodeError> {
        match self.read_id()? {
            BOOL_TRUE_ID => Ok(true),
            BOOL_FALSE_ID => Ok(false),
            other => Err(self.unknown_constructor(other, &[BOOL_TRUE_ID, BOOL_FALSE_ID])),
        }
    }

    /// Reads a word of flags and returns the bits of it that are in `known`, the mask of the bits that the schema uses.
    ///
    /// # Errors
    ///
    /// Fewer than four bytes are left, or the reader is strict and other bits are set.
    #[inline]
    pub fn read_flags(&mut self, known: u32) -> Result<u32, DecodeError> {
        let flags = self.read_u32()?;
        let unknown = flags & !known;
        if unknown != 0 && self.options.strict {
            return Err(self.error_before(4, DecodeErrorKind::UnknownFlags { bits: unknown }));
        }
        Ok(flags & known)
    }

    /// Reads the id in front of a boxed vector.
    ///
    /// # Errors
    ///
    /// Fewer than four bytes are left, or they are another id.
    #[inline]
    pub fn read_vector_id(&mut self) -> Result<(), DecodeError> {
        match self.read_id()? {
            VECTOR_ID => Ok(()),
            other => Err(self.unknown_constructor(other, &[VECTOR_ID])),
        }
    }

    /// Reads the number of elements of a vector whose elements take `min_len` bytes or more. If that is 0, the number is
    /// taken off the [`MAX_EMPTY_ELEMENTS`] that one input may hold.
    ///
    /// # Errors
    ///
    /// Fewer than four bytes are left, or the number is negative or greater than what can follow.
    #[inline]
    pub fn read_vector_len(&mut self, min_len: usize) -> Result<usize, DecodeError> {
        let length = self.read_i32()?;
        let Ok(count) = usize::try_from(length) else {
            return Err(self.error_before(4, DecodeErrorKind::NegativeVectorLength { length }));
        };
        self.take_count(count, min_len, 4)
    }

    /// Checks a number of elements that was read before against the bytes that are left; for the rest the same as
    /// [`read_vector_len`](Self::read_vector_len).
    ///
    /// # Errors
    ///
    /// The number is greater than what can follow.
    #[inline]
    pub fn check_count(&mut self, count: u32, min_len: usize) -> Result<usize, DecodeError> {
        self.take_count(usize::try_from(count).unwrap_or(usize::MAX), min_len, 0)
    }

    #[inline]
    fn take_count(&mut self, count: usize, min_len: usize, bytes_before: usize) -> Result<usize, DecodeError> {
        let limit = match min_len {
            0 => self.empty_elements_left as usize,
            min_len => self.rest.len() / min_len,
        };
        if count > limit {
            return Err(self.error_before(bytes_before, DecodeErrorKind::TooManyElements { length: count, limit }));
        }
        if min_len == 0 {
            self.empty_elements_left -= count as u32;
        }
        Ok(count)
    }

    /// An empty vector with room for `count` elements, which are about to be read. The number was checked against the bytes
    /// that are left, so nothing has to grow.
    ///
    /// # Errors
    ///
    /// The value takes more memory than [`ReadOptions::max_memory_ratio`] allows.
    #[inline]
    pub fn new_vector<T>(&mut self, count: usize) -> Result<Vec<T>, DecodeError> {
        self.take_memory(count.saturating_mul(size_of::<T>()))?;
        Ok(Vec::with_capacity(count))
    }

    #[inline]
    fn take_memory(&mut self, bytes: usize) -> Result<(), DecodeError> {
        match self.memory_left.checked_sub(bytes) {
            Some(left) => {
                self.memory_left = left;
                Ok(())
            }
            None => Err(self.error(DecodeErrorKind::MemoryLimit { ratio: self.options.max_memory_ratio })),
        }
    }

    /// Reads `count` values of `N` bytes each, all at once.
    #[inline]
    pub(crate) fn read_array_vec<T, const N: usize>(
        &mut self,
        count: usize,
        from_array: impl Fn([u8; N]) -> T,
    ) -> Result<Vec<T>, DecodeError> {
        let bytes = self.read_raw(count.saturating_mul(N))?;
        let (chunks, _) = bytes.as_chunks::<N>();
        Ok(chunks.iter().map(|chunk| from_array(*chunk)).collect())
    }

    /// Reads the fields of a combinator.
    ///
    /// # Errors
    ///
    /// The bytes are not those of the fields.
    #[inline]
    pub fn decode_bare<T: DecodeBare>(&mut self) -> Result<T, DecodeError> {
        T::decode_bare(self)
    }

    /// Reads the fields of a combinator into a `Box`. A call of its own keeps the value off the stack of the caller.
    ///
    /// # Errors
    ///
    /// The bytes are not those of the fields, or the value takes more memory than the options allow.
    #[inline(never)]
    pub fn decode_box<T: DecodeBare>(&mut self) -> Result<Box<T>, DecodeError> {
        self.take_memory(size_of::<T>())?;
        T::decode_bare(self).map(Box::new)
    }

    /// Puts what `decode` reads into a `Box`, after counting its memory; the same as [`decode_box`](Self::decode_box) for what
    /// stands on the wire in another form.
    ///
    /// ```
    /// let mut reader = tl_runtime::Reader::new(&[5, 0, 0, 0]);
    /// assert_eq!(*reader.boxed(|reader| reader.read_i32()).unwrap(), 5);
    /// ```
    ///
    /// # Errors
    ///
    /// The bytes are refused by `decode`, or the value takes more memory than the options allow.
    #[inline(never)]
    pub fn boxed<T>(
        &mut self,
        decode: impl FnOnce(&mut Self) -> Result<T, DecodeError>,
    ) -> Result<Box<T>, DecodeError> {
        self.take_memory(size_of::<T>())?;
        decode(self).map(Box::new)
    }

    /// Notes the TL name of the type whose bytes come next; errors name it until [`leave`](Self::leave) is called.
    #[inline]
    pub fn enter(&mut self, type_name: &'static str) -> EnclosingType {
        EnclosingType(core::mem::replace(&mut self.type_name, type_name))
    }

    /// Ends what [`enter`](Self::enter) began.
    #[inline]
    pub fn leave(&mut self, enclosing: EnclosingType) {
        self.type_name = enclosing.0;
    }

    /// The same as [`enter`](Self::enter) for a type that can contain itself: counts the depth as well.
    ///
    /// # Errors
    ///
    /// The value is nested deeper than [`ReadOptions::max_depth`] allows.
    #[inline]
    pub fn enter_recursive(&mut self, type_name: &'static str) -> Result<EnclosingType, DecodeError> {
        let enclosing = self.enter(type_name);
        if self.depth >= self.options.max_depth {
            return Err(self.error(DecodeErrorKind::DepthLimit { limit: self.options.max_depth }));
        }
        self.depth += 1;
        Ok(enclosing)
    }

    /// Ends what [`enter_recursive`](Self::enter_recursive) began.
    #[inline]
    pub fn leave_recursive(&mut self, enclosing: EnclosingType) {
        self.depth = self.depth.saturating_sub(1);
        self.leave(enclosing);
    }

    /// The error for an id that was read last and is none of those `expected`.
    #[cold]
    #[inline(never)]
    pub fn unknown_constructor(&self, found: u32, expected: &'static [u32]) -> DecodeError {
        self.error_before(4, DecodeErrorKind::UnknownConstructor { found, expected })
    }

    /// An error at the place where the reader stands, in the type that it reads.
    #[cold]
    #[inline(never)]
    pub fn error(&self, kind: DecodeErrorKind) -> DecodeError {
        self.error_before(0, kind)
    }

    /// An error `distance` bytes before the place where the reader stands.
    #[cold]
    #[inline(never)]
    pub(crate) fn error_before(&self, distance: usize, kind: DecodeErrorKind) -> DecodeError {
        DecodeError::new(kind, self.position().saturating_sub(distance), self.type_name)
    }

    #[cold]
    #[inline(never)]
    pub(crate) fn unexpected_end(&self, needed: usize) -> DecodeError {
        self.error(DecodeErrorKind::UnexpectedEnd { needed, left: self.rest.len() })
    }
}
