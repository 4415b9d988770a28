//! Names that are unique where they must be, and hazardous where they may be.

use std::collections::BTreeSet;

use super::choices::Choices;
use super::model::Name;
use super::words::{HAZARDOUS_NAMESPACES, HAZARDS, PLAIN};

/// Letters of a very long name.
const LONG: usize = 260;
/// Names that constructors, types, and functions cannot have: they mean built-in types.
const BUILT_IN: &[&str] = &[
    "int",
    "int32",
    "int53",
    "int64",
    "long",
    "double",
    "float",
    "int128",
    "int256",
    "int512",
    "string",
    "bytes",
    "securestring",
    "securebytes",
    "bool",
    "true",
    "vector",
    "tuple",
    "object",
    "function",
    "type",
    "new",
    "final",
    "empty",
    "types",
    "functions",
    "booltrue",
    "boolfalse",
];

/// Makes the names of one schema.
#[derive(Clone, Debug)]
pub(super) struct Names {
    hazards: bool,
    namespaces: Vec<Vec<String>>,
    /// Names of constructors, of types, and of functions.
    taken: BTreeSet<Name>,
    /// The last parts of all of these.
    words: BTreeSet<String>,
}

impl Names {
    pub(super) fn new(choices: &mut Choices<'_>, hazards: bool) -> Self {
        let mut names = Self { hazards, namespaces: vec![Vec::new()], taken: BTreeSet::new(), words: BTreeSet::new() };
        for _ in 0..choices.below(5) {
            let depth = if choices.chance(1, 3) { 2 + choices.below(2) } else { 1 };
            let mut namespace = Vec::new();
            for _ in 0..depth {
                namespace.push(names.namespace_part(choices));
            }
            names.namespaces.push(namespace);
        }
        names
    }

    fn namespace_part(&mut self, choices: &mut Choices<'_>) -> String {
        if self.hazards && choices.chance(1, 12) {
            // Equal to another but for its case.
            if let Some(other) = self.namespaces.last().and_then(|it| it.last()) {
                return twisted(choices, other);
            }
        }
        if self.hazards && choices.chance(1, 2) {
            return choices.pick(HAZARDOUS_NAMESPACES).to_owned();
        }
        self.word(choices)
    }

    /// A word that begins with a lower-case letter.
    fn word(&mut self, choices: &mut Choices<'_>) -> String {
        let plain = choices.pick(PLAIN);
        if !self.hazards {
            let second = choices.pick(PLAIN);
            return match choices.below(3) {
                0 => plain.to_owned(),
                1 => format!("{plain}{}", capitalized(second)),
                _ => format!("{plain}_{second}"),
            };
        }
        match choices.below(12) {
            0..6 => choices.pick(HAZARDS).to_owned(),
            6 => format!("{plain}{}", choices.below(100)),
            7 => format!("{plain}_{}_", choices.below(10)),
            8 => format!("{plain}__{}", choices.pick(HAZARDS)),
            9 => format!("{}{}", choices.pick(HAZARDS), capitalized(choices.pick(HAZARDS))),
            10 if choices.chance(1, 4) => plain.repeat(LONG / plain.len()),
            _ => plain.to_owned(),
        }
    }

    /// A new name of a type.
    pub(super) fn ty(&mut self, choices: &mut Choices<'_>) -> Name {
        self.fresh(choices, |names, choices| {
            let word = match names.words.iter().next_back() {
                Some(other) if names.hazards && choices.chance(1, 6) => twisted(choices, other),
                _ => names.word(choices),
            };
            capitalized(word.trim_start_matches('_'))
        })
    }

    /// A new name of a constructor of a type.
    pub(super) fn constructor(&mut self, choices: &mut Choices<'_>, ty: &Name, is_only: bool) -> Name {
        let own = Name { namespace: ty.namespace.clone(), name: uncapitalized(&ty.name) };
        if is_only && choices.chance(5, 6) && self.is_free(&own) {
            self.take(&own);
            return own;
        }
        let namespace = ty.namespace.clone();
        let mut name = self.fresh(choices, |names, choices| {
            let word = names.word(choices);
            if choices.chance(2, 3) { format!("{}{}", uncapitalized(&ty.name), capitalized(&word)) } else { word }
        });
        let moved = Name { namespace, name: name.name.clone() };
        if choices.chance(4, 5) && self.is_free(&moved) {
            self.taken.remove(&name);
            self.take(&moved);
            name = moved;
        }
        name
    }

    /// A new name of a function.
    pub(super) fn function(&mut self, choices: &mut Choices<'_>) -> Name {
        self.fresh(choices, |names, choices| {
            let word = names.word(choices);
            if choices.chance(1, 2) { format!("get{}", capitalized(&word)) } else { word }
        })
    }

    fn fresh(&mut self, choices: &mut Choices<'_>, make: impl Fn(&mut Self, &mut Choices<'_>) -> String) -> Name {
        let namespace = choices.pick(&self.namespaces);
        let made = make(self, choices);
        let numbered = (2..).map(|number| format!("{made}{number}"));
        let mut candidates =
            std::iter::once(made.clone()).chain(numbered).map(|name| Name { namespace: namespace.clone(), name });
        let name = candidates.find(|name| self.is_free(name)).expect("there are more numbers than names");
        self.take(&name);
        name
    }

    fn is_free(&self, name: &Name) -> bool {
        !self.taken.contains(name) && !BUILT_IN.contains(&name.name.to_ascii_lowercase().as_str()) && name.name != "_"
    }

    fn take(&mut self, name: &Name) {
        self.words.insert(name.name.clone());
        self.taken.insert(name.clone());
    }

    /// A new name of a field. `taken` are the names around it, which it must not be equal to.
    pub(super) fn field(&mut self, choices: &mut Choices<'_>, taken: &BTreeSet<String>) -> String {
        let word = match taken.iter().next_back() {
            Some(other) if self.hazards && choices.chance(1, 10) => twisted(choices, other),
            _ => self.word(choices),
        };
        let word = if self.hazards && choices.chance(1, 12) { capitalized(&word) } else { word };
        self.distinct(&word, taken, false)
    }

    /// A new name of a number or of an argument, which must not mean anything else.
    pub(super) fn variable(&mut self, choices: &mut Choices<'_>, usual: &[&str], taken: &BTreeSet<String>) -> String {
        let word = match choices.below(5) {
            0..3 => choices.pick(usual).to_owned(),
            _ => {
                let is_upper = usual.iter().all(|it| it.starts_with(|first: char| first.is_ascii_uppercase()));
                let word = self.word(choices);
                if is_upper && choices.chance(1, 2) { capitalized(&word) } else { word }
            }
        };
        self.distinct(&word, taken, true)
    }

    fn distinct(&self, word: &str, taken: &BTreeSet<String>, is_variable: bool) -> String {
        let is_free = |name: &String| {
            let means_type = self.words.contains(name) || BUILT_IN.contains(&name.to_ascii_lowercase().as_str());
            !taken.contains(name) && name != "_" && !(is_variable && means_type)
        };
        let numbered = (2..).map(|number| format!("{word}{number}"));
        let mut candidates = std::iter::once(word.to_owned()).chain(numbered);
        candidates.find(is_free).expect("there are more numbers than names")
    }
}

/// The same name but for the case of letters and underscores.
fn twisted(choices: &mut Choices<'_>, name: &str) -> String {
    let (first, rest) = name.split_at(1);
    let rest = match choices.below(4) {
        0 => rest.to_ascii_lowercase(),
        1 => rest.to_ascii_uppercase(),
        2 => rest.replace('_', ""),
        _ => rest
            .chars()
            .flat_map(|it| if it.is_ascii_uppercase() { vec!['_', it.to_ascii_lowercase()] } else { vec![it] })
            .collect(),
    };
    first.to_ascii_lowercase() + &rest
}

/// The word with a capital letter in front.
pub(super) fn capitalized(word: &str) -> String {
    let (first, rest) = word.split_at(word.len().min(1));
    first.to_ascii_uppercase() + rest
}

fn uncapitalized(word: &str) -> String {
    let (first, rest) = word.split_at(word.len().min(1));
    first.to_ascii_lowercase() + rest
}
