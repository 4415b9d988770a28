//! Where on the site everything stands.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use typelang_facts::{CombinatorTexts, Facts, summary};
use typelang_ir::{ConstructorId, ConstructorKind, FunctionId, Schema, TypeId};
use typelang_project::is_device;

use crate::rich::Link;

/// The page of what every schema has built in.
pub(crate) const BUILTINS: &str = "builtins";

/// The page of all errors.
pub(crate) const ERRORS: &str = "errors";

/// The page that the site begins with.
pub(crate) const INDEX: &str = "index";

/// Something with a page of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Item {
    Method(FunctionId),
    Constructor(ConstructorId),
    Type(TypeId),
}

/// Something that texts and declarations can name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) name: String,
    /// The path of its page.
    pub(crate) path: String,
    /// What is said about it, as far as other pages repeat it.
    pub(crate) summary: Option<String>,
}

/// The pages of one schema, without the endings of their file names, and what names mean.
pub(crate) struct Places {
    methods: Vec<String>,
    constructors: Vec<Option<String>>,
    types: Vec<Option<String>>,
    /// What a name in a text means: a method, else a type, else a constructor.
    in_texts: BTreeMap<String, Known>,
    /// What a name in a text means that is none of this schema's.
    beside: Rc<BTreeMap<String, Known>>,
    /// The path of what a name in a declaration means: a type, else a constructor.
    in_declarations: BTreeMap<String, String>,
    namespaces: BTreeMap<String, String>,
}

impl Places {
    /// Places for all pages beneath a folder, which is empty or ends with a slash. `taken` has the paths of all schemas.
    pub(crate) fn new(schema: &Schema, facts: &Facts, folder: &str, taken: &mut Taken) -> Self {
        let mut free = |kind: &str, name: &str| taken.free(&format!("{folder}{kind}"), name);
        let methods = schema.functions.iter().map(|it| free("method", &it.combinator.name.to_string()));
        let methods = methods.collect();
        let constructors = schema.constructor_ids().map(|id| {
            let has_page = schema[id].kind != ConstructorKind::Group && !schema[id].external;
            has_page.then(|| free("constructor", &constructor_name(schema, id)))
        });
        let constructors = constructors.collect();
        let types = schema.type_ids().map(|id| {
            let ty = &schema[id];
            let is_group = ty.constructors.iter().any(|&it| schema[it].kind == ConstructorKind::Group);
            (!is_group && !ty.external).then(|| free("type", &ty.name.to_string()))
        });
        let types = types.collect();
        let mut places = Self {
            methods,
            constructors,
            types,
            in_texts: BTreeMap::new(),
            beside: Rc::default(),
            in_declarations: BTreeMap::new(),
            namespaces: BTreeMap::new(),
        };
        let methods = schema.function_ids().map(Item::Method);
        let types = schema.type_ids().map(Item::Type);
        let constructors = schema.constructor_ids().map(Item::Constructor);
        for item in methods.chain(types).chain(constructors) {
            let Some(path) = places.path(item).map(str::to_owned) else { continue };
            places.add_name(schema, facts, item, path);
            let namespace = namespace(schema, item);
            // No name has a dash in it.
            let file = if namespace.is_empty() { "no-namespace".to_owned() } else { namespace.clone() };
            places.namespaces.entry(namespace).or_insert_with(|| free("namespace", &file));
        }
        places
    }

    fn add_name(&mut self, schema: &Schema, facts: &Facts, item: Item, path: String) {
        let name = name(schema, item);
        if !matches!(item, Item::Method(_)) {
            self.in_declarations.entry(name.clone()).or_insert_with(|| path.clone());
        }
        let summary = description(schema, facts, item).map(|text| summary(text).into_owned());
        self.in_texts.entry(name.clone()).or_insert(Known { name, path, summary });
    }

    /// Lets texts name what another schema has, unless this one has something of the same name.
    pub(crate) fn set_beside(&mut self, all: Rc<BTreeMap<String, Known>>) {
        self.beside = all;
    }

    /// All that texts can name.
    pub(crate) fn known(&self) -> impl Iterator<Item = &Known> {
        self.in_texts.values()
    }

    /// The path of the page of something. Groups of repeated fields and what is defined elsewhere have none.
    pub(crate) fn path(&self, item: Item) -> Option<&str> {
        match item {
            Item::Method(id) => self.methods.get(id.index()).map(String::as_str),
            Item::Constructor(id) => self.constructors.get(id.index()).and_then(Option::as_deref),
            Item::Type(id) => self.types.get(id.index()).and_then(Option::as_deref),
        }
    }

    /// A link to the page of something.
    pub(crate) fn link(&self, item: Item) -> Option<Link> {
        self.path(item).map(Link::page)
    }

    /// What a name in a text means.
    pub(crate) fn named(&self, name: &str) -> Option<&Known> {
        self.in_texts.get(name).or_else(|| self.beside.get(name))
    }

    /// What a name in a declaration means.
    pub(crate) fn declared(&self, name: &str) -> Option<Link> {
        self.in_declarations.get(name).map(Link::page)
    }

    /// The namespaces that something is in, with the paths of their pages; the root namespace is the empty name.
    pub(crate) fn namespaces(&self) -> impl Iterator<Item = (&str, &str)> {
        self.namespaces.iter().map(|(name, path)| (name.as_str(), path.as_str()))
    }

    /// The path of the page of a namespace.
    pub(crate) fn namespace(&self, name: &str) -> &str {
        self.namespaces.get(name).map_or(INDEX, String::as_str)
    }
}

/// The texts about a method or a constructor and its fields.
pub(crate) fn texts<'f>(schema: &Schema, facts: &'f Facts, item: Item) -> Option<&'f CombinatorTexts> {
    match item {
        Item::Method(id) => facts.texts.functions.get(&schema[id].combinator.name.to_string()),
        Item::Constructor(id) => facts.texts.constructors.get(&schema[id].combinator.name.to_string()),
        Item::Type(_) => None,
    }
}

/// What something is or does, if a text says it.
pub(crate) fn description<'f>(schema: &Schema, facts: &'f Facts, item: Item) -> Option<&'f str> {
    match item {
        Item::Type(id) => facts.texts.types.get(&schema[id].name.to_string()).map(String::as_str),
        item => texts(schema, facts, item)?.description.as_deref(),
    }
}

/// The name of something as pages show it.
pub(crate) fn name(schema: &Schema, item: Item) -> String {
    match item {
        Item::Method(id) => schema[id].combinator.name.to_string(),
        Item::Constructor(id) => constructor_name(schema, id),
        Item::Type(id) => schema[id].name.to_string(),
    }
}

/// The namespace of something, as in the schema: `messages`, or nothing.
pub(crate) fn namespace(schema: &Schema, item: Item) -> String {
    let name = match item {
        Item::Method(id) => &schema[id].combinator.name,
        Item::Constructor(id) if schema[id].kind == ConstructorKind::Default => &schema[schema[id].result].name,
        Item::Constructor(id) => &schema[id].combinator.name,
        Item::Type(id) => &schema[id].name,
    };
    let parts: Vec<&str> = name.namespace.iter().map(|part| part.as_str()).collect();
    parts.join(".")
}

/// A default constructor has no name of its own, so that its type tells which one it is.
fn constructor_name(schema: &Schema, id: ConstructorId) -> String {
    let constructor = &schema[id];
    match constructor.kind {
        ConstructorKind::Default => format!("{} (default)", schema[constructor.result].name),
        _ => constructor.combinator.name.to_string(),
    }
}

/// Most characters of a file name before its number and its ending.
const LONGEST: usize = 80;

/// The paths of all pages.
#[derive(Default)]
pub(crate) struct Taken {
    paths: BTreeSet<String>,
    /// For paths that several pages would have, the last number.
    numbers: BTreeMap<String, usize>,
}

impl Taken {
    /// Paths of pages that are there in any case.
    pub(crate) fn with<const N: usize>(paths: [&str; N]) -> Self {
        Self { paths: paths.map(str::to_owned).into(), numbers: BTreeMap::new() }
    }

    /// A path that no other page has, also where capital and small letters are one. Plain file names on every system: of bounded
    /// length, and never that of a device.
    pub(crate) fn free(&mut self, folder: &str, name: &str) -> String {
        let is_plain = |it: char| it.is_ascii_alphanumeric() || "._-".contains(it);
        let mut file: String = name.chars().map(|it| if is_plain(it) { it } else { '-' }).take(LONGEST).collect();
        if is_device(&file) {
            file.insert(file.find('.').unwrap_or(file.len()), '-');
        }
        let path = format!("{folder}/{file}");
        let mut candidate = path.clone();
        while !self.paths.insert(candidate.to_lowercase()) {
            let number = self.numbers.entry(path.to_lowercase()).or_insert(1);
            *number += 1;
            candidate = format!("{path}-{number}");
        }
        candidate
    }
}

/// The place of an error on the page of errors.
pub(crate) fn error_anchor(name: &str) -> String {
    name.chars().map(|it| if it.is_ascii_alphanumeric() || it == '_' { it } else { '-' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_files_on_every_system() {
        let mut taken = Taken::default();
        let mut file = |name: &str| taken.free("type", name);
        assert_eq!(file("con"), "type/con-");
        assert_eq!(file("Aux.item"), "type/Aux-.item");
        assert_eq!(file("com1"), "type/com1-");
        assert_eq!(file("FooBar"), "type/FooBar");
        assert_eq!(file("foobar"), "type/foobar-2");
        let long = "a".repeat(5_000);
        assert_eq!(file(&long), format!("type/{}", "a".repeat(LONGEST)));
        assert_eq!(file(&long), format!("type/{}-2", "a".repeat(LONGEST)));
    }

    #[test]
    fn files_differ_also_where_case_does_not_count() {
        let mut taken = Taken::default();
        let mut free = |folder: &str, name: &str| taken.free(folder, name);
        assert_eq!(free("type", "User"), "type/User");
        assert_eq!(free("type", "user"), "type/user-2");
        assert_eq!(free("type", "USER-3"), "type/USER-3");
        assert_eq!(free("type", "usER"), "type/usER-4");
        assert_eq!(free("method", "user"), "method/user");
        assert_eq!(free("type", "../a b"), "type/..-a-b");
    }
}
