//! How many functions have results that hold a type.

use crate::graph::Nodes;
use crate::schema::Schema;

/// For each type, how many functions have results that can hold one of its values, counted up to `limit`: the results of more
/// functions are not followed.
pub(super) fn callers(schema: &Schema, limit: u32) -> Vec<u32> {
    let nodes = Nodes::new(schema);
    let edges = nodes.edges(schema);
    let mut counts = vec![0; edges.len()];
    let mut last_function = vec![None; edges.len()];
    for id in schema.function_ids() {
        let mut open = Vec::new();
        nodes.contained(&schema[id].result, &mut open);
        while let Some(node) = open.pop() {
            // What is held by a node at the limit is at the limit as well, so that each edge is followed `limit` times at most.
            if counts[node] < limit && last_function[node] != Some(id) {
                last_function[node] = Some(id);
                counts[node] += 1;
                open.extend(&edges[node]);
            }
        }
    }
    counts.truncate(schema.types.len());
    counts
}
