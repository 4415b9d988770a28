//! The module tree of generated code, and its two forms: one file, or a file for each module.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use proc_macro2::{Spacing, TokenStream, TokenTree};

use crate::features::Condition;
use crate::options::Options;
use crate::output::bytes::BytesItem;
use crate::output::format;

/// A module: items, and modules beneath it.
#[derive(Default)]
pub(crate) struct Module {
    docs: String,
    items: Vec<String>,
    /// One more item, whose bytes are in a file of their own where modules are.
    bytes: Option<BytesItem>,
    /// Modules that the items refer to by their last name.
    uses: BTreeSet<&'static str>,
    /// Modules that documentation links to by their last name.
    links: BTreeSet<&'static str>,
    /// Whether the items refer to what the prelude of the runtime has.
    uses_prelude: bool,
    /// Those of [`ITEMS`] that are among the items.
    defined: Vec<&'static str>,
    children: BTreeMap<String, Module>,
    /// Whether the module only divides its parent's items among files: private, with all items re-exported.
    division: bool,
    /// Whether the module is private, and has nothing that anybody could name.
    private: bool,
    /// The features that the module needs.
    condition: Option<Condition>,
    /// Lints of clippy that names of the schema go against.
    allowed_lints: BTreeSet<&'static str>,
}

/// One item as text.
pub(crate) struct Item {
    pub(crate) text: String,
    uses: BTreeSet<&'static str>,
    links: BTreeSet<&'static str>,
    uses_prelude: bool,
}

impl Item {
    pub(crate) fn new(tokens: TokenStream, options: &Options) -> Self {
        let (mut uses, mut links) = (BTreeSet::new(), BTreeSet::new());
        note_uses(tokens.clone(), &mut uses, &mut links);
        Self { text: format::item(tokens, options.pretty), uses, links, uses_prelude: true }
    }

    /// An item that refers to nothing in the prelude of the runtime.
    pub(crate) fn without_prelude(tokens: TokenStream, options: &Options) -> Self {
        Self { uses_prelude: false, ..Self::new(tokens, options) }
    }

    /// Small items that refer to nothing in the prelude of the runtime, one below the other.
    pub(crate) fn lines(items: Vec<TokenStream>, options: &Options) -> Self {
        let mut all = Self::from_text(String::new());
        for item in items {
            let item = Self::new(item, options);
            all.text += if all.text.is_empty() { "" } else { "\n" };
            all.text += &item.text;
            all.uses.extend(item.uses);
        }
        all
    }

    /// An item that is text already and refers to nothing of the prelude.
    pub(crate) fn from_text(text: String) -> Self {
        let (mut uses, mut links) = (BTreeSet::new(), BTreeSet::new());
        note_uses(text.parse().unwrap_or_default(), &mut uses, &mut links);
        Self { text, uses, links, uses_prelude: false }
    }
}

/// The items of the root module that other items refer to.
const ITEMS: [&str; 5] = ["AnyConstructor", "AnyFunction", "RpcErrorKind", "SCHEMA", "TABLE"];

/// The modules that items refer to.
const ROOTS: [&str; 3] = ["enums", "functions", "types"];

impl Module {
    pub(crate) fn new(docs: &str) -> Self {
        Self { docs: docs.to_owned(), ..Self::default() }
    }

    /// The module at a path beneath this one; made, with documentation, if it is not there.
    pub(crate) fn descend(&mut self, path: &[String], docs: impl Fn(&str) -> String) -> &mut Self {
        path.iter()
            .fold(self, |module, name| module.children.entry(name.clone()).or_insert_with(|| Self::new(&docs(name))))
    }

    /// A private module beneath this one that holds a part of its items.
    pub(crate) fn division(&mut self, path: &[String], docs: &str) -> &mut Self {
        path.iter().fold(self, |module, name| {
            let child = module.children.entry(name.clone()).or_insert_with(|| Self::new(docs));
            child.division = true;
            child
        })
    }

    /// Makes the module private, with all items re-exported, and perhaps dependent on features.
    pub(crate) fn into_division(self, condition: Option<Condition>) -> Self {
        Self { division: true, condition, ..self }
    }

    /// Makes the module private, and perhaps dependent on features.
    pub(crate) fn into_private(self, condition: Option<Condition>) -> Self {
        Self { private: true, condition, ..self }
    }

    /// Makes the module dependent on one of these features, or of those that were named before.
    pub(crate) fn require_also(&mut self, features: &BTreeSet<String>) {
        match &mut self.condition {
            Some(Condition::Any(all)) => all.extend(features.iter().cloned()),
            _ => self.condition = Some(Condition::Any(features.clone())),
        }
    }

    /// Says that the module has one of [`ITEMS`].
    pub(crate) fn defining(self, item: &'static str) -> Self {
        Self { defined: vec![item], ..self }
    }

    /// Allows what lints of clippy would report.
    pub(crate) fn allowing(self, lints: impl IntoIterator<Item = &'static str>) -> Self {
        Self { allowed_lints: lints.into_iter().collect(), ..self }
    }

    /// Adds an item.
    pub(crate) fn push(&mut self, item: Item) {
        self.uses.extend(item.uses);
        self.links.extend(item.links);
        self.uses_prelude |= item.uses_prelude;
        self.items.push(item.text);
    }

    /// Adds an item that contains bytes; there is one at most.
    pub(crate) fn set_bytes(&mut self, item: BytesItem) {
        self.bytes = Some(item);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.items.is_empty() && self.children.is_empty()
    }

    pub(crate) fn insert(&mut self, name: &str, module: Module) {
        self.children.insert(name.to_owned(), module);
    }

    /// The whole tree as one text. Modules are written in place.
    pub(crate) fn single_file(&self, options: &Options) -> String {
        let mut text = preamble(options);
        text.push_str(&self.body(options, 0, None));
        text
    }

    /// The tree as files beneath `directory`: `mod.rs` where there are modules beneath, else `name.rs`, and `name.bin` for bytes.
    pub(crate) fn files(&self, options: &Options, directory: &str, files: &mut BTreeMap<String, Vec<u8>>) {
        self.file(options, directory, &format!("{directory}/mod.rs"), 0, files);
    }

    fn file(
        &self,
        options: &Options,
        directory: &str,
        path: &str,
        depth: usize,
        files: &mut BTreeMap<String, Vec<u8>>,
    ) {
        let mut text = preamble(options);
        if options.documentation && !self.docs.is_empty() {
            let _ = writeln!(text, "//! {}\n", self.docs);
        }
        text.push_str(&self.body(options, depth, Some(directory)));
        files.insert(path.to_owned(), text.into_bytes());
        if let Some(item) = &self.bytes {
            files.insert(format!("{directory}.bin"), item.bytes.clone());
        }
        for (name, child) in &self.children {
            let below = format!("{directory}/{name}");
            let path = if child.children.is_empty() { format!("{below}.rs") } else { format!("{below}/mod.rs") };
            child.file(options, &below, &path, depth + 1, files);
        }
    }

    /// Imports, modules and items; `directory` has the files of the modules beneath, if they are not written in place.
    fn body(&self, options: &Options, depth: usize, directory: Option<&str>) -> String {
        let mut parts = Vec::new();
        let imports = self.imports(options, depth);
        if !imports.is_empty() {
            parts.push(imports);
        }
        if directory.is_none() {
            parts.extend(self.children.iter().map(|(name, child)| child.in_place(options, name, depth + 1)));
        } else if !self.children.is_empty() {
            parts.push(self.declarations());
        }
        let divisions = self.children.iter().filter(|(_, child)| child.division);
        let globs: Vec<String> =
            divisions.map(|(name, child)| format!("{}pub use {name}::*;", child.condition())).collect();
        if !globs.is_empty() {
            parts.push(globs.join("\n"));
        }
        parts.extend(self.items.iter().cloned());
        parts.extend(self.bytes.as_ref().map(|item| match directory.and_then(|it| it.rsplit('/').next()) {
            Some(name) => item.included(&format!("{name}.bin")),
            None => item.in_place(),
        }));
        parts.join("\n\n") + "\n"
    }

    fn attribute(&self) -> String {
        let lints: Vec<&str> = self.allowed_lints.iter().copied().collect();
        if lints.is_empty() { String::new() } else { format!("#[allow({})]\n", lints.join(", ")) }
    }

    fn condition(&self) -> String {
        self.condition.as_ref().map_or_else(String::new, Condition::attribute)
    }

    fn visibility(&self) -> &'static str {
        if self.division || self.private { "" } else { "pub " }
    }

    fn declarations(&self) -> String {
        let line = |(name, child): (&String, &Module)| {
            format!("{}{}{}mod {name};", child.attribute(), child.condition(), child.visibility())
        };
        self.children.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    fn in_place(&self, options: &Options, name: &str, depth: usize) -> String {
        let docs =
            if options.documentation && !self.docs.is_empty() { format!("/// {}\n", self.docs) } else { String::new() };
        let body = self.body(options, depth, None);
        let mut text = format!("{docs}{}{}{}mod {name} {{\n", self.attribute(), self.condition(), self.visibility());
        for line in body.lines() {
            if !line.is_empty() {
                text.push_str("    ");
                text.push_str(line);
            }
            text.push('\n');
        }
        text + "}"
    }

    /// Imports of the runtime and of the modules that the items refer to, relative to this one.
    fn imports(&self, options: &Options, depth: usize) -> String {
        if self.items.is_empty() {
            return String::new();
        }
        let mut lines = Vec::new();
        let is_used = |name: &&str| self.uses.contains(name) && !self.defined.contains(name);
        let names: Vec<&str> = ITEMS.into_iter().chain(ROOTS).filter(is_used).collect();
        if depth > 0 {
            let up = vec!["super"; depth].join("::");
            match names[..] {
                [] => {}
                [only] => lines.push(format!("use {up}::{only};")),
                _ => lines.push(format!("use {up}::{{{}}};", names.join(", "))),
            }
            let only_linked: Vec<&str> =
                ROOTS.into_iter().filter(|root| self.links.contains(root) && !names.contains(root)).collect();
            match only_linked[..] {
                [] => {}
                [only] => lines.push(format!("#[cfg(doc)]\nuse {up}::{only};")),
                _ => lines.push(format!("#[cfg(doc)]\nuse {up}::{{{}}};", only_linked.join(", "))),
            }
            if self.uses_prelude {
                lines.push(format!("use {}::prelude::*;", options.runtime_path));
            }
        }
        lines.join("\n")
    }
}

fn preamble(options: &Options) -> String {
    options.preamble.iter().map(|line| format!("// {line}\n")).chain(["\n".to_owned()]).collect()
}

/// Notes which of [`ROOTS`] begin a path: `types::…`, but not `other::types::…`; and which documentation links to.
fn note_uses(tokens: TokenStream, uses: &mut BTreeSet<&'static str>, links: &mut BTreeSet<&'static str>) {
    let mut tokens = tokens.into_iter().peekable();
    let mut colons = 0;
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == ':' => {
                colons += 1;
                continue;
            }
            TokenTree::Group(group) => note_uses(group.stream(), uses, links),
            TokenTree::Literal(literal) => note_links(&literal.to_string(), links),
            TokenTree::Ident(ident) if colons != 2 => {
                let before_path = matches!(tokens.peek(), Some(TokenTree::Punct(punct))
                    if punct.as_char() == ':' && punct.spacing() == Spacing::Joint);
                uses.extend(ROOTS.into_iter().find(|root| before_path && ident == root));
                uses.extend(ITEMS.into_iter().find(|item| ident == item));
            }
            _ => {}
        }
        colons = 0;
    }
}

/// Notes which of [`ROOTS`] a line of documentation links to: `[…](types::…)`.
fn note_links(line: &str, links: &mut BTreeSet<&'static str>) {
    for (at, _) in line.match_indices("](") {
        let target = line.get(at + 2..).unwrap_or_default();
        links.extend(ROOTS.into_iter().filter(|root| target.strip_prefix(root).is_some_and(|it| it.starts_with("::"))));
    }
}
