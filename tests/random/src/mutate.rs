//! Schemas broken by one edit.

use crate::choices::Choices;

/// Pieces that an edit puts in.
const PIECES: &[&str] = &[
    ";",
    "=",
    "=>",
    ":",
    "#",
    "?",
    "!",
    "%",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "<",
    ">",
    ",",
    ".",
    "*",
    "+",
    "@",
    "_",
    "---",
    "---functions---",
    "---types---",
    "//",
    "/*",
    "*/",
    "//@",
    "int",
    "string",
    "true",
    "Bool",
    "Vector",
    "vector",
    "Tuple",
    "Object",
    "Function",
    "Type",
    "X",
    "n",
    "flags",
    "flags.0?",
    "0",
    "1",
    "32",
    "4294967296",
    "#1cb5c415",
    "{X:Type}",
    "{n:#}",
    "!X",
    "New",
    "Final",
    "Empty",
    " ",
    "\n",
    "\t",
    "\0",
    "\u{202e}",
    "é",
    "===8===",
    "// tl:profile(vk)",
];

/// The text with one edit: a token, a line, or a byte is deleted, put in, replaced, doubled, or swapped with the next.
#[must_use]
pub fn mutated(text: &str, choices: &mut Choices<'_>) -> Vec<u8> {
    match choices.below(8) {
        0..5 => edited(&tokens(text), choices).concat().into_bytes(),
        5..7 => {
            edited(&text.split_inclusive('\n').map(str::to_owned).collect::<Vec<_>>(), choices).concat().into_bytes()
        }
        _ => {
            let mut bytes = text.as_bytes().to_vec();
            if !bytes.is_empty() {
                let place = choices.below(bytes.len());
                bytes[place] = choices.below(256) as u8;
            }
            bytes
        }
    }
}

fn edited(parts: &[String], choices: &mut Choices<'_>) -> Vec<String> {
    let mut parts = parts.to_vec();
    if parts.is_empty() {
        return vec![choices.pick(PIECES).to_owned()];
    }
    let place = choices.below(parts.len());
    match choices.below(6) {
        0 => _ = parts.remove(place),
        1 => parts.insert(place, choices.pick(PIECES).to_owned()),
        2 => parts[place] = choices.pick(PIECES).to_owned(),
        3 => parts.insert(place, parts[place].clone()),
        4 => {
            let other = choices.below(parts.len());
            parts.swap(place, other);
        }
        _ => {
            let other = choices.below(parts.len());
            parts[place] = parts[other].clone();
        }
    }
    parts
}

/// Words, numbers, marks, and blanks.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let is_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    for letter in text.chars() {
        match tokens.last_mut() {
            Some(last) if is_word(letter) && last.chars().all(is_word) => last.push(letter),
            _ => tokens.push(letter.to_string()),
        }
    }
    tokens
}
