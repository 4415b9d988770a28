//! The graph of types and constructors by what their values contain, and its cycles.

pub use crate::facts::settle::Order;
use crate::schema::{Argument, ConstructorId, Schema, TypeId, ValueType};

/// Types and constructors of one schema as nodes of one graph, numbered: types first, then constructors. One node more is what
/// an `Object` contains: it leads to all constructors, so that there are no more edges than a schema has fields.
#[derive(Clone, Copy, Debug)]
pub struct Nodes {
    types: usize,
    count: usize,
}

impl Nodes {
    /// The nodes of a schema.
    #[must_use]
    pub fn new(schema: &Schema) -> Self {
        let types = schema.types.len();
        Self { types, count: types + schema.constructors.len() }
    }

    /// The node of a type.
    #[must_use]
    pub fn ty(&self, id: TypeId) -> usize {
        id.index()
    }

    /// The node of a constructor.
    #[must_use]
    pub fn constructor(&self, id: ConstructorId) -> usize {
        self.types + id.index()
    }

    /// The node of what an `Object` contains.
    #[must_use]
    pub fn anything(&self) -> usize {
        self.count
    }

    /// Adds the nodes of what a value contains. An `Object` can contain everything.
    pub fn contained(&self, ty: &ValueType, found: &mut Vec<usize>) {
        match ty {
            ValueType::Boxed(id, arguments) => {
                found.push(self.ty(*id));
                self.contained_in(arguments, found);
            }
            ValueType::Bare(id, arguments) => {
                found.push(self.constructor(*id));
                self.contained_in(arguments, found);
            }
            ValueType::Vector { element, .. } | ValueType::Tuple { element, .. } => self.contained(element, found),
            ValueType::Object => found.push(self.anything()),
            _ => {}
        }
    }

    fn contained_in(&self, arguments: &[Argument], found: &mut Vec<usize>) {
        for argument in arguments {
            if let Argument::Type(ty) = argument {
                self.contained(ty, found);
            }
        }
    }

    /// The edges from types to their constructors, and from constructors to what their fields contain.
    pub(crate) fn edges(&self, schema: &Schema) -> Vec<Vec<usize>> {
        self.edges_by(schema, |ty, found| self.contained(ty, found))
    }

    /// The edges from types to their constructors, and from constructors to the nodes that `contained` adds for each field.
    pub fn edges_by(&self, schema: &Schema, contained: impl Fn(&ValueType, &mut Vec<usize>)) -> Vec<Vec<usize>> {
        let mut edges = vec![Vec::new(); self.count + 1];
        edges[self.anything()].extend(self.types..self.count);
        for id in schema.type_ids().filter(|&id| !schema[id].external) {
            edges[self.ty(id)].extend(schema[id].constructors.iter().map(|&it| self.constructor(it)));
        }
        for id in schema.constructor_ids().filter(|&id| !schema[id].external) {
            for field in &schema[id].combinator.fields {
                contained(&field.ty, &mut edges[self.constructor(id)]);
            }
        }
        edges
    }
}

/// A type or a constructor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Node {
    /// A type.
    Type(TypeId),
    /// A constructor.
    Constructor(ConstructorId),
}

/// All types and constructors, each after what it contains as far as it does not contain itself. What is computed in this
/// order needs no second round but for recursion.
#[must_use]
pub fn innermost_first(schema: &Schema) -> Vec<Node> {
    innermost_first_by(schema, &Nodes::new(schema).edges(schema))
}

/// All types and constructors, each after those that the edges lead to, as far as it does not lead to itself.
#[must_use]
pub fn innermost_first_by(schema: &Schema, edges: &[Vec<usize>]) -> Vec<Node> {
    let nodes = Nodes::new(schema);
    let groups = Groups::new(edges);
    let types = schema.type_ids().map(|id| (nodes.ty(id), Node::Type(id)));
    let constructors = schema.constructor_ids().map(|id| (nodes.constructor(id), Node::Constructor(id)));
    let mut all: Vec<(usize, Node)> = types.chain(constructors).collect();
    all.sort_by_key(|&(node, _)| groups.group[node]);
    all.into_iter().map(|(_, node)| node).collect()
}

/// Which types and constructors can contain themselves, vectors included.
pub(crate) struct Recursion {
    pub(crate) types: Vec<bool>,
    pub(crate) constructors: Vec<bool>,
}

impl Recursion {
    pub(crate) fn new(schema: &Schema) -> Self {
        let nodes = Nodes::new(schema);
        let edges = nodes.edges(schema);
        let groups = Groups::new(&edges);
        let constructors: Vec<bool> =
            schema.constructor_ids().map(|id| groups.on_cycle(nodes.constructor(id), &edges)).collect();
        // A constructor that contains itself bare does so without passing through its type.
        let is_recursive = |id: TypeId| schema[id].constructors.iter().any(|it| constructors[it.index()]);
        Self { types: schema.type_ids().map(is_recursive).collect(), constructors }
    }
}

/// The strongly connected components of a graph, each numbered after those that it leads to, by Tarjan's algorithm on a
/// stack of its own: schemas can be deep.
#[derive(Clone, Debug)]
pub struct Groups {
    group: Vec<usize>,
    sizes: Vec<usize>,
}

impl Groups {
    /// The components of the graph whose edges lead from each node to those in its list.
    #[must_use]
    pub fn new(edges: &[Vec<usize>]) -> Self {
        let mut search = Search::new(edges.len());
        for node in 0..edges.len() {
            if search.order[node] == UNSEEN {
                search.run(node, edges);
            }
        }
        let mut sizes = vec![0; search.groups];
        for &group in &search.group {
            sizes[group] += 1;
        }
        Self { group: search.group, sizes }
    }

    /// Returns the component of a node.
    #[must_use]
    pub fn of(&self, node: usize) -> usize {
        self.group[node]
    }

    /// Returns whether two nodes lead to each other.
    #[must_use]
    pub fn same(&self, a: usize, b: usize) -> bool {
        self.group[a] == self.group[b]
    }

    pub(crate) fn on_cycle(&self, node: usize, edges: &[Vec<usize>]) -> bool {
        self.sizes[self.group[node]] > 1 || edges[node].contains(&node)
    }
}

const UNSEEN: usize = usize::MAX;

struct Search {
    order: Vec<usize>,
    low: Vec<usize>,
    open: Vec<usize>,
    group: Vec<usize>,
    groups: usize,
    next: usize,
}

impl Search {
    fn new(nodes: usize) -> Self {
        Self {
            order: vec![UNSEEN; nodes],
            low: vec![0; nodes],
            open: Vec::new(),
            group: vec![UNSEEN; nodes],
            groups: 0,
            next: 0,
        }
    }

    fn run(&mut self, start: usize, edges: &[Vec<usize>]) {
        self.enter(start);
        let mut path = vec![(start, 0)];
        while let Some((node, edge)) = path.pop() {
            if let Some(&target) = edges[node].get(edge) {
                path.push((node, edge + 1));
                if self.order[target] == UNSEEN {
                    self.enter(target);
                    path.push((target, 0));
                } else if self.group[target] == UNSEEN {
                    self.low[node] = self.low[node].min(self.order[target]);
                }
                continue;
            }
            if self.low[node] == self.order[node] {
                self.close(node);
            }
            if let Some(&(parent, _)) = path.last() {
                self.low[parent] = self.low[parent].min(self.low[node]);
            }
        }
    }

    fn enter(&mut self, node: usize) {
        self.order[node] = self.next;
        self.low[node] = self.next;
        self.next += 1;
        self.open.push(node);
    }

    fn close(&mut self, node: usize) {
        while let Some(member) = self.open.pop() {
            self.group[member] = self.groups;
            if member == node {
                break;
            }
        }
        self.groups += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::Groups;

    #[test]
    fn groups_are_the_cycles() {
        // 0 → 1 → 2 → 0, 2 → 3 → 4, 4 → 4
        let edges = vec![vec![1], vec![2], vec![0, 3], vec![4], vec![4]];
        let groups = Groups::new(&edges);
        assert!(groups.same(0, 1) && groups.same(1, 2));
        assert!(!groups.same(2, 3) && !groups.same(3, 4));
        let on_cycle: Vec<bool> = (0..5).map(|node| groups.on_cycle(node, &edges)).collect();
        assert_eq!(on_cycle, [true, true, true, false, true]);
    }

    #[test]
    fn a_long_chain_needs_no_stack() {
        let edges: Vec<Vec<usize>> = (0..200_000).map(|node| vec![(node + 1) % 200_000]).collect();
        assert!(Groups::new(&edges).same(0, 199_999));
    }
}
