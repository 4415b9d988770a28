//! Spells declarations so that those of two schemas can be compared.

use std::collections::BTreeMap;

use typelang_ir::{Combinator, Field, ParameterKind, Piece, Schema, Spelling, ValueType};

use crate::change::{FieldSide, Necessity};

/// The names of a schema's types and constructors in the other one, where these are different.
#[derive(Default)]
pub(crate) struct Renames {
    pub(crate) types: BTreeMap<String, String>,
    pub(crate) constructors: BTreeMap<String, String>,
}

/// A schema whose types are spelled with the names of another one.
pub(crate) struct Speller<'a> {
    pub(crate) schema: &'a Schema,
    pub(crate) renames: Renames,
}

impl<'a> Speller<'a> {
    pub(crate) fn new(schema: &'a Schema) -> Self {
        Self { schema, renames: Renames::default() }
    }

    /// A field as the schema has it.
    pub(crate) fn side(&self, owner: &Combinator, field: &Field) -> FieldSide {
        let spelling = Spelling::new(self.schema, owner);
        let ty = spelling.ty(&field.ty);
        let whole = spelling.field(field);
        let condition = field.condition.map(|_| {
            let rest = &whole[field.name.len() + 1..whole.len() - ty.len()];
            rest.trim_end_matches('?').to_owned()
        });
        let necessity = match field {
            _ if field.is_computed() => Necessity::Computed,
            _ if field.is_flag() => Necessity::Flag,
            _ if field.condition.is_some() => Necessity::Optional,
            _ => Necessity::Required,
        };
        FieldSide { name: field.name.to_string(), ty, condition, necessity }
    }

    /// A type with the names of the other schema.
    pub(crate) fn renamed(&self, owner: &Combinator, ty: &ValueType) -> String {
        self.spelled(owner, ty, |name, piece| match piece {
            Piece::Type(_) => self.renames.types.get(name).cloned(),
            Piece::Constructor(_) => self.renames.constructors.get(name).cloned(),
            _ => None,
        })
    }

    /// The same without the difference between boxed and bare.
    pub(crate) fn unboxed(&self, owner: &Combinator, ty: &ValueType) -> String {
        self.spelled(owner, ty, |name, piece| match piece {
            Piece::Type(_) => self.renames.types.get(name).cloned(),
            Piece::Constructor(id) => {
                let ty = self.schema[self.schema[id].result].name.to_string();
                Some(self.renames.types.get(&ty).cloned().unwrap_or(ty))
            }
            Piece::Vector => Some("Vector".to_owned()),
            Piece::Builtin(builtin) => Some(builtin.name().to_owned()),
            _ => None,
        })
    }

    fn spelled(&self, owner: &Combinator, ty: &ValueType, other: impl Fn(&str, Piece) -> Option<String>) -> String {
        let mut text = String::new();
        Spelling::new(self.schema, owner).visit(ty, &mut |piece, meaning| match other(piece, meaning) {
            Some(other) => text.push_str(&other),
            None => text.push_str(piece),
        });
        text
    }
}

/// The parameters of a combinator as a schema has them: `{X:Type} {n:#}`.
pub(crate) fn parameters(combinator: &Combinator) -> String {
    let each = combinator.parameters.iter().map(|it| match it.kind {
        ParameterKind::Type => format!("{{{}:Type}}", it.name),
        ParameterKind::Nat => format!("{{{}:#}}", it.name),
    });
    each.collect::<Vec<_>>().join(" ")
}
