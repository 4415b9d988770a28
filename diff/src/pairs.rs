//! Which declarations of two schemas are forms of the same one.

use std::collections::{BTreeMap, BTreeSet};

use typelang_ir::{Combinator, ConstructorKind, Schema, ValueType};

use crate::change::Kind;
use crate::compare::FormerName;
use crate::spelling::Speller;

/// A constructor or a function of a schema.
#[derive(Clone, Copy)]
pub(crate) struct Declaration<'a> {
    pub(crate) kind: Kind,
    pub(crate) combinator: &'a Combinator,
    pub(crate) result: Outcome<'a>,
    /// Whether boxed values begin with the id.
    has_id: bool,
}

/// The right-hand side.
#[derive(Clone, Copy)]
pub(crate) enum Outcome<'a> {
    /// The name of a constructor's type.
    Type(&'a typelang_ir::Name),
    /// The result of a function.
    Value(&'a ValueType),
}

impl<'a> Declaration<'a> {
    /// Those that a schema declares, in order: constructors first.
    pub(crate) fn all(schema: &'a Schema) -> Vec<Self> {
        let named = schema.constructors.iter().filter(|it| it.kind != ConstructorKind::Group);
        let constructors = named.map(|it| Self {
            kind: Kind::Constructor,
            combinator: &it.combinator,
            result: Outcome::Type(&schema[it.result].name),
            has_id: it.kind.has_id(),
        });
        let functions = schema.functions.iter().map(|it| Self {
            kind: Kind::Function,
            combinator: &it.combinator,
            result: Outcome::Value(&it.result),
            has_id: true,
        });
        constructors.chain(functions).collect()
    }

    /// The right-hand side as a text.
    pub(crate) fn result(&self, schema: &Schema) -> String {
        match self.result {
            Outcome::Type(name) => name.to_string(),
            Outcome::Value(ty) => typelang_ir::Spelling::new(schema, self.combinator).ty(ty),
        }
    }

    /// The default constructors of two types have the same name.
    fn key(&self) -> (Kind, String, Option<String>) {
        let ty = match self.result {
            Outcome::Type(name) if !self.has_id => Some(name.to_string()),
            _ => None,
        };
        (self.kind, self.combinator.name.to_string(), ty)
    }

    /// What the declaration says but for names and ids, if that is enough to recognise it by.
    fn shape(&self, speller: &Speller<'_>) -> Option<(Kind, String, String)> {
        let fields: Vec<String> = self
            .combinator
            .fields
            .iter()
            .map(|field| field.name.to_string() + &speller.side(self.combinator, field).text())
            .collect();
        let has_content = self.combinator.fields.iter().any(|field| !field.is_computed());
        has_content.then(|| (self.kind, fields.join(" "), self.result(speller.schema)))
    }
}

/// The pairs: for each declaration of the newer schema the position of the one of the older schema.
pub(crate) fn pairs(
    old: (&Speller<'_>, &[Declaration<'_>]),
    new: (&Speller<'_>, &[Declaration<'_>]),
    former: &[FormerName],
) -> Vec<Option<usize>> {
    let ((old_speller, old), (new_speller, new)) = (old, new);
    let mut found: Vec<Option<usize>> = vec![None; new.len()];
    let mut taken = BTreeSet::new();
    for FormerName { kind, old: before, new: after } in former {
        let at = |all: &[Declaration<'_>], name: &str| {
            all.iter().position(|it| it.kind == *kind && it.combinator.name.to_string() == name)
        };
        if let (Some(first), Some(second)) = (at(old, before), at(new, after))
            && found[second].is_none()
            && taken.insert(first)
        {
            found[second] = Some(first);
        }
    }
    pair(&mut found, &mut taken, old, new, |it| Some(it.key()), |it| Some(it.key()), |_, _| true);
    let id = |it: &Declaration<'_>| it.has_id.then_some((it.kind, it.combinator.id));
    pair(&mut found, &mut taken, old, new, id, id, |_, _| true);
    pair(&mut found, &mut taken, old, new, |it| it.shape(old_speller), |it| it.shape(new_speller), are_alike);
    found
}

/// Pairs those with the same key, if only one of each schema is left with it.
fn pair<'a, K: Ord>(
    found: &mut [Option<usize>],
    taken: &mut BTreeSet<usize>,
    old: &[Declaration<'a>],
    new: &[Declaration<'a>],
    old_key: impl Fn(&Declaration<'a>) -> Option<K>,
    new_key: impl Fn(&Declaration<'a>) -> Option<K>,
    accept: impl Fn(&Declaration<'a>, &Declaration<'a>) -> bool,
) {
    let left = |index: &usize| !taken.contains(index);
    let olds = by_key((0..old.len()).filter(left), |index| old_key(&old[index]));
    let news = by_key((0..new.len()).filter(|&index| found[index].is_none()), |index| new_key(&new[index]));
    for (key, news) in news {
        let (Some(&[first]), [second]) = (olds.get(&key).map(Vec::as_slice), &news[..]) else { continue };
        if accept(&old[first], &new[*second]) {
            found[*second] = Some(first);
            taken.insert(first);
        }
    }
}

fn by_key<K: Ord>(indices: impl Iterator<Item = usize>, key: impl Fn(usize) -> Option<K>) -> BTreeMap<K, Vec<usize>> {
    let mut found: BTreeMap<K, Vec<usize>> = BTreeMap::new();
    for index in indices {
        if let Some(key) = key(index) {
            found.entry(key).or_default().push(index);
        }
    }
    found
}

/// Returns whether two names have at least half of their words in common.
fn are_alike(old: &Declaration<'_>, new: &Declaration<'_>) -> bool {
    let (old, new) = (words(&old.combinator.name.to_string()), words(&new.combinator.name.to_string()));
    let common = old.iter().filter(|it| new.contains(it)).count();
    common * 2 >= old.len().max(new.len())
}

/// The words of a name in lower case: `send`, `multi`, `media` of `messages.sendMultiMedia`, without the namespace.
pub(crate) fn words(name: &str) -> Vec<String> {
    let name = name.rsplit('.').next().unwrap_or(name);
    let mut words: Vec<String> = Vec::new();
    let mut was_lower = false;
    for letter in name.chars() {
        match words.last_mut() {
            _ if letter == '_' => words.push(String::new()),
            Some(word) if !(letter.is_uppercase() && was_lower) => word.extend(letter.to_lowercase()),
            _ => words.push(letter.to_lowercase().collect()),
        }
        was_lower = letter.is_lowercase() || letter.is_ascii_digit();
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn names_have_words() {
        assert_eq!(words("messages.sendMultiMedia"), ["send", "multi", "media"]);
        assert_eq!(words("composeMessageWithAI"), ["compose", "message", "with", "ai"]);
        assert_eq!(words("req_pq_multi"), ["req", "pq", "multi"]);
        assert_eq!(words("user2Old"), ["user2", "old"]);
    }
}
