//! Facts that depend on each other, computed until nothing changes.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::graph::{Node, Nodes, innermost_first};
use crate::schema::Schema;

/// How often a node is computed, on average, before nothing more is expected to change.
const MOST: usize = 64;

/// The order in which the facts of a schema are computed, and what depends on what.
pub(super) struct Order {
    nodes: Vec<Node>,
    /// For each place in the order, the places of what contains it.
    dependents: Vec<Vec<usize>>,
}

impl Order {
    pub(super) fn new(schema: &Schema) -> Self {
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
    /// that would grow without end are cut off after [`MOST`] computations for each node.
    pub(super) fn settle(&self, mut compute: impl FnMut(Node) -> bool) {
        let mut left = self.nodes.len().saturating_mul(MOST);
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
