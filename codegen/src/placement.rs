//! Which module each item goes to: that of its namespace, divided by features and among files.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use tl_ir::Name;

use crate::division::{Piece, divide};
use crate::features::Set;
use crate::model::Model;
use crate::modules::{Item, Module};
use crate::names::ItemName;

/// The module that has the parts of a divided namespace.
const ROOT: &str = "root";

/// How many parts a file's worth of lines makes where a namespace is too large for one file and divided by features: few of its
/// sets are as large as a whole file, and yet a reader who has found the set wants to find the item.
const PARTS: usize = 4;

/// What one constructor, type or function becomes, and where it goes.
pub(crate) struct Entry<'a> {
    place: &'a ItemName,
    name: &'a str,
    set: Option<&'a Set>,
    items: Vec<Item>,
}

impl<'a> Entry<'a> {
    pub(crate) fn new(model: &Model<'_>, place: &'a ItemName, name: &'a Name, items: Vec<TokenStream>) -> Self {
        let items = items.into_iter().map(|item| Item::new(item, model.options)).collect();
        Self { place, name: &name.name, set: None, items }
    }

    /// Says which features reach it.
    pub(crate) fn reached_by(self, set: Option<&'a Set>) -> Self {
        Self { set, ..self }
    }

    fn lines(&self) -> usize {
        self.items.iter().map(|item| item.text.lines().count() + 1).sum()
    }
}

/// Puts entries into the modules of their namespaces. What different features reach goes to different modules beneath, since a
/// condition on a module costs one line, and the compiler does not even read the file of a module that is not wanted. Large
/// modules are divided among files.
pub(crate) fn fill<'a>(
    mut module: Module,
    model: &Model<'_>,
    entries: impl Iterator<Item = Entry<'a>>,
    what: &str,
) -> Module {
    let mut by_namespace: BTreeMap<&[String], Vec<Entry<'a>>> = BTreeMap::new();
    for entry in entries {
        by_namespace.entry(&entry.place.modules).or_default().push(entry);
    }
    require(&mut module, &by_namespace, what);
    for (namespace, entries) in by_namespace {
        let module = at(&mut module, namespace, what);
        let has_modules = module.has_children();
        let mut by_set: BTreeMap<Option<&Set>, Vec<Entry<'a>>> = BTreeMap::new();
        for entry in entries {
            by_set.entry(entry.set).or_default().push(entry);
        }
        // The module of a namespace has a condition, which will do if it is that of all items.
        let is_settled = by_set.len() == 1 && !namespace.is_empty() && !has_modules;
        let mut most = model.options.lines_per_file;
        if by_set.values().flatten().map(Entry::lines).sum::<usize>() > most {
            most /= PARTS;
        }
        for (set, entries) in by_set {
            match set.filter(|_| !is_settled) {
                Some(set) => {
                    let root = module
                        .division(&[ROOT.to_owned()], &format!("{what}, divided by the features that reach them."));
                    if namespace.is_empty() {
                        root.require_also(&set.features);
                    }
                    let part = root.division(std::slice::from_ref(&set.name), &docs(set, what));
                    part.require_also(&set.features);
                    place(part, &[], entries, what, most);
                }
                None => place(module, &[ROOT.to_owned()], entries, what, model.options.lines_per_file),
            }
        }
    }
    module
}

/// The module of a namespace.
fn at<'m>(module: &'m mut Module, namespace: &[String], what: &str) -> &'m mut Module {
    module.descend(namespace, |name| format!("{what} of the namespace `{name}`."))
}

/// Makes the module of each namespace dependent on the features that reach anything in it or beneath it.
fn require(module: &mut Module, by_namespace: &BTreeMap<&[String], Vec<Entry<'_>>>, what: &str) {
    for (namespace, entries) in by_namespace {
        for around in (1..=namespace.len()).filter_map(|depth| namespace.get(..depth)) {
            for set in entries.iter().filter_map(|entry| entry.set) {
                at(module, around, what).require_also(&set.features);
            }
        }
    }
}

fn docs(set: &Set, what: &str) -> String {
    let names: Vec<String> = set.features.iter().map(|name| format!("`{name}`")).collect();
    match &names[..] {
        [only] => format!("{what} that the feature {only} reaches, and no other."),
        _ => format!("{what} that the features {} reach, and no others.", names.join(", ")),
    }
}

/// Puts entries into a module, divided among files beneath it where there are many.
fn place(module: &mut Module, beneath: &[String], entries: Vec<Entry<'_>>, what: &str, most: usize) {
    let pieces: Vec<Piece<'_>> = entries.iter().map(|entry| Piece { name: entry.name, lines: entry.lines() }).collect();
    let files = divide(&pieces, most);
    for (index, entry) in entries.into_iter().enumerate() {
        let target = match files.as_ref().and_then(|files| files.get(index)) {
            Some(file) => {
                let docs = format!("{what} whose names begin with `{file}`.");
                module.division(&[beneath, std::slice::from_ref(file)].concat(), &docs)
            }
            None => &mut *module,
        };
        entry.items.into_iter().for_each(|item| target.push(item));
    }
}
