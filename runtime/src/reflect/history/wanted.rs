//! The types that a history can be asked for.

use alloc::vec::Vec;

use super::super::record::Type;
use super::History;
use crate::InSchema;
use crate::schema::PlaceName;

/// A type that a [`History`] can give values of: types of the schema, and vectors of these.
pub trait Wanted {
    /// The type in the history.
    #[doc(hidden)]
    fn wanted(history: &History) -> Option<Type<'static>>;
}

impl<T: InSchema> Wanted for T {
    fn wanted(history: &History) -> Option<Type<'static>> {
        let table = &history.parts.table;
        match T::PLACE.name {
            PlaceName::Type(name) => table.type_named(name),
            PlaceName::Combinator(id, _) => table.combinator(id)?.constructed().map(Type::boxed),
            PlaceName::AnyConstructor | PlaceName::Any => Some(Type::OBJECT),
            PlaceName::AnyFunction => None,
        }
    }
}

/// The elements are boxed values.
impl<T: Wanted> Wanted for Vec<T> {
    fn wanted(history: &History) -> Option<Type<'static>> {
        T::wanted(history).map(|_| Type::OBJECT)
    }
}

macro_rules! without_layers {
    ($($ty:ty),*) => {
        $(
            /// A built-in type is the same in all layers.
            impl Wanted for $ty {
                fn wanted(_: &History) -> Option<Type<'static>> {
                    None
                }
            }
        )*
    };
}

without_layers!(bool, u8, i32, u32, i64, f64, alloc::string::String);
