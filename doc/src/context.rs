//! What all pages are made from.

use std::collections::BTreeMap;
use std::rc::Rc;

use typelang_build::{Examples, Options as CodeOptions};
use typelang_facts::{CombinatorTexts, Facts, summary};
use typelang_ir::{Combinator, ConstructorId, FunctionId, References, Schema, TypeId};

use crate::Part;
use crate::code::declaration;
use crate::places::{BUILTINS, ERRORS, INDEX, Item, Known, Places, Taken, description, name, namespace, texts};
use crate::prose::prose;
use crate::rich::{Link, Mark, Rich};

/// What returns, takes or holds a type.
pub(crate) struct Users {
    pub(crate) id: &'static str,
    pub(crate) heading: &'static str,
    pub(crate) items: Vec<Item>,
    /// How many there are, those that are not among the items as well.
    pub(crate) count: usize,
}

/// One of the schemas of a site, what is known about it, and where everything stands.
pub(crate) struct Context<'a> {
    pub(crate) part: &'a Part<'a>,
    /// Whether there are other schemas on the site.
    pub(crate) is_one_of_several: bool,
    pub(crate) schema: &'a Schema,
    pub(crate) facts: Facts,
    pub(crate) places: Places,
    pub(crate) references: References,
    /// For each type, how many constructors with a page have it in a field.
    holders: Vec<usize>,
    pub(crate) examples: Examples<'a>,
}

impl<'a> Context<'a> {
    /// What the pages of all schemas are made from. The first one stands at the root of the site, the others in folders.
    pub(crate) fn all(parts: &'a [Part<'a>], code: &'a CodeOptions, facts: &Facts) -> Vec<Self> {
        let mut taken = Taken::with([INDEX, BUILTINS, ERRORS]);
        let contexts = parts.iter().enumerate().map(|(position, part)| {
            let mut facts = facts.clone();
            facts.add_schema_texts(part.schema);
            let folder = if position == 0 { String::new() } else { format!("{}/", taken.free("schema", &part.name)) };
            let places = Places::new(part.schema, &facts, &folder, &mut taken);
            let references = References::new(part.schema);
            let has_page = |id: &&ConstructorId| places.path(Item::Constructor(**id)).is_some();
            let holders = |id| references.of(id).held_by.iter().filter(has_page).count();
            Self {
                part,
                is_one_of_several: parts.len() > 1,
                schema: part.schema,
                holders: part.schema.type_ids().map(holders).collect(),
                places,
                facts,
                references,
                examples: Examples::new(part.schema, code, &part.module),
            }
        });
        let mut contexts: Vec<Self> = contexts.collect();
        if contexts.len() > 1 {
            let mut all = BTreeMap::new();
            for known in contexts.iter().flat_map(|it| it.places.known()) {
                all.entry(known.name.clone()).or_insert_with(|| known.clone());
            }
            let all = Rc::new(all);
            contexts.iter_mut().for_each(|it| it.places.set_beside(Rc::clone(&all)));
        }
        contexts
    }

    /// What the schema is called, where that is not clear from the site.
    pub(crate) fn part_name(&self) -> Option<&str> {
        self.is_one_of_several.then_some(self.part.name.as_str())
    }

    /// All things with a page of their own, in the order of the schema.
    pub(crate) fn items(&self) -> Vec<Item> {
        let methods = self.schema.function_ids().map(Item::Method);
        let constructors = self.schema.constructor_ids().map(Item::Constructor);
        let types = self.schema.type_ids().map(Item::Type);
        let items = methods.chain(constructors).chain(types);
        items.filter(|&item| self.places.path(item).is_some()).collect()
    }

    /// The texts about a method or a constructor and its fields.
    pub(crate) fn texts(&self, item: Item) -> Option<&CombinatorTexts> {
        texts(self.schema, &self.facts, item)
    }

    /// What something is or does, if a text says it.
    pub(crate) fn description(&self, item: Item) -> Option<&str> {
        description(self.schema, &self.facts, item)
    }

    /// A text on the page of something.
    pub(crate) fn prose(&self, text: Option<&str>, item: Item) -> Rich {
        let own = self.places.path(item).unwrap_or_default();
        text.map_or_else(Rich::default, |text| prose(text, &self.places, own))
    }

    /// The description of something, for its own page.
    pub(crate) fn described(&self, item: Item) -> Rich {
        self.prose(self.description(item), item)
    }

    /// A declaration that leads to the page of what it declares.
    pub(crate) fn declaration(&self, combinator: &Combinator, item: Item) -> Rich {
        declaration(&combinator.text, &self.places, self.places.link(item))
    }

    /// The name as a link.
    pub(crate) fn link(&self, item: Item) -> Rich {
        Rich::default().with(name(self.schema, item), Mark::Code, self.places.link(item))
    }

    /// The names as links, without those that have no page.
    pub(crate) fn links(&self, items: impl IntoIterator<Item = Item>) -> Vec<Rich> {
        items.into_iter().filter(|&item| self.places.path(item).is_some()).map(|item| self.link(item)).collect()
    }

    /// A text on the page of something that it is not about.
    pub(crate) fn summary(&self, text: Option<&str>, item: Item) -> Rich {
        text.map_or_else(Rich::default, |text| self.prose(Some(&summary(text)), item))
    }

    /// The name as a link, and what is said about it.
    pub(crate) fn entry(&self, item: Item) -> Vec<Rich> {
        vec![self.link(item), self.summary(self.description(item), item)]
    }

    /// The name of something as texts name it, for lists of names.
    pub(crate) fn known(&self, item: Item) -> Option<Known> {
        let path = self.places.path(item)?.to_owned();
        let summary = self.description(item).map(|text| summary(text).into_owned());
        Some(Known { name: name(self.schema, item), path, summary })
    }

    /// The small facts in the head of a page: the namespace, the id, the official page.
    pub(crate) fn details(&self, item: Item) -> Vec<Rich> {
        let namespace = namespace(self.schema, item);
        let shown = if namespace.is_empty() { "no namespace" } else { namespace.as_str() };
        let link = Link::page(self.places.namespace(&namespace));
        let mut details: Vec<Rich> = self.part_name().map(Rich::plain).into_iter().collect();
        details.push(Rich::default().with(shown, Mark::Plain, Some(link)));
        let (folder, id) = match item {
            Item::Method(id) => ("method", Some(self.schema[id].combinator.id)),
            Item::Constructor(id) => ("constructor", Some(self.schema[id].combinator.id)),
            Item::Type(_) => ("type", None),
        };
        if let Some(id) = id {
            details.push(Rich::code(format!("#{id:08x}")));
        }
        if let Some(url) = &self.part.documentation_url {
            let url = format!("{}/{folder}/{}", url.trim_end_matches('/'), name(self.schema, item));
            details.push(Rich::default().with("official page", Mark::Plain, Some(Link::Web(url))));
        }
        details
    }

    /// Who returns, takes and holds a type, without groups of repeated fields: so many of each at most, and how many there are. Every
    /// constructor of a type asks, so that nothing here may take as long as there are users.
    pub(crate) fn users_of(&self, id: TypeId, most: usize) -> [Users; 3] {
        let references = self.references.of(id);
        let methods = |heading, ids: &[FunctionId]| {
            let (id, heading) = heading;
            Users { id, heading, items: ids.iter().copied().take(most).map(Item::Method).collect(), count: ids.len() }
        };
        let held_by = references.held_by.iter().copied().map(Item::Constructor);
        let held_by = held_by.filter(|&item| self.places.path(item).is_some());
        let part_of = Users {
            id: "part-of",
            heading: "Part of",
            items: held_by.take(most).collect(),
            count: self.holders.get(id.index()).copied().unwrap_or(0),
        };
        [
            methods(("returned-by", "Returned by"), &references.returned_by),
            methods(("taken-by", "Taken by"), &references.taken_by),
            part_of,
        ]
    }
}
