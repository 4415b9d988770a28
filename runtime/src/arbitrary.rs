//! Generated types as [`Arbitrary`](arbitrary::Arbitrary) values, for fuzzing with structure.
//!
//! A value is not put together field by field: the table of the schema makes bytes of one, which the type then decodes. So each
//! impl is a line, and what comes out is always something that the wire can carry.

use arbitrary::{Error, Result, Unstructured};

use crate::reflect::{Table, Type};
use crate::{Combinator, DecodeBare, DecodeOwned, ReadOptions, Reader};

#[doc(hidden)]
pub use arbitrary;

/// Makes a boxed value of a type of the schema.
///
/// # Errors
///
/// The table and the type do not fit together, or the value takes more memory than [`ReadOptions`] allow.
pub fn boxed<T: DecodeOwned>(table: Table<'_>, ty: Option<Type<'_>>, choices: &mut Unstructured<'_>) -> Result<T> {
    let bytes = ty.and_then(|ty| table.sample(ty, &mut bytes_of(choices)));
    let bytes = bytes.ok_or(Error::IncorrectFormat)?;
    T::from_bytes_with(&bytes, options(table)).map_err(|_| Error::IncorrectFormat)
}

/// Makes a constructor or a call of a function.
///
/// # Errors
///
/// As [`boxed`].
pub fn combinator<T: Combinator + for<'a> DecodeBare<'a>>(
    table: Table<'_>,
    choices: &mut Unstructured<'_>,
) -> Result<T> {
    let combinator = table.combinator_called(T::ID, T::NAME).ok_or(Error::IncorrectFormat)?;
    let bytes = table.sample_fields(&combinator, &mut bytes_of(choices)).ok_or(Error::IncorrectFormat)?;
    let mut reader = Reader::with_options(&bytes, options(table));
    let value = T::decode_bare(&mut reader);
    reader.finish().map_err(|_| Error::IncorrectFormat).map(|()| value)
}

fn options(table: Table<'_>) -> ReadOptions {
    ReadOptions::new().long_strings(table.has_long_strings())
}

fn bytes_of<'u>(choices: &'u mut Unstructured<'_>) -> impl Iterator<Item = u8> + 'u {
    core::iter::from_fn(move || if choices.is_empty() { None } else { choices.arbitrary().ok() })
}

/// Implements [`Arbitrary`](arbitrary::Arbitrary) for a generated type: `combinator` for the struct of a constructor or a
/// function, `type` for the enum of a type of that name, `any` for the enums of all constructors or functions.
#[macro_export]
macro_rules! arbitrary_value {
    ($table:expr, combinator $ty:ty) => {
        $crate::arbitrary_value!(@impl $ty, choices => $crate::arbitrary::combinator($table, choices));
    };
    ($table:expr, type $ty:ty = $name:literal) => {
        $crate::arbitrary_value!(@impl $ty, choices => $crate::arbitrary::boxed($table, $table.type_named($name), choices));
    };
    ($table:expr, any $ty:ty = $any:ident) => {
        $crate::arbitrary_value!(@impl $ty, choices =>
            $crate::arbitrary::boxed($table, ::core::option::Option::Some($crate::reflect::Type::$any), choices));
    };
    (@impl $ty:ty, $choices:ident => $value:expr) => {
        impl<'a> $crate::arbitrary::arbitrary::Arbitrary<'a> for $ty {
            fn arbitrary(
                $choices: &mut $crate::arbitrary::arbitrary::Unstructured<'a>,
            ) -> $crate::arbitrary::arbitrary::Result<Self> {
                $value
            }
        }
    };
}
