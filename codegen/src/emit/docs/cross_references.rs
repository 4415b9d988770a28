//! What documentation says about how items belong together: links to types, who returns and uses a type, errors.

use typelang_facts::{Method, summary};
use typelang_ir::{ConstructorId, ConstructorKind, FunctionId, TypeId};

use crate::emit::docs::links::{link, linked, text_of, type_path};
use crate::emit::docs::{Docs, codes, escape, spelling};
use crate::example::example;
use crate::model::Model;
use crate::tokens::path;

/// The most items of a list; the others are counted.
const LISTED: usize = 12;

/// Adds to the documentation of a function: its result, who can call it, and its errors.
pub(crate) fn of_function(model: &Model<'_>, id: FunctionId, docs: Docs) -> Docs {
    let function = &model.schema[id];
    let result = spelling(model.schema, &function.combinator).ty(&function.result);
    let docs = docs.paragraph(&format!("Returns {}.", linked(model, &function.result, &result)));
    let method = model.known.methods.get(&function.combinator.name.to_string());
    let docs = match callers(method) {
        Some(text) => docs.paragraph(&text),
        None if model.known.knows_callers() => docs.paragraph("The accounts that can call it are not stated."),
        None => docs,
    };
    let docs = match method.map(|method| error_table(model, method)) {
        Some(table) if !table.is_empty() => docs.section("Errors", table),
        _ => docs,
    };
    let name = function.combinator.name.to_string();
    let wanted = model.options.examples.iter().find(|(function, _)| *function == name);
    match wanted.and_then(|(_, module)| example(model, module, id)) {
        Some(example) => {
            let lines = example.lines().map(str::to_owned);
            let fence = || std::iter::once("```".to_owned());
            docs.section("Example", fence().chain(lines).chain(fence()))
        }
        None => docs,
    }
}

/// `Can be called by users only. Another source differs: users and bots (a page).`
fn callers(method: Option<&Method>) -> Option<String> {
    let (first, others) = method?.callers.split_first()?;
    let mut text = format!("Can be called by {}.", first.callers);
    for other in others.iter().filter(|other| other.callers != first.callers) {
        let source = other.source.as_deref().map_or_else(String::new, |source| format!(" ({})", escape(source)));
        text.push_str(&format!(" Another source differs: {}{source}.", other.callers));
    }
    Some(text)
}

/// The errors of a function as a table.
fn error_table(model: &Model<'_>, method: &Method) -> Vec<String> {
    let known = method.errors.iter().filter_map(|error| Some((&error.name, model.known.errors.get(&error.name)?)));
    let known: Vec<_> = known.collect();
    if known.is_empty() {
        return Vec::new();
    }
    let has_texts = known.iter().any(|(_, facts)| facts.text.is_some());
    let head = if has_texts { "| code | error | meaning |\n|---|---|---|" } else { "| code | error |\n|---|---|" };
    let rows = known.iter().map(|(name, facts)| {
        let row = format!("| {} | `{name}` |", codes(facts));
        let meaning = facts.text.as_ref().map_or_else(String::new, |text| format!("{} ", escape(&summary(text))));
        if has_texts { format!("{row} {meaning}|") } else { row }
    });
    head.lines().map(str::to_owned).chain(rows).collect()
}

/// Adds to the documentation of a constructor: its type, or who uses it if it stands for its type.
pub(crate) fn of_constructor(model: &Model<'_>, id: ConstructorId, docs: Docs) -> Docs {
    let ty = model.schema[id].result;
    if !model.options.cross_references {
        return docs;
    }
    if model.only_constructor(ty).is_some() {
        return of_type(model, ty, docs);
    }
    match type_path(model, ty) {
        Some(path) => docs.paragraph(&format!("A constructor of {}.", link(&model.schema[ty].name, &path))),
        None => docs,
    }
}

/// Adds to the documentation of a type: who returns it, who takes it, and what holds it.
pub(crate) fn of_type(model: &Model<'_>, id: TypeId, docs: Docs) -> Docs {
    if !model.options.cross_references {
        return docs;
    }
    let references = model.references.of(id);
    let functions = |ids: &[FunctionId]| -> Vec<String> {
        let names = ids.iter().map(|&id| {
            let path = path("functions", model.names.function(id));
            link(&model.schema[id].combinator.name, &text_of(&path))
        });
        names.collect()
    };
    let constructors = references.held_by.iter().filter_map(|&id| {
        let is_linked = model.has_struct(id) && model.schema[id].kind == ConstructorKind::Named;
        is_linked.then(|| link(&model.schema[id].combinator.name, &text_of(&model.constructor_path(id))))
    });
    docs.list("Returned by", &functions(&references.returned_by))
        .list("Accepted by", &functions(&references.taken_by))
        .list("Part of", &constructors.collect::<Vec<_>>())
}

impl Docs {
    /// A paragraph that lists some things and counts the others.
    fn list(self, what: &str, items: &[String]) -> Self {
        if items.is_empty() {
            return self;
        }
        let shown = items.get(..LISTED).unwrap_or(items).join(", ");
        match items.len().saturating_sub(LISTED) {
            0 => self.paragraph(&format!("{what} {shown}.")),
            others => self.paragraph(&format!("{what} {shown}, and {others} more.")),
        }
    }
}
