//! Every name of generated code is made here, by these rules:
//!
//! - Types, variants: words capitalized and joined (`P_Q_inner_data` → `PQInnerData`). Fields, modules: small letters with
//!   underscores (`srp_B` → `srp_b`).
//! - A field or method that is a keyword is raw (`r#type`); `self`, `super`, `crate` and `Self`, which cannot be raw, modules
//!   called like a keyword, types called like something that generated code uses itself (`Vec`), and a generic
//!   parameter called like its struct get an underscore.
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
pub(crate) use words::{computed_ident, local_ident, module_name, value_ident};

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

    /// Whether variants repeat the name of their enum, or all have a first or last word in common. Two variants do not
    /// count, as they do not for clippy.
    pub(crate) fn variants_repeat(&self, schema: &Schema, id: TypeId) -> bool {
        let ty = self.ty(id).ident.to_string();
        let variants: Vec<String> =
            schema[id].constructors.iter().map(|&constructor| self.variant(constructor).to_string()).collect();
        let repeats_type = variants.iter().any(|variant| variant.starts_with(&ty) || variant.ends_with(&ty));
        variants.len() > 2 && repeats_type || share_a_word(&variants)
    }

    /// Whether all variants of the enum of all constructors have a first or last word in common.
    pub(crate) fn constructor_variants_repeat(&self) -> bool {
        share_a_word(&self.constructor_variants.iter().map(Ident::to_string).collect::<Vec<_>>())
    }

    /// Whether all variants of the enum of all functions have a first or last word in common.
    pub(crate) fn function_variants_repeat(&self) -> bool {
        share_a_word(&self.function_variants.iter().map(Ident::to_string).collect::<Vec<_>>())
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

/// A name for the generic parameter of a struct: that of the schema, kept apart from the struct itself.
pub(crate) fn generic_ident(parameter: &str, owner: &Ident) -> Ident {
    let name = words::type_name(&camel(parameter));
    let name = if owner == &name { format!("{name}_") } else { name };
    Ident::new(&name, Span::call_site())
}

/// Names of fields or methods of one struct: unique, later ones numbered.
#[derive(Default)]
pub(crate) struct FieldNames(BTreeSet<String>);

impl FieldNames {
    pub(crate) fn ident(&mut self, name: &str) -> Ident {
        let name = snake(name);
        let numbered = (2..).map(|number| format!("{name}_{number}"));
        let free =
            std::iter::once(name.clone()).chain(numbered).find(|name| !self.0.contains(name)).unwrap_or_default();
        self.0.insert(free.clone());
        value_ident(&free)
    }
}

/// Names of items by module, to keep them apart.
#[derive(Default)]
struct Taken(BTreeSet<(Vec<String>, String)>);

impl Taken {
    fn item(&mut self, name: &Name, id: u32) -> ItemName {
        let modules: Vec<String> = name.namespace.iter().map(|part| module_name(&snake(part))).collect();
        let ident = self.ident(&modules, &words::type_name(&camel(&name.name)), id);
        ItemName { modules, ident }
    }

    /// A name for a type that the schema does not know: the first free one of `Name`, `Name2`, ….
    fn helper(&mut self, modules: &[String], name: &str) -> Ident {
        let name = words::type_name(name);
        let numbered = (2..).map(|number| format!("{name}{number}"));
        let mut names = std::iter::once(name.clone()).chain(numbered);
        let free = names.find(|name| self.0.insert((modules.to_vec(), name.clone()))).unwrap_or_default();
        Ident::new(&free, Span::call_site())
    }

    fn ident(&mut self, modules: &[String], name: &str, id: u32) -> Ident {
        let with_id = format!("{name}{id:08x}");
        let free = if self.0.insert((modules.to_vec(), name.to_owned())) { name } else { &with_id };
        self.0.insert((modules.to_vec(), free.to_owned()));
        Ident::new(free, Span::call_site())
    }
}

/// `messages.sendMessage` → `MessagesSendMessage`.
fn whole_name(name: &Name) -> String {
    let parts = name.namespace.iter().chain([&name.name]);
    parts.map(|part| camel(part)).collect()
}

/// The variants of an enum across namespaces, with the namespaces in their names; `reserved` names are another's.
fn whole_variants<'a>(combinators: impl Iterator<Item = &'a Combinator>, reserved: &[String]) -> Vec<Ident> {
    let mut taken = Taken(reserved.iter().map(|name| (Vec::new(), name.clone())).collect());
    combinators.map(|it| taken.ident(&[], &words::variant_name(&whole_name(&it.name)), it.id)).collect()
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
            idents[id.index()] = taken.ident(&[], &words::variant_name(name), schema[id].combinator.id);
        }
    }
    idents
}

/// The name without the prefix, if what is left can stand alone.
fn without_prefix(name: &str, prefix: &str) -> String {
    let rest = name.strip_prefix(prefix).filter(|rest| rest.starts_with(|first: char| first.is_ascii_uppercase()));
    rest.unwrap_or(name).to_owned()
}
