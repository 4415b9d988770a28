//! The schema of a generated type, and its name there.

#![cfg_attr(not(feature = "reflect"), allow(dead_code, reason = "only the walker asks where a type is"))]

use crate::Combinator;
#[cfg(feature = "reflect")]
use crate::reflect::Table;

/// A schema, as the types generated from it refer to it. It leads to the table of the schema, where the generated code has one;
/// without the feature `reflect` of this crate it has no size.
#[derive(Clone, Copy, Debug)]
pub struct SchemaRef {
    #[cfg(feature = "reflect")]
    pub(crate) table: Option<&'static Table<'static>>,
}

impl SchemaRef {
    /// A schema without a table, such as that of types written by hand.
    pub const WITHOUT_TABLE: Self = Self {
        #[cfg(feature = "reflect")]
        table: None,
    };

    /// A schema with its table.
    #[cfg(feature = "reflect")]
    #[must_use]
    pub const fn new(table: &'static Table<'static>) -> Self {
        Self { table: Some(table) }
    }

    /// The type with this name.
    #[must_use]
    pub const fn ty(self, name: &'static str) -> SchemaPlace {
        SchemaPlace { schema: self, name: PlaceName::Type(name) }
    }

    /// The constructor or function with this id and name.
    #[must_use]
    pub const fn combinator(self, id: u32, name: &'static str) -> SchemaPlace {
        SchemaPlace { schema: self, name: PlaceName::Combinator(id, name) }
    }

    /// All constructors.
    #[must_use]
    pub const fn any_constructor(self) -> SchemaPlace {
        SchemaPlace { schema: self, name: PlaceName::AnyConstructor }
    }

    /// All functions.
    #[must_use]
    pub const fn any_function(self) -> SchemaPlace {
        SchemaPlace { schema: self, name: PlaceName::AnyFunction }
    }

    /// All constructors and all functions: the values of the TL type `Object`.
    #[must_use]
    pub const fn any(self) -> SchemaPlace {
        SchemaPlace { schema: self, name: PlaceName::Any }
    }
}

/// A schema, and the name of a type in it.
#[derive(Clone, Copy, Debug)]
pub struct SchemaPlace {
    pub(crate) schema: SchemaRef,
    pub(crate) name: PlaceName,
}

impl SchemaPlace {
    /// The place of a type whose schema has no table.
    pub const UNKNOWN: Self = SchemaRef::WITHOUT_TABLE.any();
}

/// The name of a type in its schema.
#[derive(Clone, Copy, Debug)]
pub(crate) enum PlaceName {
    Type(&'static str),
    Combinator(u32, &'static str),
    AnyConstructor,
    AnyFunction,
    Any,
}

/// A type that is in a schema: every [`Combinator`], and each enum of generated code.
pub trait InSchema {
    /// The schema, and the name of the type in it.
    const PLACE: SchemaPlace;
}

impl<T: Combinator> InSchema for T {
    const PLACE: SchemaPlace = T::SCHEMA.combinator(T::ID, T::NAME);
}
