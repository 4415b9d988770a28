//! Types and fields as the schema has them, with links.

use typelang_ir::{Builtin, Combinator, Field, Piece, Schema, Spelling, ValueType};

use crate::places::{BUILTINS, Item, Places};
use crate::rich::{Link, Mark, Rich};

/// Writes types in the words of the combinator that speaks of them.
#[derive(Clone, Copy)]
pub(crate) struct TypeText<'a> {
    pub(crate) schema: &'a Schema,
    pub(crate) places: &'a Places,
    pub(crate) owner: &'a Combinator,
}

impl TypeText<'_> {
    /// The type of a field, with its condition: `flags.0?true`.
    pub(crate) fn field(self, field: &Field) -> Rich {
        let mut text = Rich::default();
        self.spelling().visit_field(field, &mut |piece, kind| text.push(piece, Mark::Code, self.link(kind)));
        text
    }

    /// A type: `Vector<InputUser>`.
    pub(crate) fn ty(self, ty: &ValueType) -> Rich {
        let mut text = Rich::default();
        self.spelling().visit(ty, &mut |piece, kind| text.push(piece, Mark::Code, self.link(kind)));
        text
    }

    fn spelling(&self) -> Spelling<'_> {
        Spelling::new(self.schema, self.owner)
    }

    fn link(self, piece: Piece) -> Option<Link> {
        match piece {
            Piece::Plain => None,
            Piece::Condition => Some(Link::anchor(BUILTINS, "conditional-fields")),
            Piece::Builtin(builtin) => Some(Link::anchor(BUILTINS, builtin_anchor(builtin))),
            Piece::Vector => Some(Link::anchor(BUILTINS, "vector")),
            Piece::Type(id) => self.places.link(Item::Type(id)),
            Piece::Constructor(id) => self.places.link(Item::Constructor(id)),
            Piece::Call | Piece::Function => Some(Link::anchor(BUILTINS, "calls")),
            Piece::Object => Some(Link::anchor(BUILTINS, "object")),
        }
    }
}

/// The place of a built-in type on the page about them.
pub(crate) fn builtin_anchor(builtin: Builtin) -> String {
    let name = if builtin == Builtin::Nat { "nat" } else { builtin.name() };
    name.to_ascii_lowercase()
}
