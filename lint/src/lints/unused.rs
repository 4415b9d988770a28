//! Types that nothing uses.

use std::collections::{BTreeMap, BTreeSet};

use typelang_ir::Builtin;
use typelang_ir::graph::Groups;
use typelang_parser::ast::{Body, Combinator};
use typelang_parser::{Diagnostic, Label, declare_code};

use crate::context::Context;
use crate::walk;

declare_code!(UNUSED_TYPE {
    name: "unused-type",
    level: Silence,
    summary: "Nothing else uses a type",
    explanation: "No field of another type is of this type, and no argument or result of a function. It may be left over \
        from a function that was removed. It may also be a message of its own, sent as it is, which a schema \
        does not say; so this is allowed by default.\n\n\
        ```text\nuser id:int = User;\npoint x:int y:int = Point;\n---functions---\ngetUser = User;\n```\n\n\
        `Point` is unused. Types that only use each other are unused, too. Give all files together that use \
        each other's types; allow it for types that are messages of their own.",
});

/// Who uses whom. Types are numbered in the order of the texts.
#[derive(Default)]
struct Graph {
    /// By name: types, and constructors for their types.
    numbers: BTreeMap<String, usize>,
    types: Vec<Node>,
}

struct Node {
    name: String,
    place: Label,
    /// Whether every implementation has it, so that nobody needs to use it.
    built_in: bool,
    /// Types that its constructors use.
    uses: BTreeSet<usize>,
    used_by_functions: bool,
}

/// Types that the language knows beside the built-in types of values.
const KNOWN: [&str; 5] = ["True", "Null", "Vector", "Object", "Function"];

fn is_built_in(name: &str) -> bool {
    KNOWN.contains(&name) || Builtin::of_type(name).is_some()
}

pub(super) fn run(context: &Context<'_>, findings: &mut Vec<Diagnostic>) {
    let graph = Graph::new(context);
    for (node, is_used) in graph.types.iter().zip(graph.used()) {
        if node.built_in || is_used {
            continue;
        }
        let message = format!("nothing else uses the type `{}`", node.name);
        findings.push(Diagnostic::new(&UNUSED_TYPE, message, node.place.clone()));
    }
}

impl Graph {
    fn new(context: &Context<'_>) -> Self {
        let mut graph = Self::default();
        let constructors: Vec<_> = context.declarations().filter(|declaration| declaration.is_constructor()).collect();
        for declaration in &constructors {
            let Some(ty) = walk::head(&declaration.combinator.result) else { continue };
            graph.add(&ty.to_string(), declaration.label(ty.span), declaration.combinator);
        }
        for declaration in &constructors {
            let Some(&user) =
                walk::head(&declaration.combinator.result).and_then(|ty| graph.numbers.get(&ty.to_string()))
            else {
                continue;
            };
            for used in graph.used_by(declaration.combinator) {
                graph.connect(user, used);
            }
        }
        for function in context.declarations().filter(|declaration| !declaration.is_constructor()) {
            let result = walk::names(&function.combinator.result);
            let result = result.into_iter().filter_map(|name| graph.numbers.get(&name.to_string()).copied());
            let used: Vec<usize> = result.chain(graph.used_by(function.combinator)).collect();
            for node in used {
                if let Some(node) = graph.types.get_mut(node) {
                    node.used_by_functions = true;
                }
            }
        }
        graph
    }

    fn add(&mut self, name: &str, place: Label, constructor: &Combinator) {
        let next = self.types.len();
        let number = *self.numbers.entry(name.to_owned()).or_insert(next);
        if number == next {
            self.types.push(Node {
                name: name.to_owned(),
                place,
                built_in: is_built_in(name) || matches!(constructor.body, Body::Builtin(_)),
                uses: BTreeSet::new(),
                used_by_functions: false,
            });
        }
        self.numbers.insert(constructor.name.to_string(), number);
    }

    fn connect(&mut self, user: usize, used: usize) {
        if let Some(node) = self.types.get_mut(user) {
            node.uses.insert(used);
        }
    }

    /// The types in the fields of a declaration.
    fn used_by(&self, combinator: &Combinator) -> Vec<usize> {
        let fields = walk::all_fields(combinator);
        let names = fields.iter().filter_map(|field| walk::expression(field)).flat_map(walk::names);
        names.filter_map(|name| self.numbers.get(&name.to_string()).copied()).collect()
    }

    /// For each type, whether a function uses it, or a type that it does not use in turn: types that only use each other are
    /// unused.
    fn used(&self) -> Vec<bool> {
        let edges: Vec<Vec<usize>> = self.types.iter().map(|node| node.uses.iter().copied().collect()).collect();
        let groups = Groups::new(&edges);
        let mut used_groups: BTreeSet<usize> = BTreeSet::new();
        for (number, node) in self.types.iter().enumerate() {
            if node.used_by_functions {
                used_groups.insert(groups.of(number));
            }
            used_groups.extend(node.uses.iter().filter(|&&used| !groups.same(number, used)).map(|&it| groups.of(it)));
        }
        (0..self.types.len()).map(|number| used_groups.contains(&groups.of(number))).collect()
    }
}
