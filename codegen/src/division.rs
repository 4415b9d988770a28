//! Dividing a namespace among files.
//!
//! A namespace with more items than a file should hold is divided by the leading words of its names: `inputPeerUser` goes
//! to `input`. A part that is still too large is divided by the next word as well (`input_bot`); names that would make a
//! file of fewer than [`LEAST`] items go together to the file of the words before, or to `other`.

use std::collections::BTreeMap;

use crate::names::{module_name, split_words};

/// Least number of items of a file of their own.
const LEAST: usize = 12;

/// The file of each name, in order; nothing if the namespace is small enough to stay whole.
pub(crate) fn divide(names: &[&str], most: usize) -> Option<Vec<String>> {
    if names.len() <= most {
        return None;
    }
    let words: Vec<Vec<String>> =
        names.iter().map(|name| split_words(name).iter().map(|word| word.to_ascii_lowercase()).collect()).collect();
    let mut files = vec!["other".to_owned(); names.len()];
    let all: Vec<usize> = (0..names.len()).collect();
    split(&words, &all, 0, most, &mut files);
    Some(files)
}

/// Gives names that share their first `depth` words a file by the next one.
fn split(words: &[Vec<String>], members: &[usize], depth: usize, most: usize, files: &mut [String]) {
    let mut by_word: BTreeMap<&[String], Vec<usize>> = BTreeMap::new();
    for &member in members {
        if let Some(leading) = words[member].get(..=depth) {
            by_word.entry(leading).or_default().push(member);
        }
    }
    for (leading, members) in by_word.into_iter().filter(|(_, members)| members.len() >= LEAST) {
        let name = module_name(&leading.join("_"));
        for &member in &members {
            files[member].clone_from(&name);
        }
        if members.len() > most {
            split(words, &members, depth + 1, most, files);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::divide;

    #[test]
    fn small_namespaces_stay_whole() {
        assert_eq!(divide(&["a", "b"], 2), None);
    }

    #[test]
    fn large_ones_are_divided_by_words() {
        let mut names: Vec<String> = (0..20).map(|number| format!("inputBot{number}")).collect();
        names.extend((0..13).map(|number| format!("inputPeer{number}")));
        names.push("inputOther".to_owned());
        names.push("user".to_owned());
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let files = divide(&names, 30).unwrap();
        assert_eq!(files[0], "input_bot");
        assert_eq!(files[20], "input_peer");
        assert_eq!(files[33], "input");
        assert_eq!(files[34], "other");
    }
}
