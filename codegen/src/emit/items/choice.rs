//! The facts about one enum that its impls need, and how its values are read.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;
use typelang_ir::{BoxedBuiltin, Builtin, Combinator, ConstructorId, ConstructorKind, Directions, TypeId, ValueType};

use crate::emit::body::derives::derives;
use crate::emit::docs::{self, Docs, cross_references};
use crate::generics::{Generics, Parameters, Variables, list, named};
use crate::model::Model;
use crate::names::{Names, text};
use crate::record::Record;
use crate::tokens::{beside, id_literal, path, qualified};

/// One enum of several variants: of the constructors of a type, of all constructors or of all functions.
pub(crate) struct Choice<'a> {
    pub(crate) model: &'a Model<'a>,
    pub(crate) kind: ChoiceKind,
    pub(crate) ident: Ident,
    /// The name that errors mention.
    pub(crate) name: String,
    pub(crate) docs: Docs,
    /// The derived traits, and the attributes that users ask for.
    pub(crate) derives: TokenStream,
    /// The parameters of the enum.
    pub(crate) parameters: Parameters,
    /// The parameters that make a difference, if there are any. Then a form is encoded and decoded, not the enum itself.
    pub(crate) generics: Option<&'a Generics>,
    pub(crate) variants: Vec<Variant<'a>>,
    /// Built-in types that are variants of the enum of all constructors.
    pub(crate) builtins: Vec<BuiltinVariant>,
    /// The position of the variant to go on with if none can be read.
    pub(crate) simplest: Option<usize>,
    pub(crate) least_length: u32,
    /// Which ways values travel.
    pub(crate) directions: Directions,
    /// Whether it is of a type that so many functions return that most programs need it.
    pub(crate) common: bool,
    pub(crate) calls: Calls,
    /// The place of the enum in its schema, as the call that gives it: `ty("InputPeer")`, `any_constructor()`.
    pub(crate) place: TokenStream,
}

/// The kinds of enums that emitters tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChoiceKind {
    /// Of a type without parameters.
    Plain,
    /// Of a type with parameters.
    Parametric,
    /// Of all constructors or of all functions.
    Any,
}

/// The relation of an enum to the calls that an `Object` can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Calls {
    None,
    /// A variant holds them.
    Held,
    /// It is the enum of them, and the other one decodes by it.
    Lent,
}

/// One variant of an enum, which contains the struct of a constructor or a function.
pub(crate) struct Variant<'a> {
    pub(crate) name: &'a Ident,
    pub(crate) combinator: &'a Combinator,
    pub(crate) record: &'a Record<'a>,
    pub(crate) docs: Docs,
    /// The path of the struct, without generic arguments.
    pub(crate) path: TokenStream,
    /// The generic arguments of the struct.
    pub(crate) arguments: TokenStream,
    /// The form of the struct, if the enum has parameters.
    pub(crate) form: Option<TokenStream>,
    /// Whether the variant contains its struct; one without fields contains nothing.
    pub(crate) holds_struct: bool,
    /// Whether the struct is behind a pointer.
    pub(crate) boxed: bool,
    /// Whether values have no id: they match whatever begins with no other variant's.
    pub(crate) is_default: bool,
}

impl<'a> Choice<'a> {
    /// The enum of a type.
    pub(crate) fn of_type(model: &'a Model<'a>, id: TypeId) -> Self {
        let ty = &model.schema[id];
        let facts = model.facts.ty(id);
        let name = ty.name.to_string();
        let docs = docs::ty(model.options, ty, model.known.texts.types.get(&name));
        let generics = model.generics_of_type(id);
        Self {
            model,
            kind: if generics.is_empty() { ChoiceKind::Plain } else { ChoiceKind::Parametric },
            ident: model.names.ty(id).ident.clone(),
            docs: cross_references::of_type(model, id, docs),
            derives: derives(model.options, &name, model.traits.ty(id), true),
            parameters: generics.parameters(),
            generics: (!generics.is_empty()).then_some(generics),
            variants: ty.constructors.iter().map(|&it| Variant::of_constructor(model, generics, it)).collect(),
            builtins: Vec::new(),
            simplest: ty.constructors.iter().position(|&it| Some(it) == facts.simplest),
            least_length: facts.least_length,
            directions: ty.directions,
            common: model.is_common(id),
            calls: Calls::None,
            place: quote!(ty(#name)),
            name,
        }
    }

    /// The enum of all functions, `AnyFunction`.
    pub(crate) fn any_function(model: &'a Model<'a>) -> Self {
        let docs = Docs::default()
            .paragraph("A call of any function, for servers and proxies.")
            .paragraph("A function that wraps another call contains it as a value of this type.");
        let variants = model.schema.function_ids().map(|id| {
            let combinator = &model.schema[id].combinator;
            let wraps = model.schema[id].call().is_some();
            let facts = model.facts.function(id);
            let call = wraps.then(|| model.any_function_type());
            let variant = Variant {
                name: model.names.function_variant(id),
                combinator,
                record: model.function(id),
                docs: name_and_id(combinator),
                path: path("functions", model.names.function(id)),
                arguments: arguments(model.borrowing.function(id), call),
                form: None,
                holds_struct: !model.function(id).is_unit(),
                boxed: wraps || model.layout.is_large(combinator),
                is_default: false,
            };
            (variant, facts.height)
        });
        let calls = if model.object_holds_calls() { Calls::Lent } else { Calls::None };
        let place = quote!(any_function());
        Self::any(model, "AnyFunction", model.borrowing.any_function(), docs, variants.unzip(), calls, place)
    }

    /// The enum of all constructors, `AnyConstructor`. Where an `Object` of the schema can be a call, one more variant contains it.
    pub(crate) fn any_constructor(model: &'a Model<'a>) -> Self {
        let variants = model.schema.constructor_ids().filter(|&id| model.is_in_any_constructor(id)).map(|id| {
            let combinator = &model.schema[id].combinator;
            let facts = model.facts.constructor(id);
            let variant = Variant {
                name: model.names.constructor_variant(id),
                combinator,
                record: model.constructor(id),
                docs: name_and_id(combinator),
                path: model.constructor_path(id),
                arguments: arguments(model.borrowing.constructor(id), None),
                form: None,
                holds_struct: !model.constructor(id).is_unit(),
                boxed: model.layout.constructor(id) > model.options.layout.max_variant,
                is_default: false,
            };
            (variant, facts.height)
        });
        let (what, calls, place) = if model.object_holds_calls() {
            ("A boxed value of any type, or a call: the TL type `Object`.", Calls::Held, quote!(any()))
        } else {
            ("A boxed value of any type: the TL type `Object`.", Calls::None, quote!(any_constructor()))
        };
        let docs = Docs::default()
            .paragraph(what)
            .paragraph("For bytes with nothing but their id to tell the type, such as those of a log.");
        let borrows = model.borrowing.any_constructor();
        let builtins = BuiltinVariant::all(model);
        Self { builtins, ..Self::any(model, "AnyConstructor", borrows, docs, variants.unzip(), calls, place) }
    }

    /// The parts that both enums have in common. The numbers beside the variants are the levels of the simplest value of each that
    /// contains no value of the enum.
    fn any(
        model: &'a Model<'a>,
        name: &str,
        borrows: bool,
        docs: Docs,
        (variants, heights): (Vec<Variant<'a>>, Vec<Option<u32>>),
        calls: Calls,
        place: TokenStream,
    ) -> Self {
        let finite = (0..variants.len()).filter(|&it| heights[it].is_some());
        Self {
            model,
            kind: ChoiceKind::Any,
            ident: Ident::new(name, Span::call_site()),
            name: name.to_owned(),
            docs,
            derives: quote!(#[derive(Clone, Debug, PartialEq)]),
            parameters: Parameters { borrows, types: Vec::new() },
            generics: None,
            builtins: Vec::new(),
            simplest: finite.min_by_key(|&it| (variants[it].holds_struct, heights[it])),
            variants,
            least_length: 4,
            directions: Directions::BOTH,
            common: false,
            calls,
            place,
        }
    }
}

/// A variant of the enum of all constructors that contains a value of a built-in type.
pub(crate) struct BuiltinVariant {
    pub(crate) name: Ident,
    pub(crate) docs: Docs,
    /// The Rust type.
    pub(crate) ty: TokenStream,
    /// The form of a value without its id.
    pub(crate) bare: TokenStream,
    /// The form of a value with its id.
    pub(crate) boxed: TokenStream,
    /// The ids, with the names of the constructors. A `Bool` has one for each of its values, `true` first.
    pub(crate) constructors: Vec<(u32, String)>,
}

impl BuiltinVariant {
    /// Those that the schema declares.
    fn all(model: &Model<'_>) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        let mut bools = Vec::new();
        for BoxedBuiltin { name, builtin, id } in model.schema.boxed_builtins() {
            match builtin {
                Builtin::Bool => bools.push((id, name)),
                _ => all.push(Self::new(model, &ValueType::BoxedBuiltin(builtin, id), builtin, vec![(id, name)])),
            }
        }
        bools.sort_by(|(_, one), (_, other)| other.cmp(one));
        if bools.len() == 2 {
            all.insert(0, Self::new(model, &ValueType::Builtin(Builtin::Bool), Builtin::Bool, bools));
        }
        all
    }

    fn new(model: &Model<'_>, boxed: &ValueType, builtin: Builtin, constructors: Vec<(u32, String)>) -> Self {
        let generics = Generics::default();
        let variables = Variables { generics: &generics, call: None };
        let form = |ty: &ValueType| model.form(ty, variables, &|_| TokenStream::new()).codec().1;
        let names: Vec<String> = constructors.iter().map(|(id, name)| format!("`{name}#{id:08x}`")).collect();
        let bare = ValueType::Builtin(builtin);
        Self {
            name: Names::builtin_variant(builtin, &constructors[0].1),
            docs: Docs::default().paragraph(&names.join(" or ")),
            ty: model.rust_type(&bare, variables),
            bare: form(&bare),
            boxed: form(boxed),
            constructors,
        }
    }

    pub(crate) fn is_bool(&self) -> bool {
        self.constructors.len() > 1
    }
}

impl<'a> Variant<'a> {
    /// The variant of a constructor in the enum of its type, which has these parameters.
    fn of_constructor(model: &'a Model<'a>, of_type: &Generics, id: ConstructorId) -> Self {
        let combinator = &model.schema[id].combinator;
        let generics = model.generics_of(id);
        let is_default = model.schema[id].kind == ConstructorKind::Default;
        let texts = model.known.texts.constructors.get(&combinator.name.to_string());
        let docs = Docs::default().description(texts.and_then(|texts| texts.description.as_ref()));
        // Parameters of a constructor have the positions of those of its type.
        let arguments = generics.types().filter_map(|it| Some(&of_type.at(it.position)?.data));
        Self {
            name: model.names.variant(id),
            combinator,
            record: model.constructor(id),
            docs: if is_default {
                docs.paragraph("`_`, without an id: matches any bytes that do not start with another constructor's id.")
            } else {
                docs.paragraph(&name_and_id_text(combinator))
            },
            path: model.constructor_path(id),
            arguments: list(generics.borrows.then(named), arguments),
            form: (!of_type.is_empty()).then(|| form_of_struct(model, of_type, id)),
            holds_struct: model.holds_struct(id),
            boxed: model.is_boxed_variant(id),
            is_default,
        }
    }

    /// Expands to: `types::Pair<X, Y>`
    pub(crate) fn structure(&self) -> TokenStream {
        let (path, arguments) = (&self.path, &self.arguments);
        quote!(#path #arguments)
    }

    pub(crate) fn id(&self) -> Literal {
        id_literal(self.combinator.id)
    }
}

/// Expands to: `types::ResultTrueForm { t: self.t }`, or `codec::Bare` for a struct without parameters.
fn form_of_struct(model: &Model<'_>, of_type: &Generics, id: ConstructorId) -> TokenStream {
    let generics = model.generics_of(id);
    let Some(form) = &generics.form else { return quote!(codec::Bare) };
    let path = beside("types", model.names.constructor(id), form);
    let fields = generics.parameters.iter().filter_map(|it| {
        let (own, outer) = (&it.field, &of_type.at(it.position)?.field);
        Some(quote!(#own: self.#outer))
    });
    quote!(#path { #(#fields),* })
}

/// Expands to: `<'a, AnyFunction<'a>>`
fn arguments(borrows: bool, call: Option<TokenStream>) -> TokenStream {
    let all: Vec<TokenStream> = borrows.then(named).into_iter().chain(call).collect();
    if all.is_empty() { TokenStream::new() } else { quote!(<#(#all),*>) }
}

fn name_and_id(combinator: &Combinator) -> Docs {
    Docs::default().paragraph(&name_and_id_text(combinator))
}

fn name_and_id_text(combinator: &Combinator) -> String {
    format!("`{}#{:08x}`", combinator.name, combinator.id)
}

impl Choice<'_> {
    /// The ids that a value can begin with; those of calls are after those of constructors.
    pub(crate) fn ids(&self) -> Vec<Literal> {
        let own = self.variants.iter().filter(|it| !it.is_default).map(Variant::id);
        let calls = if self.calls == Calls::Held { &self.model.schema.functions[..] } else { &[] };
        let builtins = self.builtins.iter().flat_map(|it| &it.constructors).map(|(id, _)| id_literal(*id));
        own.chain(builtins).chain(calls.iter().map(|it| id_literal(it.combinator.id))).collect()
    }

    /// The variant for what is not a value, where decoding fails and no constructor can be the end. Words of the schema become
    /// names without underscores in the middle, so the name is free.
    pub(crate) fn end(&self) -> Option<Ident> {
        let has_end = self.simplest.is_none() && self.calls != Calls::Held;
        has_end.then(|| Ident::new("__NoValue", Span::call_site()))
    }

    /// A constant of a trait of the enum. A variant of the same name (`i_d_s`) would hide it behind `Self::`.
    ///
    /// Expands to: `Self::IDS`, or `<Self as Decode>::IDS`
    pub(crate) fn constant(&self, of_trait: &TokenStream, name: &str) -> TokenStream {
        let constant = Ident::new(name, Span::call_site());
        let is_hidden = self.variants.iter().any(|variant| text(variant.name) == name);
        if is_hidden { quote!(<Self as #of_trait>::#constant) } else { quote!(Self::#constant) }
    }

    /// Expands to: `Self::IDS`
    pub(crate) fn own_ids(&self) -> TokenStream {
        self.constant(&quote!(Decode), "IDS")
    }

    /// How the impls name the enum: `Self`, but not in those of a form.
    pub(crate) fn own_path(&self) -> TokenStream {
        let ident = &self.ident;
        if self.generics.is_none() { quote!(Self) } else { quote!(#ident) }
    }

    /// The id of a variant, as a pattern.
    ///
    /// Expands to: `types::InputPeerUser::ID`, but `0x7f3b18ea` where the struct has parameters
    pub(crate) fn id_pattern(&self, variant: &Variant<'_>) -> TokenStream {
        if self.generics.is_some() {
            let id = variant.id();
            return quote!(#id);
        }
        let path = qualified(&variant.path);
        quote!(#path::ID)
    }

    /// Returns whether nothing but the id of a variant is written and read. The enums of everything leave that to the struct, and so
    /// does a type with nothing but a default constructor: without an id nothing would be read at all.
    pub(crate) fn is_id_alone(&self, variant: &Variant<'_>) -> bool {
        let is_nothing = variant.is_default && self.variants.len() == 1;
        self.kind != ChoiceKind::Any && !variant.holds_struct && variant.combinator.fields.is_empty() && !is_nothing
    }

    /// Expands to: `Self::User(reader.decode_bare())`
    pub(crate) fn decoded(&self, variant: &Variant<'_>) -> TokenStream {
        let (own, name, path) = (self.own_path(), variant.name, &variant.path);
        if self.is_id_alone(variant) {
            return quote!(#own::#name);
        }
        match (&variant.form, variant.holds_struct, variant.boxed) {
            (None, true, true) => quote!(#own::#name(reader.decode_box())),
            (None, true, false) => quote!(#own::#name(reader.decode_bare())),
            (None, false, _) => quote!({ #path::decode_bare(reader); #own::#name }),
            (Some(form), true, true) => quote!(#own::#name(Box::new(reader.decode_as(#form)))),
            (Some(form), true, false) => quote!(#own::#name(reader.decode_as(#form))),
            (Some(form), false, _) => quote!({ let _: #path = reader.decode_as(#form); #own::#name }),
        }
    }

    /// The value to go on with if none can be read.
    pub(crate) fn simplest_value(&self) -> TokenStream {
        let simplest = self.simplest.map(|position| self.decoded(&self.variants[position]));
        simplest.unwrap_or_else(|| {
            let (own, end) = (self.own_path(), self.end());
            quote!(#own::#end)
        })
    }
}

/// The arm for a reader that has failed, where one of the ids is the 0 that it then gives. Without that arm a constructor that
/// contains its own type would have no end.
///
/// Expands to: `0x00000000 if reader.has_failed() => Self::Empty`
pub(crate) fn failed_arm<'v>(
    mut variants: impl Iterator<Item = &'v Variant<'v>>,
    simplest: &TokenStream,
) -> Option<TokenStream> {
    let zero = id_literal(0);
    variants.any(|it| it.combinator.id == 0).then(|| quote!(#zero if reader.has_failed() => #simplest))
}
