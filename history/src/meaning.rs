//! The meanings of bits: which `?true` field a bit of an id is.

use std::collections::BTreeMap;

use typelang_parser::ast::{Body, Combinator, ExpressionKind, FieldKind};
use typelang_parser::ids::{Dialect, canonical_text};

/// A bit: the field that is tested, and its number.
pub(crate) type Bit = (String, u32);

/// The bits of one id and their names in all forms so far. A name that is gone is remembered.
#[derive(Clone, Debug, Default)]
pub(crate) struct Meanings {
    names: BTreeMap<Bit, String>,
    bits: BTreeMap<String, Bit>,
}

impl Meanings {
    /// Adds a form. Returns what its bits mean in another way than before, in words; empty if nothing changed.
    pub(crate) fn add(&mut self, combinator: &Combinator) -> String {
        let mut changes = Vec::new();
        for (bit, name) in flags(combinator) {
            let place = |bit: &Bit| format!("{}.{}", bit.0, bit.1);
            match (self.names.get(&bit), self.bits.get(&name)) {
                (_, Some(before)) if *before != bit => {
                    changes.push(format!("{name} is {}, was {}", place(&bit), place(before)));
                }
                (Some(before), _) if *before != name => {
                    changes.push(format!("{} is {name}, was {before}", place(&bit)));
                }
                _ => {}
            }
            self.names.insert(bit.clone(), name.clone());
            self.bits.insert(name, bit);
        }
        changes.join("; ")
    }
}

/// The fields of the form `name:flags.3?true`.
pub(crate) fn flags(combinator: &Combinator) -> Vec<(Bit, String)> {
    let Body::Fields(fields) = &combinator.body else { return Vec::new() };
    let flag = |field: &typelang_parser::ast::Field| {
        let condition = field.condition.as_ref()?;
        let FieldKind::Type(ty) = &field.kind else { return None };
        let is_true =
            matches!(&ty.kind, ExpressionKind::Name(name) if name.namespace.is_empty() && name.name == "true");
        let bit = (condition.field.text.to_string(), condition.bit?.value);
        is_true.then_some((bit, field.name.as_ref()?.text.to_string()))
    };
    fields.iter().filter_map(flag).collect()
}

/// The bytes of a declaration, as text: all that its id is made from, but for its name. What is `?true` has no bytes.
pub(crate) fn layout(combinator: &Combinator) -> String {
    let text = canonical_text(combinator, Dialect::Telegram);
    text.split_once(' ').map_or_else(String::new, |(_, fields)| fields.to_owned())
}
