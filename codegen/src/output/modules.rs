//! The module tree of generated code, and its two forms: one file, or a file for each module.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use proc_macro2::TokenStream;

use crate::features::Condition;
use crate::names::{ITEMS, ROOTS};
use crate::options::Options;
use crate::output::bytes::BytesItem;
use crate::output::hygiene::{Scope, absolute, settle};
use crate::output::{complexity, format};

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
    /// Whether they refer to some of that by whole paths, since names of the schema hide it.
    hides: bool,
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
    hides: bool,
    /// Set if clippy finds a type in it very complex.
    is_complex: bool,
}

impl Item {
    /// An item of a module without names of the schema.
    pub(crate) fn new(tokens: TokenStream, options: &Options) -> Self {
        Self::of_scope(tokens, options, None)
    }

    /// An item of a module with names of the schema.
    pub(crate) fn among(tokens: TokenStream, options: &Options, scope: &Scope) -> Self {
        Self::of_scope(tokens, options, Some(scope))
    }

    fn of_scope(tokens: TokenStream, options: &Options, scope: Option<&Scope>) -> Self {
        let settled = settle(tokens, scope);
        let is_complex = complexity::has_complex_type(&settled.tokens);
        Self {
            text: format::item(settled.tokens, options.pretty),
            uses: settled.uses,
            links: settled.links,
            uses_prelude: true,
            hides: settled.hides,
            is_complex,
        }
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
        let settled = settle(text.parse().unwrap_or_default(), None);
        Self { text, uses: settled.uses, links: settled.links, uses_prelude: false, hides: false, is_complex: false }
    }
}

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

    /// Makes the module perhaps dependent on features.
    pub(crate) fn with_condition(self, condition: Option<Condition>) -> Self {
        Self { condition, ..self }
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
    pub(crate) fn allowing(mut self, lints: impl IntoIterator<Item = &'static str>) -> Self {
        self.allowed_lints.extend(lints);
        self
    }

    /// Adds an item.
    pub(crate) fn push(&mut self, item: Item) {
        self.uses.extend(item.uses);
        self.links.extend(item.links);
        self.uses_prelude |= item.uses_prelude;
        self.hides |= item.hides;
        if item.is_complex {
            self.allowed_lints.insert(complexity::LINT);
        }
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
        text.push_str(&self.body(options, "", 0, None));
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
        let name = directory.rsplit('/').next().unwrap_or_default();
        text.push_str(&self.body(options, name, depth, Some(directory)));
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

    /// Imports, modules and items of the module of this name; `directory` has the files of the modules beneath, if they are not
    /// written in place.
    fn body(&self, options: &Options, own_name: &str, depth: usize, directory: Option<&str>) -> String {
        let mut parts = Vec::new();
        let imports = self.imports(options, depth);
        if !imports.is_empty() {
            parts.push(imports);
        }
        if directory.is_none() {
            parts.extend(self.children.iter().map(|(name, child)| child.in_place(options, own_name, name, depth + 1)));
        } else if !self.children.is_empty() {
            parts.push(self.declarations(own_name));
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

    /// The attribute of the module of this name within another.
    fn attribute(&self, around: &str, name: &str) -> String {
        let inception = (around == name).then_some("clippy::module_inception");
        let lints: Vec<&str> = self.allowed_lints.iter().copied().chain(inception).collect();
        if lints.is_empty() { String::new() } else { format!("#[allow({})]\n", lints.join(", ")) }
    }

    fn condition(&self) -> String {
        self.condition.as_ref().map_or_else(String::new, Condition::attribute)
    }

    fn visibility(&self) -> &'static str {
        if self.division || self.private { "" } else { "pub " }
    }

    fn declarations(&self, own_name: &str) -> String {
        let line = |(name, child): (&String, &Module)| {
            format!("{}{}{}mod {name};", child.attribute(own_name, name), child.condition(), child.visibility())
        };
        self.children.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    fn in_place(&self, options: &Options, around: &str, name: &str, depth: usize) -> String {
        let docs =
            if options.documentation && !self.docs.is_empty() { format!("/// {}\n", self.docs) } else { String::new() };
        let body = self.body(options, name, depth, None);
        let mut text =
            format!("{docs}{}{}{}mod {name} {{\n", self.attribute(around, name), self.condition(), self.visibility());
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
                lines.push(self.prelude(options));
            }
        }
        lines.join("\n")
    }

    /// The import of everything that the runtime has for generated code.
    fn prelude(&self, options: &Options) -> String {
        let path = &options.runtime_path;
        let first = path.split("::").next().unwrap_or_default();
        let path = if self.children.contains_key(first) { absolute(path) } else { path.clone() };
        let unused = if self.hides { "#[allow(unused_imports)]\n" } else { "" };
        format!("{unused}use {path}::prelude::*;")
    }
}

fn preamble(options: &Options) -> String {
    options.preamble.iter().map(|line| format!("// {line}\n")).chain(["\n".to_owned()]).collect()
}
