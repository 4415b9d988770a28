//! The layouts of all layers, and how they are found.

use std::collections::BTreeMap;

use typelang_ir::{Constructor, ConstructorId, TypeId, ValueType};

use super::union::Union;

/// The layouts of a union, and how they are found.
pub(super) struct Layouts<'u> {
    pub(super) union: &'u Union,
    pub(super) newest: u32,
    pub(super) by_name: BTreeMap<String, Vec<ConstructorId>>,
    pub(super) types: BTreeMap<String, TypeId>,
}

impl<'u> Layouts<'u> {
    pub(super) fn new(union: &'u Union, newest: u32) -> Self {
        let mut by_name: BTreeMap<String, Vec<ConstructorId>> = BTreeMap::new();
        let schema = &union.schema;
        for id in schema.constructor_ids() {
            by_name.entry(schema[id].combinator.name.to_string()).or_default().push(id);
        }
        let types = schema.type_ids().map(|id| (schema[id].name.to_string(), id)).collect();
        Self { union, newest, by_name, types }
    }

    pub(super) fn get(&self, id: ConstructorId) -> &'u Constructor {
        &self.union.schema[id]
    }

    pub(super) fn named(&self, name: &str) -> &[ConstructorId] {
        self.by_name.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    pub(super) fn is_in_newest(&self, id: ConstructorId) -> bool {
        let layers = self.union.layers.get(id.index());
        layers.is_some_and(|it| it.iter().any(|&(first, last)| (first..=last).contains(&self.newest)))
    }

    /// The constructors of `name#id`, or of a name in the newest layer.
    pub(super) fn find(&self, text: &str) -> Vec<ConstructorId> {
        match text.split_once('#') {
            Some((name, id)) => {
                let id = u32::from_str_radix(id, 16).ok();
                let with_id = self.named(name).iter().copied();
                with_id.filter(|&it| Some(self.get(it).combinator.id) == id).collect()
            }
            None => self.named(text).iter().copied().filter(|&it| self.is_in_newest(it)).collect(),
        }
    }

    pub(super) fn spelled(&self, ty: &ValueType) -> String {
        match ty {
            ValueType::Builtin(builtin) => builtin.name().to_owned(),
            ValueType::Vector { element, .. } => format!("Vector<{}>", self.spelled(element)),
            ValueType::Boxed(id, _) => self.union.schema[*id].name.to_string(),
            ValueType::Bare(id, _) => format!("%{}", self.get(*id).combinator.name),
            _ => "another type".to_owned(),
        }
    }
}
