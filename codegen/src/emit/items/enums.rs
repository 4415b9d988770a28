//! The enum of a type of several constructors.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use typelang_ir::{ConstructorId, ConstructorKind, Directions, TypeId};

use crate::emit::body::derives::derives;
use crate::emit::body::reflected::{SchemaName, in_schema, place_of_enum};
use crate::emit::docs::cross_references;
use crate::emit::docs::{self, Docs};
use crate::generics::{Generics, elided, list, named};
use crate::model::Model;
use crate::record::Record;
use crate::tokens::{id_literal, length_literal, qualified};

/// Items of a type: the enum, its impls, and conversions.
pub(crate) fn enumeration(model: &Model<'_>, id: TypeId) -> Vec<TokenStream> {
    let ty = &model.schema[id];
    let Directions { encode, decode } = ty.directions;
    let mut items = vec![definition(model, id)];
    let lifetime = list(model.generics_of_type(id).borrows.then(elided), std::iter::empty());
    items.extend(in_schema(model, &model.names.ty(id).ident, &lifetime, &SchemaName::Type(&ty.name.to_string())));
    items.extend(encode.then(|| encode_impl(model, id)));
    items.extend(decode.then(|| decode_impl(model, id)));
    items.extend((!ty.constructors.is_empty()).then(|| conversions(model, id)));
    items
}

/// Expands to: `pub enum InputPeer { Empty, User(types::InputPeerUser), Channel(Box<types::InputPeerChannel>) }`
pub(crate) fn definition(model: &Model<'_>, id: TypeId) -> TokenStream {
    let ty = &model.schema[id];
    let ident = &model.names.ty(id).ident;
    let docs = docs::ty(model.options, ty, model.known.texts.types.get(&ty.name.to_string()));
    let docs = cross_references::of_type(model, id, docs).tokens(model.options);
    let derive = derives(model.options, &ty.name.to_string(), model.traits.ty(id), true);
    let generics = model.generics_of_type(id);
    let variants = ty.constructors.iter().map(|&constructor| {
        let variant = model.names.variant(constructor);
        let record = model.constructor(constructor);
        let docs = variant_docs(model, record, is_default(model, constructor)).tokens(model.options);
        if !model.holds_struct(constructor) {
            return quote!(#docs #variant);
        }
        let path = model.constructor_path(constructor);
        let arguments = arguments_of(model, generics, constructor);
        let path = quote!(#path #arguments);
        if model.is_boxed_variant(constructor) {
            quote!(#docs #variant(Box<#path>))
        } else {
            quote!(#docs #variant(#path))
        }
    });
    let end = has_end(model, id).then(|| {
        let docs = Docs::default().paragraph("Not a value: decoders return it beside an error.").tokens(model.options);
        let end = end_variant();
        quote!(#docs #[doc(hidden)] #end)
    });
    let variants = variants.chain(end);
    let parameters = generics.data();
    quote!(#docs #derive pub enum #ident #parameters { #(#variants),* })
}

/// Whether the type has no constructor to end with where decoding fails, so that its enum has a variant for that.
pub(crate) fn has_end(model: &Model<'_>, id: TypeId) -> bool {
    model.facts.ty(id).simplest.is_none()
}

/// The variant for what is no value. Words of the schema become names without underscores in the middle, so it is free.
pub(crate) fn end_variant() -> Ident {
    Ident::new("__NoValue", Span::call_site())
}

/// The type arguments of a variant's struct, in terms of the parameters of the enum.
fn arguments_of(model: &Model<'_>, of_type: &Generics, id: ConstructorId) -> TokenStream {
    let generics = model.generics_of(id);
    list(generics.borrows.then(named), generics.types().filter_map(|it| Some(&of_type.at(it.position)?.data)))
}

fn variant_docs(model: &Model<'_>, record: &Record<'_>, is_default: bool) -> Docs {
    let combinator = record.combinator;
    let texts = model.known.texts.constructors.get(&combinator.name.to_string());
    let name = if is_default {
        "`_`, without an id: matches any bytes that do not start with another constructor's id.".to_owned()
    } else {
        format!("`{}#{:08x}`", combinator.name, combinator.id)
    };
    Docs::default().description(texts.and_then(|texts| texts.description.as_ref())).paragraph(&name)
}

/// Expands to:
///
/// ```text
/// impl Encode for InputPeer {
///     fn encode(&self, writer: &mut Writer<'_>) {
///         match self {
///             Self::Empty => writer.write_id(types::InputPeerEmpty::ID),
///             Self::User(value) => value.encode(writer),
///         }
///     }
/// }
/// ```
fn encode_impl(model: &Model<'_>, id: TypeId) -> TokenStream {
    let ident = &model.names.ty(id).ident;
    let constructors = &model.schema[id].constructors;
    let name = model.schema[id].name.to_string();
    let end = has_end(model, id).then(end_variant).map(|end| quote!(Self::#end => writer.fail_without_value(#name)));
    let arms = constructors.iter().map(|&it| encode_arm(model, it)).chain(end);
    let lifetime = list(model.generics_of_type(id).borrows.then(elided), std::iter::empty());
    quote! {
        impl Encode for #ident #lifetime {
            #[inline]
            fn encode(&self, writer: &mut Writer<'_>) {
                match self { #(#arms),* }
            }
        }
    }
}

/// Expands to: `Self::User(value) => value.encode(writer)`
fn encode_arm(model: &Model<'_>, id: ConstructorId) -> TokenStream {
    let variant = model.names.variant(id);
    let path = model.constructor_path(id);
    match (model.holds_struct(id), is_default(model, id)) {
        (true, false) => quote!(Self::#variant(value) => value.encode(writer)),
        (true, true) => quote!(Self::#variant(value) => value.encode_bare(writer)),
        (false, true) => quote!(Self::#variant => #path.encode_bare(writer)),
        (false, false) if model.constructor(id).combinator.fields.is_empty() => {
            quote!(Self::#variant => writer.write_id(#path::ID))
        }
        (false, false) => quote!(Self::#variant => #path.encode(writer)),
    }
}

/// Whether values of a constructor have no id.
fn is_default(model: &Model<'_>, id: ConstructorId) -> bool {
    model.schema[id].kind == ConstructorKind::Default
}

/// Expands to:
///
/// ```text
/// impl Decode<'_> for InputPeer {
///     const IN_SCHEMA: SchemaPlace = Self::PLACE;
///     const MIN_LEN: usize = 4;
///     const IDS: &'static [u32] = &[0x7f3b18ea, 0xdde8a54c];
///
///     #[inline]
///     fn decode(reader: &mut Reader<'_>) -> Self {
///         match reader.read_id("InputPeer") {
///             types::InputPeerEmpty::ID => Self::Empty,
///             types::InputPeerUser::ID => Self::User(reader.decode_bare()),
///             id => {
///                 reader.fail_with_id(id, "InputPeer", Self::IDS);
///                 Self::Empty
///             }
///         }
///     }
/// }
/// ```
fn decode_impl(model: &Model<'_>, id: TypeId) -> TokenStream {
    let ident = &model.names.ty(id).ident;
    let ty = &model.schema[id];
    let place = place_of_enum(model);
    let least_length = length_literal(model.facts.ty(id).least_length);
    let ids = ty.constructors.iter().filter(|&&it| !is_default(model, it));
    let ids = ids.map(|&it| id_literal(model.schema[it].combinator.id));
    let simplest = match model.facts.ty(id).simplest {
        Some(simplest) => decoded(model, simplest),
        None => {
            let end = end_variant();
            quote!(Self::#end)
        }
    };
    let read = dispatch(
        &Dispatch { model, id, simplest, expected: quote!(Self::IDS) },
        |it| {
            let path = qualified(&model.constructor_path(it));
            quote!(#path::ID)
        },
        |it| decoded(model, it),
    );
    let lifetime = model.generics_of_type(id).data();
    let input = if lifetime.is_empty() { elided() } else { named() };
    // Decoders are compiled where they are used. With optimisation that takes long, so what is common is compiled once, with the
    // crate; without, an incremental build of the program keeps it.
    let inline = if model.is_common(id) { quote!(#[cfg_attr(debug_assertions, inline)]) } else { quote!(#[inline]) };
    quote! {
        impl #lifetime Decode<#input> for #ident #lifetime {
            #place
            const MIN_LEN: usize = #least_length;
            const IDS: &'static [u32] = &[#(#ids),*];

            #inline
            fn decode(reader: &mut Reader<#input>) -> Self {
                #read
            }
        }
    }
}

/// What the decoding of an enum depends on.
pub(crate) struct Dispatch<'a> {
    pub(crate) model: &'a Model<'a>,
    pub(crate) id: TypeId,
    /// The value to go on with if none can be read.
    pub(crate) simplest: TokenStream,
    /// The ids that a value can begin with.
    pub(crate) expected: TokenStream,
}

/// Expands to: `match reader.read_id("InputPeer") { … }`
pub(crate) fn dispatch(
    dispatch: &Dispatch<'_>,
    pattern: impl Fn(ConstructorId) -> TokenStream,
    value: impl Fn(ConstructorId) -> TokenStream,
) -> TokenStream {
    let Dispatch { model, id, simplest, expected } = dispatch;
    let ty = &model.schema[*id];
    let name = ty.name.to_string();
    let (default, named): (Vec<ConstructorId>, Vec<_>) = ty.constructors.iter().partition(|it| is_default(model, **it));
    let Some(&default) = default.first() else {
        let refuse = quote!(reader.fail_with_id(id, #name, #expected););
        if named.is_empty() {
            return quote!(let id = reader.read_id(#name); #refuse #simplest);
        }
        let failed = failed_arm(named.iter().map(|&it| model.schema[it].combinator.id), simplest);
        let arms = named.iter().map(|&it| {
            let (pattern, value) = (pattern(it), value(it));
            quote!(#pattern => #value)
        });
        let arms = failed.into_iter().chain(arms);
        return quote! {
            match reader.read_id(#name) {
                #(#arms,)*
                id => { #refuse #simplest }
            }
        };
    };
    let otherwise = value(default);
    // Without an input everything is a default, but that need not have an end.
    let is_simplest = model.facts.ty(*id).simplest == Some(default);
    let failed = (!is_simplest).then(|| quote!(None if reader.has_failed() => #simplest,));
    if named.is_empty() && is_simplest {
        return otherwise;
    }
    let arms = named.iter().map(|&it| {
        let (pattern, value) = (pattern(it), value(it));
        quote!(Some(#pattern) => { reader.read_id(#name); #value })
    });
    quote!(match reader.peek_id() { #(#arms)* #failed _ => #otherwise })
}

/// The arm for a reader that has failed, where one of the ids is the 0 that it then gives. Without that arm a constructor that
/// holds its own type would have no end.
///
/// Expands to: `0x00000000 if reader.has_failed() => Self::Empty`
pub(crate) fn failed_arm(mut ids: impl Iterator<Item = u32>, simplest: &TokenStream) -> Option<TokenStream> {
    let zero = id_literal(0);
    ids.any(|id| id == 0).then(|| quote!(#zero if reader.has_failed() => #simplest))
}

/// Expands to: `Self::User(reader.decode_bare())`
fn decoded(model: &Model<'_>, id: ConstructorId) -> TokenStream {
    let variant = model.names.variant(id);
    match (model.holds_struct(id), model.is_boxed_variant(id)) {
        (false, _) if model.constructor(id).combinator.fields.is_empty() => quote!(Self::#variant),
        (false, _) => {
            let path = model.constructor_path(id);
            quote!({ #path::decode_bare(reader); Self::#variant })
        }
        (true, true) => quote!(Self::#variant(reader.decode_box())),
        (true, false) => quote!(Self::#variant(reader.decode_bare())),
    }
}

/// Expands to: `variant!(InputPeer::User(types::InputPeerUser));` for each constructor.
fn conversions(model: &Model<'_>, id: TypeId) -> TokenStream {
    let ident = &model.names.ty(id).ident;
    let generics = model.generics_of_type(id);
    let lifetime = generics.data();
    let conversions = model.schema[id].constructors.iter().map(|&constructor| {
        let variant = model.names.variant(constructor);
        let path = model.constructor_path(constructor);
        let arguments = arguments_of(model, generics, constructor);
        let path = quote!(#path #arguments);
        match (model.holds_struct(constructor), model.is_boxed_variant(constructor)) {
            (false, _) => quote!(variant!(#ident #lifetime::#variant = #path);),
            (true, true) => quote!(variant!(#ident #lifetime::#variant(Box<#path>));),
            (true, false) => quote!(variant!(#ident #lifetime::#variant(#path));),
        }
    });
    conversions.collect()
}
