//! The files of a crate are in order: none imports what imports it, directly or by way of others.
//!
//! Imports are the items that `use` and paths name, followed through re-exports to the file that has the item. Declarations (`mod name;`) and
//! modules of tests do not count.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use syn::punctuated::Punctuated;
use syn::visit::Visit;
use syn::{Expr, ItemMod, ItemUse, Macro, Token, UseTree};

#[test]
fn codegen_has_no_circles() {
    check("codegen");
}

#[test]
fn cli_has_no_circles() {
    check("cli");
}

#[test]
fn history_has_no_circles() {
    check("history");
}

#[test]
fn inspect_has_no_circles() {
    check("inspect");
}

#[test]
fn circles_are_found() {
    let files = [
        ("lib.rs", "mod a; mod b; mod c; mod d; pub use a::A;"),
        ("a.rs", "use crate::b::B; pub struct A(B);"),
        ("b/mod.rs", "mod inside; pub use inside::B; use crate::d;"),
        ("b/inside.rs", "use crate::c::*; pub struct B;"),
        ("c.rs", "fn f() { let all = vec![crate::A::new()]; } #[cfg(test)] mod tests { use crate::d::D; }"),
        ("d.rs", "fn f() { quote!(crate::b::B); } fn g() { super::c::f() }"),
    ];
    let files = files.map(|(name, text)| (name.to_owned(), text.to_owned()));
    assert_eq!(circles(&files), "a.rs -> b/inside.rs\nb/inside.rs -> c.rs\nc.rs -> a.rs\n");
}

#[track_caller]
fn check(folder: &str) {
    let found = circles(&read(folder));
    assert!(found.is_empty(), "files of {folder}/src import in a circle:\n{found}");
}

/// The files of a crate of this repository: their paths within `src`, and their texts.
fn read(folder: &str) -> Vec<(String, String)> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder).join("src");
    let mut files = Vec::new();
    read_folder(&source, &source, &mut files);
    assert!(!files.is_empty(), "{} has files", source.display());
    files
}

fn read_folder(folder: &Path, source: &Path, files: &mut Vec<(String, String)>) {
    let entries = std::fs::read_dir(folder).expect("the folder is readable");
    let paths: BTreeSet<PathBuf> = entries.map(|entry| entry.expect("the entry is readable").path()).collect();
    for path in paths {
        if path.is_dir() {
            read_folder(&path, source, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(source).expect("the file is below `src`").to_string_lossy().replace('\\', "/");
            files.push((name, std::fs::read_to_string(&path).expect("the file is readable")));
        }
    }
}

/// The imports that are parts of circles, one a line; nothing if there are none.
fn circles(files: &[(String, String)]) -> String {
    let source = Source::new(files);
    let imports: BTreeMap<&Module, BTreeSet<Module>> =
        source.modules.keys().map(|module| (module, source.imports(module))).collect();
    let reached = |from: &Module| {
        let mut reached = BTreeSet::new();
        let mut open: Vec<&Module> = imports[from].iter().collect();
        while let Some(module) = open.pop() {
            if reached.insert(module) {
                open.extend(&imports[module]);
            }
        }
        reached
    };
    let mut lines = String::new();
    for (&module, imported) in &imports {
        for target in imported.iter().filter(|target| reached(target).contains(module)) {
            let [from, to] = [module, target].map(|it| &source.modules[it].name);
            lines.push_str(&format!("{from} -> {to}\n"));
        }
    }
    lines
}

/// The path of a module within its crate.
type Module = Vec<String>;

/// The modules of a crate that have files.
struct Source {
    modules: BTreeMap<Module, Names>,
}

/// The names in one file.
#[derive(Default)]
struct Names {
    /// The path of the file.
    name: String,
    /// Paths that `use` gives a name, by the name.
    uses: BTreeMap<String, Vec<String>>,
    /// All paths.
    paths: Vec<Vec<String>>,
}

impl Source {
    fn new(files: &[(String, String)]) -> Self {
        let modules = files.iter().map(|(name, text)| {
            let mut module: Module = name.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
            module.pop_if(|last| ["mod", "lib", "main"].contains(&last.as_str()));
            let mut names = Names { name: name.clone(), ..Names::default() };
            names.visit_file(&syn::parse_file(text).expect("the file is Rust"));
            (module, names)
        });
        Self { modules: modules.collect() }
    }

    /// The other modules whose items a module names.
    fn imports(&self, module: &Module) -> BTreeSet<Module> {
        let found = self.modules[module].paths.iter().filter_map(|path| self.find(module, path, &mut BTreeSet::new()));
        found.filter(|target| target != module).collect()
    }

    /// The module that has the item of a path. `seen` are the re-exports on the way there.
    fn find(&self, module: &Module, path: &[String], seen: &mut BTreeSet<(Module, String)>) -> Option<Module> {
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" => self.descend(Module::new(), rest, seen),
            "self" => self.descend(module.clone(), rest, seen),
            "super" => {
                let (_, around) = module.split_last()?;
                self.find_in(around.to_vec(), rest, seen)
            }
            _ => {
                let is_known = self.modules.contains_key(&below(module, first)) || self.is_used(module, first);
                is_known.then(|| self.descend(module.clone(), path, seen)).flatten()
            }
        }
    }

    /// The rest of a path after `super`.
    fn find_in(&self, module: Module, path: &[String], seen: &mut BTreeSet<(Module, String)>) -> Option<Module> {
        match path.first() {
            Some(first) if first == "super" => self.find(&module, path, seen),
            _ => self.descend(module, path, seen),
        }
    }

    /// Follows a path from a module to those below, and from a name that `use` gives to where it is from.
    fn descend(&self, module: Module, path: &[String], seen: &mut BTreeSet<(Module, String)>) -> Option<Module> {
        let Some((first, rest)) = path.split_first() else { return Some(module) };
        let below = below(&module, first);
        if self.modules.contains_key(&below) {
            return self.descend(below, rest, seen);
        }
        let Some(used) = self.modules.get(&module).and_then(|names| names.uses.get(first)) else { return Some(module) };
        if !seen.insert((module.clone(), first.clone())) {
            return Some(module);
        }
        self.find(&module, &[used, rest].concat(), seen)
    }

    fn is_used(&self, module: &Module, name: &str) -> bool {
        self.modules[module].uses.contains_key(name)
    }
}

fn below(module: &Module, name: &str) -> Module {
    module.iter().map(String::as_str).chain([name]).map(str::to_owned).collect()
}

impl Names {
    fn add_use(&mut self, before: &[String], tree: &UseTree) {
        let with = |name: &syn::Ident| [before, &[name.to_string()]].concat();
        match tree {
            UseTree::Path(path) => self.add_use(&with(&path.ident), &path.tree),
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.add_use(before, tree)),
            UseTree::Glob(_) => self.paths.push(before.to_vec()),
            UseTree::Name(name) if name.ident == "self" => {
                let name = before.last().cloned().unwrap_or_default();
                self.add_name(name, before.to_vec());
            }
            UseTree::Name(name) => self.add_name(name.ident.to_string(), with(&name.ident)),
            UseTree::Rename(rename) => self.add_name(rename.rename.to_string(), with(&rename.ident)),
        }
    }

    fn add_name(&mut self, name: String, path: Vec<String>) {
        self.paths.push(path.clone());
        self.uses.insert(name, path);
    }
}

impl<'ast> Visit<'ast> for Names {
    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.add_use(&[], &item.tree);
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        if !item.attrs.iter().any(|attribute| attribute.path().is_ident("cfg")) {
            syn::visit::visit_item_mod(self, item);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if segments.len() > 1 {
            self.paths.push(segments);
        }
        syn::visit::visit_path(self, path);
    }

    /// Arguments of macros are expressions, but for tokens that are quoted.
    fn visit_macro(&mut self, item: &'ast Macro) {
        if item.path.is_ident("quote") {
            return;
        }
        if let Ok(arguments) = item.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated) {
            arguments.iter().for_each(|argument| Visit::visit_expr(&mut *self, argument));
        }
    }
}
