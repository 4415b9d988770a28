//! Keeps names of the schema and names that generated code uses apart.
//!
//! Generated code is written with short names: `Option`, `Reader`, `codec::Boxed`. A type `option` of the schema, a namespace
//! `codec` or a type variable `Reader` would hide them. So every name of a schema is marked from the start (see `names/words.rs`),
//! and here, where the tokens of an item are complete, the marks are taken away. On the way
//!
//! - a short name that a name of the schema hides gets its whole path: `::typelang::items::Option`;
//! - a local variable that would hide what its function uses gets an underscore: `reader_`;
//! - `peer: peer` becomes `peer`.
//!
//! No list says which names are used: whatever is not marked is.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, Span, TokenStream, TokenTree};

use crate::names::{ITEMS, Mark, Names, ROOTS, is_primitive, unmarked};

/// The names of a schema that can hide others in the modules of its items.
pub(crate) struct Scope {
    types: BTreeSet<String>,
    modules: BTreeSet<String>,
    /// The path of the runtime's module that has everything that generated code refers to by a short name.
    items: TokenStream,
}

impl Scope {
    /// The names of all items of a schema. `runtime_path` is the path of the runtime crate.
    pub(crate) fn new(names: &Names, runtime_path: &str) -> Self {
        let items = format!("{}::items", absolute(runtime_path));
        Self { types: names.all_types(), modules: names.all_modules(), items: items.parse().unwrap_or_default() }
    }
}

/// A path that begins with a crate, so that no module of the same name can hide it.
pub(crate) fn absolute(path: &str) -> String {
    let first = path.split("::").next().unwrap_or_default().trim();
    if ["", "crate", "self", "super"].contains(&first) { path.to_owned() } else { format!("::{path}") }
}

/// The tokens of items without marks.
pub(crate) struct Settled {
    pub(crate) tokens: TokenStream,
    /// Those of [`ROOTS`] that begin a path, and those of [`ITEMS`] that are named.
    pub(crate) uses: BTreeSet<&'static str>,
    /// Those of [`ROOTS`] that documentation links to.
    pub(crate) links: BTreeSet<&'static str>,
    /// Whether the schema hides a name, so that not every import may be needed.
    pub(crate) hides: bool,
}

/// Takes the marks away. Without a scope the items are in a module without names of the schema, where nothing is hidden.
pub(crate) fn settle(tokens: TokenStream, scope: Option<&Scope>) -> Settled {
    let nodes = read(tokens);
    let mut words = Words::default();
    words.note_schema(&nodes);
    if !words.locals.is_empty() {
        words.note_own(&nodes);
    }
    let mut pass = Pass { scope, words, uses: BTreeSet::new(), links: BTreeSet::new(), hides: false };
    let tokens = pass.stream(nodes, Place::Code);
    Settled { tokens, uses: pass.uses, links: pass.links, hides: pass.hides }
}

/// The kind of tokens that a group is among.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Code,
    /// The arguments of a macro, which may be literal words of its patterns.
    Macro,
}

/// The words of an item that matter for others of its words.
#[derive(Default)]
struct Words {
    /// Those of the schema that may be type parameters.
    parameters: BTreeSet<String>,
    /// The local variables for fields.
    locals: BTreeSet<String>,
    /// Those of them that the emitter uses itself, for a variable or a function.
    taken: BTreeSet<String>,
}

impl Words {
    fn note_schema(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Group { nodes, around, .. } if !around.is_macro => self.note_schema(nodes),
                Node::Word { text, around, .. } if !around.is_within_path => match Mark::of(text) {
                    Mark::Schema(name) if !is_small(name) => _ = self.parameters.insert(name.to_owned()),
                    Mark::Local(name) => _ = self.locals.insert(name.to_owned()),
                    _ => {}
                },
                _ => {}
            }
        }
    }

    fn note_own(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Group { nodes, around, .. } if !around.is_macro => self.note_own(nodes),
                Node::Word { text, around, .. }
                    if !around.is_within_path && !around.begins_path && self.locals.contains(text.as_str()) =>
                {
                    self.taken.insert(text.clone());
                }
                _ => {}
            }
        }
    }
}

/// Returns whether a word begins as those of modules, variables and functions do.
fn is_small(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_lowercase())
}

struct Pass<'s> {
    scope: Option<&'s Scope>,
    words: Words,
    uses: BTreeSet<&'static str>,
    links: BTreeSet<&'static str>,
    hides: bool,
}

impl Pass<'_> {
    fn stream(&mut self, nodes: Vec<Node>, place: Place) -> TokenStream {
        let mut settled: Vec<TokenTree> = Vec::with_capacity(nodes.len());
        for node in nodes {
            match node {
                Node::Attribute(group) => {
                    self.note_links_of(group.stream());
                    settled.push(TokenTree::Group(group));
                }
                Node::Group { delimiter, nodes, around } => {
                    let inner = self.stream(nodes, if around.is_macro { Place::Macro } else { place });
                    settled.push(TokenTree::Group(Group::new(delimiter, inner)));
                }
                Node::Word { ident, text, around } => self.word(ident, &text, around, place, &mut settled),
                Node::Other(token) => settled.push(token),
            }
        }
        settled.into_iter().collect()
    }

    fn word(&mut self, ident: Ident, text: &str, around: Around, place: Place, settled: &mut Vec<TokenTree>) {
        match Mark::of(text) {
            Mark::Schema(name) => settled.push(unmarked(name, ident.span()).into()),
            Mark::Local(name) => {
                let local = self.local(name, ident.span());
                if around.ends_value && names_field(settled, &local) {
                    settled.truncate(settled.len() - 2);
                }
                settled.push(local.into());
            }
            Mark::Own => {
                self.note_use(text, around);
                if place == Place::Code
                    && let Some(before) = self.hidden(text, around)
                {
                    self.hides = true;
                    settled.extend(before);
                }
                settled.push(ident.into());
            }
        }
    }

    /// A local variable for a field of this name.
    fn local(&self, name: &str, span: Span) -> Ident {
        // Such a name may be that of a type, too, and a variable of underscores and digits is no good name. No other ends like this.
        if let Some(digits) = name.strip_prefix('_') {
            return Ident::new(&format!("n{digits}_"), span);
        }
        if self.words.taken.contains(name) {
            return Ident::new(&format!("{name}_"), span);
        }
        unmarked(name, span)
    }

    fn note_use(&mut self, word: &str, around: Around) {
        if !around.is_within_path {
            self.uses.extend(ROOTS.into_iter().find(|root| around.begins_path && word == *root));
            self.uses.extend(ITEMS.into_iter().find(|item| word == *item));
        }
    }

    /// The beginning of the path of a short name, if a name of the schema hides it.
    fn hidden(&self, word: &str, around: Around) -> Option<TokenStream> {
        let scope = self.scope.filter(|_| !around.is_within_path && !around.is_declared)?;
        if ITEMS.contains(&word) || ROOTS.contains(&word) {
            return None;
        }
        if !is_small(word) {
            let is_hidden = scope.types.contains(word) || self.words.parameters.contains(word);
            return is_hidden.then(|| path(&scope.items));
        }
        if !scope.modules.contains(word) || !(around.begins_path || is_primitive(word)) {
            return None;
        }
        // All other paths that emitters and users write begin with a crate.
        let is_of_runtime = is_primitive(word) || word == CODEC;
        Some(if is_of_runtime { path(&scope.items) } else { colons().collect() })
    }

    /// Notes which modules a piece of documentation links to: `[…](types::…)`.
    fn note_links_of(&mut self, attribute: TokenStream) {
        for token in attribute {
            let TokenTree::Literal(literal) = token else { continue };
            let line = literal.to_string();
            for (at, _) in line.match_indices("](") {
                let target = line.get(at + 2..).unwrap_or_default();
                let is_target = |root: &&str| target.strip_prefix(*root).is_some_and(|it| it.starts_with("::"));
                self.links.extend(ROOTS.into_iter().filter(is_target));
            }
        }
    }
}

/// The module of the runtime's prelude.
const CODEC: &str = "codec";

/// Returns whether the last tokens are `name:`, of a field in the expression of a struct.
fn names_field(tokens: &[TokenTree], name: &Ident) -> bool {
    matches!(tokens, [.., TokenTree::Ident(field), TokenTree::Punct(colon)] if field == name && colon.as_char() == ':')
}

/// Expands to: `::typelang::items::`
fn path(items: &TokenStream) -> TokenStream {
    items.clone().into_iter().chain(colons()).collect()
}

fn colons() -> impl Iterator<Item = TokenTree> {
    [Punct::new(':', Spacing::Joint), Punct::new(':', Spacing::Alone)].into_iter().map(TokenTree::Punct)
}

/// The tokens beside a token, as far as they matter.
#[derive(Clone, Copy, Default)]
struct Around {
    /// It is behind `::` or `.`.
    is_within_path: bool,
    /// It is before `::`, and not behind one.
    begins_path: bool,
    /// It is the name in a declaration: behind `fn`, `const`, ….
    is_declared: bool,
    /// It is a group behind `name!`.
    is_macro: bool,
    /// It ends at a comma or the end.
    ends_value: bool,
}

/// A token with what is beside it.
enum Node {
    Word { ident: Ident, text: String, around: Around },
    Group { delimiter: Delimiter, nodes: Vec<Node>, around: Around },
    Attribute(Group),
    Other(TokenTree),
}

/// The last token.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Nothing,
    Colon,
    Colons,
    Dot,
    Hash,
    Word,
    Declaring,
    Macro,
}

/// Reads tokens, each once: texts of identifiers are not free.
fn read(tokens: TokenStream) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut before = Before::Nothing;
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let next = tokens.peek();
        let next_mark = match next {
            Some(TokenTree::Punct(next)) => Some((next.as_char(), next.spacing())),
            _ => None,
        };
        let is_within_path = matches!(before, Before::Colons | Before::Dot);
        let around = Around {
            is_within_path,
            begins_path: !is_within_path && next_mark == Some((':', Spacing::Joint)),
            is_declared: before == Before::Declaring,
            is_macro: before == Before::Macro,
            ends_value: next.is_none() || matches!(next_mark, Some((',', _))),
        };
        match token {
            TokenTree::Group(group) if before == Before::Hash && group.delimiter() == Delimiter::Bracket => {
                nodes.push(Node::Attribute(group));
                before = Before::Nothing;
            }
            TokenTree::Group(group) => {
                let (delimiter, stream) = (group.delimiter(), group.stream());
                // Tokens that nobody else has are not copied.
                drop(group);
                nodes.push(Node::Group { delimiter, nodes: read(stream), around });
                before = Before::Nothing;
            }
            TokenTree::Ident(ident) => {
                let text = ident.to_string();
                before = match text.as_str() {
                    "const" | "enum" | "fn" | "mod" | "static" | "struct" | "trait" | "type" => Before::Declaring,
                    _ => Before::Word,
                };
                nodes.push(Node::Word { ident, text, around });
            }
            TokenTree::Punct(punct) => {
                before = match (punct.as_char(), before) {
                    (':', Before::Colon) => Before::Colons,
                    (':', _) => Before::Colon,
                    ('.', _) => Before::Dot,
                    ('#', _) | ('!', Before::Hash) => Before::Hash,
                    ('!', Before::Word) => Before::Macro,
                    _ => Before::Nothing,
                };
                nodes.push(Node::Other(TokenTree::Punct(punct)));
            }
            TokenTree::Literal(literal) => {
                before = Before::Nothing;
                nodes.push(Node::Other(TokenTree::Literal(literal)));
            }
        }
    }
    nodes
}

#[cfg(test)]
mod tests {
    use super::{Scope, settle};
    use std::collections::BTreeSet;

    fn settled(tokens: &str, types: &[&str], modules: &[&str]) -> String {
        let owned = |words: &[&str]| words.iter().map(|&it| it.to_owned()).collect::<BTreeSet<_>>();
        let items = "::typelang::items".parse().unwrap();
        let scope = Scope { types: owned(types), modules: owned(modules), items };
        settle(tokens.parse().unwrap(), Some(&scope)).tokens.to_string().replace(' ', "")
    }

    #[test]
    fn hidden_names_are_written_with_their_paths() {
        let text = |types: &[&str], modules: &[&str]| {
            settled("impl Encode for r#Peer { const A: Option<u32> = Self::Option; codec::Boxed }", types, modules)
        };
        assert_eq!(text(&[], &[]), "implEncodeforPeer{constA:Option<u32>=Self::Option;codec::Boxed}");
        assert_eq!(
            text(&["Option", "A"], &["u32", "codec"]),
            "implEncodeforPeer{constA:::typelang::items::Option<::typelang::items::u32>=Self::Option;\
             ::typelang::items::codec::Boxed}"
        );
    }

    #[test]
    fn type_parameters_hide_names_of_their_item_alone() {
        assert_eq!(settled("struct r#P<r#Vec>(Vec<r#Vec>);", &[], &[]), "structP<Vec>(::typelang::items::Vec<Vec>);");
        assert_eq!(settled("Self::r#Vec(Vec::new())", &[], &[]), "Self::Vec(Vec::new())");
    }

    #[test]
    fn macros_and_attributes_keep_their_words() {
        let text = "#[derive(Clone)]variant!(r#Peer::r#User(Box<types::r#User>));";
        assert_eq!(settled(text, &["Box", "Clone"], &[]), text.replace("r#", ""));
    }

    #[test]
    fn local_variables_hide_nothing() {
        let text = |name: &str| {
            let text = format!("let r#{name}· = reader.read(flag); Self {{ r#{name}: r#{name}·, r#b: r#{name}·.c() }}");
            settled(&text, &[], &[])
        };
        assert_eq!(text("peer"), "letpeer=reader.read(flag);Self{peer,b:peer.c()}");
        assert_eq!(text("read"), "letread=reader.read(flag);Self{read,b:read.c()}");
        assert_eq!(text("flag"), "letflag_=reader.read(flag);Self{flag:flag_,b:flag_.c()}");
        assert_eq!(text("type"), "letr#type=reader.read(flag);Self{r#type,b:r#type.c()}");
        assert_eq!(text("_1"), "letn1_=reader.read(flag);Self{_1:n1_,b:n1_.c()}");
    }
}
