//! Pages of methods and constructors.

use typelang_facts::Method;
use typelang_ir::{Combinator, ConstructorId, Field, FunctionId, NatRole, TypeId, ValueType};

use crate::code::rust;
use crate::context::{Context, Users};
use crate::page::{Block, Page, Section, Table};
use crate::places::{BUILTINS, ERRORS, Item, Known, error_anchor, name};
use crate::related::related;
use crate::rich::{Link, Mark, Rich};
use crate::type_text::TypeText;

/// The most constructors that the declaration of a method is shown with.
const SHOWN_CONSTRUCTORS: usize = 12;

/// The most constructors of its result that the page of a method lists; the page of the type has all of them.
const SHOWN_RESULTS: usize = 250;

/// The most users of a type that the page of a constructor lists.
const SHOWN_USERS: usize = 12;

/// The page of a method.
pub(crate) fn method(context: &Context<'_>, id: FunctionId) -> Page {
    let item = Item::Method(id);
    let function = &context.schema[id];
    let types = types_of(context, &function.result);
    let mut sections = Vec::new();
    if let Some(example) = context.examples.of(id) {
        let lines = example.lines().map(rust).collect();
        sections.push(Section::new("example", "Example", vec![Block::Code { language: "rust", lines }]));
    }
    sections.push(Section::new("schema", "TL schema", vec![method_schema(context, id, &types)]));
    sections.push(fields(context, item, &function.combinator, "parameters", "Parameters"));
    sections.push(result(context, id, &types));
    let facts = context.facts.methods.get(&name(context.schema, item));
    sections.extend(errors(context, item, facts));
    sections.extend(callers(context, facts));
    sections.extend(related_pages(context, item));
    page(context, item, "Method", sections)
}

/// The page of a constructor.
pub(crate) fn constructor(context: &Context<'_>, id: ConstructorId) -> Page {
    let item = Item::Constructor(id);
    let constructor = &context.schema[id];
    let line = context.declaration(&constructor.combinator, item);
    let ty = constructor.result;
    let mut sections =
        vec![Section::new("schema", "TL schema", vec![Block::Code { language: "text", lines: vec![line] }])];
    sections.push(fields(context, item, &constructor.combinator, "fields", "Fields"));
    sections.push(Section::new("type", "Type", vec![Block::entries("Type", vec![context.entry(Item::Type(ty))])]));
    sections.extend(users(context, ty));
    sections.extend(related_pages(context, item));
    page(context, item, "Constructor", sections)
}

fn page(context: &Context<'_>, item: Item, kind: &'static str, sections: Vec<Section>) -> Page {
    Page {
        path: context.places.path(item).unwrap_or_default().to_owned(),
        kind,
        title: name(context.schema, item),
        details: context.details(item),
        description: context.described(item),
        sections,
    }
}

/// The types that a result is made of, in order.
fn types_of(context: &Context<'_>, result: &ValueType) -> Vec<TypeId> {
    let mut types = Vec::new();
    result.walk(&mut |ty| {
        let id = match ty {
            ValueType::Boxed(id, _) => *id,
            ValueType::Bare(id, _) => context.schema[*id].result,
            _ => return,
        };
        if !types.contains(&id) {
            types.push(id);
        }
    });
    types
}

/// The method with the constructors of its result before it, as a schema file has them.
fn method_schema(context: &Context<'_>, id: FunctionId, types: &[TypeId]) -> Block {
    let mut lines = Vec::new();
    for &ty in types {
        let constructors = &context.schema[ty].constructors;
        let shown = constructors.iter().take(SHOWN_CONSTRUCTORS);
        lines.extend(shown.map(|&id| context.declaration(&context.schema[id].combinator, Item::Constructor(id))));
        let others = constructors.len().saturating_sub(SHOWN_CONSTRUCTORS);
        if others > 0 {
            let name = context.schema[ty].name.to_string();
            let comment = Rich::default().with(format!("// and {others} more of "), Mark::Quiet, None);
            lines.push(comment.with(name, Mark::Quiet, context.places.link(Item::Type(ty))));
        }
    }
    lines.push(Rich::default().with("---functions---", Mark::Quiet, None));
    lines.push(context.declaration(&context.schema[id].combinator, Item::Method(id)));
    Block::Code { language: "text", lines }
}

/// The fields with their types and descriptions.
fn fields(
    context: &Context<'_>,
    item: Item,
    combinator: &Combinator,
    id: &'static str,
    heading: &'static str,
) -> Section {
    let types = TypeText { schema: context.schema, places: &context.places, owner: combinator };
    let texts = context.texts(item);
    let rows = combinator.fields.iter().map(|field| {
        let text = texts.and_then(|texts| texts.fields.get(field.name.as_str()));
        let text = text.map_or_else(|| text_of_flags(field), |text| context.prose(Some(text), item));
        vec![Rich::code(field.name.to_string()), types.field(field), text]
    });
    let rows: Vec<_> = rows.collect();
    let block = match rows.is_empty() {
        true => Block::Text(Rich::plain("None.")),
        false => Block::Table(Table::new(&["Name", "Type", "Description"], rows)),
    };
    Section::new(id, heading, vec![block])
}

/// What is true of every field that says which others are there.
fn text_of_flags(field: &Field) -> Rich {
    match field.nat {
        Some(NatRole::Flags | NatRole::Mask) => {
            let link = Link::anchor(BUILTINS, "conditional-fields");
            Rich::plain("Flags, see ").with("conditional fields", Mark::Plain, Some(link)).join(Rich::plain("."))
        }
        _ => Rich::default(),
    }
}

/// The result of a method, and what it can be.
fn result(context: &Context<'_>, id: FunctionId, types: &[TypeId]) -> Section {
    let function = &context.schema[id];
    let owner = &function.combinator;
    let text = TypeText { schema: context.schema, places: &context.places, owner }.ty(&function.result);
    let mut blocks = vec![Block::Text(text)];
    for &ty in types {
        let description = context.entry(Item::Type(ty)).pop().unwrap_or_default();
        if !description.is_empty() {
            blocks.push(Block::Text(description));
        }
        let constructors = &context.schema[ty].constructors;
        let shown = constructors.iter().take(SHOWN_RESULTS).map(|&id| Item::Constructor(id));
        let mut rows: Vec<_> = shown.map(|item| context.entry(item)).collect();
        let others = constructors.len().saturating_sub(SHOWN_RESULTS);
        if let (1.., Some(link)) = (others, context.places.link(Item::Type(ty))) {
            let more = Rich::default().with(format!("{others} more"), Mark::Plain, Some(link));
            rows.push(vec![more, Rich::default()]);
        }
        if !rows.is_empty() {
            blocks.push(Block::entries("Constructor", rows));
        }
    }
    Section::new("result", "Result", blocks)
}

/// The errors of a method. Nothing if no errors are known of any method.
fn errors(context: &Context<'_>, item: Item, method: Option<&Method>) -> Option<Section> {
    if context.facts.errors.is_empty() {
        return None;
    }
    let known = method.into_iter().flat_map(|method| &method.errors);
    let rows = known.filter_map(|error| {
        let facts = context.facts.errors.get(&error.name)?;
        let link = Link::anchor(ERRORS, error_anchor(&error.name));
        let text = context.summary(facts.text.as_deref(), item);
        Some(vec![codes(&facts.codes), Rich::link(error.name.clone(), link), text])
    });
    let rows: Vec<_> = rows.collect();
    let block = match rows.is_empty() {
        true => Block::Text(Rich::plain("None are known.")),
        false => Block::Table(Table::new(&["Code", "Type", "Description"], rows)),
    };
    Some(Section::new("errors", "Possible errors", vec![block]))
}

/// `400`, or several codes.
pub(crate) fn codes(codes: &[i32]) -> Rich {
    Rich::plain(codes.iter().map(i32::to_string).collect::<Vec<_>>().join(", "))
}

/// Who can use a method, and which sources say something else. Nothing if it is not known of any method.
fn callers(context: &Context<'_>, method: Option<&Method>) -> Option<Section> {
    if !context.facts.knows_callers() {
        return None;
    }
    let statements = method.map_or(&[][..], |method| &method.callers);
    let Some((first, others)) = statements.split_first() else {
        let text = Rich::plain("No source says who can use this method.");
        return Some(Section::new("callers", "Who can use it", vec![Block::Text(text)]));
    };
    let mut blocks = vec![Block::Text(Rich::plain(format!("{}.", capitalized(&first.callers.to_string()))))];
    for other in others.iter().filter(|other| other.callers != first.callers) {
        let source = other.source.as_deref().unwrap_or("another source");
        let mut text = format!("Sources disagree. According to {source}: {}.", other.callers);
        if let Some(source) = &first.source {
            text.push_str(&format!(" The first statement is from {source}."));
        }
        blocks.push(Block::Note(Rich::plain(text)));
    }
    Some(Section::new("callers", "Who can use it", blocks))
}

fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().to_string() + characters.as_str())
}

/// Where values of the type of a constructor come from and go to; the page of the type has all of them.
fn users(context: &Context<'_>, ty: TypeId) -> Vec<Section> {
    let sections = context.users_of(ty, SHOWN_USERS).into_iter().filter_map(|Users { id, heading, items, count }| {
        let others = count.saturating_sub(SHOWN_USERS);
        let mut links = context.links(items);
        if let (1.., Some(path)) = (others, context.places.path(Item::Type(ty))) {
            links.push(Rich::default().with(format!("{others} more"), Mark::Plain, Some(Link::anchor(path, id))));
        }
        Section::list(id, heading, links)
    });
    sections.collect()
}

/// Pages that somebody who reads this one may want next.
fn related_pages(context: &Context<'_>, item: Item) -> Option<Section> {
    let rows: Vec<_> = related(context, item).iter().map(|known| entry(context, known, item)).collect();
    if rows.is_empty() {
        return None;
    }
    Some(Section::new("related", "Related pages", vec![Block::entries("Page", rows)]))
}

/// A row about a page that may be of another schema.
fn entry(context: &Context<'_>, known: &Known, item: Item) -> Vec<Rich> {
    let link = Rich::link(known.name.clone(), Link::page(known.path.as_str()));
    vec![link, context.prose(known.summary.as_deref(), item)]
}
