//! Brings the declarations of a published schema into one that somebody keeps.

use std::collections::{BTreeMap, BTreeSet};

use typelang_ir::is_prelude;
use typelang_parser::ast::{Body, Combinator, File, Item, Section};
use typelang_parser::ids::{Dialect, id_of};
use typelang_parser::{Document, Entry, Note, print_combinator, print_combinator_with_id};

/// A declaration by its section, its name, and its text with the id.
type Key = (Section, String, String);

fn key(combinator: &Combinator, dialect: Dialect) -> Key {
    let text = print_combinator_with_id(combinator, id_of(combinator, dialect));
    (combinator.section, combinator.name.to_string(), text)
}

/// Returns whether every runtime knows what a declaration declares: `int ? = Int`, `boolTrue = Bool`, `true = True`. Published schemas
/// leave such declarations out, or have more of them.
fn is_known(combinator: &Combinator) -> bool {
    let is_marker = matches!(&combinator.body, Body::Fields(fields) if fields.is_empty());
    let name = combinator.name.to_string();
    is_prelude(combinator) || (is_marker && ["boolTrue", "boolFalse", "true"].contains(&name.as_str()))
}

/// Leaves out of published files what they have twice in the same words, what `except` has as well, and declarations of built-in types.
///
/// The remaining files can be resolved as one schema: findings in it have places in the published files.
#[must_use]
pub fn upstream(files: &[&File], except: &[&File], dialect: Dialect) -> Vec<File> {
    let combinators = except.iter().flat_map(|file| file.combinators());
    let mut seen: BTreeSet<Key> = combinators.map(|combinator| key(combinator, dialect)).collect();
    let mut is_new = |item: &Item| match item {
        Item::Combinator(combinator) => !is_prelude(combinator) && seen.insert(key(combinator, dialect)),
        _ => true,
    };
    let mut of_file = |file: &File| {
        let items = file.items.iter().filter(|item| is_new(item)).cloned().collect();
        File { items, ..file.clone() }
    };
    files.iter().map(|file| of_file(file)).collect()
}

/// Replaces the declarations of `ours` by those of published files, see [`upstream`], and writes them in the sorted layout.
///
/// These stay: comments at the beginning; declarations of built-in types; the comments and the texts of each declaration that goes on
/// to exist; the lines of declarations that are the same. A declaration that is new or changed is on a line of its own. Comments in
/// the published files are left out. With a `layer`, the comment at the beginning states it.
#[must_use]
pub fn import(ours: &Document, upstream: &[File], layer: Option<u32>, dialect: Dialect) -> String {
    let is_ours = |entry: &&Entry| entry.combinator().is_none_or(is_prelude);
    let kept: Vec<Entry> = ours.entries.iter().filter(is_ours).cloned().collect();
    let mut document = Document { entries: kept, ..ours.clone() };
    let mut old: BTreeMap<(Section, String), &Entry> = BTreeMap::new();
    for entry in ours.entries.iter().filter(|entry| !is_ours(entry)) {
        if let Some(combinator) = entry.combinator() {
            old.insert((combinator.section, combinator.name.to_string()), entry);
        }
    }
    for combinator in upstream.iter().flat_map(File::combinators) {
        let former = old.remove(&(combinator.section, combinator.name.to_string()));
        document.entries.push(brought_in(combinator, former, dialect));
    }
    // What everybody knows and the published files do not have.
    document.entries.extend(old.into_values().filter(|entry| entry.combinator().is_some_and(is_known)).cloned());
    if let Some(layer) = layer {
        state_layer(&mut document, layer);
    }
    document.sorted(is_prelude)
}

fn brought_in(combinator: &Combinator, former: Option<&Entry>, dialect: Dialect) -> Entry {
    let text = print_combinator(combinator);
    let Some(former) = former else {
        let item = Item::Combinator(combinator.clone());
        return Entry { notes: Vec::new(), after_empty_line: false, text, item };
    };
    let is_same = former.combinator().is_some_and(|it| key(it, dialect) == key(combinator, dialect));
    let mut entry = former.clone();
    if !is_same {
        entry.replace(combinator.clone(), &text);
    }
    entry
}

/// Writes the layer where the comments at the beginning have one, else at the end of their first paragraph.
fn state_layer(document: &mut Document, layer: u32) {
    let stated = document.header.iter_mut().find(|note| stated_layer(&note.text).is_some());
    match stated {
        Some(note) => {
            if let Some((number, range)) = stated_layer(&note.text)
                && number != layer
            {
                note.text.replace_range(range, &layer.to_string());
            }
        }
        None => {
            let paragraph = document.header.iter().skip(1).position(|note| note.after_empty_line).map(|at| at + 1);
            let end = paragraph.unwrap_or(document.header.len());
            document.header.insert(end, Note { text: format!("// LAYER {layer}"), after_empty_line: false });
        }
    }
}

/// The layer that a comment states, and where the number is.
fn stated_layer(comment: &str) -> Option<(u32, std::ops::Range<usize>)> {
    let layer = typelang_parser::parse(Default::default(), comment).file.layer?;
    Some((layer.number, layer.span.range()))
}
