//! Finding generated types in the table of their schema.

use super::DecodeFault;
use super::error::DecodeError;
use super::record::Type;
use super::table::Table;
use super::visitor::Event;
use crate::schema::{PlaceName, SchemaPlace};
use crate::{DecodeErrorKind, ReadOptions};

impl SchemaPlace {
    /// The table of the schema, and the type in it; nothing if there is no table, or it is that of another schema. Takes time
    /// linear in the number of types for an enum, logarithmic for a constructor.
    #[must_use]
    pub fn in_table(self) -> Option<(Table<'static>, Type<'static>)> {
        let table = *self.schema.table?;
        let ty = match self.name {
            PlaceName::Type(name) => table.type_named(name)?,
            PlaceName::Combinator(id, name) => table.combinator_called(id, name)?.boxed(),
            PlaceName::AnyConstructor => Type::OBJECT,
            PlaceName::AnyFunction => Type::FUNCTION,
            PlaceName::Any => Type::ANY,
        };
        Some((table, ty))
    }

    /// The walk's error for bytes that generated code refused.
    pub(crate) fn explain(self, error: &crate::DecodeError, bytes: &[u8], options: ReadOptions) -> Option<DecodeError> {
        let (table, ty) = self.in_table()?;
        match *error.kind() {
            // The walk counts its own memory, so it is told where to stop.
            kind @ DecodeErrorKind::MemoryLimit { .. } => {
                let stop = error.offset();
                let mut visitor = |offset: usize, _: Event<'static, '_>| {
                    if offset < stop { Ok(()) } else { Err(DecodeFault::Bytes(kind)) }
                };
                table.tell(ty, bytes, options, &mut visitor).err()
            }
            _ => table.check(ty, bytes, options).err(),
        }
    }
}
