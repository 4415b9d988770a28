//! Comments about changes of a schema: `// tl:allow(required-added)` for rules of compatibility, `// tl:was(oldName)` for former names.

use std::collections::{BTreeMap, BTreeSet};

use typelang_diff::{FormerName, Kind, find_rule};
use typelang_parser::ast::{File, Item, Section};

use crate::directive::{Mention, mentions};

/// The comments of one file about changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeComments {
    /// Rules that are allowed in the whole file.
    in_file: BTreeSet<String>,
    /// Rules that are allowed for declarations, by where their names begin.
    by_declaration: BTreeMap<u32, BTreeSet<String>>,
    /// The former names of declarations.
    pub former_names: Vec<FormerName>,
}

impl ChangeComments {
    /// Reads the comments of a file. `text` is what the file was read from.
    #[must_use]
    pub fn read(file: &File, text: &str) -> Self {
        let mut comments = Self::default();
        for Mention { word, arguments, item } in mentions(file, text) {
            let rules = || arguments.iter().filter(|name| find_rule(name).is_some()).map(|name| (*name).to_owned());
            match (word, item.and_then(|item| file.items.get(item))) {
                ("allow-file", _) => comments.in_file.extend(rules()),
                ("allow", Some(Item::Combinator(combinator))) => {
                    comments.by_declaration.entry(combinator.name.span.start).or_default().extend(rules());
                }
                ("was", Some(Item::Combinator(combinator))) => {
                    let kind = match combinator.section {
                        Section::Types => Kind::Constructor,
                        Section::Functions => Kind::Function,
                    };
                    let new = combinator.name.to_string();
                    let former = |old: &&str| FormerName { kind, old: (*old).to_owned(), new: new.clone() };
                    comments.former_names.extend(arguments.iter().map(former));
                }
                _ => {}
            }
        }
        comments
    }

    /// Returns whether a rule is allowed in the whole file, or for the declaration whose name begins at an offset.
    #[must_use]
    pub fn allows(&self, rule: &str, declaration: Option<u32>) -> bool {
        let of_declaration = declaration.and_then(|at| self.by_declaration.get(&at));
        self.in_file.contains(rule) || of_declaration.is_some_and(|rules| rules.contains(rule))
    }
}
