//! Where generated types stand in the table of their schema.

use super::DecodeFault;
use super::error::DecodeError;
use super::table::Table;
use super::types::Type;
use super::visitor::Event;
use crate::{DecodeErrorKind, ReadOptions};

/// What a generated type is called in the table of its schema.
#[derive(Clone, Copy, Debug)]
pub struct Reflected {
    table: &'static Table<'static>,
    place: Place,
}

#[derive(Clone, Copy, Debug)]
enum Place {
    /// A type, by name.
    Type(&'static str),
    /// A constructor or function, by id.
    Combinator(u32),
    AnyConstructor,
    AnyFunction,
    Any,
}

impl Reflected {
    /// The type of a name.
    #[must_use]
    pub const fn ty(table: &'static Table<'static>, name: &'static str) -> Self {
        Self { table, place: Place::Type(name) }
    }

    /// The constructor or function of an id.
    #[must_use]
    pub const fn combinator(table: &'static Table<'static>, id: u32) -> Self {
        Self { table, place: Place::Combinator(id) }
    }

    /// All constructors.
    #[must_use]
    pub const fn any_constructor(table: &'static Table<'static>) -> Self {
        Self { table, place: Place::AnyConstructor }
    }

    /// All functions.
    #[must_use]
    pub const fn any_function(table: &'static Table<'static>) -> Self {
        Self { table, place: Place::AnyFunction }
    }

    /// All constructors and all functions: what an `Object` can be.
    #[must_use]
    pub const fn any(table: &'static Table<'static>) -> Self {
        Self { table, place: Place::Any }
    }

    /// The table.
    #[must_use]
    pub fn table(self) -> Table<'static> {
        *self.table
    }

    /// The type in the table; nothing if the table is of another schema. Takes time linear in the number of types for an
    /// enum, logarithmic for a constructor.
    #[must_use]
    pub fn in_table(self) -> Option<Type<'static>> {
        match self.place {
            Place::Type(name) => self.table.type_named(name),
            Place::Combinator(id) => self.table.combinator(id).map(|it| it.boxed()),
            Place::AnyConstructor => Some(Type::OBJECT),
            Place::AnyFunction => Some(Type::FUNCTION),
            Place::Any => Some(Type::ANY),
        }
    }

    /// What the walk says of bytes that generated code refused.
    pub(crate) fn explain(self, error: &crate::DecodeError, bytes: &[u8], options: ReadOptions) -> Option<DecodeError> {
        let ty = self.in_table()?;
        match *error.kind() {
            // The walk has a memory of its own to speak of, so it is told where to stop.
            kind @ DecodeErrorKind::MemoryLimit { .. } => {
                let stop = error.offset();
                let mut visitor = |offset: usize, _: Event<'static, '_>| {
                    if offset < stop { Ok(()) } else { Err(DecodeFault::Bytes(kind)) }
                };
                self.table.walk(ty, bytes, options, &mut visitor).err()
            }
            _ => self.table.check(ty, bytes, options).err(),
        }
    }
}
