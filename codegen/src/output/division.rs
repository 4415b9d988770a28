//! Dividing a namespace among files.
//!
//! A namespace with more lines than a file should hold is divided by the leading words of its names: `inputPeerUser` goes
//! to `input`. A part that is still too large is divided by the next word as well (`input_bot`). Names that would make a
//! file of fewer than [`LEAST`] lines go together to the file of the words before, or to `other`.

use std::collections::BTreeMap;

use crate::names::{module_name, split_words};

/// Least number of lines of a file of its own.
const LEAST: usize = 400;

/// An item to place: its TL name without the namespace, and the number of its lines.
pub(crate) struct Piece<'a> {
    pub(crate) name: &'a str,
    pub(crate) lines: usize,
}

/// The file of each piece, in order; nothing if the namespace is small enough to stay whole.
pub(crate) fn divide(pieces: &[Piece<'_>], most: usize) -> Option<Vec<String>> {
    let all: Vec<usize> = (0..pieces.len()).collect();
    if lines(pieces, &all) <= most {
        return None;
    }
    let words = |piece: &Piece<'_>| split_words(piece.name).iter().map(|word| word.to_ascii_lowercase()).collect();
    let words: Vec<Vec<String>> = pieces.iter().map(words).collect();
    let mut files = vec!["other".to_owned(); pieces.len()];
    split(&Names { pieces, words: &words, most }, &all, 0, &mut files);
    Some(files)
}

struct Names<'a> {
    pieces: &'a [Piece<'a>],
    words: &'a [Vec<String>],
    most: usize,
}

/// Gives names that share their first `depth` words a file by the next one.
fn split(names: &Names<'_>, members: &[usize], depth: usize, files: &mut [String]) {
    let mut by_word: BTreeMap<&[String], Vec<usize>> = BTreeMap::new();
    for &member in members {
        if let Some(leading) = names.words[member].get(..=depth) {
            by_word.entry(leading).or_default().push(member);
        }
    }
    for (leading, members) in by_word {
        let total = lines(names.pieces, &members);
        if total < LEAST {
            continue;
        }
        let name = module_name(&leading.join("_"));
        for &member in &members {
            files[member].clone_from(&name);
        }
        if total > names.most {
            split(names, &members, depth + 1, files);
        }
    }
}

fn lines(pieces: &[Piece<'_>], members: &[usize]) -> usize {
    members.iter().map(|&member| pieces[member].lines).sum()
}

#[cfg(test)]
mod tests {
    use super::{Piece, divide};

    fn pieces(names: &[String]) -> Vec<Piece<'_>> {
        names.iter().map(|name| Piece { name, lines: 50 }).collect()
    }

    #[test]
    fn small_namespaces_stay_whole() {
        assert_eq!(divide(&pieces(&["a".to_owned(), "b".to_owned()]), 100), None);
    }

    #[test]
    fn large_ones_are_divided_by_words() {
        let letters = || ('A'..='Z').map(String::from);
        let mut names: Vec<String> = letters().take(20).map(|letter| format!("inputBot{letter}")).collect();
        names.extend(letters().take(13).map(|letter| format!("inputPeer{letter}")));
        names.push("inputOther".to_owned());
        names.push("user".to_owned());
        let files = divide(&pieces(&names), 1_500).unwrap();
        assert_eq!(files[0], "input_bot");
        assert_eq!(files[20], "input_peer");
        assert_eq!(files[33], "input");
        assert_eq!(files[34], "other");
    }
}
