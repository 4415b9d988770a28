//! Every name of generated code is made here, by these rules:
//!
//! - Types, variants: words capitalized and joined (`P_Q_inner_data` → `PQInnerData`). Fields, modules: small letters with
//!   underscores (`srp_B` → `srp_b`).
//! - A field or method that is a keyword is raw (`r#type`). An underscore behind them get: `self`, `super`, `crate` and `Self`, which
//!   cannot be raw; modules called like a keyword, a device (`con`), or what they are beside (`types`, `root`); types called like
//!   an item of the root module (`AnyFunction`); and a local variable that would hide what its function uses.
//! - Anything else that generated code uses may be called as it likes: where a name of the schema hides a short name (`Vec`), the
//!   code has the whole path in its place ([`hygiene`](crate::output::hygiene)).
//! - Of a type or module with more than 72 letters, the first of them and a number that depends on all of them.
//! - A variant loses its type's name (`inputPeerUser` of `InputPeer` → `User`), unless what is left is nothing, starts
//!   with a digit, or is also what another constructor of the type would be called.
//! - A group of values on one bit is named after the first `true` on the bit; without one after the values, joined by `_and_`
//!   (`views_and_forwards`); where that has more than 40 characters after the first value alone, with as many of its words as fit
//!   (`lang_code_and_others`). A name that a fact file or the builder gives comes before these.
//! - Two names that are equal once in Rust's letter case: the one declared first keeps it; a later type gets its id as
//!   suffix (`Foo` and `Foo1234abcd`), a later field a number (`a`, `a_2`).

mod case;
mod errors;
mod groups;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Span};
use typelang_ir::{Builtin, Combinator, ConstructorId, ConstructorKind, FunctionId, Name, Schema, TypeId};

use case::share_a_word;
pub(crate) use case::{camel, snake, words as split_words};
pub(crate) use errors::ErrorVariants;
pub(crate) use groups::group_name;
pub(crate) use words::{
    DIVISION, ITEMS, Mark, ROOTS, is_primitive, local_ident, module_name, text, unmarked, value_ident,
};

/// The variant of `AnyConstructor` that holds a call, which is no constructor.
const CALL_VARIANT: &str = "Call";

/// A place for an item: the modules below `types`, `enums` or `functions`, and the name in there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ItemName {
    pub(crate) modules: Vec<String>,
    pub(crate) ident: Ident,
}

/// The Rust names of all items of a schema.
pub(crate) struct Names {
    in_types: Taken,
    in_enums: Taken,
    in_functions: Taken,
    types: Vec<ItemName>,
    constructors: Vec<ItemName>,
    functions: Vec<ItemName>,
    variants: Vec<Ident>,
    constructor_variants: Vec<Ident>,
    function_variants: Vec<Ident>,
}

impl Names {
    pub(crate) fn new(schema: &Schema) -> Self {
        let mut types = Taken::default();
        let mut constructors = Taken::default();
        let mut functions = Taken::default();
        let first_id = |ty: &typelang_ir::Type| ty.constructors.first().map_or(0, |&it| schema[it].combinator.id);
        let calls = schema.object_holds_calls().then(|| CALL_VARIANT.to_owned());
        let builtins = schema.boxed_builtins().into_iter();
        let builtins = builtins.map(|it| Self::builtin_variant(it.builtin, &it.name).to_string());
        let reserved: Vec<String> = calls.into_iter().chain(builtins).collect();
        let combinator = |taken: &mut Taken, it: &Combinator| taken.item(&it.name, it.id);
        Self {
            types: schema.types.iter().map(|ty| types.item(&ty.name, first_id(ty))).collect(),
            constructors: schema
                .constructors
                .iter()
                .map(|it| match it.kind {
                    // `_` is no name.
                    ConstructorKind::Default => {
                        let ty = &schema[it.result].name;
                        constructors
                            .item(&Name { name: format!("{}Default", ty.name).into(), ..ty.clone() }, it.combinator.id)
                    }
                    _ => combinator(&mut constructors, &it.combinator),
                })
                .collect(),
            functions: schema.functions.iter().map(|it| combinator(&mut functions, &it.combinator)).collect(),
            in_types: constructors,
            in_enums: types,
            in_functions: functions,
            variants: variants(schema),
            constructor_variants: whole_variants(schema.constructors.iter().map(|it| &it.combinator), &reserved),
            function_variants: whole_variants(schema.functions.iter().map(|it| &it.combinator), &[]),
        }
    }

    /// The names of all types in the modules of the schema.
    pub(crate) fn all_types(&self) -> BTreeSet<String> {
        self.taken().map(|(_, name)| name.clone()).collect()
    }

    /// The names of all modules of namespaces.
    pub(crate) fn all_modules(&self) -> BTreeSet<String> {
        self.taken().flat_map(|(modules, _)| modules).cloned().collect()
    }

    fn taken(&self) -> impl Iterator<Item = &(Vec<String>, String)> {
        [&self.in_types, &self.in_enums, &self.in_functions].into_iter().flat_map(|taken| &taken.names)
    }

    /// Where the enum of a type is.
    pub(crate) fn ty(&self, id: TypeId) -> &ItemName {
        &self.types[id.index()]
    }

    /// Where the struct of a constructor is.
    pub(crate) fn constructor(&self, id: ConstructorId) -> &ItemName {
        &self.constructors[id.index()]
    }

    /// Where the struct of a function is.
    pub(crate) fn function(&self, id: FunctionId) -> &ItemName {
        &self.functions[id.index()]
    }

    /// A name for a helper type beside the struct of a constructor.
    pub(crate) fn beside_constructor(&mut self, id: ConstructorId, name: &str) -> Ident {
        self.in_types.helper(&self.constructors[id.index()].modules, name)
    }

    /// A name for a helper type beside the enum of a type.
    pub(crate) fn beside_type(&mut self, id: TypeId, name: &str) -> Ident {
        self.in_enums.helper(&self.types[id.index()].modules, name)
    }

    /// A name for a helper type beside the struct of a function.
    pub(crate) fn beside_function(&mut self, id: FunctionId, name: &str) -> Ident {
        self.in_functions.helper(&self.functions[id.index()].modules, name)
    }

    /// The variant of a constructor in the enum of its type.
    pub(crate) fn variant(&self, id: ConstructorId) -> &Ident {
        &self.variants[id.index()]
    }

    /// Returns whether variants repeat the name of their enum, or all have a first or last word in common. Two variants do not
    /// count, as they do not for clippy.
    pub(crate) fn variants_repeat(&self, schema: &Schema, id: TypeId) -> bool {
        let ty = text(&self.ty(id).ident);
        let variants: Vec<String> =
            schema[id].constructors.iter().map(|&constructor| text(self.variant(constructor))).collect();
        let repeats_type = variants.iter().any(|variant| variant.starts_with(&ty) || variant.ends_with(&ty));
        variants.len() > 2 && repeats_type || share_a_word(&variants)
    }

    /// Returns whether all variants of the enum of all constructors have a first or last word in common.
    pub(crate) fn constructor_variants_repeat(&self) -> bool {
        share_a_word(&self.constructor_variants.iter().map(text).collect::<Vec<_>>())
    }

    /// Returns whether all variants of the enum of all functions have a first or last word in common.
    pub(crate) fn function_variants_repeat(&self) -> bool {
        share_a_word(&self.function_variants.iter().map(text).collect::<Vec<_>>())
    }

    /// The variant of a constructor in the enum of all constructors.
    pub(crate) fn constructor_variant(&self, id: ConstructorId) -> &Ident {
        &self.constructor_variants[id.index()]
    }

    /// The variant of calls in the enum of all constructors, where an `Object` can be one.
    pub(crate) fn call_variant() -> Ident {
        Ident::new(CALL_VARIANT, Span::call_site())
    }

    /// The variant of a built-in type in the enum of all constructors, by the name of its constructor.
    pub(crate) fn builtin_variant(builtin: Builtin, name: &str) -> Ident {
        let name = if builtin == Builtin::Bool { "Bool" } else { name };
        Ident::new(&words::variant_name(&camel(name)), Span::call_site())
    }

    /// The variant of a function in the enum of all functions.
    pub(crate) fn function_variant(&self, id: FunctionId) -> &Ident {
        &self.function_variants[id.index()]
    }
}

/// Names of the generic parameters of one item: unique, and apart from the types that the item refers to without a path.
pub(crate) struct GenericNames {
    taken: BTreeSet<String>,
    numbers: Numbers,
}

impl GenericNames {
    /// Names apart from these types.
    pub(crate) fn apart_from<'i>(types: impl IntoIterator<Item = &'i Ident>) -> Self {
        Self { taken: types.into_iter().map(text).collect(), numbers: Numbers::default() }
    }

    /// A name for a parameter: that of the schema, with an underscore or a number if it is taken.
    pub(crate) fn ident(&mut self, parameter: &str) -> Ident {
        self.free(&camel(parameter))
    }

    /// A name for what belongs to a parameter of this name: `XForm` for `X`.
    pub(crate) fn ident_with(&mut self, parameter: &Ident, ending: &str) -> Ident {
        self.free(&(text(parameter).trim_end_matches('_').to_owned() + ending))
    }

    fn free(&mut self, name: &str) -> Ident {
        let taken = &mut self.taken;
        let is_free = |name: &str| taken.insert(words::type_name(name));
        words::type_ident(&self.numbers.free(name, &["", "_"], "", is_free))
    }
}

/// Names of fields or methods of one struct: unique, later ones numbered.
#[derive(Default)]
pub(crate) struct FieldNames {
    taken: BTreeSet<String>,
    numbers: Numbers,
}

impl FieldNames {
    pub(crate) fn ident(&mut self, name: &str) -> Ident {
        let name = snake(name);
        let taken = &mut self.taken;
        let is_free = |name: &str| taken.insert(words::value_name(name));
        value_ident(&self.numbers.free(&name, &[""], "_", is_free))
    }
}

/// Names of items by module, to keep them apart.
#[derive(Default)]
struct Taken {
    names: BTreeSet<(Vec<String>, String)>,
    numbers: BTreeMap<Vec<String>, Numbers>,
}

impl Taken {
    fn item(&mut self, name: &Name, id: u32) -> ItemName {
        let modules: Vec<String> = name.namespace.iter().map(|part| module_name(&snake(part))).collect();
        let ident = self.free(&modules, &camel(&name.name), Some(id), words::type_name);
        ItemName { modules, ident: words::type_ident(&ident) }
    }

    /// A name for a type that the schema does not know: the first free one of `Name`, `Name2`, ….
    fn helper(&mut self, modules: &[String], name: &str) -> Ident {
        words::type_ident(&self.free(modules, name, None, words::type_name))
    }

    /// A name for a variant.
    fn variant(&mut self, name: &str, id: u32) -> Ident {
        words::variant_ident(&self.free(&[], name, Some(id), words::variant_name))
    }

    /// The first name that nothing has in the module: without anything behind it, with the id, with numbers.
    fn free(&mut self, modules: &[String], name: &str, id: Option<u32>, spelled: fn(&str) -> String) -> String {
        let id = id.map(|id| format!("{id:08x}"));
        let (endings, before_number) = match &id {
            Some(id) => (vec!["", id], format!("{id}n")),
            None => (vec![""], String::new()),
        };
        let names = &mut self.names;
        let is_free = |name: &str| names.insert((modules.to_vec(), spelled(name)));
        self.numbers.entry(modules.to_vec()).or_default().free(name, &endings, &before_number, is_free)
    }
}

/// For names that were taken, the numbers to go on with.
#[derive(Default)]
struct Numbers(BTreeMap<String, usize>);

impl Numbers {
    /// The first free name of those with one of these endings, then with numbers.
    fn free(
        &mut self,
        name: &str,
        endings: &[&str],
        before_number: &str,
        mut is_free: impl FnMut(&str) -> bool,
    ) -> String {
        for ending in endings {
            let candidate = format!("{name}{ending}");
            if is_free(&candidate) {
                return candidate;
            }
        }
        let number = self.0.entry(format!("{name}{before_number}")).or_insert(1);
        loop {
            *number += 1;
            let candidate = format!("{name}{before_number}{number}");
            if is_free(&candidate) {
                return candidate;
            }
        }
    }
}

/// `messages.sendMessage` → `MessagesSendMessage`.
fn whole_name(name: &Name) -> String {
    let parts = name.namespace.iter().chain([&name.name]);
    parts.map(|part| camel(part)).collect()
}

/// The variants of an enum across namespaces, with the namespaces in their names; `reserved` names are another's.
fn whole_variants<'a>(combinators: impl Iterator<Item = &'a Combinator>, reserved: &[String]) -> Vec<Ident> {
    let names = reserved.iter().map(|name| (Vec::new(), name.clone())).collect();
    let mut taken = Taken { names, ..Taken::default() };
    combinators.map(|it| taken.variant(&whole_name(&it.name), it.id)).collect()
}

/// The variants of every type, by constructor.
fn variants(schema: &Schema) -> Vec<Ident> {
    let mut idents = vec![value_ident(""); schema.constructors.len()];
    for ty in &schema.types {
        let prefix = camel(&ty.name.name);
        let whole = ty.constructors.iter().map(|&it| match schema[it].kind {
            ConstructorKind::Default => "Default".to_owned(),
            _ => camel(&schema[it].combinator.name.name),
        });
        let whole: Vec<String> = whole.collect();
        let short: Vec<String> = whole.iter().map(|name| without_prefix(name, &prefix)).collect();
        let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
        for (short, whole) in short.iter().zip(&whole) {
            *uses.entry(short).or_default() += 1;
            if whole != short {
                *uses.entry(whole).or_default() += 1;
            }
        }
        let mut taken = Taken::default();
        for ((&id, short), whole) in ty.constructors.iter().zip(&short).zip(&whole) {
            let name = if uses.get(short.as_str()) == Some(&1) { short } else { whole };
            idents[id.index()] = taken.variant(name, schema[id].combinator.id);
        }
    }
    idents
}

/// The name without the prefix, if what is left can stand alone.
fn without_prefix(name: &str, prefix: &str) -> String {
    let rest = name.strip_prefix(prefix).filter(|rest| rest.starts_with(|first: char| first.is_ascii_uppercase()));
    rest.unwrap_or(name).to_owned()
}
