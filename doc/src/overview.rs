//! Pages about several things: the beginning, namespaces, errors, built-in types.

use std::collections::BTreeMap;

use typelang_facts::Facts;
use typelang_ir::Builtin;

use crate::combinators::codes;
use crate::context::Context;
use crate::page::{Block, Page, Row, Section, Table};
use crate::places::{BUILTINS, ERRORS, INDEX, Item, error_anchor, name, namespace};
use crate::rich::{Link, Mark, Rich};
use crate::type_text::builtin_anchor;

/// The description of a built-in type.
fn description(builtin: Builtin) -> &'static str {
    match builtin {
        Builtin::Nat => "A number from 0 to 4,294,967,295: a count, or the bits of conditional fields.",
        Builtin::Int => "A number with a sign, 32 bits, lowest byte first.",
        Builtin::Long => "A number with a sign, 64 bits, lowest byte first.",
        Builtin::Double => "A floating-point number of IEEE 754, 64 bits.",
        Builtin::Float => "A floating-point number of IEEE 754, 32 bits.",
        Builtin::Int128 => "Sixteen bytes as they are.",
        Builtin::Int256 => "Thirty-two bytes as they are.",
        Builtin::Int512 => "Sixty-four bytes as they are.",
        Builtin::String => "A text in UTF-8: its length, its bytes, and zeros up to a multiple of four.",
        Builtin::Bytes => "Bytes, in the same form as a string.",
        Builtin::Bool => "Yes or no: the id of boolTrue or that of boolFalse.",
        Builtin::True => "Yes, if the bit before it is set; no bytes of its own.",
    }
}

/// The number of bytes of a value.
fn length(builtin: Builtin) -> String {
    builtin.fixed_length().map_or_else(|| AT_LEAST_FOUR.to_owned(), |length| length.to_string())
}

const AT_LEAST_FOUR: &str = "4 and more";

/// What the number of things of each kind is called.
fn counted(count: usize, one: &str, many: &str) -> Rich {
    Rich::plain(format!("{} {}", with_commas(count), if count == 1 { one } else { many }))
}

/// `1704` as `1,704`.
fn with_commas(number: usize) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = digits.as_bytes().rchunks(3).rev().filter_map(|it| std::str::from_utf8(it).ok()).collect();
    groups.join(",")
}

/// Everything of each namespace, by name.
fn by_namespace(context: &Context<'_>) -> BTreeMap<String, Vec<Item>> {
    let mut namespaces: BTreeMap<String, Vec<Item>> = BTreeMap::new();
    for item in context.items() {
        namespaces.entry(namespace(context.schema, item)).or_default().push(item);
    }
    for items in namespaces.values_mut() {
        items.sort_by_cached_key(|&item| name(context.schema, item));
    }
    namespaces
}

/// One of the three kinds of things with a page of their own.
struct Kind {
    id: &'static str,
    heading: &'static str,
    has: fn(&Item) -> bool,
}

const METHODS: Kind = Kind { id: "methods", heading: "Methods", has: |item| matches!(item, Item::Method(_)) };
const TYPES: Kind = Kind { id: "types", heading: "Types", has: |item| matches!(item, Item::Type(_)) };
const CONSTRUCTORS: Kind =
    Kind { id: "constructors", heading: "Constructors", has: |item| matches!(item, Item::Constructor(_)) };
const KINDS: [Kind; 3] = [METHODS, TYPES, CONSTRUCTORS];

impl Kind {
    fn count(&self, items: &[Item]) -> usize {
        items.iter().filter(|item| (self.has)(item)).count()
    }
}

/// The page that the site begins with.
pub(crate) fn index(contexts: &[Context<'_>], title: &str) -> Page {
    let is_one = contexts.len() == 1;
    let mut sections: Vec<Section> = Vec::new();
    for (position, context) in contexts.iter().enumerate() {
        let (id, heading) = match is_one {
            true => ("namespaces".to_owned(), "Namespaces".to_owned()),
            false => (format!("schema-{}", position + 1), context.part.name.clone()),
        };
        sections.push(Section::new(id, heading, vec![Block::Table(namespace_table(context))]));
    }
    let mut more = vec![Rich::default().with("Built-in types", Mark::Plain, Some(Link::page(BUILTINS)))];
    if contexts.iter().any(|context| !context.facts.errors.is_empty()) {
        more.push(Rich::default().with("Errors", Mark::Plain, Some(Link::page(ERRORS))));
    }
    sections.extend(Section::list("more", "More", more));
    let items: Vec<Item> = contexts.iter().flat_map(Context::items).collect();
    let mut details = vec![
        counted(METHODS.count(&items), "method", "methods"),
        counted(TYPES.count(&items), "type", "types"),
        counted(CONSTRUCTORS.count(&items), "constructor", "constructors"),
    ];
    if let Some(layer) = contexts.first().and_then(|context| context.schema.layer) {
        details.insert(0, Rich::plain(format!("Layer {layer}")));
    }
    Page { path: INDEX.to_owned(), kind: "", title: title.to_owned(), details, description: Rich::default(), sections }
}

/// The namespaces of a schema and how much is in them.
fn namespace_table(context: &Context<'_>) -> Table {
    let namespaces = by_namespace(context);
    let rows = context.places.namespaces().map(|(name, path)| {
        let items = namespaces.get(name).map_or(&[][..], Vec::as_slice);
        let (shown, mark) = if name.is_empty() { ("no namespace", Mark::Plain) } else { (name, Mark::Code) };
        let counts = KINDS.iter().map(|kind| match kind.count(items) {
            0 => Rich::plain("–"),
            count => Rich::plain(with_commas(count)),
        });
        let shown = Rich::default().with(shown, mark, Some(Link::page(path)));
        std::iter::once(shown).chain(counts).collect()
    });
    Table::new(&["Namespace", "Methods", "Types", "Constructors"], rows.collect())
}

/// The pages of all namespaces.
pub(crate) fn namespaces(context: &Context<'_>) -> Vec<Page> {
    let pages = by_namespace(context).into_iter().map(|(name, items)| {
        let sections = KINDS.iter().filter_map(|kind| {
            let own = items.iter().copied().filter(kind.has);
            let rows: Vec<_> = own.map(|item| context.entry(item)).collect();
            let is_empty = rows.is_empty();
            (!is_empty).then(|| Section::new(kind.id, kind.heading, vec![Block::entries("Name", rows)]))
        });
        Page {
            path: context.places.namespace(&name).to_owned(),
            kind: "Namespace",
            details: context.part_name().map(Rich::plain).into_iter().collect(),
            description: Rich::default(),
            sections: sections.collect(),
            title: if name.is_empty() { "no namespace".to_owned() } else { name },
        }
    });
    pages.collect()
}

/// The page of all errors, if any are known.
pub(crate) fn errors(contexts: &[Context<'_>], facts: &Facts) -> Option<Page> {
    if facts.errors.is_empty() {
        return None;
    }
    let mut returned_by: BTreeMap<&str, Vec<Rich>> = BTreeMap::new();
    for context in contexts {
        for item in context.schema.function_ids().map(Item::Method) {
            let method = context.facts.methods.get(&name(context.schema, item));
            for error in method.into_iter().flat_map(|method| &method.errors) {
                returned_by.entry(&error.name).or_default().push(context.link(item));
            }
        }
    }
    let rows = facts.errors.iter().map(|(name, facts)| {
        let methods = returned_by.get(name.as_str()).map_or(&[][..], Vec::as_slice);
        let mut links = Rich::default();
        for (position, method) in methods.iter().enumerate() {
            links.push(if position == 0 { "" } else { ", " }, Mark::Plain, None);
            links = links.join(method.clone());
        }
        let text = match (&facts.text, &facts.parameter) {
            (Some(text), _) => Rich::plain(text.clone()),
            (None, Some(parameter)) => Rich::plain(format!("The number stands for: {parameter}.")),
            (None, None) => Rich::default(),
        };
        let cells = vec![codes(&facts.codes), Rich::code(name.clone()), text, links];
        Row { id: Some(error_anchor(name)), cells }
    });
    let table = Table { columns: vec!["Code", "Type", "Description", "Returned by"], rows: rows.collect() };
    Some(Page {
        path: ERRORS.to_owned(),
        kind: "",
        title: "Errors".to_owned(),
        details: vec![counted(facts.errors.len(), "error", "errors")],
        description: Rich::default(),
        sections: vec![Section::new("all", "All errors", vec![Block::Table(table.without_empty_columns())])],
    })
}

/// The page of what every schema has built in.
pub(crate) fn builtins() -> Page {
    let row = |id: String, name: &str, length: String, text: &str| Row {
        id: Some(id),
        cells: vec![Rich::code(name), Rich::plain(length), Rich::plain(text)],
    };
    let values = Builtin::ALL.iter();
    let values = values.map(|&it| row(builtin_anchor(it), it.name(), length(it), description(it)));
    let vector = "A count and as many values. With a capital letter an id stands before it.";
    let object = "A value of any type, with its id before it.";
    let others = [
        row("vector".to_owned(), "vector<T>, Vector<T>", AT_LEAST_FOUR.to_owned(), vector),
        row("object".to_owned(), "Object", AT_LEAST_FOUR.to_owned(), object),
    ];
    let rows = values.chain(others).collect();
    let table = Table { columns: vec!["Type", "Bytes", "Description"], rows };
    let text = |text: &str| Block::Text(Rich::plain(text));
    Page {
        path: BUILTINS.to_owned(),
        kind: "",
        title: "Built-in types".to_owned(),
        details: Vec::new(),
        description: Rich::plain("What every schema can speak of without declaring it."),
        sections: vec![
            Section::new("values", "Values", vec![Block::Table(table)]),
            Section::new(
                "conditional-fields",
                "Conditional fields",
                vec![
                    text(
                        "A field of type flags.N?T is there only if bit N, counted from 0, of the number in the field flags \
                     is set. If T is true, the bit is the whole value. Several fields may share a bit; then all of them \
                     are there, or none.",
                    ),
                    text(
                        "In Rust such a field is an Option, or a bool; the number itself is computed and is no field.",
                    ),
                ],
            ),
            Section::new(
                "calls",
                "Calls within calls",
                vec![text(
                    "A parameter of type !X is a call of any other method, written with its id and its parameters. X is what \
                 that call returns.",
                )],
            ),
        ],
    }
}
