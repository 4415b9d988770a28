//! Facts that depend on each other, computed until nothing changes.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::graph::{Node, Nodes, innermost_first};
use crate::schema::Schema;

/// How often a node is computed, on average, before nothing more is expected to change.
const MOST: usize = 64;

/// The order in which the facts of a schema are computed, and what depends on what.
pub struct Order {
    nodes: Vec<Node>,
    /// For each place in the order, the places of what contains it.
    dependents: Vec<Vec<usize>>,
}

impl Order {
    /// The order of a schema's types and constructors: each comes after what it contains, as far as it does not contain itself.
    #[must_use]
    pub fn new(schema: &Schema) -> Self {
        let numbers = Nodes::new(schema);
        let number = |node: Node| match node {
            Node::Type(id) => numbers.ty(id),
            Node::Constructor(id) => numbers.constructor(id),
        };
        let nodes = innermost_first(schema);
        let edges = numbers.edges(schema);
        let mut places = vec![None; edges.len()];
        for (place, &node) in nodes.iter().enumerate() {
            places[number(node)] = Some(place);
        }
        let mut dependents = vec![Vec::new(); nodes.len()];
        for (place, &node) in nodes.iter().enumerate() {
            // What can contain anything is computed without looking at it.
            for target in edges[number(node)].iter().filter_map(|&target| places[target]) {
                dependents[target].push(place);
            }
        }
        Self { nodes, dependents }
    }

    /// Computes every node, and again those that contain one that changed, until nothing changes. `compute` returns whether the
    /// node changed.
    ///
    /// In this order a schema without recursion is done in one round, and each round more looks only at what may change. Values
    /// that would grow without end are cut off after 64 computations for each node, on average.
    pub fn settle(&self, compute: impl FnMut(Node) -> bool) {
        self.settle_within(MOST, compute);
    }

    /// The same with another bound on how often a node is computed on average.
    pub(crate) fn settle_within(&self, most: usize, mut compute: impl FnMut(Node) -> bool) {
        let mut left = self.nodes.len().saturating_mul(most);
        let mut is_due = vec![true; self.nodes.len()];
        let mut due: Vec<usize> = (0..self.nodes.len()).collect();
        while !due.is_empty() {
            let mut next = Vec::new();
            let mut round = BinaryHeap::from_iter(due.into_iter().map(Reverse));
            while let Some(Reverse(place)) = round.pop() {
                is_due[place] = false;
                let Some(fewer) = left.checked_sub(1) else { return };
                left = fewer;
                if !compute(self.nodes[place]) {
                    continue;
                }
                for &dependent in &self.dependents[place] {
                    if std::mem::replace(&mut is_due[dependent], true) {
                        continue;
                    }
                    if dependent > place {
                        round.push(Reverse(dependent));
                    } else {
                        next.push(dependent);
                    }
                }
            }
            due = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;
    use crate::facts::Facts;
    use crate::{ResolveOptions, resolve};

    const TYPES: usize = 400;

    fn schema(declaration: impl Fn(usize) -> String) -> Schema {
        let mut text = String::new();
        for number in 0..TYPES {
            let _ = writeln!(text, "{}", declaration(number));
        }
        let parsed = typelang_parser::parse(Default::default(), &text);
        resolve(&[parsed.file], ResolveOptions::default()).schema
    }

    /// How often a node is computed, on average, for something that every node learns from those that it contains.
    fn computed(schema: &Schema) -> usize {
        let order = Order::new(schema);
        let mut known = vec![0_usize; order.nodes.len()];
        let mut count = 0;
        let places: std::collections::BTreeMap<(bool, usize), usize> =
            order.nodes.iter().enumerate().map(|(place, &node)| (key(node), place)).collect();
        let mut contained = vec![Vec::new(); order.nodes.len()];
        for (place, dependents) in order.dependents.iter().enumerate() {
            dependents.iter().for_each(|&dependent| contained[dependent].push(place));
        }
        order.settle(|node| {
            count += 1;
            let place = places[&key(node)];
            let found =
                contained[place].iter().map(|&it| known[it]).max().unwrap_or(0).min(1).max(usize::from(place == 0));
            std::mem::replace(&mut known[place], found) != found
        });
        count / order.nodes.len().max(1)
    }

    fn key(node: Node) -> (bool, usize) {
        match node {
            Node::Type(id) => (false, id.index()),
            Node::Constructor(id) => (true, id.index()),
        }
    }

    #[test]
    fn the_work_grows_with_the_schema_as_it_does() {
        let next = |number: usize| (number + 1) % TYPES;
        let chains = [
            schema(|number| format!("a{number} x:(vector A{}) = A{number};", number.saturating_sub(1))),
            schema(|number| format!("a{number} x:(vector A{}) = A{number};", (number + 1).min(TYPES - 1))),
            schema(|number| format!("a{number} f:# x:f.0?A{} = A{number};", next(number))),
            schema(|number| format!("a{number} f:# x:f.0?A{} = A{};", next(number), number / 2)),
            schema(|number| format!("a{number} x:Object = A{number};")),
            schema(|number| format!("a{number} {{X:Type}} f:# x:f.0?(A{} X) = A{number} X;", next(number))),
        ];
        for (index, schema) in chains.iter().enumerate() {
            assert!(computed(schema) <= 3, "{index}: {}", computed(schema));
            let _ = Facts::new(schema);
        }
    }

    #[test]
    fn an_object_has_one_edge() {
        let schema = schema(|number| format!("a{number} x:Object y:Object = A{number};"));
        let edges: usize = Nodes::new(&schema).edges(&schema).iter().map(Vec::len).sum();
        assert!(edges <= 5 * TYPES, "{edges}");
    }
}
