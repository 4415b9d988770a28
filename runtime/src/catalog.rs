//! Lists of the types of a schema, for those who go through all of them: tests, fuzz targets, tools.
//!
//! Generated code has such a list, `CATALOG`, where the options ask for it. Nothing has to be written by hand for it to be
//! complete, so a test that goes through the list misses no type, also after the next layer.
//!
//! ```
//! use typelang::ReadOptions;
//! use typelang::catalog::{Entry, Kind};
//!
//! static CATALOG: [Entry; 2] = [Entry::of_type::<i64>("Long"), Entry::of_type::<String>("String")];
//!
//! for entry in &CATALOG {
//!     let value = entry.decode(&[0; 8], ReadOptions::new())?;
//!     assert!(value.to_bytes().is_ok());
//!     assert_eq!(entry.kind(), Kind::Type);
//! }
//! # Ok::<(), typelang::DecodeError>(())
//! ```

use alloc::boxed::Box;
use core::fmt;

use crate::codec::{Bare, DecodeAs, EncodeAs};
use crate::{
    Combinator, DecodeBare, DecodeError, DecodeOwned, Encode, EncodeBare, Function, ReadOptions, Reader, Writer,
};

/// What the bytes of an [`Entry`] are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// A boxed value of a type.
    Type,
    /// The fields of a constructor, without its id.
    Constructor,
    /// A call of a function.
    Function,
    /// The result of a function.
    Result,
}

/// A type that can be read and written, or one of its forms on the wire.
#[derive(Clone, Copy)]
pub struct Entry {
    name: &'static str,
    kind: Kind,
    read: fn(&mut Reader<'_>) -> Box<dyn Encode>,
}

impl Entry {
    /// Boxed values of a type. The name is the one in the schema.
    #[must_use]
    pub const fn of_type<T: DecodeOwned + Encode + 'static>(name: &'static str) -> Self {
        Self { name, kind: Kind::Type, read: read::<T> }
    }

    /// A constructor without its id.
    #[must_use]
    pub const fn of_constructor<T: Combinator + for<'a> DecodeBare<'a> + EncodeBare + 'static>() -> Self {
        Self { name: T::NAME, kind: Kind::Constructor, read: read_as::<T, Bare> }
    }

    /// Calls of a function.
    #[must_use]
    pub const fn of_function<T: Combinator + DecodeOwned + Encode + 'static>() -> Self {
        Self { name: T::NAME, kind: Kind::Function, read: read::<T> }
    }

    /// What a function returns, where that does not depend on its arguments.
    #[must_use]
    pub const fn of_result<T>() -> Self
    where
        T: Function<Output: 'static, OutputForm: Default + EncodeAs<T::Output> + 'static>,
    {
        Self { name: T::NAME, kind: Kind::Result, read: read_as::<T::Output, T::OutputForm> }
    }

    /// The name in the schema: that of a type, a constructor or a function.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// What the bytes are.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// Reads a value from the start of `bytes`. The value can be encoded again, in the same form.
    ///
    /// # Errors
    ///
    /// The bytes are none of the type, or the options refuse them.
    pub fn decode(&self, bytes: &[u8], options: ReadOptions) -> Result<Box<dyn Encode>, DecodeError> {
        let mut reader = Reader::with_options(bytes, options);
        let value = (self.read)(&mut reader);
        reader.finish()?;
        Ok(value)
    }
}

impl fmt::Debug for Entry {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?} {}", self.kind, self.name)
    }
}

fn read<T: DecodeOwned + Encode + 'static>(reader: &mut Reader<'_>) -> Box<dyn Encode> {
    Box::new(T::decode(reader))
}

fn read_as<T, F>(reader: &mut Reader<'_>) -> Box<dyn Encode>
where
    T: 'static,
    F: Default + for<'a> DecodeAs<'a, T> + EncodeAs<T> + 'static,
{
    let form = F::default();
    Box::new(InForm { value: form.decode_as(reader), form })
}

/// A value with the form in which it was read.
struct InForm<T, F> {
    value: T,
    form: F,
}

impl<T, F: EncodeAs<T>> Encode for InForm<T, F> {
    fn encode(&self, writer: &mut Writer<'_>) {
        self.form.encode_as(&self.value, writer);
    }
}
