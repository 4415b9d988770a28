//! The fields between two brackets as they are written, by name.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use typelang_parser::ast::{Expression, ExpressionKind, Field, FieldKind};

/// The fields of a combinator or of one repetition.
pub(super) struct Brackets<'f> {
    pub(super) fields: &'f [Field],
    /// Positions by name. Needed only where something is wrong or has no name.
    by_name: OnceCell<BTreeMap<&'f str, Vec<usize>>>,
    /// For each field, whether a repetition that says nothing of its number is behind it and before the next `#`.
    counts_itself_later: OnceCell<Vec<bool>>,
}

impl<'f> Brackets<'f> {
    pub(super) fn new(fields: &'f [Field]) -> Self {
        Self { fields, by_name: OnceCell::new(), counts_itself_later: OnceCell::new() }
    }

    /// The fields of a name, in the order of the text.
    pub(super) fn named(&self, name: &str) -> impl Iterator<Item = &'f Field> {
        let by_name = self.by_name.get_or_init(|| {
            let mut by_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
            for (position, field) in self.fields.iter().enumerate() {
                if let Some(name) = &field.name {
                    by_name.entry(&name.text).or_default().push(position);
                }
            }
            by_name
        });
        by_name.get(name).into_iter().flatten().filter_map(|&position| self.fields.get(position))
    }

    /// Returns whether a field is a `#` without a name that is there only to count the repetition behind it: `# [ t ]`.
    pub(super) fn only_counts_next(&self, position: usize) -> bool {
        let (Some(field), Some(next)) = (self.fields.get(position), self.fields.get(position + 1)) else {
            return false;
        };
        let is_unnamed = field.name.is_none() && field.condition.is_none() && !field.exclamation;
        let counts_next = is_unnamed && is_nat(field) && next.condition.is_none() && counts_itself(next);
        counts_next && !self.counts_itself_behind(position + 1)
    }

    fn counts_itself_behind(&self, position: usize) -> bool {
        let behind = self.counts_itself_later.get_or_init(|| {
            let mut found = false;
            let mut behind = vec![false; self.fields.len()];
            for (behind, field) in behind.iter_mut().zip(self.fields).rev() {
                *behind = found;
                found = counts_itself(field) || (found && !is_nat(field));
            }
            behind
        });
        behind.get(position) == Some(&true)
    }
}

fn is_nat(field: &Field) -> bool {
    matches!(&field.kind, FieldKind::Type(Expression { kind: ExpressionKind::Nat, .. }))
}

/// Returns whether a field is a repetition that says nothing of its number.
fn counts_itself(field: &Field) -> bool {
    match &field.kind {
        FieldKind::Repetition(repetition) => repetition.multiplicity.is_none(),
        FieldKind::Type(_) => false,
    }
}
