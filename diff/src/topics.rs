//! Puts changes together that are about the same thing: declarations that have two neighbouring words of their names in common.

use std::collections::{BTreeMap, BTreeSet};

use crate::change::Change;
use crate::pairs::words;

/// Changes about one thing.
pub(crate) struct Topic<'a> {
    /// The words in common; none for all that is left.
    pub(crate) name: Option<String>,
    pub(crate) changes: Vec<&'a Change>,
}

/// Divides changes: always the words that most of those left have in common, and at the end what has none in common. Equal counts
/// go by the order of the words.
pub(crate) fn topics<'a>(changes: &[&'a Change]) -> Vec<Topic<'a>> {
    let names = changes.iter().map(|change| change.newest().map_or("", |side| &side.name));
    let keys: Vec<BTreeSet<String>> = names.map(neighbours).collect();
    let mut left: Vec<usize> = (0..changes.len()).collect();
    let mut topics = Vec::new();
    while let Some(name) = most_common(&keys, &left) {
        let (with, without) = left.iter().partition(|index| keys[**index].contains(&name));
        left = without;
        topics.push(Topic { name: Some(name), changes: pick(changes, with) });
    }
    if !left.is_empty() {
        topics.push(Topic { name: None, changes: pick(changes, left) });
    }
    topics
}

fn pick<'a>(changes: &[&'a Change], indices: Vec<usize>) -> Vec<&'a Change> {
    indices.into_iter().map(|index| changes[index]).collect()
}

/// The pairs of words that follow each other in a name.
fn neighbours(name: &str) -> BTreeSet<String> {
    let words = words(name);
    words.windows(2).map(|pair| pair.join(" ")).collect()
}

/// The key that most have, if more than one has it.
fn most_common(keys: &[BTreeSet<String>], left: &[usize]) -> Option<String> {
    let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
    for index in left {
        for key in &keys[*index] {
            *counts.entry(key).or_default() += 1;
        }
    }
    let most = counts.values().copied().max().filter(|&count| count > 1)?;
    counts.into_iter().find(|&(_, count)| count == most).map(|(key, _)| key.clone())
}
