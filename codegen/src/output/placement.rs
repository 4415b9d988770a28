//! Which module each item goes to: that of its namespace, divided by features and among files.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use typelang_ir::Name;

use crate::features::Set;
use crate::model::Model;
use crate::names::{DIVISION, ItemName};
use crate::output::division::{Piece, divide};
use crate::output::modules::{Item, Module};

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
        let items = items.into_iter().map(|item| Item::among(item, model.options, &model.scope)).collect();
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
    // A namespace comes right before those below it.
    let next: Vec<&[String]> = by_namespace.keys().copied().skip(1).collect();
    for (index, (namespace, entries)) in by_namespace.into_iter().enumerate() {
        let has_below = next.get(index).is_some_and(|next| next.starts_with(namespace));
        let mut by_set: BTreeMap<Option<&Set>, Vec<Entry<'a>>> = BTreeMap::new();
        for entry in entries {
            by_set.entry(entry.set).or_default().push(entry);
        }
        let lines: usize = by_set.values().flatten().map(Entry::lines).sum();
        let most = model.options.lines_per_file;
        let parts = Parts {
            what,
            // The module of a namespace has a condition, which will do if it is that of all items.
            is_settled: by_set.len() == 1 && !namespace.is_empty() && !has_below,
            needs_condition: namespace.is_empty() || has_below,
            most: if lines > most { most / PARTS } else { most },
        };
        let module = at(&mut module, namespace, what);
        for (set, entries) in by_set {
            match set.filter(|_| !parts.is_settled) {
                Some(set) => parts.place_set(module, set, entries),
                None => place(module, &[DIVISION.to_owned()], entries, what, most),
            }
        }
    }
    module
}

/// How the items of one namespace are divided.
struct Parts<'w> {
    what: &'w str,
    /// Whether one set of features reaches all items, which is a matter of the namespace's own module.
    is_settled: bool,
    /// Whether the module with the parts can be without any while the one around it is there.
    needs_condition: bool,
    /// Lines above which a set is divided among files.
    most: usize,
}

impl Parts<'_> {
    /// Puts what some features reach into a module of its own.
    fn place_set(&self, module: &mut Module, set: &Set, entries: Vec<Entry<'_>>) {
        let docs = format!("{}, divided by the features that reach them.", self.what);
        let root = module.division(&[DIVISION.to_owned()], &docs);
        if self.needs_condition {
            root.require_also(&set.features);
        }
        let part = root.division(std::slice::from_ref(&set.name), &docs_of(set, self.what));
        part.require_also(&set.features);
        place(part, &[], entries, self.what, self.most);
    }
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

/// Documentation of the module with what some features reach.
fn docs_of(set: &Set, what: &str) -> String {
    let names: Vec<String> = set.features.iter().map(|name| format!("`{name}`")).collect();
    match &names[..] {
        [only] => format!("{what} that only the feature {only} reaches."),
        [one, other] => format!("{what} that only the features {one} and {other} reach."),
        // The condition names them.
        _ => format!("{what} that {} features share.", names.len()),
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
