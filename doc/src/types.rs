//! Pages of types.

use typelang_ir::TypeId;

use crate::context::{Context, Users};
use crate::page::{Block, Page, Section};
use crate::places::{Item, name};

/// The page of a type.
pub(crate) fn page(context: &Context<'_>, id: TypeId) -> Page {
    let item = Item::Type(id);
    let constructors = &context.schema[id].constructors;
    let lines =
        constructors.iter().map(|&id| context.declaration(&context.schema[id].combinator, Item::Constructor(id)));
    let rows = constructors.iter().map(|&id| context.entry(Item::Constructor(id))).collect();
    let schema = Block::Code { language: "text", lines: lines.collect() };
    let mut sections = vec![
        Section::new("constructors", "Constructors", vec![Block::entries("Constructor", rows)]),
        Section::new("schema", "TL schema", vec![schema]),
    ];
    for Users { id, heading, items, .. } in context.users_of(id, usize::MAX) {
        sections.extend(Section::list(id, heading, context.links(items)));
    }
    Page {
        path: context.places.path(item).unwrap_or_default().to_owned(),
        kind: "Type",
        title: name(context.schema, item),
        details: context.details(item),
        description: context.described(item),
        sections,
    }
}
