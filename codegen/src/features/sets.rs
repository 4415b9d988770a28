//! Which features reach which items.

use std::collections::{BTreeMap, BTreeSet};

use typelang_ir::{ConstructorId, FunctionId, Reached, References, Schema, TypeId};

use super::Condition;
use crate::names::{module_name, snake};
use crate::options::{Availability, NamespaceFeatures, Options};

/// Most features that are named in the name of a set; larger sets are called by what is in them.
const NAMED: usize = 3;

/// Items that are reached by the same features, and by no others.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Set {
    /// What the modules are called that hold the items: `help`, `messages_and_updates`, `shared_update`.
    pub(crate) name: String,
    /// The features.
    pub(crate) features: BTreeSet<String>,
}

impl Set {
    /// What the items need.
    pub(crate) fn condition(&self) -> Condition {
        Condition::Any(self.features.clone())
    }
}

/// The features of a schema, and what they reach. Empty unless features for namespaces are wanted.
#[derive(Default)]
pub(crate) struct Features {
    all: Option<String>,
    names: Vec<String>,
    /// In order: those of one feature first, then those of two.
    sets: Vec<Set>,
    types: Vec<usize>,
    constructors: Vec<usize>,
    functions: Vec<usize>,
    objects: BTreeSet<String>,
    calls: BTreeSet<String>,
}

impl Features {
    pub(crate) fn new(schema: &Schema, references: &References, options: &Options) -> Self {
        let Some(choice) = &options.namespace_features else { return Self::default() };
        let taken = taken(choice, options);
        let mut namespaces: BTreeMap<String, Vec<FunctionId>> = BTreeMap::new();
        for id in schema.function_ids() {
            namespaces.entry(feature_of(schema, id, choice, &taken)).or_default().push(id);
        }
        let reached: Vec<(String, Reached)> =
            namespaces.into_iter().map(|(name, functions)| (name, schema.reached_from(functions))).collect();
        let those = |is_reached: &dyn Fn(&Reached) -> bool| -> BTreeSet<String> {
            let names = reached.iter().filter(|(_, it)| is_reached(it)).map(|(name, _)| name.clone());
            let names: BTreeSet<String> = names.collect();
            // What no function reaches is there with the whole schema.
            if names.is_empty() { BTreeSet::from([choice.all.clone()]) } else { names }
        };
        let types: Vec<_> = schema.type_ids().map(|id| those(&|it| it.has_type(id))).collect();
        let constructors: Vec<_> = schema.constructor_ids().map(|id| those(&|it| it.has_constructor(id))).collect();
        let functions: Vec<_> = schema.function_ids().map(|id| those(&|it| it.has_function(id))).collect();
        let distinct: BTreeSet<&BTreeSet<String>> = types.iter().chain(&constructors).chain(&functions).collect();
        let mut distinct: Vec<&BTreeSet<String>> = distinct.into_iter().collect();
        distinct.sort_by_key(|set| set.len());
        let position = |set: &BTreeSet<String>| distinct.iter().position(|it| *it == set).unwrap_or_default();
        let positions = |sets: &[BTreeSet<String>]| sets.iter().map(position).collect();
        Self {
            types: positions(&types),
            constructors: positions(&constructors),
            functions: positions(&functions),
            objects: those(&Reached::has_objects),
            calls: those(&Reached::has_calls),
            sets: named(&distinct, &largest_types(schema, references, &types), &choice.all, &options.runtime_path),
            names: reached.iter().map(|(name, _)| name.clone()).collect(),
            all: Some(choice.all.clone()),
        }
    }

    /// The names of the features for namespaces, in order.
    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// The features that reach a type; nothing without features.
    pub(crate) fn of_type(&self, id: TypeId) -> Option<&Set> {
        self.sets.get(*self.types.get(id.index())?)
    }

    /// The features that reach a constructor; nothing without features.
    pub(crate) fn of_constructor(&self, id: ConstructorId) -> Option<&Set> {
        self.sets.get(*self.constructors.get(id.index())?)
    }

    /// The features that reach a function; nothing without features.
    pub(crate) fn of_function(&self, id: FunctionId) -> Option<&Set> {
        self.sets.get(*self.functions.get(id.index())?)
    }

    /// What everything needs that lists all items; nothing without features.
    pub(crate) fn everything(&self) -> Option<Condition> {
        self.all.as_deref().map(Condition::feature)
    }

    /// What the enum of all constructors needs: a feature that reaches an `Object`, and with it all types.
    pub(crate) fn objects(&self) -> Option<Condition> {
        self.all.as_ref().map(|_| Condition::Any(self.objects.clone()))
    }

    /// What the enum of all functions needs: a feature that reaches a call, and with it all functions.
    pub(crate) fn calls(&self) -> Option<Condition> {
        self.all.as_ref().map(|_| Condition::Any(self.calls.clone()))
    }
}

/// The feature of a function's namespace.
fn feature_of(schema: &Schema, id: FunctionId, choice: &NamespaceFeatures, taken: &BTreeSet<&str>) -> String {
    let namespace = schema[id].combinator.name.namespace.join(".");
    if namespace.is_empty() {
        choice.without_namespace.clone()
    } else if taken.contains(namespace.as_str()) {
        format!("{namespace}-namespace")
    } else {
        namespace
    }
}

/// Names of features that no namespace can have.
fn taken<'a>(choice: &'a NamespaceFeatures, options: &'a Options) -> BTreeSet<&'a str> {
    let parts = [
        &options.function_decoding,
        &options.any_constructor,
        &options.reflect,
        &options.serde,
        &options.catalog,
        &options.arbitrary,
    ];
    let of_parts = parts.into_iter().filter_map(|part| match part {
        Availability::Feature(feature) => Some(feature),
        Availability::Never | Availability::Always => None,
    });
    let own = [&choice.all, &choice.without_namespace].into_iter().chain(&choice.base).chain(&choice.reserved);
    of_parts.chain(own).map(String::as_str).chain(["default"]).collect()
}

/// Sets with names of modules, no two alike, and none like the crate that their items begin paths with.
fn named(
    distinct: &[&BTreeSet<String>],
    largest_types: &BTreeMap<&BTreeSet<String>, String>,
    all: &str,
    runtime: &str,
) -> Vec<Set> {
    let mut taken = BTreeSet::from([runtime.split("::").next().unwrap_or_default().to_owned()]);
    let mut name = |features: &BTreeSet<String>| {
        let parts: Vec<&str> = features.iter().map(String::as_str).collect();
        let base = match &parts[..] {
            [only] if *only == all => "unreached".to_owned(),
            [..] if parts.len() <= NAMED => parts.join("_and_").replace(['.', '-'], "_"),
            _ => match largest_types.get(features) {
                Some(name) => format!("shared_{name}"),
                None => format!("shared_by_{}", parts.len()),
            },
        };
        let base = snake(&base);
        let numbered = (2..).map(|number| module_name(&format!("{base}_{number}")));
        let mut names = std::iter::once(module_name(&base)).chain(numbered);
        names.find(|name| taken.insert(name.clone())).unwrap_or_default()
    };
    distinct.iter().map(|&features| Set { name: name(features), features: features.clone() }).collect()
}

/// What the type of each set is called that says most of it: the one of most constructors. Of several, the one of which most
/// combinators speak, and of these the first.
fn largest_types<'a>(
    schema: &Schema,
    references: &References,
    types: &'a [BTreeSet<String>],
) -> BTreeMap<&'a BTreeSet<String>, String> {
    let size = |id: TypeId| {
        let references = references.of(id);
        let uses = references.returned_by.len() + references.taken_by.len() + references.held_by.len();
        (schema[id].constructors.len(), uses)
    };
    let mut largest: BTreeMap<&BTreeSet<String>, TypeId> = BTreeMap::new();
    for (id, set) in schema.type_ids().zip(types) {
        let largest = largest.entry(set).or_insert(id);
        if size(id) > size(*largest) {
            *largest = id;
        }
    }
    largest.into_iter().map(|(set, id)| (set, snake(&schema[id].name.to_string().replace('.', "_")))).collect()
}

#[cfg(test)]
mod tests {
    use typelang_ir::{References, ResolveOptions, Schema, resolve};
    use typelang_parser::{Sources, parse};

    use super::Features;
    use crate::features::lines;
    use crate::options::{Availability, NamespaceFeatures, Options};

    const TEXT: &str = "
        alone id:int = Alone;
        empty = Alone;
        both id:Alone = Both;
        all id:int = shared.Most;
        most = shared.Most;
        few id:int = Few;
        unused id:int = Unused;
        ---functions---
        invoke {X:Type} query:!X = X;
        help.get = Alone;
        users.get = Both;
        users.all = shared.Most;
        a.b.all = shared.Most;
        serde.all few:Few = shared.Most;
        contacts.all few:Few = shared.Most;
    ";

    fn schema(text: &str) -> Schema {
        let mut sources = Sources::new();
        let source = sources.add("test.tl", text);
        let resolution = resolve(&[parse(source, sources.text(source)).file], ResolveOptions::default());
        assert!(!resolution.has_errors(), "{:?}", resolution.diagnostics);
        resolution.schema
    }

    fn options() -> Options {
        let choice = NamespaceFeatures { base: Some("_all".to_owned()), ..NamespaceFeatures::new("all") };
        let serde = Availability::Feature("serde".to_owned());
        Options { namespace_features: Some(choice), serde, ..Options::default() }
    }

    /// The features of each type and function, and the names of their modules.
    fn sets(schema: &Schema, features: &Features) -> Vec<(String, String, String)> {
        let types = schema.type_ids().map(|id| (schema[id].name.to_string(), features.of_type(id)));
        let functions =
            schema.function_ids().map(|id| (schema[id].combinator.name.to_string(), features.of_function(id)));
        let sets = types.chain(functions).map(|(name, set)| {
            let set = set.unwrap();
            (name, set.features.iter().cloned().collect::<Vec<_>>().join(" "), set.name.clone())
        });
        sets.collect()
    }

    #[test]
    fn each_item_has_the_features_that_reach_it() {
        let schema = schema(TEXT);
        let options = options();
        let features = Features::new(&schema, &References::new(&schema), &options);
        let sets = sets(&schema, &features);
        let sets: Vec<(&str, &str, &str)> = sets.iter().map(|(a, b, c)| (a.as_str(), b.as_str(), c.as_str())).collect();
        assert_eq!(
            sets,
            [
                ("Alone", "help users", "help_and_users"),
                ("Both", "users", "users"),
                ("shared.Most", "a.b contacts serde-namespace users", "shared_shared_most"),
                ("Few", "contacts serde-namespace", "contacts_and_serde_namespace"),
                ("Unused", "all", "unreached"),
                ("invoke", "no-namespace", "no_namespace"),
                ("help.get", "help", "help"),
                ("users.get", "users", "users"),
                ("users.all", "users", "users"),
                ("a.b.all", "a.b", "a_b"),
                ("serde.all", "serde-namespace", "serde_namespace"),
                ("contacts.all", "contacts", "contacts"),
            ]
        );
        assert_eq!(
            lines(options.namespace_features.as_ref().unwrap(), &features).lines().collect::<Vec<_>>(),
            [
                "all = [",
                "    \"a.b\", \"contacts\", \"help\", \"no-namespace\", \"serde-namespace\", \"users\",",
                "]",
                "\"a.b\" = [\"_all\"]",
                "contacts = [\"_all\"]",
                "help = [\"_all\"]",
                "no-namespace = [\"_all\"]",
                "serde-namespace = [\"_all\"]",
                "users = [\"_all\"]",
                "_all = []",
            ]
        );
    }

    #[test]
    fn no_two_sets_have_modules_of_one_name() {
        let schema = schema("a = A; ---functions--- a.b = A; a_b.c = A; a.d.c = A; d.c = A; unreached.c = A;");
        let features = Features::new(&schema, &References::new(&schema), &options());
        let mut names: Vec<&str> = features.sets.iter().map(|set| set.name.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, ["a", "a_b", "a_d", "d", "shared_a", "unreached"]);
        let nested = self::schema("---functions--- a.b.c = Bool; a_b.c = Bool; type.c = Bool;");
        let features = Features::new(&nested, &References::new(&nested), &options());
        let names: Vec<&str> = features.sets.iter().map(|set| set.name.as_str()).collect();
        assert_eq!(names, ["a_b", "a_b_2", "type_"]);
    }

    #[test]
    fn without_the_option_nothing_has_a_condition() {
        let schema = schema("a = A; ---functions--- a.b = A;");
        let features = Features::new(&schema, &References::new(&schema), &Options::default());
        assert!(schema.type_ids().all(|id| features.of_type(id).is_none()));
        assert!(features.everything().is_none() && features.objects().is_none() && features.calls().is_none());
    }
}
